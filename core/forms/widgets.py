"""Controls that plain HTML knows, a little better dressed. All work without scripts."""

import re

from django import forms


class DateInput(forms.DateInput):
    """The browser's own date field: it shows the reader's order of day and month, and sends the ISO one."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        """A day that cannot be ("31/02/1985") is shown again as it was typed: the date control would drop it."""
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and not re.fullmatch(r"\d{4}-\d\d-\d\d", shown):
            context["widget"]["type"] = "text"
        return context


class DateTimeInput(forms.DateTimeInput):
    """The browser's own field for a day and an hour, in the installation's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class SearchInput(forms.TextInput):
    """A search box with its glass."""

    input_type = "search"
    template_name = "django/forms/widgets/search_field.html"


class CountedTextarea(forms.Textarea):
    """A text area that says how many characters are left (`limit`)."""

    template_name = "django/forms/widgets/counted_textarea.html"

    def __init__(self, *, limit: int, rows: int = 4, attrs=None):
        super().__init__({"rows": rows, **(attrs or {})})
        self.limit = limit

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["limit"] = self.limit
        return context


class _Hints:
    """Choices may carry a second, quieter line: hints = {value: text}."""

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["hint"] = self.hints.get(getattr(value, "value", value), "")
        return option


class RadioList(_Hints, forms.RadioSelect):
    """One of a few, each on its own line, each with room for a hint."""


class CheckboxList(_Hints, forms.CheckboxSelectMultiple):
    """Any of a few, each on its own line, each with room for a hint."""


class FileDrop(forms.FileInput):
    """A file field in a box; where scripts run a file can be dropped on the box. `hint` says what is accepted."""

    template_name = "django/forms/widgets/file_drop.html"

    def __init__(self, *, accept: str = "", multiple: bool = False, hint: str = "", attrs=None):
        attrs = {**(attrs or {})}
        if accept:
            attrs["accept"] = accept
        self.allow_multiple_selected = multiple
        super().__init__({**attrs, "multiple": True} if multiple else attrs)
        self.hint = hint

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["hint"] = self.hint
        return context
