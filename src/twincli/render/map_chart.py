"""The picture of a map as a chart in Vega-Lite, built with Altair: land, great circles, cities, title and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from twincli.i18n import _
from twincli.records import CityRecord, PairRecord
from twincli.render.land import load_land
from twincli.render.map_caption import counted, credit_lines
from twincli.render.map_labels import Label, Spot, Weight, place_labels
from twincli.render.map_projection import Projection, choose_projection, way
from twincli.render.map_views import PairMap
from twincli.text import clean
from twincli.vocabulary import Kind, Status
from twincli.wording import city_and_country, city_name, label, long_date, number, pair_count, status_and_year

_WIDTH = 1200
_FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"
_SEA, _LAND, _COAST, _INK, _QUIET = "#eef3f6", "#d9d8d0", "#bdbbb1", "#1d2a33", "#55636d"
# Told apart by colour-blind readers too, and by their dashes where there is no colour. In the order of drawing.
_STROKES: Mapping[Status, tuple[str, list[int]]] = {
    Status.UNKNOWN: ("#6b7785", [5, 4]),
    Status.ACTIVE: ("#14804a", [1, 0]),
    Status.DORMANT: ("#6d4fa3", [10, 4]),
    Status.SUSPENDED: ("#c76a00", [2, 2]),
    Status.ENDED: ("#b3251e", [2, 5]),
}
_STATUSES = list(_STROKES)
# The letters of a line of text at the title's, the subtitle's and the sources' size.
_TITLE_LETTERS, _TEXT_LETTERS = 100, 190
# How wide and how opaque lines are, by how many of them there are at most.
_STROKE_WIDTHS = ((40, 1.8, 0.95), (300, 1.2, 0.75), (1000, 0.8, 0.5), (float("inf"), 0.6, 0.25))
_MANY_CITIES = 500


def map_chart(view: PairMap, pairs: Sequence[PairRecord], *, is_live: bool) -> dict[str, Any]:
    """Return the chart as a Vega-Lite specification; ``is_live`` for a page that answers the pointer."""
    ways = [way(*((city["lon"], city["lat"]) for city in pair["cities"])) for pair in pairs]
    projection = choose_projection(ways, _WIDTH, view.zoom)
    lines = [_line(pair) for pair in sorted(pairs, key=lambda pair: _STATUSES.index(Status(pair["status"])))]
    spots = list(_spots(view, pairs, projection))
    labels = place_labels([spot for __, spot in spots], projection.width, projection.height)
    layers = [
        *_ground(),
        *([_lines(pairs, is_live=is_live)] if pairs else []),
        *([_pointer_lines()] if pairs and is_live else []),
        _dots(is_live=is_live),
        *_names(labels),
        _sources(view, pairs, projection.height),
    ]
    chart = (
        alt.layer(*layers)
        .project(
            type=projection.name,
            rotate=[*projection.rotate, 0],
            scale=projection.scale,
            translate=list(projection.translate),
            clipExtent=[[0, 0], [projection.width, projection.height]],
            precision=0.3,
        )
        .properties(width=projection.width, height=projection.height, title=_title(view, pairs), padding=18)
        .configure(font=_FONT, background="white")
        .configure_view(stroke=None)
        .configure_legend(
            labelFontSize=13, labelColor=_INK, symbolSize=500, symbolOpacity=1, symbolStrokeWidth=2.5, padding=0
        )
    )
    spec: dict[str, Any] = chart.to_dict()
    # Put in afterwards, since Altair would look through every value of it.
    spec["datasets"] = {
        "picture": [{}],
        "land": _land(),
        "lines": lines,
        "cities": [_city(city, spot) for city, spot in spots],
        **{f"names-{align}": rows for align, rows in _label_rows(labels).items()},
    }
    return spec


# --- what is drawn ---------------------------------------------------------------------------------------------------


def _data(name: str) -> alt.NamedData:
    return alt.NamedData(name=name)


def _ground() -> Iterator[alt.Chart]:
    yield alt.Chart(alt.sphere()).mark_geoshape(fill=_SEA, stroke=_COAST, strokeWidth=0.5, aria=False)
    yield alt.Chart(_data("land")).mark_geoshape(fill=_LAND, stroke=_COAST, strokeWidth=0.5, aria=False)


def _tooltip(*fields: tuple[str, str]) -> list[alt.Tooltip]:
    return [alt.Tooltip(field, type="nominal", title=title) for field, title in fields]


def _lines(pairs: Sequence[PairRecord], *, is_live: bool) -> alt.Chart:
    counts = Counter(Status(pair["status"]) for pair in pairs)
    shown = [status for status in Status if counts[status]]
    names = [status.value for status in shown]
    entries = {status.value: f"{label(Status, status)} ({number(counts[status])})" for status in shown}
    legend = alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        symbolType="stroke",
        columnPadding=24,
        labelExpr=f"{_quoted(entries)}[datum.label]",
    )
    width, opacity = next(stroke for most, *stroke in _STROKE_WIDTHS if len(pairs) <= most)
    strokes = [_STROKES[status] for status in shown]
    chart: alt.Chart = (
        alt.Chart(_data("lines"))
        .mark_geoshape(filled=False, fill=None, strokeCap="butt", opacity=opacity, strokeWidth=width, aria=not is_live)
        .encode(
            color=alt.Color("status:N", scale=alt.Scale(domain=names, range=[c for c, __ in strokes]), legend=legend),
            strokeDash=alt.StrokeDash("status:N", scale=alt.Scale(domain=names, range=[d for __, d in strokes])),
            description="text:N",
        )
    )
    if is_live:
        pointed = alt.selection_point(name="pointed", empty=False, fields=["id"])
        chart = chart.encode(
            strokeWidth=alt.condition(pointed, alt.value(4), alt.value(width)),
            opacity=alt.condition(pointed, alt.value(1), alt.value(opacity)),
        )
    return chart


def _pointer_lines() -> alt.Chart:
    """Return the lines once more, unseen and wide enough to be hit by a pointer."""
    chart: alt.Chart = (
        alt.Chart(_data("lines"))
        .mark_geoshape(filled=False, fill=None, stroke=_INK, strokeOpacity=0, strokeWidth=9, strokeCap="butt")
        .encode(
            description="text:N",
            tooltip=_tooltip(
                ("pair", _("Pair")),
                ("since", _("Since")),
                ("state", _("Status")),
                ("kind", _("Kind")),
                ("km", _("Distance")),
            ),
        )
        .add_params(
            alt.selection_point(name="pointed", empty=False, fields=["id"], on="pointerover", clear="pointerout")
        )
    )
    return chart


def _dots(*, is_live: bool) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(_data("cities"))
        .mark_circle(color=_INK, opacity=1, stroke="white", strokeWidth=0.8)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            size=alt.Size("size:Q", scale=None, legend=None),
            description="text:N",
        )
    )
    if is_live:
        chart = chart.encode(tooltip=_tooltip(("city", _("City")), ("pairs", _("Pairs"))))
    return chart


def _names(labels: Sequence[Label]) -> Iterator[alt.Chart]:
    """Yield the names of cities, each on a halo, so that it reads on any ground."""
    for align in sorted({one.align for one in labels}):
        for stroke, width in (("white", 3.0), (None, 0.0)):
            mark: dict[str, Any] = {
                "align": align,
                "baseline": "middle",
                "fontSize": 11.5,
                "color": _INK,
                "aria": False,
            }
            if stroke:
                mark |= {"stroke": stroke, "strokeWidth": width, "strokeOpacity": 0.85, "strokeJoin": "round"}
            yield (
                alt.Chart(_data(f"names-{align}"))
                .mark_text(**mark, tooltip=None)
                .encode(
                    x=alt.X("x:Q", scale=None, axis=None),
                    y=alt.Y("y:Q", scale=None, axis=None),
                    text="name:N",
                )
            )


def _title(view: PairMap, pairs: Sequence[PairRecord]) -> alt.TitleParams:
    return alt.TitleParams(
        text=wrap(view.title, _TITLE_LETTERS),
        subtitle=counted(pairs, view.total),
        anchor="start",
        fontSize=24,
        subtitleFontSize=14,
        color=_INK,
        subtitleColor=_QUIET,
        offset=12,
        subtitlePadding=6,
    )


def _sources(view: PairMap, pairs: Sequence[PairRecord], height: int) -> alt.Chart:
    lines = [line for sentence in credit_lines(view.origins, pairs) for line in wrap(sentence, _TEXT_LETTERS)]
    chart: alt.Chart = alt.Chart(_data("picture")).mark_text(
        text=lines, x=0, y=height + 14, align="left", baseline="top", fontSize=11, lineHeight=15, color=_QUIET
    )
    return chart


# --- the data of the layers -----------------------------------------------------------------------------------------


def _land() -> list[dict[str, Any]]:
    rings = [[[[*point] for point in [*ring, ring[0]]] for ring in polygon] for polygon in load_land()]
    return [{"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": rings}}]


def _line(pair: PairRecord) -> dict[str, Any]:
    one, other = pair["cities"]
    pair_name = clean(f"{city_and_country(one)} – {city_and_country(other)}")
    since = long_date(pair["since"]) if pair["since"] else ""
    if pair["until"]:
        since += f" – {long_date(pair['until'])}"
    state = status_and_year(pair["status"], pair["as_of"])
    return {
        "type": "Feature",
        # Its two ends alone: between two points D3 draws the great circle by itself, and breaks it at the map's edge.
        "geometry": {"type": "LineString", "coordinates": [[city["lon"], city["lat"]] for city in pair["cities"]]},
        "id": pair["id"],
        "status": pair["status"],
        "pair": pair_name,
        "since": since or _("not known"),
        "state": state,
        "kind": label(Kind, pair["kind"]),
        "km": f"{number(pair['distance_km'])} km",
        "text": "; ".join(part for part in (pair_name, since, state) if part),
    }


def _spots(view: PairMap, pairs: Sequence[PairRecord], projection: Projection) -> Iterator[tuple[CityRecord, Spot]]:
    cities = {city["id"]: city for pair in pairs for city in pair["cities"]}
    ends = Counter(city["id"] for pair in pairs for city in pair["cities"])
    least = 2.2 if len(cities) <= _MANY_CITIES else 0.8
    # Those with most pairs last, so that they lie on top.
    for id_, count in reversed(ends.most_common()):
        city = cities[id_]
        is_asked = id_ in view.asked
        radius = min(8.0, least + 0.5 * count**0.5) + (1.5 if is_asked else 0)
        at = projection.place(city["lon"], city["lat"])
        yield city, Spot(clean(city_name(city)), at, radius, Weight(is_asked, count))


def _city(city: CityRecord, spot: Spot) -> dict[str, Any]:
    name = clean(city_and_country(city))
    count = spot.weight.pairs
    pairs = pair_count(count)
    return {
        "lon": city["lon"],
        "lat": city["lat"],
        "size": round((2 * spot.radius) ** 2, 1),
        "city": name,
        "pairs": number(count),
        "text": f"{name}, {pairs}",
    }


def _label_rows(labels: Sequence[Label]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for one in labels:
        rows.setdefault(one.align, []).append({"x": round(one.x, 1), "y": round(one.y, 1), "name": one.name})
    return rows


def _quoted(entries: Mapping[str, str]) -> str:
    """Return a mapping as an expression of Vega, whose literals are those of JSON."""
    import json

    return json.dumps(dict(entries), ensure_ascii=False)
