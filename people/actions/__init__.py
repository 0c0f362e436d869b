"""Verbs about people and units. Each is one transaction; who may is asked first."""
