"""What is wrong with a new password is said in the language of the page."""

import re

from django.contrib.auth.password_validation import get_default_password_validators
from django.utils.translation import override
import pytest

from openbalint.web.forms.accounts import NewPasswordForm

WEAK = {
    "MinimumLengthValidator": "sun7moon",
    "UserAttributeSimilarityValidator": "lea@hospital.example",
    "CommonPasswordValidator": "1234567890",
}


class Form(NewPasswordForm):
    """Somebody's e-mail is known beside the password."""

    def clean(self):
        self.cleaned_data["email"] = "lea@hospital.example"
        return super().clean()


def told(password, language):
    with override(language):
        return [str(error) for error in Form({"password": password, "again": password}).errors["password"]]


@pytest.mark.parametrize("validator", get_default_password_validators(), ids=lambda one: type(one).__name__)
def test_a_weak_password_is_refused_in_each_language_alone(validator):
    weak = WEAK[type(validator).__name__]
    (english,), (chinese,) = told(weak, "en"), told(weak, "zh-hans")
    assert english.startswith(("This password is too", "Many people use this password"))
    assert re.search(r"[a-zA-Z]", chinese) is None
