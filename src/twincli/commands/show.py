"""``twincli show``: a city and its partners, or two cities and what ties them."""

from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.offers import Offers
from twincli.commands.options import data_file, pairs_output, takes
from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.index.store import Index
from twincli.output import Output
from twincli.query.names import Lookup
from twincli.query.pairs import Arrangement, pair_docs, selection_of
from twincli.query.partners import common_partners, pair_of, two_cities
from twincli.query.places import City
from twincli.render import render
from twincli.render.card_views import CityCard, PairCard
from twincli.vocabulary import Sort

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=HelpfulCommand)
@takes(out=pairs_output, data=data_file)
def show(
    city: Annotated[str, typer.Argument(metavar="CITY", help="A city."), Offers("city")],
    other: Annotated[str | None, typer.Argument(metavar="[CITY]", help="Another city."), Offers("partner")] = None,
    *,
    out: Output,
    data: str | None,
) -> None:
    """Show a city and its partners, or a pair with every source.

    \b
      twincli show Jakarta
      twincli show Jakarta Rotterdam
      twincli show "Toledo, Ohio"

    Any name serves: English, Indonesian, native or former (Stalingrad), with or without diacritics. Several cities of
    one name are listed with a way to name each; of two names, the two cities that are paired are taken.
    """
    with out.session.open_index(data) as index:
        lookup = Lookup(index)
        if other is None:
            view: CityCard | PairCard = _city_card(index, lookup.city(city), for_people=out.is_for_people)
        else:
            view = _pair_card(index, *two_cities(lookup, city, other))
        out.remark(lookup.remarks)
        render(view, out)


def _city_card(index: Index, city: City, *, for_people: bool) -> CityCard:
    newest_first = Arrangement(Sort.AS_OF, reverse=True)
    return CityCard(city.doc, list(pair_docs(index, selection_of(city), newest_first, for_people=for_people)))


def _pair_card(index: Index, one: City, other: City) -> PairCard:
    if one.id == other.id:
        raise BadUsage(_("Both names mean {city}; name two cities.").format(city=one))
    return PairCard((one.doc, other.doc), pair_of(index, one, other), common_partners(index, one, other))
