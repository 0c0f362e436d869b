"""The product's own icons: 24 x 24 outlines drawn with one pen, inlined so that they cost no request."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

PATHS = {
    "archive": "M3 5h18v4H3zM5 9v10h14V9M10 13h4",
    "arrow-left": "M19 12H5M11 6l-6 6 6 6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "check": "M4 12.5l5 5L20 6.5",
    "check-circle": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5-6",
    "chevron-down": "M6 9l6 6 6-6",
    "chevron-left": "M15 6l-6 6 6 6",
    "chevron-right": "M9 6l6 6-6 6",
    "chevron-up": "M6 15l6-6 6 6",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
    "comment": "M4 5h16v11H10l-4 4v-4H4z",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "cross": "M6 6l12 12M18 6L6 18",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "edit": "M4 20h4L20 8l-4-4L4 16zM13.5 6.5l4 4",
    "external": "M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9",
    "eye": "M2 12s3.5-6.5 10-6.5S22 12 22 12s-3.5 6.5-10 6.5S2 12 2 12M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6",
    "eye-off": "M4 4l16 16M9.5 6A10 10 0 0 1 12 5.5c6.5 0 10 6.5 10 6.5a17 17 0 0 1-3 3.7M6.5 8A17 17 0 0 0 "
    "2 12s3.5 6.5 10 6.5a10 10 0 0 0 4.5-1",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
    "filter": "M4 5h16l-6 8v6l-4-2v-4z",
    "flag": "M5 21V4h13l-2.5 4L18 12H5",
    "history": "M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4l3 2",
    "home": "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
    "image": "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11v6M12 7.5v.01",
    "link": "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
    "lock": "M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3",
    "mail": "M3 6h18v12H3zM3 7l9 7 9-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "more": "M6 12h.01M12 12h.01M18 12h.01",
    "paperclip": "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6"
    "M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 21a7.5 7.5 0 0 1 15 0",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "refresh": "M20 12a8 8 0 1 1-2.5-5.8M20 4v4h-4",
    "school": "M3 21h18M5 21V10l7-5 7 5v11M10 21v-6h4v6M12 5V2h4M9 11h.01M15 11h.01",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
    "send": "M4 12l16-8-5 16-4-6zM11 14l9-10",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
    "sort": "M8 9l4-4 4 4M8 15l4 4 4-4",
    "star": "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
    "trash": "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6",
    "undo": "M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12H9",
    "upload": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "warning": "M12 3.5L22 20.5H2zM12 10v5M12 17.8v.01",
}


@cache
def icon(name: str) -> SafeString:
    """The inline SVG of an icon; decoration only (hidden from screen readers), so a word stands beside it.

    KeyError when there is no such icon.
    """
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        name,
        PATHS[name],
    )
