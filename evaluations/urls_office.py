"""Addresses of the head's and the officer's side: cycles, boards, reviews, opinions."""

urlpatterns: list = []
