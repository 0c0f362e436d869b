"""How many examples a property is tried on: few in every run, all of them with THOROUGH=1."""

import os


def examples(thorough: int) -> int:
    """A tenth of `thorough`, at least 10; all of them when the environment says THOROUGH."""
    return thorough if os.environ.get("THOROUGH") else max(10, thorough // 10)
