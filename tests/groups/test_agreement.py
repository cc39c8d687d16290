"""The texts of the agreement: whatever somebody has accepted can still be read, word for word."""

import hashlib

from django.utils import translation
import pytest

from openbalint.groups import agreement

# Of each text that somebody may have accepted, in both languages, with and without a contact. Never change one.
WRITTEN = {
    1: "0fc15aa3452a7b88",
    2: "6e94a2930f8fd545",
}


def written(version):
    """The hash of all that can be read of a version."""
    read = []
    for language in ("en", "zh-hans"):
        for support in ("", "8210"):
            with translation.override(language):
                text = agreement.agreement(leaders=["Lea", "Cora"], support=support, version=version)
                read += [*map(str, text.promises), str(text.kept)]
    return hashlib.sha256("\n".join(read).encode()).hexdigest()[:16]


@pytest.mark.parametrize("version", range(1, agreement.VERSION + 1))
def test_a_text_that_somebody_may_have_accepted_never_changes(version):
    assert written(version) == WRITTEN.get(version), (
        "Leave it as it is; write a new version beside it, and its hash here."
    )


def test_the_texts_before_the_newest_can_be_read_the_latest_first():
    earlier = agreement.earlier_agreements(leaders=["Lea"], support="")
    assert [text.version for text in earlier] == [1]
    assert "how many seconds" not in str(earlier[0].kept)
