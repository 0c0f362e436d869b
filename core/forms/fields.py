"""Fields that bring their control with them."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import widgets

DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DateField(forms.DateField):
    """A day. Reads what the browser's control sends, and day-first dates where it is a plain text field."""

    widget = widgets.DateInput
    default_error_messages: ClassVar = {"invalid": _("Enter a date that exists, such as 21/11/2026.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", DATE_FORMATS)
        super().__init__(**kwargs)


class DateTimeField(forms.DateTimeField):
    """A day and an hour in the installation's time zone."""

    widget = widgets.DateTimeInput
    default_error_messages: ClassVar = {"invalid": _("Enter a date and a time that exist, such as 21/11/2026 14:30.")}

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"])
        super().__init__(**kwargs)


class LongTextField(forms.CharField):
    """A text of several lines with a counter. `limit` in characters, line ends counted once, as the browser does."""

    def __init__(self, *, limit: int = 2000, rows: int = 4, **kwargs):
        kwargs.setdefault("widget", widgets.CountedTextarea(limit=limit, rows=rows))
        super().__init__(max_length=limit, **kwargs)

    def to_python(self, value):
        """The text with one kind of line end."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class SearchField(forms.CharField):
    """What to look for; never required."""

    widget = widgets.SearchInput

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
