"""Preparing a cycle, giving everybody more time, taking people in."""

from datetime import date, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import date_words
from core.forms.fields import DateField
from core.forms.widgets import RadioList
from core.localized import localized
from evaluations.enums import CycleKind
from evaluations.models import Cycle
from evaluations.offering import offers
from evaluations.queries_office import offices_managed, school_tree
from people.enums import Place
from people.models import Unit, User
from standards.models import FrameworkVersion

YEAR_STARTS_IN = 8  # August: from then on the new school year is meant
MOST_OBJECTION_DAYS = 365


def school_year_of(day: date) -> str:
    """The school year a day lies in: "2026-2027"."""
    first = day.year if day.month >= YEAR_STARTS_IN else day.year - 1
    return f"{first}-{first + 1}"


def default_dates(today: date) -> dict[str, date]:
    """Three weeks for the teachers, one more for colleagues, two more for heads."""
    return {
        "reference_date": today,
        "starts_on": today,
        "self_due": today + timedelta(weeks=3),
        "opinions_due": today + timedelta(weeks=4),
        "decision_due": today + timedelta(weeks=6),
    }


class VersionField(forms.ModelChoiceField):
    """Framework versions by their title; when they are in force stands below each."""

    def label_from_instance(self, version: FrameworkVersion) -> str:
        return localized(version.title)


