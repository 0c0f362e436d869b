"""A form as PDF against plain WeasyPrint on the same HTML; sixty forms by one and by two worker processes."""

import subprocess
import sys
import time
from types import SimpleNamespace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from bench.figures import Figures, interleaved
from reports.actions.parts import lay_out
from reports.documents.pages import Made, self_form_html
from reports.documents.pdf import pdf_bytes, stylesheet_text
from reports.enums import ReportKind, ReportStatus
from reports.kinds import Subject, forms_of_school
from reports.models import Report, ReportPart
from reports.summaries.common import stamp_of
from reports.summaries.self_form import self_form

ROUNDS = 15


def measure(w: SimpleNamespace, figures: Figures) -> None:
    _against_plain(w, figures)
    _two_workers(w, figures)


def _against_plain(w: SimpleNamespace, figures: Figures) -> None:
    """The same document: for WeasyPrint alone the stylesheets stand in its head, with the fonts as files."""
    from weasyprint import HTML

    with override("vi"):
        form = self_form(w.forms[0], "vi")
    html = self_form_html(form, Made(stamp_of(form), timezone.localdate()))
    style = stylesheet_text(f"file://{settings.STATICFILES_DIRS[0]}/")
    whole = html.replace("</head>", f"<style>{style}</style></head>")

    def timed(call) -> float:
        start = time.process_time()  # of this process alone, whatever else the machine does
        call()
        return (time.process_time() - start) * 1000

    calls = {
        "form_pdf": lambda: timed(lambda: pdf_bytes(html)),
        "form_pdf_plain": lambda: timed(lambda: HTML(string=whole).write_pdf()),
        "form_pdf_plain_tagged": lambda: timed(lambda: HTML(string=whole).write_pdf(pdf_variant="pdf/ua-1")),
    }
    interleaved(calls, 2)
    found = interleaved(calls, ROUNDS)
    for name, value in found.items():
        figures.tell(name, value, "ms")
    figures.tell("form_pdf_size", len(pdf_bytes(html)) / 1000, "kB")
    figures.tell("form_pdf_ratio", found["form_pdf"] / found["form_pdf_plain"], "x")


def _two_workers(w: SimpleNamespace, figures: Figures) -> None:
    best = {1: float("inf"), 2: float("inf")}
    for _round in range(2):
        best = {workers: min(least, _seconds(w, workers)) for workers, least in best.items()}
    figures.tell("forms_one_worker", best[1], "s")
    figures.tell("forms_two_workers_time", best[2], "s")
    figures.tell("forms_two_workers", best[1] / best[2], "x")
    figures.tell("two_busy_loops", _busy(2) / _busy(1), "x")  # what two processes are worth on this machine just now


def _busy(processes: int) -> int:
    """Rounds that so many processes turn in two seconds while they do nothing but reckon."""
    code = "import time\nn, end = 0, time.time() + 2\nwhile time.time() < end:\n    n += sum(range(1000)) > 0\nprint(n)"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
        for _one in range(processes)
    ]
    return sum(int(process.communicate()[0]) for process in running)


def _seconds(w: SimpleNamespace, workers: int) -> float:
    """Sixty forms by so many processes that have loaded everything and wait for the word.

    Each is a session of its own, as services are: a scheduler that shares by session would give two only one share.
    """
    Report.objects.all().delete()
    report = Report.objects.create(
        kind=ReportKind.SCHOOL_FORMS,
        cycle=w.cycle,
        unit=w.other_school,
        language="vi",
        requested_by=w.other_head,
        fingerprint="0" * 64,
        stamp="0" * 64,
        status=ReportStatus.RUNNING,
        attempts=1,
    )
    subject = Subject(ReportKind.SCHOOL_FORMS, w.cycle, w.other_school, None, "vi", w.other_head)
    lay_out(report, forms_of_school(subject), helpers=0)
    command = [sys.executable, "-m", "bench.forms_worker", str(report.pk)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        for _worker in range(workers)
    ]
    try:
        for process in processes:
            if process.stdout.readline().strip() != "ready":
                raise RuntimeError("a worker process did not start")
        start = time.perf_counter()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            process.stdout.readline()
        spent = time.perf_counter() - start
    finally:
        for process in processes:
            process.stdin.close()
            process.wait(30)
            process.stdout.close()
    if ReportPart.objects.filter(report=report, content=None).exists():
        raise RuntimeError("not every form was made")
    return spent
