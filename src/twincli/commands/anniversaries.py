"""``twincli anniversaries``: the round birthdays of twinnings in a year."""

from collections.abc import Iterator
from typing import Annotated

import typer

from twincli.clock import this_day
from twincli.commands.help import HelpfulCommand
from twincli.commands.no_pairs import without_each
from twincli.commands.options import FORM, PAIR_FORMATS, WHICH, data_file, output_with, pair_filters, takes
from twincli.i18n import _
from twincli.index.store import Index
from twincli.output import Output
from twincli.query.anniversaries import anniversary_docs, count_by_status, count_without_others, data_date, reaching
from twincli.query.pairs import Filters, Selection, select
from twincli.render import render
from twincli.render.anniversary_views import AnniversaryList
from twincli.vocabulary import Every, Status
from twincli.wording import label, number

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=HelpfulCommand)
@takes(filters=pair_filters, out=output_with(*PAIR_FORMATS, "ics"), data=data_file)
def anniversaries(
    year: Annotated[
        int | None,
        typer.Option("--year", metavar="YEAR", min=1, max=9998, help="Default: this year.", rich_help_panel=WHICH),
    ] = None,
    every: Annotated[
        list[Every] | None,
        typer.Option(
            "--every",
            metavar="YEARS",
            help="Multiples of 5, 10 or 25 years; may be given twice. Default: 10 and 25.",
            rich_help_panel=WHICH,
        ),
    ] = None,
    undated: Annotated[
        bool,
        typer.Option(
            "--undated",
            help="With --format ics: also those whose day is unknown, as events of the whole month or year.",
            rich_help_panel=FORM,
        ),
    ] = False,
    *,
    filters: Filters,
    out: Output,
    data: str | None,
) -> None:
    """List the twinnings that reach a round number of years in a year, by date.

    \b
      twincli anniversaries
      twincli anniversaries --year 2027 --country Indonesia
      twincli anniversaries -c Jepang --year 2028 -o jubilees.ics

    Those of a known day come first, then those of a known month, then those of which the year alone is known. Only
    active pairs count, unless --status says otherwise. 29 February is kept on the 28th where there is none.

    --format ics writes a calendar (iCalendar, RFC 5545) of all-day events. No day is invented: pairs whose day is
    unknown are left out of it, which is said, unless --undated is given. Without any event nothing is written.
    """
    year = this_day().year if year is None else year
    active = filters if filters.status else filters._replace(status=(Status.ACTIVE,))
    with out.session.open_index(data) as index:
        selection = reaching(select(index, active), year, every or (Every.TEN, Every.TWENTY_FIVE))
        out.remark(selection.remarks)
        docs = list(anniversary_docs(index, selection, year, for_people=out.is_for_people))
        render(AnniversaryList(docs, year, data_date(index), undated), out)
        if not docs:
            out.remark(_if_none(index, selection, year))
        if not filters.status:
            out.remark(_if_not_active(index, selection))


def _if_none(index: Index, selection: Selection, year: int) -> Iterator[str]:
    """Yield what to say where nothing matches: which filter, if dropped, would give some."""
    options = count_without_others(index, selection)
    hints = without_each(options)
    none = _("No anniversaries in {year} match.").format(year=year)
    yield none + (" " + _("Anniversaries {hints}.").format(hints=hints) if hints else "")


def _if_not_active(index: Index, selection: Selection) -> Iterator[str]:
    """Yield how many are left out because they are not known to be active."""
    counts = count_by_status(index, selection)
    others = [f"{number(count)} {label(Status, status)}" for status, count in counts.items() if status != Status.ACTIVE]
    if others:
        yield _("Only active pairs count; there are others: {counts} (--status).").format(counts=", ".join(others))
