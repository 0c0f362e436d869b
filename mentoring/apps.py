from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "mentoring"

    def ready(self) -> None:
        from core import work
        from mentoring.work import items

        work.register(items)
