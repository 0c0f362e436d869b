from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"

    def ready(self) -> None:
        """Puts what waits for heads, offices and colleagues onto the front page."""
        from core import work
        from evaluations.presenters.work_office import office_work

        work.register(office_work)
