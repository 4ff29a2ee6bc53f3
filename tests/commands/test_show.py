"""``show``: a city with its partners, two cities with what ties them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.commands.reference import Reference
from tests.conftest import Place, Write


def test_a_city_comes_with_all_its_partners(place: Place, reference: Reference) -> None:
    """``show CITY`` gives the city and every pair that it is in, itself first."""
    for city in ["jakarta-id", "wuppertal-de", *random.Random(1).sample(sorted(reference.cities), 30)]:
        card = place.run("show", city).json
        assert card["city"]["id"] == city
        assert {pair["cities"][1]["id"]: pair["id"] for pair in card["pairs"]} == reference.partners[city]
        assert all(pair["cities"][0] == card["city"] for pair in card["pairs"])


def test_the_newest_facts_come_first(place: Place) -> None:
    """A city's pairs are ordered by the year in which they were last attested, those never dated last."""
    for city in ("Jakarta", "Surabaya", "Volgograd"):
        years = [pair["as_of"] for pair in place.run("show", city).json["pairs"]]
        assert len(set(years)) > 2
        assert years == sorted(years, key=lambda year: year or "", reverse=True)


def test_a_city_s_card_names_every_partner(place: Place, reference: Reference) -> None:
    """On a terminal the card tells the city's names, where it lies, and every partner with a total."""
    shown = place.table("show", "Jakarta", width=120).stdout
    partners = [reference.cities[partner]["name"] for partner in reference.partners["jakarta-id"]]
    for name in ["Jakarta, Indonesia", "Batavia", "6.21° S", "106.85° E", *partners]:
        assert name in shown
    assert f"{len(partners)} partners" in shown


def test_a_city_without_partners_is_no_failure(
    place: Place, small: dict[str, Any], write: Callable[[Any], Path]
) -> None:
    """A city that the data knows and that is in no pair is shown with that."""
    alone = {**small["cities"][0], "id": "atlantis-id", "name": "Atlantis", "names": {}, "country": "ID"}
    path = str(write({**small, "cities": [*small["cities"], alone]}))
    result = place.run("show", "Atlantis", "--data", path)
    assert result.status == 0
    assert result.json["pairs"] == []
    assert "No partners" in place.table("show", "Atlantis", "--data", path).stdout


def test_a_pair_is_the_same_from_both_sides(place: Place, reference: Reference) -> None:
    """``show CITY CITY`` gives the pair in the order asked for, the same either way but for that."""
    for id_ in random.Random(2).sample(sorted(reference.pairs), 30):
        one, other = reference.pairs[id_]["cities"]
        there, back = place.run("show", one, other).json, place.run("show", other, one).json
        assert there["pair"]["id"] == back["pair"]["id"] == id_
        assert [city["id"] for city in there["pair"]["cities"]] == [one, other]
        assert there["pair"]["cities"] == back["pair"]["cities"][::-1]
        assert {**there["pair"], "cities": None} == {**back["pair"], "cities": None}


def test_common_partners_are_found(place: Place, reference: Reference) -> None:
    """The partners that both cities share are given, each with its pair with the first and with the second."""
    tried = found = 0
    generator = random.Random(3)
    hubs = sorted(city for city, partners in reference.partners.items() if len(partners) > 8)
    while tried < 40:
        one, other = generator.sample(hubs, 2)
        tried += 1
        common = place.run("show", one, other).json["common"]
        expected = {
            city: [reference.partners[one][city], reference.partners[other][city]]
            for city in reference.partners[one].keys() & reference.partners[other].keys()
        }
        assert {shared["city"]["id"]: shared["pairs"] for shared in common} == expected
        found += bool(common)
    assert found


def test_unpaired_cities_are_an_answer(place: Place, reference: Reference) -> None:
    """Two cities that are not paired: null and status 0, a sentence on a terminal, their common partners all the same.

    In the formats of records there is none.
    """
    assert "bandung-id" not in reference.partners["jakarta-id"]
    result = place.run("show", "Jakarta", "Bandung")
    assert result.status == 0
    assert result.json["pair"] is None
    assert result.json["common"]
    assert not place.run("show", "Jakarta", "Bandung", "--format", "jsonl").stdout
    assert len(place.run("show", "Jakarta", "Bandung", "--format", "csv").lines) == 1
    shown = place.table("show", "Jakarta", "Bandung").stdout
    assert "not paired" in shown
    for shared in result.json["common"]:
        assert shared["city"]["name"] in shown


