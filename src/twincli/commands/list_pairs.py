"""``twincli list``: which cities are twinned."""

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.no_pairs import if_none
from twincli.commands.options import arrangement, data_file, pair_filters, pairs_output, takes
from twincli.output import Output
from twincli.query.pairs import Arrangement, Filters, count_pairs, pair_docs, select
from twincli.render import render
from twincli.render.views import PairList
from twincli.vocabulary import Sort

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=HelpfulCommand)
@takes(filters=pair_filters, order=arrangement, out=pairs_output, data=data_file)
def list_pairs(filters: Filters, order: Arrangement, out: Output, data: str | None) -> None:
    """List pairs of twin cities.

    \b
      twincli list --country Indonesia
      twincli list -c Belanda --with Indonesia --sort since
      twincli list -c ID -o indonesia.csv

    A filter given several times takes any of its values; different filters must all hold:

    \b
      twincli list --region Africa --status ended --status suspended
      twincli list -c ID -o indonesia.geojson
      twincli list -c Indonesia | jq -r '.[].cities[1].name'
    """
    with out.session.open_index(data) as index:
        selection = select(index, filters)
        out.remark(selection.remarks)
        total = count_pairs(index, selection) if out.is_for_people else None
        docs = pair_docs(index, selection, order, for_people=out.is_for_people)
        render(PairList(docs, selection.cities, total, order.sort is Sort.CITY), out)
        out.remark(if_none(index, selection))
