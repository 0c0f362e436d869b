"""A worker process of the bench: loads everything, waits for a line, makes forms until none is left."""

import sys
from uuid import UUID

import django

django.setup()

from reports.actions import building, parts  # noqa: E402
from reports.kinds import form_bytes, forms_of_school  # noqa: E402
from reports.models import Report  # noqa: E402

report = Report.objects.select_related("cycle", "cycle__version", "unit", "unit__kind", "requested_by").get(
    pk=UUID(sys.argv[1])
)
forms = forms_of_school(building.subject_of(report))
form_bytes(forms[0], django.utils.timezone.localdate())
print("ready", flush=True)
sys.stdin.readline()
parts.work_on(report, forms, lambda percent: None)
print("done", flush=True)
