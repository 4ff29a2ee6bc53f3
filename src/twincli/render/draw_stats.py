"""Drawing statistics: groups with bars, components, and a selection at a glance."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from twincli.i18n import N_, _, ngettext, pick
from twincli.query.components import Reach
from twincli.query.overview import Overview
from twincli.query.stats import Count, Scope
from twincli.records import PairRecord
from twincli.render.bar_table import Bars, Texts, draw_bar_table
from twincli.render.count_columns import HEADINGS, group_name
from twincli.render.page import Page
from twincli.render.stats_views import ComponentList, CountList, OverviewCard
from twincli.text import clean
from twincli.vocabulary import Confidence, Grouping, Kind, Status
from twincli.wording import city_count, city_name, country_count, label, long_date, number, pair_count, percent

_GAP = 2
# How many countries a sentence names before it only counts the rest.
_MOST_NAMED = 12
_SCOPES = {
    Scope.BOTH: N_("A pair counts at both its ends, so that the shares add up to more than 100%."),
    Scope.OTHER: N_("Counted is the other end of each pair."),
    Scope.FACING: N_("Counted is the other end of each pair."),
    Scope.OWN: N_("Counted is the end that was asked for."),
    Scope.EACH: N_("A pair counts for each of its fields."),
}


def draw_counts(view: CountList, page: Page) -> None:
    """Draw each group with its number, its share and a bar; for decades what ended stands beside what began."""
    tally = view.tally
    if not tally.pairs:
        return
    # What is not known is no group of its own, and would set the scale where most is unknown.
    known = [count["value"] is not None for count in tally.counts]
    draw_bar_table(
        [
            Texts(_(HEADINGS[tally.grouping]), [clean(group_name(tally.grouping, count)) for count in tally.counts]),
            Texts(
                _("Begun") if tally.grouping is Grouping.DECADE else _("Pairs"),
                [number(count["pairs"]) for count in tally.counts],
            ),
            Texts(_("Share"), [percent(count["share"]) for count in tally.counts]),
            Bars([count["pairs"] * is_known for count, is_known in zip(tally.counts, known, strict=True)]),
            *(_endings(tally.counts) if tally.grouping is Grouping.DECADE else ()),
        ],
        page,
    )
    page.gap()
    page.add(Text(" · ".join(_totals(tally.pairs, sum(known), tally.groups))))
    if tally.scope in _SCOPES:
        page.add(Text(_(_SCOPES[tally.scope])), width=page.reading_width)


def _endings(counts: Sequence[Count]) -> Iterator[Texts | Bars]:
    ended = [count.get("ended", 0) for count in counts]
    yield Texts(_("Ended"), [number(value) if value else "" for value in ended])
    yield Bars(ended)


def _totals(pairs: int, shown: int, groups: int) -> Iterator[str]:
    yield pair_count(pairs)
    if shown < groups:
        yield _("{shown} of {total} groups (--top 0 shows all)").format(shown=number(shown), total=number(groups))


# --- components -------------------------------------------------------------------------------------------------------


def draw_components(view: ComponentList, page: Page) -> None:
    """Draw each component with its size, and whether every country can be reached from every other."""
    reach = view.reach
    if not reach.pairs:
        return
    components = reach.components
    draw_bar_table(
        [
            Texts(_("Around"), [clean(pick(component["name"])[0]) for component in components]),
            Texts(_("Cities"), [number(component["cities"]) for component in components]),
            Texts(_("Countries"), [number(len(component["countries"])) for component in components]),
            Texts(_("Pairs"), [number(component["pairs"]) for component in components]),
            Bars([component["cities"] for component in components]),
        ],
        page,
    )
    page.gap()
    groups = ngettext("{count} group of connected cities", "{count} groups of connected cities", reach.groups).format(
        count=number(reach.groups)
    )
    if len(components) < reach.groups:
        groups += ", " + _("the {shown} largest are shown (--top 0: all)").format(shown=number(len(components)))
    page.add(Text(groups), width=page.reading_width)
    if reach.countries > 1:
        page.add(Text(clean(_verdict(reach))), width=page.reading_width)


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
