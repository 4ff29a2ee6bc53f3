"""GeoJSON (RFC 7946): each pair a line along the great circle, each city a point, one feature a line.

A city stands before the first pair that has it, so that a map shows names as well as lines and nothing is kept but
the ids of the cities written. The properties are the columns of CSV with the same values in every language, since
map programs read flat tables: ``feature`` tells pairs from cities, ``name`` is what they label a feature with. A line
that crosses the 180th meridian or a pole is a MultiLineString. Every line has a bbox, whose west is the greater where
it spans the 180th meridian, because the bounds of such a line cannot be seen from its coordinates; that of the whole
comes last, when it is known.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from twincli.geo import Extent, Point, great_circle, split_at_antimeridian
from twincli.output import Output
from twincli.render.columns import PAIR_COLUMNS
from twincli.render.views import HoldsPairs, View

# 11 m, for points between the cities; those have the digits of the data.
_DECIMALS = 4


def render(view: View, output: Output) -> None:
    """Write the view's pairs and their cities as one FeatureCollection."""
    assert isinstance(view, HoldsPairs)
    output.write(_collection(view.pair_docs()))


def _collection(docs: Iterator[str]) -> Iterator[str]:
    extent = Extent()
    shown: set[str] = set()
    opening = '{"type":"FeatureCollection","features":[\n'
    for doc in docs:
        pair = json.loads(doc)
        for city in pair["cities"]:
            if city["id"] not in shown:
                shown.add(city["id"])
                yield opening + _text(_city_feature(city))
                opening = ",\n"
        line = _line(pair["cities"])
        extent.add(line)
        yield opening + _text(_pair_feature(pair, line))
        opening = ",\n"
    if extent.box is None:
        yield opening.rstrip("\n") + "]}\n"
    else:
        yield f'\n],"bbox":{_text(extent.box)}}}\n'


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _city_feature(city: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": city["id"],
        "geometry": {"type": "Point", "coordinates": [city["lon"], city["lat"]]},
        "properties": {
            "feature": "city",
            "name": city["name"],
            "name_id": _indonesian_name(city),
            "id": city["id"],
            "names": _other_names(city),
            "country": city["country"],
            "country_name": city["country_name"]["en"],
            "country_name_id": city["country_name"].get("id", city["country_name"]["en"]),
            "admin": city["admin"],
            "level": city["level"],
        },
    }


def _pair_feature(pair: dict[str, Any], line: Sequence[Sequence[Point]]) -> dict[str, Any]:
    one, other = pair["cities"]
    extent = Extent()
    extent.add(line)
    is_split = len(line) > 1
    return {
        "type": "Feature",
        "id": pair["id"],
        "bbox": extent.box,
        "geometry": {
            "type": "MultiLineString" if is_split else "LineString",
            "coordinates": line if is_split else line[0],
        },
        "properties": {
            "feature": "pair",
            "name": f"{one['name']} – {other['name']}",
            "name_id": f"{_indonesian_name(one)} – {_indonesian_name(other)}",
            **{column.name: column.value(pair) for column in PAIR_COLUMNS},
            "names1": _other_names(one),
            "names2": _other_names(other),
        },
    }


def _line(cities: Sequence[dict[str, Any]]) -> list[list[Point]]:
    """Return the way between two cities in parts for a flat map."""
    start, end = ((city["lon"], city["lat"]) for city in cities)
    parts = split_at_antimeridian(great_circle(start, end))
    # Rounded after the split, which needs to know which meridians are opposite. Adding 0.0 turns -0.0 into 0.0.
    return [
        [
            point if point in (start, end) else (round(point[0], _DECIMALS) + 0.0, round(point[1], _DECIMALS) + 0.0)
            for point in part
        ]
        for part in parts
    ]


def _indonesian_name(city: dict[str, Any]) -> str:
    return str(city["names"].get("id", city["name"]))


def _other_names(city: dict[str, Any]) -> str:
    """Return the city's other names as CSV has lists: with semicolons between."""
    names = city["names"]
    return ";".join([name for key in ("native", "former", "also") for name in names.get(key, [])])
