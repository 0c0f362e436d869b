"""Measurements side by side with their floors: `python -m bench`, `make bench`."""
