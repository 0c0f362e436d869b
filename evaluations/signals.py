"""News for the apps above. Sent inside the transaction; receivers do their outside work on commit."""

from django.dispatch import Signal

evaluation_moved = Signal()
"""kwargs: evaluation (saved), action (Action), by (User or None), event (Event), left (Unit it belonged to before)"""
