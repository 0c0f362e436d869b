"""The colours that drawings need as plain values (SVG in pages and PDFs). The same as static/css/tokens.css."""

PAPER = "#fbfaf5"
SURFACE = "#ffffff"
INK = "#1d2522"
INK_SOFT = "#545e59"
RULE = "#dcd9cd"
RULE_STRONG = "#7f857f"
ACCENT = "#12594a"
ACCENT_TINT = "#e3efe8"

# (fill, text on it), lowest level first; each step darker than the one before, so that they hold in grey
LEVELS = (
    ("#f3d7a4", "#1d2522"),
    ("#d9993f", "#1d2522"),
    ("#4d6eab", "#ffffff"),
    ("#26305f", "#ffffff"),
)


def tone(position: int, of: int) -> int:
    """The tone 1..4 of level `position` (1 = lowest) in a scale of `of` levels; 0 when there is no level.

    Scales shorter or longer than four are spread over the four tones, so the highest is always the darkest.
    """
    if position < 1 or of < 1:
        return 0
    if of == 1:
        return len(LEVELS)
    return 1 + (min(position, of) - 1) * (len(LEVELS) - 1) // (of - 1)
