"""Verbs of mentoring. Keyword-only, one transaction, the row locked, one event."""
