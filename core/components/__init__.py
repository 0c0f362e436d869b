"""The components of a page as plain functions; core/templatetags/core.py names them for templates."""
