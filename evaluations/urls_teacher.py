"""Addresses of the teacher's side: the own evaluation, its evidence and its result."""

urlpatterns: list = []