@pytest.mark.parametrize("other", ["Jakarta", "Batavia", "jakarta-id"])
def test_a_city_is_no_pair_with_itself(place: Place, other: str) -> None:
    """The same city twice, under whatever names, is wrong usage."""
    result = place.run("show", "Jakarta", other)
    assert result.status == 2
    assert not result.stdout
    assert "Both names mean Jakarta (Indonesia)" in result.stderr


def _words(text: str) -> str:
    """Return a text without its line breaks and indents."""
    return " ".join(text.split())


def test_a_pair_s_card_tells_who_says_so(place: Place, reference: Reference) -> None:
    """The card has what ties the cities, the distance, the confidence and why, and each source with what it says."""
    for id_ in ["jakarta-rotterdam", *random.Random(4).sample(sorted(reference.pairs), 15)]:
        one, other = reference.pairs[id_]["cities"]
        pair = place.run("show", one, other).json["pair"]
        shown = _words(place.table("show", one, other, width=100).stdout)
        for city in pair["cities"]:
            assert f"{city['name']}, {city['country_name']['en']}" in shown
        assert f"{pair['distance_km']:,} km" in shown
        assert re.search(rf"Confidence {pair['confidence']}: \w+", shown)
        status = f"{pair['status']} ({pair['as_of']})" if pair["as_of"] else pair["status"]
        assert f"Status {status}" in shown
        if pair["note"]:
            assert _words(pair["note"]["en"]) in shown
        for source in pair["sources"]:
            for text in (source["publisher"], source["title"], source["says"], source["url"]):
                assert _words(text) in shown


def _age(since: date, end: date) -> int:
    """Return the full years from one day to another."""
    return end.year - since.year - ((end.month, end.day) < (since.month, since.day))


def test_a_pair_s_card_tells_its_age(place: Place, reference: Reference) -> None:
    """A pair that lasts is as old as the full years since it began; one that is over as old as it became."""
    to_the_day = [pair for pair in reference.pairs.values() if len(pair.get("since", "")) == 10]
    lasting = [pair for pair in to_the_day if pair["status"] == "active"]
    over = [pair for pair in to_the_day if len(pair.get("until", "")) == 10]
    assert over
    for pair in (*lasting[:20], *over):
        since = date.fromisoformat(pair["since"])
        age = _age(since, date.fromisoformat(pair["until"]) if "until" in pair else date.today())
        shown = place.table("show", *pair["cities"]).stdout
        assert (f" {since.year} ({age} year{'s' if age > 1 else ''})" in shown) is (age > 0)


def test_an_ambiguous_city_is_not_guessed(place: Place, reference: Reference) -> None:
    """``show`` with a name of several cities lists them and how to name each, and each of these ways works."""
    cities = [city for city in reference.cities.values() if city["name"] == "Toledo"]
    result = place.run("show", "Toledo")
    assert result.status == 1
    assert not result.stdout
    listed = {line.split()[0]: line for line in result.stderr.splitlines()[1:]}
    assert listed.keys() >= {city["id"] for city in cities}
    for city, line in listed.items():
        card = place.run("show", city).json
        assert card["city"]["id"] == city
        assert line.endswith(f" · {len(card['pairs'])} pairs")
    assert place.run("show", "Toledo, Spain").json["city"]["country"] == "ES"
    assert place.run("show", "Toledo, Ohio").json["city"]["admin"] == "Ohio"


def test_two_cities_of_one_name_show_their_pair(place: Place) -> None:
    """Where a name has several cities, two names give the cities that are paired, even where both names are one."""
    assert place.run("show", "Toledo", "Toledo").json["pair"]["id"] == "toledo-toledo"
    result = place.run("show", "Toledo", "Nara")
    assert [city["id"] for city in result.json["pair"]["cities"]] == ["toledo-es", "nara-jp"]
    assert "Toledo (Spain)" in result.stderr


def test_an_unknown_city_is_not_found(place: Place) -> None:
    """A mistyped city is status 1, with the nearest name offered and never taken."""
    result = place.run("show", "Rotterdm")
    assert result.status == 1
    assert not result.stdout
    assert result.stderr.startswith('Error: No city called "Rotterdm".')
    assert "Rotterdam (Netherlands)" in result.stderr


@pytest.mark.parametrize("status", ["ended", "suspended"])
def test_no_age_is_told_of_what_is_over(place: Place, small: dict[str, Any], write: Write, status: str) -> None:
    """Where nobody says until when, a pair that is over has not lasted until today."""
    small["pairs"][0] |= {"since": "1950", "status": status}
    small["pairs"][0].pop("until", None)
    one, other = small["pairs"][0]["cities"]
    shown = place.table("show", one, other, "--data", str(write(small))).stdout
    assert "1950" in shown
    assert "years)" not in shown
