"""The bound field: adds the classes of the style sheet and the wording of labels to every form's fields."""

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _

TICKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class ChuanBoundField(BoundField):
    """As Django's, with our classes on the widget; optional fields say so in their label (required ones do not)."""

    def build_widget_attrs(self, attrs, widget=None):
        """Django's attributes, plus the class of the control, minus placeholders: they vanish while one types (write a hint)."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if widget.is_hidden:
            return attrs
        ours = css_class(widget)
        own = attrs.get("class") or widget.attrs.get("class", "")
        attrs["class"] = f"{own} {ours}".strip()
        attrs["placeholder"] = False
        return attrs

    def label_tag(self, contents=None, attrs=None, label_suffix=None, tag=None):
        """The label without a colon; "(optional)" after it where the field may stay empty."""
        contents = contents or self.label
        if not self.field.required and not self.is_tick and not self.field.disabled:
            contents = format_html('{} <span class="optional">({})</span>', contents, _("optional"))
        return super().label_tag(contents, attrs, label_suffix="", tag=tag)

    @property
    def is_tick(self) -> bool:
        """A single checkbox: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def first_id(self) -> str:
        """The id of the control that takes the focus (the first of a group)."""
        if isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


def css_class(widget: forms.Widget) -> str:
    """The class of static/css/forms.css for a widget."""
    if isinstance(widget, TICKS):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    return "form-control"
