"""What the commands with the filters of ``list`` say where no pair matches."""

from collections.abc import Iterable, Iterator

from twincli.i18n import _
from twincli.index.store import Index
from twincli.query.clauses import ONE_END
from twincli.query.pairs import Selection, count_without_each, has_pairs
from twincli.wording import number


def if_none(index: Index, selection: Selection) -> Iterator[str]:
    """Yield what to say where no pair matches: which filter, if dropped, would give some."""
    if has_pairs(index, selection):
        return
    options = count_without_each(index, selection)
    hints = without_each(options)
    if len(ONE_END & {clause.option for clause in selection.here}) > 1:
        yield _("--country, --city and --region all speak of the same end of a pair; for the other end: --with.")
    yield _("No pairs match.") + (" " + _("Pairs {hints}.").format(hints=hints) if hints else "")


def without_each(options: Iterable[tuple[str, int]]) -> str:
    """Return in words how much there would be without each of some options."""
    hints = (_("without {option}: {count}").format(option=option, count=number(count)) for option, count in options)
    return ", ".join(hints)
