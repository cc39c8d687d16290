"""Who may what, and the one exception for what somebody asked and cannot have."""

from zoneinfo import available_timezones

from openbalint.accounts.models import User


class DeclinedError(Exception):
    """Somebody asked for something that cannot be done now. Nothing has changed.

    ``code`` is a stable word; the sentence for people is made by the page, in their language.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def may_make_groups(user: User) -> bool:
    """Whether this person may make a group: whoever leads, and can sign in again."""
    return user.is_active and user.leads


def is_timezone(name: str) -> bool:
    """Whether this is the name of a time zone, such as Asia/Shanghai."""
    return name in available_timezones()
