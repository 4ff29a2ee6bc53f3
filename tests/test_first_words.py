"""The sentences that the project promises to answer."""

from __future__ import annotations

from tests.conftest import Place


def test_the_pairs_of_indonesia_are_over_150(place: Place) -> None:
    """``list --country Indonesia`` prints the Indonesian pairs, the Indonesian city first."""
    pairs = place.run("list", "--country", "Indonesia").json
    assert len(pairs) > 150
    assert all(pair["cities"][0]["country"] == "ID" for pair in pairs)


def test_a_former_name_finds_the_city(place: Place) -> None:
    """``show Stalingrad`` shows Volgograd, and says why."""
    result = place.run("show", "Stalingrad")
    assert result.json["city"]["id"] == "volgograd-ru"
    assert "Stalingrad is a former name of Volgograd (Russia)" in result.stderr


def test_an_indonesian_country_name_serves(place: Place) -> None:
    """``list --country Belanda --with Indonesia`` gives the Dutch city first, Rotterdam and Jakarta among them."""
    pairs = place.run("list", "--country", "Belanda", "--with", "Indonesia", "--json").json
    assert all([city["country"] for city in pair["cities"]] == ["NL", "ID"] for pair in pairs)
    assert "jakarta-rotterdam" in {pair["id"] for pair in pairs}


def test_benefits_are_explained(place: Place) -> None:
    """``explain benefits`` gives a note with sources, also under its Indonesian name."""
    note = place.run("explain", "benefits").json
    assert note["id"] == "benefits"
    assert note["sources"]
    assert place.run("explain", "manfaat").json == note
