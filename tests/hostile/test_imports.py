"""Files to be imported in which something stands that has broken the import, or could break what shows it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Place
from tests.hostile.measured import MOST_MB, measured
from twincli.dataset.check import check_records
from twincli.dataset.matching import NEAR_KM, CityMatcher, box_around
from twincli.dataset.models import City, Dataset
from twincli.geo import great_circle_km
from twincli.vocabulary import Level

HEADER = "city1,country1,lat1,lon1,city2,country2,lat2,lon2\n"
ROW = "Quellstadt,Germany,50.1,9.9,Merstein,Austria,47.5,14.5\n"


def a_pair() -> dict[str, Any]:
    """Return a pair as ``list`` gives it, of two cities that the bundled data has not."""
    cities = [
        {"id": "merstein-at", "name": "Merstein", "country": "AT", "lat": 47.5, "lon": 14.5},
        {"id": "quellstadt-de", "name": "Quellstadt", "country": "DE", "lat": 50.1, "lon": 9.9},
    ]
    source = {
        "id": "register",
        "title": "Register",
        "publisher": "A ministry",
        "url": "https://example.org",
        "lang": "en",
    }
    return {"id": "merstein-quellstadt", "cities": cities, "sources": [{**source, "kind": "official", "says": "Yes."}]}


def bring(place: Place, content: str | bytes, name: str = "mine.json") -> dict[str, Any]:
    """Import a file after a pair that is sound, and return the account; the layer must be sound, and be taken away."""
    path = place.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    account: dict[str, Any] = place.run("data", "import", str(path), "--name", "mine").json
    layer = Path(account["path"])
    assert [problem for problem in place.run("data", "check", str(layer)).json if problem["severity"] == "error"] == []
    assert len(place.run("list", "--data", str(layer)).json) == account["pairs"]
    assert place.run("data", "remove", "mine").status == 0
    return account


def _changed(path: str, value: str) -> str:
    """Return a sound pair and another one with a value, written as JSON, at a place such as cities.0.lat."""
    other = a_pair()
    *steps, last = path.split(".")
    at: Any = other
    for step in steps:
        at = at[int(step)] if step.isdecimal() else at[step]
    at[last] = "PLACE"
    text = json.dumps(other).replace('"PLACE"', value)
    sound = json.dumps(a_pair())
    for old, new in (
        ("Quell", "Wald"),
        ("quell", "wald"),
        ("Mer", "Ober"),
        ("mer", "ober"),
        ("50.1", "52.5"),
        ("47.5", "48"),
    ):
        sound = sound.replace(old, new)
    return f"{sound}\n{text}\n"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("cities.0.geonames", "1" + "0" * 30),
        ("cities.0.geonames", "true"),
        ("cities.0.lat", "1" + "0" * 400),
        ("cities.0.lat", "1e999"),
        ("cities.0.lat", "NaN"),
        ("sources.0.lang", '"\\ud800"'),
        ("cities.0.admin", '"\\ud800"'),
        ("cities.0.country", json.dumps("the " * 5000 + "x")),
        ("cities.0.name", json.dumps("x" * 1_000_000)),
        ("note", "[" * 500 + "]" * 500),
        ("cities", "[" * 900 + "]" * 900),
    ],
)
def test_a_value_out_of_range_costs_its_row_only(place: Place, path: str, value: str) -> None:
    """Numbers of hundreds of digits, halves of letters, endless names: the row is rejected, or goes without."""
    account = bring(place, _changed(path, value), "mine.jsonl")
    assert account["read"] == 2
    assert account["added"] >= 1
    assert account["added"] + account["rejected"] == 2


@pytest.mark.parametrize("path", ["id", "cities.0.id", "sources.0.id", "kind", "status"])
@pytest.mark.parametrize("value", ['"\\ud800"', '"\\u0000"', '"../../x"', '"\\u001b[2J"', '"x y"', '""'])
def test_a_wish_that_cannot_be_granted_costs_nothing(place: Place, path: str, value: str) -> None:
    """An id that is none is replaced by one that is, a word of no list by none: the pair is taken."""
    assert bring(place, _changed(path, value), "mine.jsonl")["added"] == 2


@pytest.mark.parametrize("name", ["Berlin\x1b[2J", "Ber\x9blin", "Ber\u202elin", "\x07", "\x7f"])
def test_no_control_character_comes_in(place: Place, name: str) -> None:
    """The report of the rejected rows, which people open in a pager, has none either."""
    path = place.folder / "mine.csv"
    path.write_text(HEADER + ROW + ROW.replace("Quellstadt", f'"{name}"'), "utf-8", newline="")
    result = place.run("data", "import", str(path))
    report = Path(result.json["report"]).read_text("utf-8")
    assert result.json["rejected"] == 1
    for letter in name:
        if not letter.isprintable():
            assert letter not in result.stdout + result.stderr
            assert letter not in report.replace("\n", "")


def test_a_file_deep_in_folders_with_long_names_is_imported(place: Place) -> None:
    """Its address would be longer than a line of a data file may be: its name suffices."""
    folder = place.folder.joinpath(*["é" * 100] * 4)
    folder.mkdir(parents=True)
    (folder / "mine.csv").write_text(HEADER + ROW, "utf-8")
    account = place.run("data", "import", str(folder / "mine.csv")).json
    assert account["added"] == 1
    layer = json.loads(Path(account["path"]).read_text("utf-8"))
    assert [source["url"] for source in layer["sources"]] == ["file:///mine.csv"]
    assert place.run("data", "check", account["path"]).status == 0


@pytest.mark.parametrize(
    "name", ["a\x1b[31mb.csv", "a\udcffb.csv", "a\nb.csv", "[bold]x.csv", "..csv", "-x.csv", "\u202ex.csv"]
)
def test_a_file_s_own_name_is_harmless(place: Place, name: str) -> None:
    """What it is called stands in messages, in the layer and in answers, without what acts on a terminal."""
    path = place.folder / name
    path.write_text(HEADER + ROW, "utf-8")
    result = place.run("data", "import", str(path), "--name", "mine")
    assert result.status == 0, result.stderr
    layer = result.json["path"]
    for arguments in (["data", "info"], ["list"], ["list", "--format", "csv"]):
        result = place.run(*arguments, "--data", layer)
        assert result.status == 0
        assert all(letter.isprintable() or letter == "\n" for letter in result.stdout + result.stderr)


@pytest.mark.parametrize(
    "cell", ["POINT{}x", "Point(1 {}x", "1{}x", "<{}> POINT(1 2)", "since {}x", "12{}x", "The {}x"]
)
@pytest.mark.parametrize("filling", [" ", "1"])
def test_no_pattern_is_tried_for_ever(place: Place, cell: str, filling: str) -> None:
    """A cell of hundreds of thousands of blanks or digits is judged as quickly as a short one."""
    header = "city1,country1,coordinates1,since,city2,country2,coordinates2"
    shown = cell.format(filling * 300_000)
    for row in (
        f"Quell,DE,{shown},,Mer,AT,1 2",
        f"Quell,DE,50.1 9.9,{shown},Mer,AT,1 2",
        f"Quell,{shown},,,Mer,AT,1 2",
    ):
        path = place.folder / "mine.csv"
        path.write_text(f"{header}\n{row}\nWald,DE,52.5 11.2,,Mer,AT,47.5 14.5\n", "utf-8")
        ended = measured(place, "data", "import", str(path), "--dry-run")
        assert ended.status == 0, ended
        assert json.loads(ended.stdout)["rejected"] == 1


def _springfields(count: int) -> Iterator[str]:
    for number in range(count):
        yield f"Springfield,US,{number % 140 - 69.5},{number // 140 - 69.5},Merstein,Austria,47.5,14.5\n"


def test_thousands_of_cities_of_one_name_have_an_end(place: Place) -> None:
    """A name is looked up where it could be meant: 20 000 bearers of it are no 400 million comparisons."""
    path = place.folder / "mine.csv"
    path.write_text(HEADER + "".join(_springfields(20_000)), "utf-8")
    ended = measured(place, "data", "import", str(path), "--format", "json")
    assert ended.status == 0, ended
    assert json.loads(ended.stdout)["added"] == 20_000
    assert ended.mb < MOST_MB
    assert measured(place, "list", "--origin", "mine", "-n", "1").status == 0


def _city(number: int, lat: float, lon: float) -> City:
    return City(id=f"x{number}-us", name="Springfield", country="US", level=Level.CITY, lat=lat, lon=lon)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=3),
    st.tuples(st.sampled_from([0.0, 60.0, 89.9, 90.0, -90.0]), st.sampled_from([0.0, 179.95, -180.0])),
    st.lists(st.tuples(st.floats(-0.3, 0.3), st.floats(-0.6, 0.6)), min_size=60, max_size=90),
)
def test_of_many_bearers_of_a_name_the_same_one_is_found_as_of_few(
    anywhere: list[tuple[float, float]], centre: tuple[float, float], around: list[tuple[float, float]]
) -> None:
    """Squares of the map change nothing, at the poles and at the 180th meridian either."""
    lat, lon = centre
    places = anywhere + [(max(-90.0, min(90.0, lat + up)), (lon + right + 180) % 360 - 180) for up, right in around]
    cities = [_city(number, *place) for number, place in enumerate(places)]
    asked = _city(1000, lat, lon)
    near = [(great_circle_km(lat, lon, city.lat, city.lon), city.id) for city in cities]
    found = min(entry for entry in [*near, (NEAR_KM + 1, "")] if entry[0] <= NEAR_KM or not entry[1])
    assert CityMatcher(cities).match(asked) == (found[1] or None)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-0.3, 0.3), st.floats(-2, 2))
def test_whatever_is_near_lies_in_the_box_around(lat: float, lon: float, up: float, right: float) -> None:
    """The box may be too large, never too small."""
    other_lat, other_lon = max(-90.0, min(90.0, lat + up)), (lon + right + 180) % 360 - 180
    south, north, west, east = box_around(lat, lon)
    if great_circle_km(lat, lon, other_lat, other_lon) <= NEAR_KM:
        assert south <= other_lat <= north
        assert west <= other_lon <= east


def test_data_of_two_is_sound(small: dict[str, Any]) -> None:
    """What the property tests start from has no fault of its own."""
    dataset = Dataset.model_validate_json(json.dumps(small))
    assert check_records("x", dataset.cities, dataset.sources, dataset.pairs) == []


@pytest.mark.skipif(os.name != "posix", reason="names of files are text there")
def test_a_link_that_leads_in_a_circle_is_one_sentence(place: Place) -> None:
    """As is whatever else cannot be opened."""
    path = place.folder / "mine.csv"
    path.symlink_to(path)
    result = place.run("data", "import", str(path))
    assert (result.status, result.stderr.count("\n")) == (1, 1)
