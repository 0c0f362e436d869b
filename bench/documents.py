"""Forms as PDF: the worker's code against plain WeasyPrint on the same HTML, and two worker processes against one."""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from weasyprint import HTML

from bench.figures import Figure
from evaluations.enums import Status
from evaluations.models import Evaluation
from reports.documents.pages import Made, self_form_html
from reports.documents.pdf import STATIC, OwnFilesFetcher, pdf_bytes, stylesheet_text
from reports.enums import ReportKind, ReportStatus
from reports.models import Report
from reports.summaries.self_form import self_form

ROUNDS = 7
FORMS = 60
PATIENCE = 300  # seconds


def form_html() -> str:
    """Form 01 of one submitted demo teacher."""
    evaluation = Evaluation.objects.exclude(status=Status.DRAFT).filter(submitted_at__isnull=False).order_by("pk")[0]
    with translation.override("vi"):
        return self_form_html(self_form(evaluation, "vi"), Made("0" * 64, timezone.localdate()))


def against_plain() -> Iterator[Figure]:
    """Alternating: `pdf_bytes(html)` and `HTML(string=html).write_pdf()`, the plain one with the style sheet in it."""
    html = form_html()
    whole = html.replace("</head>", f"<style>{stylesheet_text(STATIC)}</style></head>", 1)
    ours, plain = [], []
    pdf_bytes(html)
    for _round in range(ROUNDS):
        started = time.perf_counter()
        HTML(string=whole, base_url=STATIC, url_fetcher=OwnFilesFetcher()).write_pdf()
        middle = time.perf_counter()
        pdf_bytes(html)
        plain.append(middle - started)
        ours.append(time.perf_counter() - middle)
    yield Figure("pdf.form.plain", statistics.median(plain) * 1000, "ms")
    yield Figure("pdf.form.worker", statistics.median(ours) * 1000, "ms")
    yield Figure("pdf.form.times-plain", statistics.median(ours) / statistics.median(plain), "x", at_most=0.85)


def workers() -> Iterator[Figure]:
    """The same 60 forms by one real Celery worker process and by two, from the first start to the last finish."""
    one, two = _by_workers(1), _by_workers(2)
    yield Figure("forms60.one-worker", one, "s")
    yield Figure("forms60.two-workers", two, "s")
    yield Figure("forms60.speed-up", one / two, "x", at_least=1.8)


def _by_workers(number: int) -> float:
    from reports.tasks import build_report

    ids = _requests(number)
    queue = Path(settings.DATA_DIR) / "queue"
    for folder in ("messages", "control"):
        shutil.rmtree(queue / folder, ignore_errors=True)
        (queue / folder).mkdir(parents=True)
    for pk in ids:
        build_report.delay(str(pk))
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", str(number), "--loglevel", "ERROR"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings"}
    with subprocess.Popen(
        [*command, "--without-gossip", "--without-mingle"], env=environment, stdout=subprocess.DEVNULL
    ) as worker:
        try:
            _wait(ids)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(30)
    times = Report.objects.filter(pk__in=ids).order_by("pk").values_list("started_at", "finished_at")
    started, finished = zip(*times, strict=True)
    return (max(finished) - min(started)).total_seconds()


def _requests(number: int) -> list:
    """60 requested forms; rows as a request makes them, without asking the broker one by one."""
    chosen = Evaluation.objects.exclude(submitted_at=None).select_related("cycle", "unit", "subject").order_by("pk")
    rows = [
        Report(
            kind=ReportKind.SELF_FORM,
            cycle=evaluation.cycle,
            unit=evaluation.unit,
            evaluation=evaluation,
            language="vi",
            requested_by=evaluation.subject,
            fingerprint=f"bench-{number}-{position}",
        )
        for position, evaluation in enumerate(chosen[:FORMS])
    ]
    assert len(rows) == FORMS, f"only {len(rows)} submitted evaluations to print"
    return [report.pk for report in Report.objects.bulk_create(rows)]


def _wait(ids: list) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        left = Report.objects.filter(pk__in=ids).exclude(status=ReportStatus.DONE)
        if failed := left.filter(status=ReportStatus.FAILED).first():
            raise RuntimeError(f"a form could not be made: {failed.error}")
        if not left.exists():
            return
        time.sleep(0.25)
    raise RuntimeError("the worker did not make the forms in time")
