"""Forms that explain themselves: one renderer, a few fields and widgets, templates in templates/django/forms/."""
