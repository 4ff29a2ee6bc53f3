"""Countries and regions by any of their names, and what is said of a name that is not known."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from tests.conftest import Place
from twincli.errors import Ambiguous
from twincli.index.store import Index
from twincli.query.names import Lookup

# --- countries ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["code", "alpha3"])
def test_every_iso_code_means_its_country(index: Index, gazetteer: dict[str, Any], key: str) -> None:
    """Codes come first, in either case: NE is Niger, whatever else may be called so."""
    for country in gazetteer["countries"]:
        assert Lookup(index).country(country[key]) == country["code"]
        assert Lookup(index).country(country[key].lower()) == country["code"]


def test_every_english_and_indonesian_name_means_its_country(index: Index, gazetteer: dict[str, Any]) -> None:
    """The names that are shown are never ambiguous, so that Niger is not Nigeria."""
    for country in gazetteer["countries"]:
        for name in country["name"].values():
            assert Lookup(index).country(name) == country["code"]


def test_every_other_name_finds_its_country(index: Index, gazetteer: dict[str, Any]) -> None:
    """Native and former names and abbreviations give the country, or it is among those to choose from.

    An ISO code alone comes before an abbreviation, which is said: AS is American Samoa, and in Indonesian papers
    Amerika Serikat.
    """
    codes = {country[key] for country in gazetteer["countries"] for key in ("code", "alpha3")}
    for country in gazetteer["countries"]:
        for name in [*country["native"], *country.get("also", []), *country.get("former", [])]:
            lookup = Lookup(index)
            try:
                found = [lookup.country(name)]
            except Ambiguous as error:
                found = [choice.split()[0] for choice in error.details]
            if name in codes and found != [country["code"]]:
                assert lookup.remarks == [f"Note: {name} = {lookup.country_name(found[0])}"]
            else:
                assert country["code"] in found, name


def test_a_part_of_a_country_means_the_country_and_says_so(index: Index, gazetteer: dict[str, Any]) -> None:
    """England is no country of its own here; whoever asks for it learns what is answered instead."""
    parts = [(country, name) for country in gazetteer["countries"] for name in country.get("part_of", [])]
    assert parts
    for country, name in parts:
        lookup = Lookup(index)
        assert lookup.country(name) == country["code"]
        whole = country["name"]["en"]
        assert lookup.remarks == [f"Note: {name} is a part of {whole}; all of {whole} is meant here."]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Belanda", "NL"),
        ("netherlands", "NL"),
        ("Nederland", "NL"),
        ("NLD", "NL"),
        ("UK", "GB"),
        ("u.s.a.", "US"),
        ("South Korea", "KR"),
        ("Ivory Coast", "CI"),
        ("cote d'ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Turkey", "TR"),
        ("Swaziland", "SZ"),
        ("Tiongkok", "CN"),
        ("Deutschland", "DE"),
        ("日本", "JP"),
        ("ozbekiston", "UZ"),
        ("O'zbekiston", "UZ"),
    ],
)
def test_a_country_is_found_by_its_everyday_names(place: Place, typed: str, code: str) -> None:
    """In English, Indonesian and its own language, old and new, abbreviated or whole."""
    pairs = place.run("list", "--country", typed).json
    assert pairs
    assert all(pair["cities"][0]["country"] == code for pair in pairs)


def test_another_name_of_a_country_is_explained(place: Place) -> None:
    """The reader learns what a name was taken for, and nothing where it is the name shown anyway or a code."""
    assert place.run("list", "--country", "Belanda").stderr == "Note: Belanda = Netherlands\n"
    assert place.run("list", "--country", "Belanda", "--lang", "id").stderr == ""
    for plain in ("Netherlands", "NETHERLANDS", "NL", "nld"):
        assert place.run("list", "--country", plain).stderr == ""


def test_a_name_of_two_countries_lists_both(place: Place) -> None:
    """Congo is an error that says how to name each, and what it says works."""
    result = place.run("list", "--country", "Congo")
    heading, *choices = result.stderr.splitlines()
    assert (result.status, result.stdout) == (1, "")
    assert heading == 'Error: "Congo" names 2 countries. Say which:'
    codes = [choice.split()[0] for choice in choices]
    assert codes == ["CD", "CG"]
    assert all(place.run("list", "--country", code).status == 0 for code in codes)


def test_every_region_is_found_by_its_names_and_its_code(index: Index, gazetteer: dict[str, Any]) -> None:
    """Continents and subregions: English, Indonesian, and the UN's M49 code."""
    for region in gazetteer["regions"]:
        for name in (region["code"], *region["name"].values()):
            assert Lookup(index).region(name) == region["code"]


