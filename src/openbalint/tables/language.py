"""Sentences in the language of people, without Django: the commands that judge numbers need no settings."""

from collections.abc import Callable
import gettext
from pathlib import Path

LANGUAGES = ("en", "zh-hans")
CATALOGUES = Path(__file__).parent.parent / "locale"


def translator(language: str) -> Callable[[str], str]:
    """What turns an English catalogue key into `language`, one of LANGUAGES; English stays as it is."""
    if language not in LANGUAGES:
        raise ValueError(f"{language} is none of {', '.join(LANGUAGES)}")
    if language == "en":
        return str
    return gettext.translation("django", CATALOGUES, languages=["zh_Hans"]).gettext
