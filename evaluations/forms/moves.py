"""What an action of the workflow asks the person who does it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import LongTextField
from evaluations.enums import Action, ExcuseReason, Status
from evaluations.policies import words_wanted
from evaluations.workflow import TABLE

COMMENT_LIMIT = 5000

QUESTIONS = {
    Action.RETURN: _("What should the teacher correct or add?"),
    Action.OBJECT: _("What do you object to, and why?"),
    Action.UPHOLD: _("Your answer: why the decision stands"),
    Action.RECONSIDER: _("Your answer: what will be looked at again"),
    Action.EXCUSE: _("Why is this person excused?"),
    Action.REOPEN: _("Why is it reopened?"),
}
HINTS = {
    Action.OBJECT: _("Your head reads this and answers in writing. You can object once."),
    Action.REOPEN: _("The teacher and the head read this. The old decision stays in the file."),
    Action.RETURN: _("The teacher reads this first, above the self-assessment."),
    Action.EXCUSE: _("Do not name an illness; the people who see this evaluation read this."),
}


class MoveForm(forms.Form):
    """Words that go with an action; required where the workflow table says so."""

    comment = LongTextField(limit=COMMENT_LIMIT, label=_("Comment"))

    def __init__(self, *args, action: Action, status: str, **kwargs):
        super().__init__(*args, auto_id=f"{action}-%s", **kwargs)
        transition = TABLE.get((Status(status), action))
        self.action = action
        self.fields["comment"].required = bool(transition and transition.needs_comment)
        if self.fields["comment"].required:
            self.fields["comment"].error_messages["required"] = words_wanted(action)
        self.fields["comment"].label = QUESTIONS.get(action, self.fields["comment"].label)
        self.fields["comment"].help_text = HINTS.get(action, "")

    def facts(self) -> dict:
        """Column values that the action brings along."""
        return {}


class ExcuseForm(MoveForm):
    """Too short in post, on leave …: the reason as a code, and the months worked."""

    field_order = ["excuse_reason", "excuse_months", "comment"]
    excuse_reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", _("Choose a reason")), *ExcuseReason.choices],
        error_messages={"required": _("Choose the reason why this person is excused.")},
    )
    excuse_months = forms.IntegerField(
        label=_("Months worked in the period"),
        required=False,
        min_value=0,
        max_value=12,
        error_messages={
            kind: _("Enter a whole number of months, from 0 to 12.") for kind in ("max_value", "min_value", "invalid")
        },
    )

    def facts(self) -> dict:
        """The reason and the months."""
        return {name: self.cleaned_data[name] for name in ("excuse_reason", "excuse_months")}


def form_for(action: Action, status: str, data=None) -> MoveForm:
    """The form of an action asked from `status`; bound when `data` is given."""
    kind = ExcuseForm if action == Action.EXCUSE else MoveForm
    return kind(data, action=action, status=status)
