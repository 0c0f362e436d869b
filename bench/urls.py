from django.urls import path

from bench import floor
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("floor/", floor.read), path("floor/write/<int:pk>/", floor.write), *urlpatterns]
