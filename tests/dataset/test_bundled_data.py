"""The bundled data: sound, sourced, and readable."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from tests.conftest import DATA, Place
from twincli.dataset.models import Gazetteer
from twincli.text import fold

Data = dict[str, Any]


def _ids(records: list[Data]) -> list[str]:
    return [record["id"] for record in records]


def _is_indonesian(pair: Data) -> bool:
    return any(end.endswith("-id") for end in pair["cities"])


def _prose(bundled: Data) -> list[tuple[str, str]]:
    """Return everything written by this project, with the pair that it is about."""
    told = [(pair["id"], row["says"]) for pair in bundled["pairs"] for row in pair["sources"]]
    return told + [(pair["id"], text) for pair in bundled["pairs"] for text in pair.get("note", {}).values()]


def test_the_bundled_data_has_no_error(place: Place) -> None:
    """``data check`` passes the file and the notes that come with the program."""
    result = place.run("data", "check")
    assert [problem for problem in result.json if problem["severity"] == "error"] == []
    assert result.status == 0


def test_the_bundled_file_has_no_warning_for_its_layout(place: Place) -> None:
    """Checked as anybody's file, it is canonical already."""
    found = place.run("data", "check", str(DATA / "pairs.json")).json
    assert [problem for problem in found if "layout" in problem["reason"]] == []


@pytest.mark.parametrize("section", ["cities", "sources", "pairs"])
def test_every_id_is_used_once(bundled: Data, section: str) -> None:
    """An id names one record for ever."""
    counts = Counter(_ids(bundled[section]))
    assert [id_ for id_, count in counts.items() if count > 1] == []


def test_every_pair_has_a_source_that_exists(bundled: Data) -> None:
    """Nothing is in the data that nobody states."""
    sources = set(_ids(bundled["sources"]))
    for pair in bundled["pairs"]:
        assert pair["sources"], pair["id"]
        assert {row["source"] for row in pair["sources"]} <= sources, pair["id"]


def test_every_pair_is_of_two_cities_that_exist_and_no_two_pairs_are_of_the_same(bundled: Data) -> None:
    """Neither twice, nor once either way round."""
    cities = set(_ids(bundled["cities"]))
    ends = [frozenset(pair["cities"]) for pair in bundled["pairs"]]
    assert all(len(pair) == 2 and pair <= cities for pair in ends)
    assert len(set(ends)) == len(ends)


def test_no_city_and_no_source_stands_alone(bundled: Data) -> None:
    """Every city has a twin, and every source says something of a pair."""
    paired = {end for pair in bundled["pairs"] for end in pair["cities"]}
    cited = {row["source"] for pair in bundled["pairs"] for row in pair["sources"]}
    assert set(_ids(bundled["cities"])) == paired
    assert set(_ids(bundled["sources"])) == cited


def test_the_id_of_a_city_tells_its_country(bundled: Data) -> None:
    """Ids are made of name and country: jakarta-id."""
    assert [city["id"] for city in bundled["cities"] if not city["id"].endswith("-" + city["country"].lower())] == []


def test_what_a_reader_sees_is_written_in_sentences(bundled: Data) -> None:
    """Statements and notes begin with a capital or a figure, end with a stop, and have no telegram style's arrows."""
    for pair, text in _prose(bundled):
        assert text[0].isupper() or text[0].isdigit() or text[0] in "\"“'", (pair, text)
        assert re.search(r"[.?!][\"”’')]?$", text), (pair, text)
        assert not re.search(r"->|=>|→|;;|\s{2}|\s[,.;]|\b(w/|b/c|approx|govt|intl)\b", text), (pair, text)


def test_no_source_is_younger_than_the_data(bundled: Data) -> None:
    """The data was revised after whatever it cites."""
    assert [source["id"] for source in bundled["sources"] if source.get("date", "") > bundled["date"]] == []


def test_every_note_on_an_indonesian_pair_is_in_indonesian_too(bundled: Data) -> None:
    """An Indonesian reader reads of Indonesian cities in Indonesian."""
    notes = [(pair["id"], pair["note"]) for pair in bundled["pairs"] if "note" in pair and _is_indonesian(pair)]
    assert notes
    assert [id_ for id_, note in notes if "id" not in note] == []


def test_a_citys_other_names_are_other_names(bundled: Data) -> None:
    """No name is given twice in one list, and no Indonesian name is the English one."""
    for city in bundled["cities"]:
        names = city.get("names", {})
        assert names.get("id") != city["name"], city["id"]
        for key in ("native", "former", "also"):
            listed = names.get(key, [])
            assert len(set(listed)) == len(listed), city["id"]
            assert city["name"] not in listed, city["id"]


def test_the_countries_of_all_cities_are_known(bundled: Data) -> None:
    """Every code has its names and its region."""
    gazetteer = Gazetteer.model_validate_json((DATA / "countries.json").read_bytes())
    countries = {country.code: country for country in gazetteer.countries}
    regions = {region.code: region for region in gazetteer.regions}
    assert len(countries) == len(gazetteer.countries)
    assert {city["country"] for city in bundled["cities"]} <= set(countries)
    for country in countries.values():
        parent = regions[country.region].parent
        assert parent is None or parent in regions


def test_the_provinces_in_the_gazetteer_are_provinces_of_cities(bundled: Data) -> None:
    """An Indonesian name of a province serves only where it meets the English one of a city."""
    content = json.loads((DATA / "countries.json").read_text("utf-8"))
    around = {(city["country"], city.get("admin")) for city in bundled["cities"]}
    assert [admin for admin in content["admins"] if (admin["country"], admin["name"]["en"]) not in around] == []


def test_the_pairs_that_the_article_speaks_of_are_there(bundled: Data) -> None:
    """Jakarta with Rotterdam, Beijing, Seoul and Tokyo, and Coventry with what was Stalingrad."""
    pairs = {frozenset(pair["cities"]) for pair in bundled["pairs"]}
    for other in ("rotterdam-nl", "beijing-cn", "seoul-kr", "tokyo-jp"):
        assert frozenset({"jakarta-id", other}) in pairs
    assert frozenset({"coventry-gb", "volgograd-ru"}) in pairs


def test_no_two_cities_of_a_country_and_province_share_a_name(bundled: Data) -> None:
    """Otherwise nothing but an id could tell them apart."""
    keys = Counter((city["country"], city.get("admin"), fold(city["name"])) for city in bundled["cities"])
    assert [key for key, count in keys.items() if count > 1] == []
