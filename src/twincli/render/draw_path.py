"""Drawing a chain of twinnings: city below city, and between them what ties them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from twincli.i18n import _, ngettext, pick
from twincli.query.graph import Chain, OwnComponent
from twincli.records import CityRecord, PairRecord, PlaceRecord
from twincli.render.page import Page
from twincli.render.pair_rows import Summary, legend
from twincli.render.pair_table import STATUS_STYLES, status_and_marks, suggest_show
from twincli.render.path_views import ChainView
from twincli.text import clean
from twincli.vocabulary import Confidence, Kind, Status
from twincli.wording import city_count, city_name, country_count, country_name, label, number

# How many of the groups that a country's cities lie in are told one by one.
_MOST_GROUPS = 5


def draw_chain(view: ChainView, page: Page) -> None:
    """Draw the chain with its length and how good it is, or else how far each end reaches."""
    if view.chain is None:
        page.add(Text(clean(view.no_chain())), width=page.reading_width)
        page.gap()
        for end, components in zip(view.ends, view.components, strict=True):
            _draw_reach(end, components, page)
        for line in _what_counts(view):
            page.add_hanging("", line, indent=2)
        return
    pairs: list[PairRecord] = [json.loads(doc) for doc in view.chain.docs]
    start, goal = (pick(end["name"])[0] for end in view.ends)
    steps = ngettext("{count} step", "{count} steps", len(pairs)).format(count=number(len(pairs)))
    page.add(Text(clean(f"{start} → {goal}"), style="bold").append(f": {steps}, {_km(view.chain.distance_km)}"))
    page.gap()
    _draw_steps(pairs, page)
    page.gap()
    for line in [*_verdict(view.chain), *legend(Summary(pairs), page.output.session)]:
        page.add(Text(line), width=page.reading_width)
    suggest_show(pairs[0], page, _("The sources of a step: {command}"))


def _draw_steps(pairs: Sequence[PairRecord], page: Page) -> None:
    rows = [_cells(pair) for pair in pairs]
    widths = [max(cell_len(row[place]) for row in rows) for place in range(len(rows[0]))]
    page.add(_city(pairs[0]["cities"][0]))
    for pair, row in zip(pairs, rows, strict=True):
        since, kind, status, km = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        line = Text(f" │ {since}  {kind}  ")
        line.append(status, style=STATUS_STYLES.get(Status(pair["status"]), ""))
        page.add(line.append(f"  {km.strip():>{widths[-1]}}"), _city(pair["cities"][1]))


def _city(city: CityRecord) -> Text:
    return Text(clean(city_name(city)), style="bold").append(clean(f", {country_name(city)}"), style="not bold")


def _cells(pair: PairRecord) -> tuple[str, str, str, str]:
    since = _("since {year}").format(year=pair["since"][:4]) if pair["since"] else _("year unknown")
    return since, label(Kind, pair["kind"]), clean(status_and_marks(pair)), _km(pair["distance_km"])


def _km(distance: int) -> str:
    return f"{number(distance)} km"


def _verdict(chain: Chain) -> list[str]:
    """Return how well the chain is attested, and how many others there are."""
    weakest = _("Confidence of the weakest step: {level}.").format(level=label(Confidence, chain.confidence))
    if not chain.others:
        return [weakest, _("No other chain is as short.")]
    others = ngettext(
        "{count} other chain is as short; this is the best attested one.",
        "{count} other chains are as short; this is the best attested one.",
        chain.others,
    )
    return [weakest, others.format(count=number(chain.others))]


def _what_counts(view: ChainView) -> list[str]:
    """Return which twinnings count, where that is not all."""
    listed = [label(Status, status) for status in view.statuses] if len(view.statuses) < len(Status) else []
    listed += [label(Kind, kind) for kind in view.kinds]
    return [_("Counted: {list}").format(list=", ".join(listed))] if listed else []


def _draw_reach(end: PlaceRecord, components: Sequence[OwnComponent], page: Page) -> None:
    """Draw which components the cities of an end lie in, and how large each is."""
    name = pick(end["name"])[0]
    lines = [_reach(name, component, is_country=end["type"] == "country") for component in components[:_MOST_GROUPS]]
    if not components:
        lines.append(_("{name}: no city in it has a twinning that counts").format(name=name))
    if len(components) > _MOST_GROUPS:
        more = len(components) - _MOST_GROUPS
        message = ngettext("{name}: in {count} smaller group more", "{name}: in {count} smaller groups more", more)
        lines.append(message.format(name=name, count=number(more)))
    for line in lines:
        page.add_hanging("", line, indent=2)


def _reach(name: str, component: OwnComponent, *, is_country: bool) -> str:
    """Return which component this is, and how large; its cities where they are few."""
    who = clean(name)
    if is_country:
        who += f" ({city_count(component.own)})"
    if component.cities == 1:
        return _("{name}: alone, with no twinning that counts").format(name=who)
    countries = country_count(component.countries)
    if component.members:
        message = _("{name}: in a group of {cities} in {countries}: {members}")
    elif component.rank == 1:
        message = _("{name}: in the largest group of connected cities, {cities} in {countries}")
    else:
        message = _("{name}: in a group of {cities} in {countries}")
    members = ", ".join(city_name(json.loads(doc)) for doc in component.members)
    return message.format(name=who, cities=city_count(component.cities), countries=countries, members=members)
