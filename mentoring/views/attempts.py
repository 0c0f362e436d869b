"""Doing an act with what a form holds, so that a refusal comes back beside the words that were typed."""

from collections.abc import Callable
from typing import Any

from django import forms

from core.decisions import Refused


def attempt(form: forms.Form, act: Callable[..., Any], **facts) -> Any:
    """The answer of `act(**facts, **cleaned data)`, or None with the errors on the form."""
    if not form.is_valid():
        return None
    try:
        return act(**facts, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
