"""Verbs of standards: packs taken up, drafts edited and published, versions retired and tied together."""

from .packs import PackRefused, load_pack

__all__ = ["PackRefused", "load_pack"]
