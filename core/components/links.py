"""Links that keep the rest of the address: sorting, paging, filters."""

from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from core import icons


def _parameters(context, changes):
    request = context.get("request")
    kept = request.GET.copy() if request else {}
    for name, value in changes.items():
        if value is None or value == "":
            kept.pop(name, None)
        else:
            kept[name] = value
    return "?" + (kept.urlencode() if request else urlencode(kept))


def query(context, **changes):
    """This page's query string with some parameters changed; None or "" removes one. {% query page=2 %}."""
    return _parameters(context, changes)


def sort_header(context, key, label, numeric=False, default=""):
    """A <th> whose link sorts by `key` (again: the other way). The view reads ?sort=key or ?sort=-key.

    default: the sort in force when the address names none.
    """
    request = context.get("request")
    now = (request.GET.get("sort") if request else "") or default
    state, arrow, target = "none", "sort", key
    if now == key:
        state, arrow, target = "ascending", "chevron-up", f"-{key}"
    elif now == f"-{key}":
        state, arrow, target = "descending", "chevron-down", key
    return format_html(
        '<th scope="col" aria-sort="{}"{}><a href="{}">{}{}</a></th>',
        state,
        mark_safe(' class="num"') if numeric else "",
        _parameters(context, {"sort": target, "page": None}),
        label,
        icons.icon(arrow),
    )


def paginate(context, page_obj):
    """The pages of a list, with the rows shown; nothing when there is one page. Keeps filters and sort."""
    paginator = page_obj.paginator
    if paginator.num_pages < 2:
        return {"pages": None}
    pages = [
        {"gap": True} if number == paginator.ELLIPSIS else {"number": number, "url": _page(context, number)}
        for number in paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    ]
    return {
        "pages": pages,
        "current": page_obj.number,
        "previous": _page(context, page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": _page(context, page_obj.next_page_number()) if page_obj.has_next() else "",
        "first": page_obj.start_index(),
        "last": page_obj.end_index(),
        "count": paginator.count,
    }


def _page(context, number):
    return _parameters(context, {"page": number})
