"""GeoJSON, read by what reads it: Pydantic models of RFC 7946, and GEOS through Shapely."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from geojson_pydantic import FeatureCollection

from tests.conftest import Place, Write
from twincli.geo import great_circle_km
from twincli.vocabulary import Kind

Data = dict[str, Any]


@pytest.fixture
def between(small: Data, write: Write, place: Place) -> Callable[..., Data]:
    """Give the features of a data file of one pair, whose two cities lie at the places given."""

    def features_of(one: tuple[float, float], other: tuple[float, float], **changes: Any) -> Data:
        pair = next(pair for pair in small["pairs"] if pair["id"] == "jakarta-rotterdam") | changes
        cities = {city["id"]: city for city in small["cities"]}
        for city, (lon, lat) in zip(pair["cities"], (one, other), strict=True):
            cities[city] |= {"lon": lon, "lat": lat}
        small["pairs"] = [pair]
        result = place.run("list", "--format", "geojson", "--data", str(write(small)))
        assert result.status == 0, result.stderr
        collection: Data = result.json
        return collection

    return features_of


def pairs_in(collection: Data) -> list[Data]:
    """The features that are pairs."""
    return [feature for feature in collection["features"] if feature["properties"]["feature"] == "pair"]


def cities_in(collection: Data) -> list[Data]:
    """The features that are cities."""
    return [feature for feature in collection["features"] if feature["properties"]["feature"] == "city"]


# What the validator warns of is what the standard asks for there.
@pytest.mark.filterwarnings("ignore:BBOX crossing the Antimeridian")
@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("list", "--limit", "3"),
        ("show", "Jakarta"),
        ("show", "Jakarta", "Rotterdam"),
        ("list", "--since", "1066"),
        ("path", "Bandung", "Rotterdam"),
        ("map", "--city", "Jakarta"),
        ("anniversaries", "--year", "2026", "--country", "Indonesia"),
    ],
    ids=" ".join,
)
def test_every_command_with_pairs_gives_valid_geojson(place: Place, command: tuple[str, ...]) -> None:
    """Each collection passes the models of RFC 7946, and every geometry is read and found valid by GEOS."""
    result = place.run(*command, "--format", "geojson")
    assert result.status == 0
    FeatureCollection.model_validate_json(result.stdout)
    for feature in result.json["features"]:
        assert shapely.from_geojson(json.dumps(feature["geometry"])).is_valid
    assert "crs" not in result.json


def test_the_features_are_the_pairs_and_their_cities(place: Place) -> None:
    """Every pair of the JSON is a line with its id, and every city of theirs a point, once, before its pairs."""
    pairs = place.run("list", "--country", "Indonesia", "--json").json
    collection = place.run("list", "--country", "Indonesia", "--format", "geojson").json
    assert [feature["id"] for feature in pairs_in(collection)] == [pair["id"] for pair in pairs]
    ids = [feature["id"] for feature in collection["features"]]
    assert len(set(ids)) == len(ids)
    assert {feature["id"] for feature in cities_in(collection)} == {c["id"] for pair in pairs for c in pair["cities"]}
    for pair in pairs:
        assert all(ids.index(city["id"]) < ids.index(pair["id"]) for city in pair["cities"])


def test_each_feature_is_one_line(place: Place) -> None:
    """Between the first line and the last, each line less its comma is a feature, so that grep serves."""
    first, *features, last = place.run("show", "Jakarta", "--format", "geojson").lines
    assert first == '{"type":"FeatureCollection","features":['
    assert last.startswith('],"bbox":[')
    assert all(json.loads(line.rstrip(","))["type"] == "Feature" for line in features)


def test_a_line_runs_from_city_to_city(place: Place) -> None:
    """Longitude stands first, the ends are the cities with all digits of the data, and the way is the great circle."""
    (pair,) = place.run("list", "--city", "Jakarta", "--with", "Rotterdam", "--json").json
    (feature,) = pairs_in(place.run("show", "Jakarta", "Rotterdam", "--format", "geojson").json)
    line = feature["geometry"]["coordinates"]
    assert feature["geometry"]["type"] == "LineString"
    assert [line[0], line[-1]] == [[city["lon"], city["lat"]] for city in pair["cities"]]
    length = sum(great_circle_km(a[1], a[0], b[1], b[0]) for a, b in pairwise(line))
    assert length == pytest.approx(pair["distance_km"], abs=1)
    assert feature["bbox"] == list(shapely.from_geojson(json.dumps(feature["geometry"])).bounds)


def test_properties_are_the_columns_of_csv_and_names(place: Place) -> None:
    """A pair has all columns of CSV by the same names, typed; a name to label it in each language; and other names."""
    header = place.run("list", "--limit", "1", "--format", "csv").lines[0].split(",")
    (feature,) = pairs_in(place.run("show", "Cairo", "Jakarta", "--format", "geojson").json)
    properties = feature["properties"]
    assert set(header) <= set(properties)
    assert properties["name"] == "Cairo – Jakarta"
    assert properties["name_id"] == "Kairo – Jakarta"
    assert "Batavia" in properties["names2"].split(";")
    assert isinstance(properties["disputed"], bool)
    assert isinstance(properties["lat1"], float)
    assert isinstance(properties["distance_km"], int)


def test_a_city_tells_its_names(place: Place) -> None:
    """A point says how the city and its country are called in both languages, and its former names."""
    cairo = next(
        city for city in cities_in(place.run("show", "Cairo", "--format", "geojson").json) if city["id"] == "cairo-eg"
    )
    properties = cairo["properties"]
    assert (properties["name"], properties["name_id"]) == ("Cairo", "Kairo")
    assert (properties["country"], properties["country_name_id"]) == ("EG", "Mesir")


def test_the_language_changes_nothing(place: Place) -> None:
    """GeoJSON is for programs, and the same in every language."""
    english, indonesian = (place.run("show", "Jakarta", "--format", "geojson", "--lang", lang) for lang in ("en", "id"))
    assert english.stdout == indonesian.stdout


def test_a_line_over_the_date_line_is_cut_there(between: Callable[..., Data]) -> None:
    """From Suva to Apia it is a MultiLineString of two parts that meet there, with a box that says so."""
    collection = between((178.4415, -18.1416), (-171.7513, -13.8333))
    (feature,) = pairs_in(collection)
    west, east = feature["geometry"]["coordinates"]
    assert feature["geometry"]["type"] == "MultiLineString"
    assert (west[0], west[-1][0]) == ([178.4415, -18.1416], 180)
    assert (east[0][0], east[-1]) == (-180, [-171.7513, -13.8333])
    assert west[-1][1] == east[0][1]
    assert feature["bbox"] == collection["bbox"] == [178.4415, -18.1416, -171.7513, -13.8333]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ((10, 60), (-170, 60), "MultiLineString"),  # over the North Pole
        ((10, -60), (-170, -60), "MultiLineString"),
        ((20, -30), (-160, 30), "MultiLineString"),  # antipodes
        ((0, 90), (0, -90), "LineString"),
        ((0, 90), (75.5, 10), "LineString"),
        ((180, 10), (-180, -10), "LineString"),
        ((180, 10), (-170, 10), "LineString"),
        ((12.5, 41.9), (12.5, 41.9), "LineString"),  # two cities at one place
        ((179.99999, 1), (-179.99999, 1), "MultiLineString"),
    ],
)
@pytest.mark.filterwarnings("ignore:BBOX crossing the Antimeridian")
def test_no_line_leaves_the_map(
    between: Callable[..., Data], one: tuple[float, float], other: tuple[float, float], kind: str
) -> None:
    """At the poles, at the date line and between antipodes too, no part jumps across the map, and all is valid."""
    collection = between(one, other, kind=Kind.SISTER)
    FeatureCollection.model_validate(collection)
    (feature,) = pairs_in(collection)
    geometry = feature["geometry"]
    assert geometry["type"] == kind
    for part in geometry["coordinates"] if kind == "MultiLineString" else [geometry["coordinates"]]:
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in part)
        assert all(abs(a[0] - b[0]) <= 180 for a, b in pairwise(part))


def test_nothing_found_is_an_empty_collection(place: Place) -> None:
    """Where no pair matches there are no features, no box, and status 0."""
    result = place.run("list", "--since", "1066", "--format", "geojson")
    assert result.status == 0
    assert result.json == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("name", ["pairs.geojson", "pairs.GEOJSON"])
def test_the_name_of_a_file_asks_for_it(place: Place, tmp_path: Path, name: str) -> None:
    """``-o pairs.geojson`` needs no ``--format``, and writes what goes to stdout else."""
    file = tmp_path / name
    assert place.run("show", "Jakarta", "-o", str(file)).status == 0
    assert file.read_text("utf-8") == place.run("show", "Jakarta", "--format", "geojson").stdout


@pytest.mark.parametrize("form", ["geojson", "graphml"])
@pytest.mark.parametrize(
    "command",
    [
        ("explain",),
        ("explain", "benefits"),
        ("explain", "--all"),
        ("data", "info"),
        ("data", "check"),
        ("data", "schema"),
        ("stats",),
        ("stats", "--by", "country"),
        ("search", "Jakarta"),
    ],
    ids=" ".join,
)
def test_where_there_are_no_pairs_it_is_refused(
    place: Place, tmp_path: Path, command: tuple[str, ...], form: str
) -> None:
    """By option, by file name and by variable: one sentence that names the forms there are, status 2, no file."""
    file = tmp_path / f"answer.{form}"
    for result in (
        place.run(*command, "--format", form),
        place.run(*command, "-o", str(file)),
        place.run(*command, environ={"TWINCLI_FORMAT": form}),
    ):
        assert (result.status, result.stdout) == (2, "")
        (sentence,) = result.stderr.splitlines()
        assert form in sentence
        assert "json, jsonl, csv, tsv, markdown" in sentence
    assert not file.exists()


def test_a_closed_pipe_ends_it_quietly(place: Place) -> None:
    """``| head -1`` of the whole is answered without a word on stderr."""
    result = place.shell("set -o pipefail; twincli list --format geojson | head -1")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == '{"type":"FeatureCollection","features":[\n'
