"""``twincli path``: the shortest chain of twinnings between two places."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.offers import Offers
from twincli.commands.options import WHICH, Kinds, data_file, pairs_output, takes
from twincli.errors import BadUsage
from twincli.i18n import _, ngettext
from twincli.index.store import Index
from twincli.output import Output
from twincli.query.graph import UNBROKEN, Chain, Twinnings, place_record
from twincli.query.names import Lookup
from twincli.query.pairs import Filters, select
from twincli.query.places import City, Country
from twincli.render import render
from twincli.render.path_views import ChainView
from twincli.vocabulary import Kind, Status
from twincli.wording import number

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=HelpfulCommand)
@takes(out=pairs_output, data=data_file)
def path(
    start: Annotated[str, typer.Argument(metavar="PLACE", help="A city or a country."), Offers("country", "city")],
    goal: Annotated[str, typer.Argument(metavar="PLACE", help="Another one."), Offers("country", "city")],
    *,
    active: Annotated[
        bool,
        typer.Option(
            "--active/--any",
            help="Over active twinnings and those of unknown status; or over any, ended ones too.",
            rich_help_panel=WHICH,
        ),
    ] = True,
    kind: Kinds = None,
    out: Output,
    data: str | None,
) -> None:
    """Find the shortest chain of twinnings between two cities or countries.

    \b
      twincli path Bandung Reykjavík
      twincli path Indonesia Peru
      twincli path Jakarta Peru --any --kind sister

    A country stands for all its cities. Of several chains as short, the best attested one is shown: the fewest steps
    of low confidence, then of medium confidence, then the fewest km; how many others there are is said.
    """
    with out.session.open_index(data) as index:
        lookup = Lookup(index)
        ends = lookup.one_place(start), lookup.one_place(goal)
        _refuse_overlap(*ends)
        out.remark(lookup.remarks)
        statuses = UNBROKEN if active else tuple(Status)
        twinnings = _connect(index, statuses, kind or ())
        chain = twinnings.shortest_chain(*ends)
        components = [] if chain else twinnings.components_of(*ends)
        view = ChainView([place_record(index, end) for end in ends], statuses, kind or (), chain, components)
        render(view, out)
        if chain is None:
            out.remark([] if out.is_for_people else [view.no_chain()])
            out.remark(_other_ways(index, ends, twinnings, view))


def _refuse_overlap(start: City | Country, goal: City | Country) -> None:
    for one, other in ((start, goal), (goal, start)):
        if isinstance(one, City) and isinstance(other, Country) and one.country == other.code:
            raise BadUsage(_("{city} lies in {country}; name two places apart.").format(city=one.name, country=other))
    one_id, other_id = (place.id if isinstance(place, City) else place.code for place in (start, goal))
    if one_id == other_id:
        raise BadUsage(_("Both names mean {place}; name two places.").format(place=start))


def _connect(index: Index, statuses: Sequence[Status], kinds: Sequence[Kind]) -> Twinnings:
    return Twinnings(index, select(index, Filters(status=statuses, kind=kinds)))


def _other_ways(
    index: Index, ends: tuple[City | Country, City | Country], twinnings: Twinnings, view: ChainView
) -> Iterator[str]:
    """Yield what would give a chain where there is none: twinnings that are over, or those of other kinds."""
    over = [status for status in Status if status not in view.statuses]
    if over:
        twinnings.add(select(index, Filters(status=over, kind=view.kinds)))
        yield from _way(_("With {option}").format(option="--any"), twinnings.shortest_chain(*ends))
    if view.kinds:
        of_all_kinds = _connect(index, view.statuses, ())
        yield from _way(_("Without {option}").format(option="--kind"), of_all_kinds.shortest_chain(*ends))


def _way(change: str, chain: Chain | None) -> Iterator[str]:
    if chain:
        steps = len(chain.docs)
        message = ngettext("{change} there is one of {count} step.", "{change} there is one of {count} steps.", steps)
        yield message.format(change=change, count=number(steps))
