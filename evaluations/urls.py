"""Addresses under /evaluations/: the teacher's side, and the head's and the officer's side."""

from evaluations import urls_office, urls_teacher

app_name = "evaluations"
urlpatterns = [*urls_teacher.urlpatterns, *urls_office.urlpatterns]
