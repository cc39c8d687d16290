"""The sentence for each code with which something was declined: what is so, and what comes next."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "belongs-elsewhere": _(
        "You belong to other groups too, and leaders can renew this link, so it opens nothing on a new device. On a "
        "device that knows you, choose an e-mail and a password on your own page, then sign in here. Or ask the leader "
        "to invite you anew."
    ),
    "begun": _("This meeting has begun, so its time and script stay as they are."),
    "called-off": _("This meeting was called off."),
    "code-used": _("This address has been used or has ended. You can ask for a new one."),
    "email-taken": _("Somebody already signs in with this e-mail. Choose another one."),
    "here-already": _("This person already belongs to the group."),
    "in-the-past": _("This time has passed. Choose a time to come."),
    "last-leader": _("A group keeps at least one leader. Give somebody else the lead first, or close the group."),
    "link-of-another": _("This link belongs to somebody else. Ask your leader for your own."),
    "link-over": _("This link is no longer open. Ask your leader for a new one."),
    "no-match": _("E-mail and password do not match. Look at both again."),
    "nobody": _("Nobody signs in here with this e-mail. You can invite them by a link instead."),
    "not-yours": _("Only leaders of an open group can do this."),
    "only-members": _("One link for the group seats members. Invite others by a link of their own."),
    "planned-already": _("The group already has a meeting at this time. Look at its page, or choose another time."),
    "sent-already": _("This form was sent before. The link is in the list; renew it to see a new one."),
    "signs-in": _("You have an e-mail and a password here. Sign in with them on this device."),
    "timezone-unknown": _("Choose a time zone from the list."),
    "too-far": _("This day is too far ahead. Choose one within the next three years."),
    "too-often": _("There were many attempts from here. Wait a quarter of an hour, then go on."),
}


def sentence(code: str) -> str:
    """Return what people read for a code."""
    return str(SENTENCES[code])
