"""The front page: my work."""

urlpatterns: list = []
