"""An index of several files: the bundled data and layers, whose ids were given by people who do not know each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, Place

Layer = Callable[[str, dict[str, Any]], Path]
_HEADER = {"format": 1, "title": "A layer", "date": "2026-01-01", "licence": "CC0"}


@pytest.fixture
def layer(fresh: Place) -> Layer:
    """Put a file among the layers, as an import does, and return its path."""
    folder = fresh.home / ".local" / "share" / "twincli" / "layers"
    folder.mkdir(parents=True)

    def write(name: str, content: dict[str, Any]) -> Path:
        path = folder / f"{name}.json"
        path.write_text(json.dumps({**_HEADER, **content}), "utf-8")
        return path

    return write


def _city(id_: str, name: str, lat: float, lon: float, geonames: int | None = None) -> dict[str, Any]:
    country = id_[-2:].upper()
    city = {"id": id_, "name": name, "country": country, "level": "city", "lat": lat, "lon": lon}
    return city if geonames is None else {**city, "geonames": geonames}


def _source(id_: str, title: str, url: str) -> dict[str, Any]:
    return {"id": id_, "title": title, "publisher": "Somebody", "url": url, "lang": "en", "kind": "official"}


def _pair(id_: str, cities: list[str], source: str, kind: str = "sister") -> dict[str, Any]:
    told = [{"source": source, "says": "Says so."}]
    return {"id": id_, "cities": cities, "kind": kind, "status": "active", "sources": told}


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_the_bundled_file_asked_for_by_name_has_an_index_of_its_own(fresh: Place, order: tuple[bool, bool]) -> None:
    """Its pairs bear the file's name then, whichever question comes first; neither index takes the other's place."""
    for __ in range(2):
        for is_named in order:
            words = ["--data", str(DATA / "pairs.json")] if is_named else []
            origin = fresh.run("list", "-n", "1", *words).json[0]["origin"]
            assert origin == ("pairs.json" if is_named else "bundled")
    assert len(list((Path(fresh.environ["XDG_CACHE_HOME"]) / "twincli").glob("*.sqlite"))) == 2


def test_a_data_file_without_a_suffix_is_no_layer(fresh: Place, small: dict[str, Any]) -> None:
    """Below its pairs nothing is said of their origin, since there is no other."""
    path = fresh.folder / "mypairs"
    path.write_text(json.dumps(small), "utf-8")
    shown = fresh.run("list", "--data", str(path), "--format", "table")
    assert shown.status == 0
    assert "mypairs" not in shown.stdout


def test_a_city_called_like_a_region_hides_no_region(fresh: Place, layer: Layer) -> None:
    """Asia is a place in Peru, and still a continent."""
    asia, other = _city("asia-pe", "Asia", -12.8, -76.6), _city("ujungkota-id", "Ujungkota", -7.3, 107)
    before = len(fresh.run("list", "-c", "US", "--with", "Asia").json)
    layer(
        "mine",
        {
            "cities": [asia, other],
            "sources": [_source("list", "A list", "https://example.org/list")],
            "pairs": [_pair("asia-ujungkota", ["asia-pe", "ujungkota-id"], "list")],
        },
    )
    result = fresh.run("list", "-c", "US", "--with", "Asia")
    assert len(result.json) == before > 100
    assert result.stderr == "Note: Asia is taken as the region and as the city Asia (Peru).\n"
    assert [pair["id"] for pair in fresh.run("list", "-c", "ID", "--with", "Asia", "--origin", "mine").json]


def test_a_layer_is_judged_by_its_own_places(fresh: Place, layer: Layer, bundled: dict[str, Any]) -> None:
    """What ``data check`` passes is taken, also where an earlier file puts one of the cities somewhere else."""
    known = next(city for city in bundled["cities"] if city["id"] == "jakarta-id")
    lat, lon = known["lat"] + 0.4, known["lon"]
    near = [
        _city("ujungkota-id", "Ujungkota", lat + 1.2, lon),
        _city("jakarta-id", "Jakarta", lat, lon, known["geonames"]),
    ]
    path = layer(
        "mine",
        {
            "cities": near,
            "sources": [_source("list", "A list", "https://example.org/list")],
            "pairs": [_pair("jakarta-ujungkota", ["jakarta-id", "ujungkota-id"], "list", "border")],
        },
    )
    assert fresh.run("data", "check", str(path)).status == 0
    shown = fresh.run("show", "Ujungkota", "Jakarta")
    assert (shown.status, shown.stderr) == (0, "")
    assert shown.json["pair"]["distance_km"] > 150


def _two_of_one_id(layer: Layer, urls: tuple[str, str]) -> None:
    """Write two layers in which a city and a source of one id are each another one."""
    for name, lat, url in zip(("first", "second"), (50.1, 40.1), urls, strict=True):
        layer(
            name,
            {
                "cities": [
                    _city("doppelstadt-de", "Doppelstadt", lat, 9.9),
                    _city(f"{name}burg-fr", f"{name.title()}burg", lat, 2.2),
                ],
                "sources": [_source("list", f"Zwillingsbuch of the {name}", url)],
                "pairs": [_pair(f"doppelstadt-{name}burg", ["doppelstadt-de", f"{name}burg-fr"], "list")],
            },
        )


def test_a_hit_opens_the_pair_that_was_found(fresh: Place, layer: Layer) -> None:
    """Of two layers with another city under one id, each hit names the city that its own pair has."""
    _two_of_one_id(layer, ("https://example.org/first", "https://example.org/second"))
    for name in ("First", "Second"):
        (hit,) = fresh.run("search", f"Doppelstadt {name}burg", "--type", "pair").json
        words = hit["command"].removeprefix("twincli ").split()
        opened = fresh.run(*words).json["pair"]
        assert opened["id"] == hit["id"] == f"doppelstadt-{name.lower()}burg"


def test_sources_of_one_id_in_different_files_are_different_sources(fresh: Place, layer: Layer) -> None:
    """Each is found by its own title, with its own address, its own pair, and its own number of pairs."""
    _two_of_one_id(layer, ("https://example.org/first", "https://example.org/second"))
    hits = fresh.run("search", "Zwillingsbuch", "--type", "source").json
    assert sorted((hit["name"]["en"], hit["url"], hit["pairs"]) for hit in hits) == [
        ("Zwillingsbuch of the first", "https://example.org/first", 1),
        ("Zwillingsbuch of the second", "https://example.org/second", 1),
    ]
    for hit in hits:
        opened = fresh.run(*hit["command"].removeprefix("twincli ").split()).json["pair"]
        assert opened["sources"][0]["url"] == hit["url"]


def test_one_source_in_two_files_is_found_once(fresh: Place, layer: Layer) -> None:
    """Where id and address are the same, the pairs of both files are counted together."""
    _two_of_one_id(layer, ("https://example.org/list", "https://example.org/list"))
    (hit,) = fresh.run("search", "Zwillingsbuch", "--type", "source").json
    assert (hit["name"]["en"], hit["pairs"]) == ("Zwillingsbuch of the first", 2)
