"""What is tried on a cycle."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluations.sides import Choice
from evaluations.simulation import Suppose


class SimulatorForm(forms.Form):
    """Another version or a draft; ?with= in the address."""

    suppose = forms.ChoiceField(label=gettext_lazy("Criteria that nothing in the past stands for"))
    near = forms.BooleanField(
        label=gettext_lazy("Count criteria that are only similar (broader or narrower) too"), required=False
    )

    def __init__(self, data, *, choices: list[Choice], has_near: bool, has_new: bool):
        super().__init__({"suppose": Suppose.NOTHING, **data.dict()} if "with" in data else None, auto_id="sim-%s")
        published = [(choice.key, choice.title) for choice in choices if not choice.is_draft]
        drafts = [(choice.key, choice.title) for choice in choices if choice.is_draft]
        groups = [(_("Published"), published), (_("Drafts"), drafts)]
        self.fields["with"] = forms.ChoiceField(
            label=_("What to try"),
            choices=[("", _("Choose a version")), *(group for group in groups if group[1])],
        )
        self.fields["suppose"].choices = [
            (Suppose.NOTHING, _("Suppose nothing: say only what is certain")),
            (Suppose.LOWEST, _("Suppose the lowest level")),
            (Suppose.MIDDLE, _("Suppose the middle of the person's other levels")),
            (Suppose.HIGHEST, _("Suppose the highest level")),
        ]
        self.order_fields(["with", "suppose", "near"])
        if not has_new:
            del self.fields["suppose"]
        if not has_near:
            del self.fields["near"]
