"""The first start, signing in and out, a new password, one's own page, the language."""

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openbalint.accounts import actions, queries, throttle
from openbalint.accounts.models import Language, OneTimeCode, User
from openbalint.accounts.rules import DeclinedError
from openbalint.accounts.tokens import hash_of
from openbalint.live import server
from openbalint.web import access
from openbalint.web.forms.accounts import FirstLeaderForm, NewPasswordForm, PersonForm, SignInDetailsForm, SignInForm
from openbalint.web.middleware import remember_language

BACKEND = "django.contrib.auth.backends.ModelBackend"
REMEMBERED = 400 * 24 * 3600  # seconds: as long as browsers keep a cookie
NOBODY_YET = 3600  # seconds to use what was opened; on a shared device the next person finds nothing
START, RESET = "start-code", "reset-code"  # in the session: the hash of the code that this device opened


def let_in(request: HttpRequest, user: User, *, remember: bool) -> None:
    """Let this device be somebody's, for long or until the browser closes."""
    login(request, user, backend=BACKEND)
    translation.activate(user.language)
    request.session.set_expiry(REMEMBERED if remember else 0)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form sent, also if it is nothing (a box that was not ticked); None for a page that is only shown."""
    return request.POST if request.method == "POST" else None


def next_path(request: HttpRequest, otherwise: str) -> str:
    """Return where the asker wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if own else otherwise


def exchange(request: HttpRequest, *, key: str, token: str, to: str) -> HttpResponse:
    """Keep the hash of what an address carries in the session; go on to a page whose address carries nothing."""
    now, limits = timezone.now(), throttle.for_link(access.address_of(request))
    request.session.pop(key, None)
    try:
        actions.count_attempt(limits, now=now)
    except DeclinedError:
        messages.warning(
            request, _("There were many attempts from here. Wait a quarter of an hour, then open the link again.")
        )
    else:
        request.session[key] = hash_of(token)
        if not request.user.is_authenticated:
            request.session.set_expiry(NOBODY_YET)
    response = redirect(to)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


# ── the first start ───────────────────────────────────────────────────────────────────────────────────────────────────


@require_GET
def start_code(request: HttpRequest, code: str) -> HttpResponse:
    """Take the one-time code that the terminal printed."""
    return exchange(request, key=START, token=code, to="start")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Make the first leader."""
    now, kept = timezone.now(), request.session.get(START, "")
    if not queries.open_code(OneTimeCode.Purpose.START, kept, now=now):
        return render(request, "accounts/code_over.html", {"first": True}, status=404)
    said = {"language": get_language() or "en", "timezone": "UTC"}
    form = FirstLeaderForm(posted(request), initial=said)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("name", "email", "password", "language", "timezone")}
        try:
            user = actions.make_first_leader(kept, **chosen, now=now)
        except DeclinedError as declined:
            form.decline(declined.code)
        else:
            let_in(request, user, remember=False)
            messages.success(request, _("Welcome, %(name)s. Make your first group here.") % {"name": user.name})
            return redirect("group_new")
    return answer(request, "accounts/start.html", form)


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────────────


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by e-mail and password."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(next_path(request, "/meetings/"))
    form = SignInForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            user = actions.sign_in(
                said["email"], said["password"], address=access.address_of(request), now=timezone.now()
            )
        except DeclinedError as declined:
            form.decline(declined.code)
            shown = {"form": form, "next": next_path(request, "")}
            return render(request, "accounts/sign_in.html", shown, status=429 if declined.code == "too-often" else 422)
        let_in(request, user, remember=said["stay"])
        return redirect(next_path(request, "/meetings/"))
    return answer(request, "accounts/sign_in.html", form, next=next_path(request, ""))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Let this device forget who it belongs to, also in a room that is open on it."""
    user = request.user
    logout(request)
    if isinstance(user, User):
        server.come_again(user.id)
    messages.success(request, _("You are signed out. This device no longer knows you."))
    return redirect(next_path(request, "/sign-in/"))


@require_GET
def reset_code(request: HttpRequest, code: str) -> HttpResponse:
    """Take the one-time code of a link that sets a new password."""
    return exchange(request, key=RESET, token=code, to="reset")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Set a new password."""
    now, kept = timezone.now(), request.session.get(RESET, "")
    found = queries.open_code(OneTimeCode.Purpose.RESET, kept, now=now)
    if found is None:
        return render(request, "accounts/code_over.html", status=404)
    form = NewPasswordForm(posted(request))
    form.user = found.user
    if request.method == "POST" and form.is_valid():
        user = actions.reset_password(kept, password=form.cleaned_data["password"], now=now)
        let_in(request, user, remember=False)
        server.come_again(user.id)
        messages.success(request, _("Your new password is set."))
        return redirect("meetings")
    return answer(request, "accounts/reset.html", form, person=found.user)


@require_GET
def demo_link(request: HttpRequest, code: str) -> HttpResponse:
    """Sign the visitor of a demo in. Everywhere else this address does not exist."""
    try:
        user, to = actions.read_demo_link(code)
    except DeclinedError:
        raise Http404 from None
    actions.set_language(user, get_language() or "en")  # the visitor's, so that one link serves all languages
    let_in(request, user, remember=True)
    response = redirect(to if url_has_allowed_host_and_scheme(to, allowed_hosts=None) else "/meetings/")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


# ── one's own page ────────────────────────────────────────────────────────────────────────────────────────────────────


@access.signed_in
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Change how groups call one, and one's clock."""
    user = access.person(request)
    said = {"name": user.name, "profession": user.profession, "timezone": user.timezone}
    form = PersonForm(posted(request), initial=said)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        actions.rename(user, name=chosen["name"], profession=chosen["profession"], now=timezone.now())
        actions.set_timezone(user, chosen["timezone"])
        server.look_again(user.id)
        messages.success(request, _("Kept."))
        return redirect("account")
    return answer(request, "accounts/account.html", form)


@access.signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in_details(request: HttpRequest) -> HttpResponse:
    """Set or change the e-mail and password to sign in with."""
    user, now = access.person(request), timezone.now()
    form = SignInDetailsForm(posted(request), user=user, initial={"email": user.email})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if user.may_sign_in:
                actions.check_password(user.email or "", said["now"], address=access.address_of(request), now=now)
            actions.set_sign_in(user, email=said["email"], password=said["password"], now=now)
        except DeclinedError as declined:
            form.decline(declined.code, field={"email-taken": "email", "no-match": "now"}.get(declined.code))
        else:
            update_session_auth_hash(request, user)
            server.come_again(user.id)
            messages.success(request, _("From now on you can sign in with this e-mail and password on any device."))
            return redirect("account")
    return answer(request, "accounts/sign_in_details.html", form)


# ── the language ──────────────────────────────────────────────────────────────────────────────────────────────────────


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language, and remember it on this browser and on the person."""
    wanted = request.POST.get("language", "")
    response = redirect(next_path(request, "/"))
    if wanted not in Language.values:
        return response
    if request.user.is_authenticated:
        actions.set_language(access.person(request), wanted)
    remember_language(response, wanted)
    return response


def answer(request: HttpRequest, template: str, form: object, **shown: object) -> HttpResponse:
    """Show a form: new, or (422) with what is to be mended."""
    wrong = bool(getattr(form, "errors", None)) and request.method == "POST"
    return render(request, template, {"form": form, **shown}, status=422 if wrong else 200)
