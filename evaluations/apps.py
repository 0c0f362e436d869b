from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"

    def ready(self) -> None:
        """Puts the own evaluations, and what waits for heads, offices and colleagues, onto the front page."""
        from core import work
        from evaluations import receivers  # noqa: F401
        from evaluations.presenters.work import own_work
        from evaluations.presenters.work_office import office_work

        work.register(own_work)
        work.register(office_work)
