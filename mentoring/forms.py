"""What people fill in. Whether they may is asked by the actions."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.forms.fields import DateField, LongTextField, SearchField
from core.forms.widgets import CheckboxList
from core.localized import localized
from mentoring.enums import CHOSEN_END_REASONS, LONGEST_PERIOD_DAYS, EndReason, PairingStatus
from mentoring.models import Pairing
from standards.models import Criterion, FrameworkVersion

USUAL_PERIOD = timedelta(days=182)


class CriteriaField(forms.ModelMultipleChoiceField):
    """Criteria of one framework version, as numbered lines to tick."""

    widget = CheckboxList

    def __init__(self, **kwargs):
        super().__init__(Criterion.objects.none(), required=False, **kwargs)

    def label_from_instance(self, criterion: Criterion) -> str:
        """ "6. Assessment that …" in the reader's language."""
        return f"{criterion.number}. {localized(criterion.name)}"

    def of(self, version: FrameworkVersion | None) -> bool:
        """Offers the criteria of `version`; False when there is none and the field makes no sense."""
        if version is not None:
            self.queryset = Criterion.objects.filter(version=version).order_by("number")
        return version is not None


class FilterForm(forms.Form):
    """Above a list of pairings."""

    q = SearchField(label=_("Name or school"))
    status = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *PairingStatus.choices])


class FindForm(forms.Form):
    """Above a list of people."""

    q = SearchField(label=_("Name, user name or identifier"))


class ProposalForm(forms.Form):
    """The period, what it is for, and the criteria in focus."""

    start = DateField(label=_("From"))
    end = DateField(label=_("To"))
    purpose = LongTextField(
        label=_("Purpose"), limit=1000, required=False, help_text=_("Both of them read this before they accept.")
    )
    focus = CriteriaField(label=_("Criteria in focus"))

    def __init__(self, *args, version: FrameworkVersion | None, weak: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("start", today)
        self.initial.setdefault("end", today + USUAL_PERIOD)
        if self.fields["focus"].of(version):
            weakest = self.fields["focus"].queryset.filter(code__in=weak[:3])
            self.initial.setdefault("focus", list(weakest.values_list("pk", flat=True)))
        else:
            del self.fields["focus"]

    def clean(self):
        """The period is one: not backwards, not over, not longer than a pairing may be."""
        data = super().clean()
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", _t("The period ends before it starts."))
        elif end and end < timezone.localdate():
            self.add_error("end", _t("The period is over already."))
        elif start and end and (end - start).days > LONGEST_PERIOD_DAYS:
            self.add_error("end", _t("A pairing lasts two years at most. Extend it later."))
        return data


class AnswerForm(forms.Form):
    """Accept with a word if you like; decline with the reason."""

    words = LongTextField(
        label=_("Your words"),
        limit=1000,
        rows=3,
        required=False,
        help_text=_("If you decline, say in a few words why. The other one and whoever proposed it read this."),
    )

    def clean(self):
        """Declining wants words."""
        data = super().clean()
        if self.data.get("answer") != "accept" and not data.get("words"):
            self.add_error("words", _t("Say in a few words why: whoever proposed the pairing reads it."))
        return data

    @property
    def accepts(self) -> bool:
        """Which of the two buttons was pressed."""
        return self.data.get("answer") == "accept"


class ExtendForm(forms.Form):
    """A later end."""

    end = DateField(label=_("New end of the period"))
    words = LongTextField(label=_("Why"), limit=1000, rows=3, required=False, help_text=_("Both of them read this."))

    def __init__(self, *args, pairing: Pairing, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        self.initial.setdefault("end", max(pairing.end, timezone.localdate()) + timedelta(days=91))

    def clean_end(self):
        """Later than now, and within the longest period."""
        end = self.cleaned_data["end"]
        if end <= self.pairing.end:
            raise forms.ValidationError(_t("Choose a day after the present end of the period."))
        if (end - self.pairing.start).days > LONGEST_PERIOD_DAYS:
            raise forms.ValidationError(_t("A pairing lasts two years at most."))
        return end


class EndForm(forms.Form):
    """The reason, and words if there are any: a pair that does not fit needs no fault."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in CHOSEN_END_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason why the pairing ends.")},
    )
    words = LongTextField(
        label=_("Your words"),
        limit=1000,
        rows=3,
        required=False,
        help_text=_("Everybody who sees the pairing reads this."),
    )

    def clean_reason(self) -> EndReason:
        """As the enum's member."""
        return EndReason(self.cleaned_data["reason"])


class MeetingForm(forms.Form):
    """A meeting that took place."""

    held_on = DateField(label=_("Date"))
    topic = forms.CharField(
        label=_("What it was about"),
        max_length=200,
        error_messages={"required": _("Say in a few words what the meeting was about.")},
    )
    focus = CriteriaField(label=_("Criteria you spoke about"))
    next_steps = LongTextField(
        label=_("Agreed next steps"),
        limit=4000,
        rows=5,
        required=False,
        help_text=_("Who does what until when. Both of you read this."),
    )

    def __init__(self, *args, pairing: Pairing, version: FrameworkVersion | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pairing = pairing
        if not self.fields["focus"].of(version):
            del self.fields["focus"]

    def clean_held_on(self):
        """Within the pairing, and not ahead."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_t("A meeting is logged after it took place; this date lies ahead."))
        if day < self.pairing.start:
            raise forms.ValidationError(_t("The pairing had not begun on that day."))
        return day
