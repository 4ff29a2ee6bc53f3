"""``twincli map``: the pairs on a map of the world."""

from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.no_pairs import if_none
from twincli.commands.options import (
    FORM,
    PAIR_FORMATS,
    arrangement,
    data_file,
    output_with,
    pair_filters,
    takes,
)
from twincli.output import Output
from twincli.query.info import origins
from twincli.query.pairs import Arrangement, Filters, count_pairs, pair_docs, select
from twincli.query.ties import find_ties
from twincli.query.titles import title_of
from twincli.render import PICTURE_FORMATS, render
from twincli.render.map_views import PairMap
from twincli.vocabulary import Zoom

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=HelpfulCommand)
@takes(filters=pair_filters, order=arrangement, out=output_with(*PAIR_FORMATS, *PICTURE_FORMATS), data=data_file)
def map_pairs(
    filters: Filters,
    order: Arrangement,
    zoom: Annotated[
        Zoom | None,
        typer.Option(
            "--zoom",
            metavar="HOW",
            help="fit: what the pairs need; world: all of it. Default: whatever suits them.",
            rich_help_panel=FORM,
        ),
    ] = None,
    *,
    out: Output,
    data: str | None,
) -> None:
    """Show pairs of twin cities on a map of the world.

    \b
      twincli map --city Jakarta
      twincli map --country Indonesia --zoom world
      twincli map --country Indonesia -o indonesia.html

    On a terminal the lines between the cities are drawn in braille, the shortest way over the globe. The files are
    pictures for a report: .html opens offline and tells about a line under the pointer, .svg prints at any size, .png
    goes anywhere. In a pipe you get the same JSON as from list.
    """
    with out.session.open_index(data) as index:
        selection = select(index, filters)
        out.remark(selection.remarks)
        view = PairMap(
            docs=pair_docs(index, selection, order, for_people=out.is_for_people),
            ties=lambda: find_ties(index, selection, order, for_people=out.is_for_people),
            title=title_of(index, filters),
            asked=frozenset(city.id for city in selection.cities),
            total=count_pairs(index, selection) if out.is_for_people or order.limit else None,
            zoom=zoom,
            origins=origins(index),
        )
        render(view, out)
        out.remark(if_none(index, selection))
