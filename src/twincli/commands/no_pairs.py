"""What the commands with the filters of ``list`` say where no pair matches."""

from collections.abc import Iterator

from twincli.i18n import _
from twincli.index.store import Index
from twincli.query.pairs import Selection, count_without_each, has_pairs


def if_none(index: Index, selection: Selection) -> Iterator[str]:
    """Yield what to say where no pair matches: which filter, left away, would give some."""
    if has_pairs(index, selection):
        return
    options = count_without_each(index, selection)
    hints = [_("without {option}: {count}").format(option=option, count=count) for option, count in options]
    yield _("No pairs match.") + (" " + _("Pairs {hints}.").format(hints=", ".join(hints)) if hints else "")
