"""What every template knows of its page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language as pages name it: Django's code, the code for ``lang``, and its own name."""

    code: str
    lang: str
    name: str


ENGLISH = LanguageChoice("en", "en", "English")
CHINESE = LanguageChoice("zh-hans", "zh-Hans", "中文")
THEMES = ("light", "dark")  # in a cookie that the room sets as well; without it the device decides
SECTIONS = ("meetings", "groups", "scripts", "account")


@dataclass(frozen=True, slots=True)
class Page:
    """The language of the page, the one to switch to, which part of the site it is, and light or dark if chosen."""

    lang: str
    other: LanguageChoice
    section: str
    theme: str


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``page`` in every template."""
    return {"page": SimpleLazyObject(lambda: _page(request))}


def _page(request: HttpRequest) -> Page:
    chinese = (get_language() or "en").startswith("zh")
    theme = request.COOKIES.get("theme", "")
    first = request.path.strip("/").split("/")[0]
    return Page(
        lang=(CHINESE if chinese else ENGLISH).lang,
        other=ENGLISH if chinese else CHINESE,
        section=first if first in SECTIONS else "",
        theme=theme if theme in THEMES else "",
    )