# --- names that are not known ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "unknown", "offered"),
    [
        (["show", "Rotterdm"], 'No city called "Rotterdm".', "Rotterdam (Netherlands)"),
        (["show", "yogjakarta"], 'No city called "yogjakarta".', "Yogyakarta (Indonesia)"),
        (["show", "Jakarta", "Roterdam"], 'No city called "Roterdam".', "Rotterdam (Netherlands)"),
        (["list", "--city", "Stalingard"], 'No city called "Stalingard".', "Stalingrad (Russia)"),
        (["list", "--country", "Indonsia"], 'No country called "Indonsia".', "Indonesia"),
        (["list", "--country", "Belnada"], 'No country called "Belnada".', "Belanda"),
        (["list", "--region", "Afirca"], 'No continent or region called "Afirca".', "Africa"),
        (["list", "--with", "Indonsia"], 'No country or city called "Indonsia".', "Indonesia"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_names(
    place: Place, arguments: list[str], unknown: str, offered: str
) -> None:
    """At most three are offered, and none is taken."""
    result = place.run(*arguments)
    assert (result.status, result.stdout) == (1, "")
    message, __, names = result.stderr.strip().partition(" Did you mean ")
    assert message == f"Error: {unknown}"
    choices = names.removesuffix("?").replace(" or ", ", ").split(", ")
    assert offered in choices
    assert len(choices) <= 3


def test_one_thing_is_offered_once(place: Place) -> None:
    """However many spellings of it are near what was typed."""
    assert place.run("show", "Jakrta").stderr == 'Error: No city called "Jakrta". Did you mean Jakarta (Indonesia)?\n'
    assert "Did you mean benefits?" in place.run("explain", "benfits").stderr


def test_the_beginning_of_a_name_is_no_name(place: Place) -> None:
    """Rotter finds nothing and is answered with Rotterdam: names are never completed behind the reader's back."""
    result = place.run("show", "Rotter")
    assert (result.status, result.stdout) == (1, "")
    assert "Rotterdam (Netherlands)" in result.stderr


def test_a_name_like_no_other_is_answered_without_a_guess(place: Place) -> None:
    """Nothing near is offered where nothing is near."""
    assert place.run("show", "Xqzwvkjh").stderr == 'Error: No city called "Xqzwvkjh".\n'


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["list", "--country", "Rotterdam"], "It is a city: twincli list --city Rotterdam"),
        (["list", "--country", "Stalingrad"], "It is a city: twincli list --city Stalingrad"),
        (["list", "--country", "New York"], 'It is a city: twincli list --city "New York"'),
        (["list", "--country", "Asia"], "It is a region: twincli list --region Asia"),
        (["list", "--city", "Indonesia"], "It is a country: twincli list --country Indonesia"),
        (["list", "--city", "Afrika Selatan"], 'It is a country: twincli list --country "Afrika Selatan"'),
        (["list", "--region", "Jepang"], "It is a country: twincli list --country Jepang"),
    ],
)
def test_a_name_of_another_sort_is_answered_with_the_option_for_it(
    place: Place, arguments: list[str], hint: str
) -> None:
    """A city typed as a country gets a hint, and so do the others; the hint works as it stands."""
    result = place.run(*arguments)
    assert (result.status, result.stdout) == (1, "")
    assert result.stderr.endswith(f"{hint}\n")
    command = shlex.split(hint.partition(": ")[2])
    assert command[0] == "twincli"
    assert place.run(*command[1:]).json


@pytest.mark.parametrize("name", ["", " ", "!?", "\u202e"])
@pytest.mark.parametrize("arguments", [["show"], ["list", "--country"], ["list", "--city"], ["list", "--with"]])
def test_a_name_without_a_letter_is_wrong_usage(place: Place, arguments: list[str], name: str) -> None:
    """Nothing typed finds nothing, instead of everything."""
    result = place.run(*arguments, name)
    assert (result.status, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: A name is needed")


def test_a_hostile_name_is_repeated_without_its_control_characters(place: Place) -> None:
    """An error shows what was typed, made safe."""
    result = place.run("show", "Rotterd\x1b[31mm\u202e[bold]")
    assert result.status == 1
    assert result.stderr.startswith('Error: No city called "Rotterd\ufffd[31mm\ufffd[bold]".')


def test_a_name_that_is_a_country_and_a_city_is_taken_as_both_at_the_other_end(place: Place) -> None:
    """``--with Singapore`` need not be told apart, and says how it was understood."""
    result = place.run("list", "--country", "Indonesia", "--with", "Singapore")
    assert "Note: Singapore is taken as the country and as the city Singapore (Singapore)." in result.stderr
    assert all(pair["cities"][1]["country"] == "SG" for pair in result.json)
