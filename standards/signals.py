"""Questions to the apps above, which standards does not know."""

from django.dispatch import Signal

asked_to_retire = Signal()
"""kwargs: version (FrameworkVersion, locked). A receiver answers with the sentences why not, or with nothing."""