class CycleForm(forms.ModelForm):
    """Everything about a cycle in preparation. `tree` is what the template draws for the schools."""

    version = VersionField(
        label=gettext_lazy("Standards"),
        queryset=FrameworkVersion.objects.none(),
        empty_label=None,
        widget=RadioList(hints={}),
        help_text=gettext_lazy("A cycle keeps these standards for ever, whatever is published later."),
    )
    school_year = forms.ChoiceField(label=gettext_lazy("School year"))
    units = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Schools"),
        queryset=Unit.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one school.")},
    )

    class Meta:
        model = Cycle
        fields = [
            "name",
            "owner",
            "version",
            "school_year",
            "kind",
            "units",
            "reference_date",
            "starts_on",
            "self_due",
            "opinions_due",
            "decision_due",
            "objection_days",
            "opinions_wanted",
            "anonymity_threshold",
            "opinions_last",
            "reason_where_different",
            "late_allowed",
        ]
        field_classes = dict.fromkeys(
            ("reference_date", "starts_on", "self_due", "opinions_due", "decision_due"), DateField
        )
        widgets = {"kind": RadioList(hints={})}
        labels = {
            "owner": gettext_lazy("Held by"),
            "reference_date": gettext_lazy("Who is in it is decided by the state of this day"),
        }
        help_texts = {
            "name": gettext_lazy("Teachers read it on their first page."),
            "reference_date": gettext_lazy("Whoever teaches at one of the schools on this day is in the cycle."),
            "objection_days": gettext_lazy("Counted from the announcement of each result."),
            "opinions_wanted": gettext_lazy(
                "Members of the same professional group rate each other. The opinions advise the head; they are never "
                "averaged into the result."
            ),
            "anonymity_threshold": gettext_lazy(
                "Nobody ever sees who said what. The spread of opinions appears only when at least this many "
                "colleagues have answered, at least 3."
            ),
            "opinions_last": gettext_lazy("So that the head's own view comes first."),
            "reason_where_different": gettext_lazy(
                "Where the head's level is not the teacher's own, the head writes why; the teacher reads it."
            ),
            "late_allowed": gettext_lazy("Otherwise the form closes at the end of the last day."),
        }

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        today = timezone.localdate()
        offices = list(offices_managed(user))
        self.fields["owner"].queryset = offices_managed(user)
        self.fields["owner"].empty_label = None
        if not self.instance.pk:
            self.initial |= {**default_dates(today), "school_year": school_year_of(today)}
            self.initial["owner"] = offices[0].pk if offices else None
        if len(offices) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
        self.offers = offers(today)
        self._offer_versions()
        self._require_dates()
        year = int(school_year_of(today)[:4])
        years = {f"{first}-{first + 1}" for first in (year - 1, year, year + 1)}
        if self.instance.school_year:
            years.add(self.instance.school_year)
        self.fields["school_year"].choices = [(value, value) for value in sorted(years)]
        self.fields["kind"].widget.hints = {
            CycleKind.FULL: _("Every second year: colleagues advise, the head decides and announces."),
            CycleKind.SELF_ONLY: _("Every year: teachers assess themselves, nobody decides."),
        }
        self.fields["objection_days"].validators += [MinValueValidator(1), MaxValueValidator(MOST_OBJECTION_DAYS)]
        self.fields["objection_days"].widget.attrs |= {"min": 1, "max": MOST_OBJECTION_DAYS}
        self._tree, self._parents = school_tree([office.pk for office in offices])
        schools = [unit.pk for unit in self._tree if unit.kind.place == Place.SCHOOL]
        self.fields["units"].queryset = Unit.objects.filter(pk__in=schools)

    def _offer_versions(self) -> None:
        """Only what a cycle can use, the one in force first; what is to think of stands below the field."""
        field, ids = self.fields["version"], self.offers.ids
        order = Case(*(When(pk=pk, then=place) for place, pk in enumerate(ids)), default=len(ids))
        field.queryset = FrameworkVersion.objects.filter(pk__in=ids).select_related("framework").order_by(order)
        field.widget.hints = {offer.version.pk: offer.hint for offer in self.offers.usable}
        if not self.instance.pk and ids:
            self.initial["version"] = ids[0]

    def _require_dates(self) -> None:
        """A full cycle needs the day of the decision, and that of the opinions where colleagues give some."""
        sent = self.data if self.is_bound else None
        kind = sent.get("kind") if sent else self.initial.get("kind") or self.instance.kind
        is_full = kind == CycleKind.FULL
        wanted = "opinions_wanted" in sent if sent else self.instance.opinions_wanted
        for name, needed, sentence in (
            ("opinions_due", is_full and wanted, _("Say until when colleagues may give their opinions.")),
            ("decision_due", is_full, _("Say until when the heads decide.")),
        ):
            self.fields[name].required = needed
            self.fields[name].error_messages["required"] = sentence

    @property
    def tree(self) -> list[dict]:
        """[{"unit", "is_school", "checked", "children": [...]}], offices with the schools below them."""
        chosen = {str(value) for value in self["units"].value() or []}
        nodes = {
            unit.pk: {
                "unit": unit,
                "is_school": unit.kind.place == Place.SCHOOL,
                "checked": str(unit.pk) in chosen,
                "children": [],
            }
            for unit in self._tree
        }
        roots = []
        for unit in self._tree:
            parent = nodes.get(self._parents.get(unit.pk))
            (parent["children"] if parent else roots).append(nodes[unit.pk])
        return roots

    def clean(self) -> dict:
        data = super().clean()
        full = data.get("kind") == CycleKind.FULL
        if not full:
            data.update(opinions_wanted=False, opinions_last=False, opinions_due=None, decision_due=None)
        elif not data.get("opinions_wanted"):
            data.update(opinions_last=False, opinions_due=None)
        self._check_schools(data)
        return data

    def _check_schools(self, data: dict) -> None:
        owner, units = data.get("owner"), data.get("units")
        if not owner or units is None:
            return
        below = set(Unit.objects.below([owner.pk]).values_list("pk", flat=True))
        strangers = [unit.name for unit in units if unit.pk not in below]
        if strangers:
            self.add_error(
                "units",
                _("These schools do not belong to %(office)s: %(schools)s.")
                % {"office": owner.name, "schools": ", ".join(strangers)},
            )


class DatesForm(forms.Form):
    """More time for everybody in an open cycle."""

    self_due = DateField(label=gettext_lazy("Self-assessment until"))
    opinions_due = DateField(label=gettext_lazy("Opinions until"))
    decision_due = DateField(label=gettext_lazy("Decision until"))
    late_allowed = forms.BooleanField(
        label=gettext_lazy("Accept after the deadline"),
        required=False,
        help_text=gettext_lazy("Otherwise the form closes at the end of the last day."),
    )

    def __init__(self, *args, cycle: Cycle, **kwargs):
        self.cycle = cycle
        initial = {name: getattr(cycle, name) for name in ("self_due", "opinions_due", "decision_due", "late_allowed")}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("opinions_due", "decision_due"):
            if not initial[name]:
                del self.fields[name]

    def clean(self) -> dict:
        data = super().clean()
        for name in ("self_due", "opinions_due", "decision_due"):
            known, day = getattr(self.cycle, name), data.get(name)
            data.setdefault(name, known)
            if known and day and day < known:
                self.add_error(name, _("Not earlier than %(date)s: people rely on it.") % {"date": date_words(known)})
        return data
