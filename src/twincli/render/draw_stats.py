"""Drawing statistics: groups with bars, components, and a selection at a glance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from twincli.i18n import N_, _, ngettext, pick
from twincli.query.components import Component, Reach
from twincli.query.overview import Overview
from twincli.query.stats import Count, Scope
from twincli.records import PairRecord
from twincli.render.bars import bar
from twincli.render.count_columns import HEADINGS, group_name
from twincli.render.page import Page
from twincli.render.stats_views import ComponentList, CountList, OverviewCard
from twincli.text import clean
from twincli.vocabulary import Confidence, Grouping, Kind, Status
from twincli.wording import city_count, city_name, country_count, label, long_date, number, pair_count, percent

_GAP = 2
# What bars may take where no width is given, and must be left anywhere.
_NATURAL_BAR, _SHORTEST_BAR = 40, 8
# How many countries a sentence names before it only counts the rest.
_MOST_NAMED = 12
_SCOPES = {
    Scope.BOTH: N_("A pair counts at both its ends, so that the shares add up to more than 100%."),
    Scope.OTHER: N_("Counted is the other end of each pair."),
    Scope.OWN: N_("Counted is the end that was asked for."),
    Scope.EACH: N_("A pair counts for each of its fields."),
}


def draw_counts(view: CountList, page: Page) -> None:
    """Draw each group with its number, its share and a bar; for decades what ended stands beside what began."""
    tally = view.tally
    if not tally.pairs:
        return
    is_decade = tally.grouping is Grouping.DECADE
    rows = [_cells(tally.grouping, count) for count in tally.counts]
    headings = [_(HEADINGS[tally.grouping]), _("Begun") if is_decade else _("Pairs"), _("Share")]
    # What is not known is no group of its own, and would set the scale where most is unknown.
    known = [count["value"] is not None for count in tally.counts]
    values = [[count["pairs"] * is_known for count, is_known in zip(tally.counts, known, strict=True)]]
    if is_decade:
        values.append([count.get("ended", 0) for count in tally.counts])
    _draw_bars(headings, rows, values, page)
    page.gap()
    page.add(Text(" · ".join(_totals(tally.pairs, sum(known), tally.groups))))
    if tally.scope in _SCOPES:
        page.add(Text(_(_SCOPES[tally.scope])), width=page.reading_width)


def _cells(grouping: Grouping, count: Count) -> list[str]:
    return [clean(group_name(grouping, count)), number(count["pairs"]), percent(count["share"])]


def _totals(pairs: int, shown: int, groups: int) -> Iterator[str]:
    yield pair_count(pairs)
    if shown < groups:
        yield _("{shown} of {total} groups (--top 0 shows all)").format(shown=number(shown), total=number(groups))


def _draw_bars(
    headings: Sequence[str], rows: Sequence[Sequence[str]], values: Sequence[Sequence[int]], page: Page
) -> None:
    """Draw rows with one bar each, or with a second number and bar beside the first, on one scale."""
    seconds = [number(value) if value else "" for value in values[1]] if len(values) > 1 else []
    fixed = [
        max(map(cell_len, [heading, *column]))
        for heading, column in zip(headings, zip(*rows, strict=True), strict=True)
    ]
    if seconds:
        fixed.append(max(map(cell_len, [_("Ended"), *seconds])))
    gaps = _GAP * (len(fixed) + len(values) - 1)
    # Names give way to bars, but never below half of the width.
    least = _SHORTEST_BAR * len(values)
    width = page.width or sum(fixed) + gaps + _NATURAL_BAR * len(values)
    name = max(min(fixed[0], width - sum(fixed[1:]) - gaps - least), width // 3)
    room = max(width - min(name, fixed[0]) - sum(fixed[1:]) - gaps, 0) // len(values)
    if not room:
        name = max(width - sum(fixed[1:]) - _GAP * (len(fixed) - 1), _SHORTEST_BAR)
    most = max(max(column) for column in values)

    def drawn(value: int) -> Text:
        return Text(bar(value, most, room, has_blocks=page.terminal.encodes_all), style="cyan", no_wrap=True)

    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    table.add_column(headings[0], overflow="fold", width=min(name, fixed[0]))
    for heading in headings[1:]:
        table.add_column(heading, justify="right", overflow="fold")
    if room:
        table.add_column("", width=room, no_wrap=True)
    if seconds:
        table.add_column(_("Ended"), justify="right", overflow="fold")
        if room:
            table.add_column("", width=room, no_wrap=True)
    for place, row in enumerate(rows):
        cells = [Text(cell) for cell in row]
        cells += [drawn(values[0][place])] if room else []
        if seconds:
            cells += [Text(seconds[place]), *([drawn(values[1][place])] if room else [])]
        table.add_row(*cells)
    page.add(table)


# --- components -------------------------------------------------------------------------------------------------------


def draw_components(view: ComponentList, page: Page) -> None:
    """Draw each component with its size, and whether every country can be reached from every other."""
    reach = view.reach
    if not reach.pairs:
        return
    headings = [_("Around"), _("Cities"), _("Countries"), _("Pairs")]
    rows = [_component_cells(component) for component in reach.components]
    _draw_bars(headings, rows, [[component["cities"] for component in reach.components]], page)
    page.gap()
    groups = ngettext("{count} group of connected cities", "{count} groups of connected cities", reach.groups).format(
        count=number(reach.groups)
    )
    shown = len(reach.components)
    if shown < reach.groups:
        groups += ", " + _("the {shown} largest are shown (--top 0: all)").format(shown=number(shown))
    page.add(Text(groups), width=page.reading_width)
    if reach.countries > 1:
        page.add(Text(clean(_verdict(reach))), width=page.reading_width)


def _component_cells(component: Component) -> list[str]:
    name = clean(pick(component["name"])[0])
    return [name, number(component["cities"]), number(len(component["countries"])), number(component["pairs"])]


def _verdict(reach: Reach) -> str:
    """Return whether every country is reachable, and which are not."""
    if not reach.apart:
        return _("All {count} countries are reachable from each other.").format(count=number(reach.countries))
    names = [pick(name)[0] for name in reach.apart]
    listed = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        listed = _("{names} and {count} more").format(names=listed, count=number(len(names) - _MOST_NAMED))
    message = _("The largest reaches {reached} of {countries} countries; not {names}.")
    reached = number(reach.countries - len(names))
    return message.format(reached=reached, countries=number(reach.countries), names=listed)


# --- at a glance ------------------------------------------------------------------------------------------------------


def draw_overview(card: OverviewCard, page: Page) -> None:
    """Draw a selection on one screen."""
    view = card.overview
    if not view.pairs:
        return
    page.add(Text(", ".join(_sizes(view)), style="bold"))
    page.gap()
    _draw_lists(view, page)
    page.gap()
    page.add_facts(((Text(heading), Text(clean(fact))) for heading, fact in _facts(view)), width=page.reading_width)
    if page.terminal.is_tty:
        page.remark(_("In detail: twincli stats --by country; twincli stats --help names all groups."))


def _sizes(view: Overview) -> Iterator[str]:
    yield pair_count(view.pairs)
    yield city_count(view.cities)
    yield country_count(view.countries)


def _draw_lists(view: Overview, page: Page) -> None:
    """Draw how many pairs there are of each kind, status and confidence, side by side where there is room."""
    lists: list[tuple[str, type[StrEnum], Mapping[str, int]]] = [
        (_("Kind"), Kind, view.kinds),
        (_("Status"), Status, view.statuses),
        (_("Confidence"), Confidence, view.confidences),
    ]
    columns = []
    for heading, enumeration, counts in lists:
        rows = [(label(enumeration, value), number(count)) for value, count in counts.items()]
        names = max(map(cell_len, [heading, *(name for name, __ in rows)]))
        digits = max(cell_len(shown) for __, shown in rows)
        lines = [Text(f"{name}{' ' * (names - cell_len(name))}  {shown:>{digits}}") for name, shown in rows]
        columns.append([Text(heading, style="bold"), *lines])
    if page.width and sum(column[1].cell_len + 2 * _GAP for column in columns) > page.width:
        for column in columns:
            page.add(*column)
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2 * _GAP, 0, 0))
    for place in range(max(map(len, columns))):
        table.add_row(*(column[place] if place < len(column) else Text("") for column in columns))
    page.add(table)


def _facts(view: Overview) -> Iterator[tuple[str, str]]:
    for heading, count in ((_("With a date"), view.dated), (_("Two sources or more"), view.sourced_twice)):
        yield heading, f"{number(count)} ({percent(count / view.pairs)})"
    yield _("Most connected"), "; ".join(_sized(count) for count in view.most_connected)
    yield _("Countries with most"), "; ".join(_sized(count) for count in view.countries_most)
    for heading, doc in ((_("Oldest"), view.oldest), (_("Newest"), view.newest)):
        if doc:
            pair: PairRecord = json.loads(doc)
            yield heading, f"{_ends(pair)}, {long_date(pair['since'] or '')} ({label(Kind, pair['kind'])})"
    if view.longest:
        pair = json.loads(view.longest)
        yield _("Longest distance"), f"{_ends(pair)}, {number(pair['distance_km'])} km"


def _sized(count: Count) -> str:
    return f"{pick(count['name'])[0]} ({number(count['pairs'])})"


def _ends(pair: PairRecord) -> str:
    return " – ".join(city_name(city) for city in pair["cities"])
