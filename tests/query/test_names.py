"""Names as people know them: every bundled city and country is found by each of its names, however it is typed."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import Any

import pytest

from tests.conftest import Place
from twincli.errors import TwincliError
from twincli.index.store import Index
from twincli.query.names import Lookup
from twincli.text import fold


def _names_of_city(city: dict[str, Any]) -> list[str]:
    names = city.get("names", {})
    own = [city["id"], city["name"], *([names["id"]] if "id" in names else [])]
    return own + [name for key in ("native", "former", "also") for name in names.get(key, [])]


def _names_of_country(country: dict[str, Any]) -> list[str]:
    own = [country["code"], country["alpha3"], country["name"]["en"], country["name"]["id"]]
    return own + [name for key in ("native", "also", "former") for name in country.get(key, [])]


# --- cities ---------------------------------------------------------------------------------------------------------


def test_every_name_of_every_city_finds_the_city(index: Index, bundled: dict[str, Any]) -> None:
    """Id, English, Indonesian, native and former names and other spellings: none leads elsewhere only."""
    lost = []
    for city in bundled["cities"]:
        for name in _names_of_city(city):
            try:
                found = [candidate.id for candidate in Lookup(index).cities(name)]
            except TwincliError as error:
                found = [error.message]
            if city["id"] not in found:
                lost.append((city["id"], name, found))
    assert lost == []


def test_every_id_names_one_city_alone(index: Index, bundled: dict[str, Any]) -> None:
    """What an ambiguous name is answered with always leads further."""
    assert all(Lookup(index).city(city["id"]).id == city["id"] for city in bundled["cities"])


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Krakow", "krakow-pl"),
        ("KRAKÓW", "krakow-pl"),
        ("reykjavik", "reykjavik-is"),
        ("sao paulo", "sao-paulo-br"),
        ("SÃO  PAULO", "sao-paulo-br"),
        ("sao-paulo", "sao-paulo-br"),
        ("Saopaulo", "sao-paulo-br"),
        ("st petersburg", "saint-petersburg-ru"),
        ("St. Petersburg", "saint-petersburg-ru"),
        ("Washington, D.C.", "washington-d-c-us"),
        ("jogjakarta", "yogyakarta-id"),
        ("Batavia", "jakarta-id"),
        ("Kairo", "cairo-eg"),
        ("Moskwa", "moscow-ru"),
        ("Farg'ona", "fergana-region-uz"),
        ("fargona", "fergana-region-uz"),
        ("Saigon", "ho-chi-minh-city-vn"),
    ],
)
def test_a_city_is_found_however_its_name_is_typed(place: Place, typed: str, city: str) -> None:
    """Neither case, diacritics nor punctuation matter, and no language is preferred."""
    result = place.run("show", typed)
    assert result.status == 0, result.stderr
    assert result.json["city"]["id"] == city


def test_no_name_depends_on_case_diacritics_or_punctuation(bundled: dict[str, Any], gazetteer: dict[str, Any]) -> None:
    """What is true of Kraków is true of every bundled name."""
    names = [name for city in bundled["cities"] for name in _names_of_city(city)]
    names += [name for country in gazetteer["countries"] for name in _names_of_country(country)]
    for name in names:
        key = fold(name)
        assert key, f"{name} can never be found"
        plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
        for typed in (
            name.upper(),
            name.lower(),
            name.title(),
            plain,
            f" {name}! ",
            unicodedata.normalize("NFD", name),
        ):
            assert fold(typed) == key, typed
        for sign in "-'’ʻʼ.·/()":
            assert fold(name.replace(" ", sign)) == key
            assert all(fold(name.replace(other, sign)) == key for other in "'’‘ʻʼ-")


def test_a_former_name_is_said_to_be_one(place: Place) -> None:
    """Whoever types Batavia sees why Jakarta answers, unless nothing is to be said."""
    note = "Note: Batavia is a former name of Jakarta (Indonesia).\n"
    assert place.run("show", "batavia").stderr == note.replace("Batavia", "batavia")
    assert place.run("list", "--city", "Batavia").stderr == note
    assert place.run("show", "Batavia", "--quiet").stderr == ""
    assert place.run("show", "Jakarta").stderr == ""


# --- several cities of one name -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cities"),
    [
        ("Birmingham", {"birmingham-gb", "birmingham-us"}),
        ("Toledo", {"toledo-es", "toledo-us"}),
        ("Hyderabad", {"hyderabad-in", "hyderabad-pk"}),
        ("Newcastle", {"newcastle-au", "newcastle-upon-tyne-gb"}),
        ("Saint Louis", {"saint-louis-sn", "st-louis-us"}),
    ],
)
def test_show_lists_the_cities_of_one_name_and_how_to_name_each(place: Place, name: str, cities: set[str]) -> None:
    """An ambiguous name is an error that lists every bearer, and what it lists works."""
    result = place.run("show", name)
    heading, *choices = result.stderr.splitlines()
    assert (result.status, result.stdout) == (1, "")
    assert heading == f'Error: "{name}" names {len(cities)} cities. Say which:'
    offered = {choice.split()[0] for choice in choices}
    assert offered == cities
    assert {place.run("show", city).json["city"]["id"] for city in offered} == cities


@pytest.mark.parametrize(
    ("typed", "city"),
    [
        ("Toledo, Ohio", "toledo-us"),
        ("toledo,ohio", "toledo-us"),
        ("Toledo, United States", "toledo-us"),
        ("Toledo, Amerika Serikat", "toledo-us"),
        ("Toledo, Spain", "toledo-es"),
        ("Toledo, Spanyol", "toledo-es"),
        ("Toledo, España", "toledo-es"),
        ("Toledo, ES", "toledo-es"),
        ("toledo-us", "toledo-us"),
        ("Canton, China", "guangzhou-cn"),
        ("Stalingrad, Russia", "volgograd-ru"),
    ],
)
def test_a_province_or_a_country_tells_cities_of_one_name_apart(place: Place, typed: str, city: str) -> None:
    """A name, a comma, and what lies around it: in any language, also with a former name."""
    assert place.run("show", typed).json["city"]["id"] == city


def test_every_city_of_a_shared_name_can_be_named_alone(
    index: Index, bundled: dict[str, Any], gazetteer: dict[str, Any]
) -> None:
    """With its province where it has one, with its country where no other city of the name lies there."""
    country_name = {country["code"]: country["name"] for country in gazetteer["countries"]}
    bearers = defaultdict(list)
    for city in bundled["cities"]:
        bearers[fold(city["name"])].append(city)
    shared = [cities for cities in bearers.values() if len(cities) > 1]
    assert shared
    for cities in shared:
        countries = [city["country"] for city in cities]
        for city in cities:
            around = [city["admin"]] if "admin" in city else []
            if countries.count(city["country"]) == 1:
                around += [city["country"], *country_name[city["country"]].values()]
            for place in around:
                assert Lookup(index).city(f"{city['name']}, {place}").id == city["id"]


def test_list_takes_all_cities_of_one_name_and_says_so(place: Place, bundled: dict[str, Any]) -> None:
    """``list --city Birmingham`` gives the pairs of both, and the way to one alone, which works."""
    result = place.run("list", "--city", "Birmingham")
    both = {"birmingham-gb", "birmingham-us"}
    wanted = {pair["id"] for pair in bundled["pairs"] if both.intersection(pair["cities"])}
    assert {pair["id"] for pair in result.json} == wanted
    heading, *choices = result.stderr.splitlines()
    assert heading == 'Note: "Birmingham" names 2 cities; all are shown. One alone:'
    assert [choice.split()[:2] for choice in choices] == [["--city", "birmingham-gb"], ["--city", "birmingham-us"]]
    alone = place.run("list", *choices[0].split()[:2])
    assert {pair["cities"][0]["id"] for pair in alone.json} == {"birmingham-gb"}
    assert alone.stderr == ""


@pytest.mark.parametrize("typed", ["Toledo", "Stalingrad"])
def test_the_other_end_is_told_of_like_the_one(place: Place, typed: str) -> None:
    """``--with`` says how a name was understood where ``--city`` does."""
    city, other = (place.run("list", option, typed).stderr for option in ("--city", "--with"))
    assert city
    assert other == city.replace("--city", "--with")


def test_a_city_in_the_wrong_country_is_not_found(place: Place) -> None:
    """Toledo, France is neither of the two."""
    result = place.run("show", "Toledo, France")
    assert (result.status, result.stdout) == (1, "")
    assert result.stderr.startswith('Error: No city called "Toledo, France".')
