"""What belongs to no concept: the way in, health, robots, and the pages for when something is not there."""

from django.contrib import messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_safe

from openbalint.accounts import queries
from openbalint.web.context import CHINESE, ENGLISH, THEMES
from openbalint.web.views.accounts import next_path

THEME_AGE = 365 * 24 * 3600  # seconds, as in the room


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead people to their meetings, and others to signing in; while nobody leads here yet, say where it begins."""
    if queries.nobody_is_here():
        messages.info(
            request, _("Nobody leads here yet. The terminal in which OpenBalint was started shows where to begin.")
        )
    return redirect("meetings" if request.user.is_authenticated else "sign-in")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say "ok" while pages and database answer; for whatever watches the server."""
    queries.nobody_is_here()  # whichever it is: the database answered
    response = HttpResponse("ok\n", content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@cache_control(max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay away: nothing here is for them."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_safe
@cache_control(max_age=86400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that guess this address to the icon."""
    return redirect(staticfiles_storage.url("openbalint/icon.svg"))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it: remembered on this browser, for the pages and the room alike."""
    response = redirect(next_path(request, "/"))
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        # Not httponly: the room reads it and sets it without asking the server.
        response.set_cookie("theme", wanted, max_age=THEME_AGE, samesite="Lax", secure=request.is_secure())
    elif wanted == "auto":
        response.delete_cookie("theme", samesite="Lax")
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing for the one who asks: the same page for both."""
    return HttpResponseNotFound(_plain(request, "not_found.html"))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What the browser sent cannot be answered; the way on is back."""
    return HttpResponse(_plain(request, "form_again.html"), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or came from elsewhere; nothing was changed."""
    return HttpResponse(_plain(request, "form_again.html"), status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Something in here went wrong. The page needs neither database nor session."""
    return HttpResponseServerError(_plain(request, "broken.html"))


def _plain(request: HttpRequest, template: str) -> str:
    chosen = CHINESE if (get_language() or "en").startswith("zh") else ENGLISH
    return render_to_string(f"site/{template}", {"lang": chosen.lang})
