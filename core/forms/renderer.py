"""The form renderer of the product (settings.FORM_RENDERER).

`{{ form }}` prints whole fields; `{{ form.name.as_field_group }}` one of them: label, hint, error, control, tied together
for screen readers. A page that places fields itself puts `{% error_summary form %}` first in its content.
"""

from django.forms.renderers import TemplatesSetting

from core.forms.bound import ChuanBoundField


class ChuanFormRenderer(TemplatesSetting):
    """Django's own rendering over the templates of templates/django/forms/."""

    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = ChuanBoundField
