"""The first sheet of a workbook: how to fill it in, in the reader's language."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from standards.exchange.columns import HINTS


def lines(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(left, right) cell texts. `names`: sheet key to its name."""
    yield _("How to fill in this workbook"), ""
    yield (
        "",
        _(
            "Fill in the sheets from left to right, then upload the file. You see what was understood before anything is kept."
        ),
    )
    yield "", _("Columns and lines may be moved. Titles above the table and empty lines do no harm.")
    yield (
        "",
        _("Codes are short names without spaces (TC01, S1). Give each once; other sheets point to it by its code."),
    )
    yield (
        "",
        _(
            "An empty cell means: nothing is said. A column or a sheet that is taken away leaves what stood there as it was."
        ),
    )
    yield "", _("Formulas are not read: paste values.")
    yield "", _("Say honestly where texts come from: only texts copied from the legal text are its official wording.")
    yield "", ""
    for key, name in names.items():
        yield name, str(HINTS[key])
    yield "", ""
    yield _("The rule"), _("A result has one line for each condition, and all of them must hold.")
    yield "", _("“this share at least”, 2/3, all criteria, T: at least two thirds of all criteria are at T or above.")
    yield "", _("“these at least”, the key criteria, T: each key criterion is at T or above.")
    yield "", _("Lines of one result that carry the same mark any-1 count as one condition: one of them is enough.")
    yield "", _("Other kinds of rule are made on the page of the draft; here they stand in the data format.")
