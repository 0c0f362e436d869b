from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        """Connects the receivers."""
        import people.receivers  # noqa: F401
