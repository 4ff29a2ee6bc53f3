"""Drawing a city's card and a pair's card."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rich.text import Text

from twincli.clock import this_day
from twincli.evidence import judge
from twincli.i18n import _, language, ngettext, pick
from twincli.locations import BUNDLED
from twincli.records import CityRecord, PairRecord, SourceRecord
from twincli.render.card_views import CityCard, PairCard
from twincli.render.page import Page
from twincli.render.pair_rows import legend, tally
from twincli.render.pair_table import STATUS_STYLES, draw_pairs
from twincli.render.sources import source_line
from twincli.text import clean
from twincli.vocabulary import OVER, Confidence, Field, Kind, Language, Level, Status
from twincli.wording import city_and_country, city_name, coordinates, label, long_date, number, status_and_year


def draw_city_card(view: CityCard, page: Page) -> None:
    """Draw a city: its names and place, then its partners."""
    city: CityRecord = json.loads(view.city)
    pairs: list[PairRecord] = [json.loads(doc) for doc in view.docs]
    page.add(_heading(city))
    _draw_facts(page, _city_facts(city))
    page.gap()
    if not pairs:
        page.add(Text(_("No partners are known.")))
        return
    summary = draw_pairs(pairs, page, shows_city=False, groups_cities=False)
    page.gap()
    count = ngettext("{count} partner", "{count} partners", len(pairs)).format(count=number(len(pairs)))
    page.add_parts([f"{count}: {tally(summary)}", *legend(summary, page.output.session)])


def _heading(city: CityRecord) -> Text:
    return Text(clean(city_and_country(city)), style="bold")


def _city_facts(city: CityRecord) -> list[tuple[str, str]]:
    names = city["names"]
    others = [city["name"], names.get("id", ""), *names.get("native", []), *names.get("also", [])]
    shown = city_name(city)
    also = [name for name in dict.fromkeys(others) if name and name != shown]
    facts = []
    if also:
        facts.append((_("Also called"), ", ".join(also)))
    if names.get("former"):
        facts.append((_("Formerly"), ", ".join(names["former"])))
    if city["level"] != Level.CITY:
        facts.append((_("Level"), label(Level, city["level"])))
    if (around := pick(city["admin_name"])[0]) and around != city_name(city):
        facts.append((_("Lies in"), around))
    facts.append((_("Coordinates"), coordinates(city["lat"], city["lon"])))
    return facts


def _draw_facts(page: Page, facts: Sequence[tuple[str, str | Text]]) -> None:
    rows = ((Text(heading), fact if isinstance(fact, Text) else Text(clean(fact))) for heading, fact in facts)
    page.add_facts(rows, width=page.reading_width)


def draw_pair_card(view: PairCard, page: Page) -> None:
    """Draw what ties two cities, who says so, and the partners that both have."""
    one, other = (json.loads(city) for city in view.cities)
    page.add(_heading(one).append(" ── ").append_text(_heading(other)))
    if view.doc is None:
        page.gap()
        page.add(Text(_("These two cities are not paired here.")))
    else:
        _draw_pair(json.loads(view.doc), page)
    if view.common:
        page.gap()
        _draw_common(view, page)


def _draw_pair(pair: PairRecord, page: Page) -> None:
    status = Text(status_and_year(pair["status"], pair["as_of"]), style=STATUS_STYLES.get(Status(pair["status"]), ""))
    confidence, reason = judge(pair["sources"], disputed=pair["disputed"])
    facts: list[tuple[str, str | Text]] = [(_("Kind"), label(Kind, pair["kind"])), (_("Status"), status)]
    if pair["since"]:
        facts.append((_("Since"), _with_age(pair)))
    if pair["until"]:
        facts.append((_("Until"), long_date(pair["until"])))
    if pair["fields"]:
        facts.append((_("Fields"), ", ".join(label(Field, name) for name in pair["fields"])))
    facts.append((_("Distance"), _("{distance} km").format(distance=number(pair["distance_km"]))))
    facts.append((_("Confidence"), f"{label(Confidence, confidence)}: {label(type(reason), reason)}"))
    if page.output.session.has_layers and pair["origin"] != BUNDLED:
        facts.append((_("Data"), pair["origin"]))
    if pair["note"]:
        note, written_in = pick(pair["note"])
        facts.append((_("Note"), note + _foreign_mark(written_in)))
    _draw_facts(page, facts)
    page.gap()
    page.add(Text(_("Sources"), style="bold"))
    for source in pair["sources"]:
        _draw_source(source, page)


def _with_age(pair: PairRecord) -> str:
    """Return a beginning with the number of years that it lasted, to its end or until today, where that is known."""
    since, until = str(pair["since"]), pair["until"]
    if pair["status"] in OVER and not until:
        return long_date(since)
    end = until or this_day().isoformat()
    years = int(end[:4]) - int(since[:4])
    if len(since) > 4 and len(end) > 4 and end[4:] < since[4 : len(end)]:
        years -= 1
    if years < 1:
        return long_date(since)
    lasted = ngettext("{count} year", "{count} years", years).format(count=years)
    return f"{long_date(since)} ({lasted})"


def _foreign_mark(written_in: Language) -> str:
    return f" [{written_in}]" if written_in is not language() else ""


def _draw_source(source: SourceRecord, page: Page) -> None:
    page.add_hanging("", source_line(source), indent=2)
    page.add_hanging("    ", source["says"] + _foreign_mark(Language.EN), indent=4)
    page.add_link(source["url"], indent=4)


def _draw_common(view: PairCard, page: Page) -> None:
    partners: list[CityRecord] = [json.loads(city) for city, __, __ in view.common]
    message = ngettext("{count} partner of both:", "{count} partners of both:", len(partners))
    names = "; ".join(city_and_country(city) for city in partners)
    page.add(Text(message.format(count=len(partners)), style="bold"), Text(clean(names)), width=page.reading_width)
