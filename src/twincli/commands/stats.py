"""``twincli stats``: how many pairs, and of what."""

import sys
from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.no_pairs import if_none
from twincli.commands.options import data_file, output, pair_filters, takes
from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.index.store import Index
from twincli.output import Output
from twincli.query.pairs import Filters, Selection, select
from twincli.render import render
from twincli.render.stats_views import ComponentList, CountList, OverviewCard
from twincli.render.views import View
from twincli.vocabulary import Grouping

app = typer.Typer(add_completion=False, rich_markup_mode=None)
HOW = "How to count"
# On a terminal, where there may be thousands of groups.
_FEW = 20


@app.command(cls=HelpfulCommand)
@takes(filters=pair_filters, out=output, data=data_file)
def stats(
    by: Annotated[
        Grouping | None,
        typer.Option("--by", metavar="GROUP", help=f"One of: {', '.join(Grouping)}.", rich_help_panel=HOW),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            min=0,
            metavar="COUNT",
            help=f"The largest groups only; 0 for all. Default: {_FEW} on a terminal, all in a pipe.",
            rich_help_panel=HOW,
        ),
    ] = None,
    *,
    filters: Filters,
    out: Output,
    data: str | None,
) -> None:
    """Count pairs: at a glance, or by something.

    \b
      twincli stats
      twincli stats --by country --top 10
      twincli stats --by decade --status ended --status suspended

    The filters are those of list. Countries, cities and regions are counted at both ends of a pair. Where --country,
    --city or --region asks for one end, they are counted at the other; but the cities of a country or region at that
    one:

    \b
      twincli stats --country Indonesia --by country
      twincli stats --by component
    """
    if top is not None and by is None:
        raise BadUsage(_("--top needs --by, as in: twincli stats --by country --top 10"))
    with out.session.open_index(data) as index:
        selection = select(index, filters)
        out.remark(selection.remarks)
        # SQLite counts no further.
        most = min(top, sys.maxsize) if top is not None else _FEW if out.is_for_people and out.terminal.is_tty else 0
        render(_view(index, selection, by, most), out)
        out.remark(if_none(index, selection))


def _view(index: Index, selection: Selection, by: Grouping | None, top: int) -> View:
    # Here, since each way of counting needs only its own.
    if by is None:
        from twincli.query.overview import overview

        return OverviewCard(overview(index, selection))
    if by is Grouping.COMPONENT:
        from twincli.query.components import reach

        return ComponentList(reach(index, selection, top))
    from twincli.query.stats import count_by

    return CountList(count_by(index, selection, by, top))
