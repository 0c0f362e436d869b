"""What is wrong with a form, summed up."""

from django.template.loader import get_template


def error_summary(*forms):
    """What is wrong with the form(s) or formsets, with links to the fields; focus goes there. Nothing when all is well.

    Put it first in the page's content.
    """
    errors = []
    for form in forms:
        errors += _errors(form)
    if not errors:
        return ""
    return get_template("components/error_summary.html").render({"errors": errors})


def _errors(form):
    """(id of the field or "", sentence) of a form or formset, in the order of the fields."""
    if hasattr(form, "forms"):
        rows = [("", text) for text in form.non_form_errors()]
        for part in form.forms:
            rows += _errors(part)
        return rows
    if not form.errors:
        return []
    form.errors_shown = True
    rows = [("", text) for text in form.non_field_errors()]
    for field in form:
        rows += [("" if field.is_hidden else field.first_id, _named(field.label, text)) for text in field.errors]
    return rows


def _named(label, text):
    """The sentence with the field's name before it, unless it has it: five times "This field is required" helps nobody."""
    return text if not label or str(label).lower() in str(text).lower() else f"{label}: {text}"
