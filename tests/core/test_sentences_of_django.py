"""What Django says by itself reads as ours does, in both languages."""

import pytest
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import override


def said(check, *args) -> str:
    """The sentence a refusal says, in the language of the moment."""
    with pytest.raises(ValidationError) as refused:
        check(*args)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("check", "value", "vietnamese", "english"),
    [
        (forms.CharField().clean, "", "Nội dung này là bắt buộc.", "This field is required."),
        (forms.IntegerField().clean, "x", "Nhập một số nguyên.", "Enter a whole number."),
        (ProhibitNullCharactersValidator(), "a\0", "ký tự rỗng", "Null characters"),
        (forms.CharField(max_length=2).clean, "abc", "nhiều nhất 2 ký tự", "at most 2 characters"),
        (validate_password, "k7-xq", "ít nhất 10 ký tự", "at least 10 characters"),
    ],
)
def test_a_refusal_reads_as_ours(check, value, vietnamese, english):
    with override("vi"):
        assert vietnamese in said(check, value)
    with override("en"):
        assert english in said(check, value)


def test_rules_of_passwords_address_people_as_the_product_does():
    with override("vi"):
        rules = password_validators_help_texts()
    assert len(rules) == 4
    assert not [rule for rule in rules if "bạn" in rule.lower()]
