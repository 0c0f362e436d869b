"""News from below: an evaluation moved, so the tally of its school is counted anew."""
