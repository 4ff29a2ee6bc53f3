"""Which pairs ``list`` gives: each filter alone and with others, against the same filters in plain Python."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.reference import Question, Reference, sides
from tests.conftest import Place
from twincli.text import fold
from twincli.vocabulary import Confidence, Field, Kind, Status

EUROPE, ASIA, SOUTH_EASTERN_ASIA = "150", "142", "035"


def test_without_filters_every_pair_is_given(everything: list[dict[str, Any]], reference: Reference) -> None:
    """``list`` gives every pair of the data once, its cities in the pair's own order."""
    assert sides(everything) == reference.answer(Question())


@pytest.mark.parametrize(
    "question",
    [
        Question(country=("ID",)),
        Question(country=("ID", "NL")),
        Question(city=("jakarta-id",)),
        Question(city=("jakarta-id", "rotterdam-nl", "volgograd-ru")),
        Question(region=(EUROPE,)),
        Question(region=(SOUTH_EASTERN_ASIA, EUROPE)),
        Question(with_country=("NL",)),
        Question(with_city=("jakarta-id",)),
        Question(with_country=("NL", "JP"), with_city=("jakarta-id",)),
        Question(disputed=True),
        Question(disputed=False),
        Question(since=("1950", "1960")),
        Question(since=("1990-05", "")),
        Question(since=("", "1986-05-12")),
    ],
    ids=lambda question: " ".join(question.arguments),
)
def test_a_filter_alone(place: Place, reference: Reference, question: Question) -> None:
    """A filter gives exactly the pairs for which one of its values holds, the city asked for first."""
    expected = reference.answer(question)
    assert expected
    assert sides(place.run("list", *question.arguments).json) == expected


@pytest.mark.parametrize(
    ("option", "values"), [("kind", Kind), ("status", Status), ("field", Field), ("confidence", Confidence)]
)
def test_every_value_of_a_closed_list_filters(place: Place, reference: Reference, option: str, values: Any) -> None:
    """Each value of each closed list gives exactly its pairs, and two of them the pairs of either."""
    for wanted in (*((value,) for value in values), tuple(values)[1:3]):
        given: dict[str, Any] = {option: wanted, "region": (ASIA,)}
        question = Question(**given)
        assert sides(place.run("list", *question.arguments).json) == reference.answer(question), wanted


@pytest.mark.parametrize(
    "question",
    [
        Question(country=("ID",), with_country=("NL",)),
        Question(country=("NL",), with_country=("ID",), kind=("sister", "friendship")),
        Question(country=("ID", "NL"), with_country=("ID", "NL")),
        Question(country=("ID",), with_country=("ID",)),
        Question(city=("jakarta-id",), with_country=("CN", "JP"), status=("active",)),
        Question(city=("jakarta-id",), country=("ID",)),
        Question(region=(ASIA,), with_country=("DE",), confidence=("high",), since=("1990", "")),
        Question(region=(ASIA,), country=("ID",), field=("water", "port")),
        Question(status=("ended", "suspended"), confidence=("high",), disputed=False, region=(EUROPE,)),
        Question(kind=("border",), field=("transport", "culture"), disputed=False),
    ],
    ids=lambda question: " ".join(question.arguments),
)
def test_filters_together(place: Place, reference: Reference, question: Question) -> None:
    """Different filters must all hold; those of place hold at one end, ``--with`` at the other."""
    expected = reference.answer(question)
    assert expected
    assert sides(place.run("list", *question.arguments).json) == expected


def test_any_combination_of_filters(steady: Place, reference: Reference) -> None:
    """Whatever filters are combined, the answer is that of plain Python."""
    used = sorted({city["country"] for city in reference.cities.values()})
    names = {fold(city["name"]) for city in reference.cities.values()}
    codes = [code for code in used if fold(code) not in names]
    regions = sorted(set.union(*reference.regions.values()))
    years = st.integers(1940, 2026).map(str)
    dates = st.one_of(st.just(""), years, years.map("{}-06".format), years.map("{}-06-15".format))

    def some(values: list[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)

    questions = st.builds(
        Question,
        country=st.one_of(st.just(()), some(["ID", "NL", "DE", "JP", "US", "CN", "RU"], 4), some(codes)),
        city=st.one_of(st.just(()), st.just(()), some(sorted(reference.cities), 4)),
        region=st.one_of(st.just(()), some(regions)),
        with_country=st.one_of(st.just(()), some(["ID", "NL", "DE", "JP", "US", "CN", "RU"], 4)),
        with_city=st.one_of(st.just(()), st.just(()), some(sorted(reference.cities), 4)),
        kind=st.one_of(st.just(()), some([*Kind])),
        field=st.one_of(st.just(()), some([*Field], 6)),
        status=st.one_of(st.just(()), some([*Status], 3)),
        confidence=st.one_of(st.just(()), some([*Confidence])),
        since=st.one_of(
            st.none(), st.tuples(dates, dates).filter(lambda range_: any(range_) and range_[0] <= (range_[1] or "~"))
        ),
        disputed=st.sampled_from([None, None, True, False]),
    )

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(question=questions)
    def ask(question: Question) -> None:
        assert sides(steady.run("list", *question.arguments).json) == reference.answer(question)

    ask()


def test_the_city_asked_for_stands_first(place: Place, reference: Reference) -> None:
    """A pair is shown from the side that was asked for, whichever way round the data has it."""
    partners = reference.partners["jakarta-id"]
    assert any(partner < "jakarta-id" for partner in partners)
    assert any(partner > "jakarta-id" for partner in partners)
    for pair in place.run("list", "--city", "Jakarta").json:
        assert pair["cities"][0]["id"] == "jakarta-id"
    for pair in place.run("list", "--with", "Jakarta").json:
        assert pair["cities"][1]["id"] == "jakarta-id"


def test_a_pair_of_two_cities_asked_for_is_given_once(place: Place, reference: Reference) -> None:
    """A pair both of whose cities were asked for is given once, as is one within the country asked for."""
    both = place.run("list", "--city", "Jakarta", "--city", "Rotterdam").json
    assert sum(pair["id"] == "jakarta-rotterdam" for pair in both) == 1
    domestic = {
        pair["id"]
        for pair in reference.pairs.values()
        if {reference.cities[end]["country"] for end in pair["cities"]} == {"ID"}
    }
    assert domestic
    ids = [pair["id"] for pair in place.run("list", "--country", "Indonesia").json]
    assert domestic <= set(ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["--country", "Belanda"], ["--country", "NL"]),
        (["--country", "nederland"], ["-c", "NLD"]),
        (["--country", "INDONESIA"], ["--country", "id"]),
        (["--region", "Eropa"], ["--region", "Europe"]),
        (["--region", "asia tenggara"], ["--region", "035"]),
        (["--city", "Batavia"], ["--city", "jakarta-id"]),
        (["--with", "Kairo"], ["--with", "Cairo"]),
    ],
)
def test_names_in_other_words_ask_the_same(place: Place, one: list[str], other: list[str]) -> None:
    """A country, region or city by another of its names gives the same answer, and says so on stderr only."""
    answer = place.run("list", *one)
    assert answer.stdout == place.run("list", *other).stdout
    assert answer.json


def test_several_cities_of_one_name_are_all_taken(place: Place, reference: Reference) -> None:
    """``list --city`` with an ambiguous name takes every city of that name, and tells how to name each."""
    cities = sorted(city["id"] for city in reference.cities.values() if city["name"] == "Toledo")
    assert len(cities) > 1
    result = place.run("list", "--city", "Toledo")
    assert sides(result.json) == reference.answer(Question(city=tuple(cities)))
    for city in cities:
        assert f"--city {city} " in result.stderr
        assert sides(place.run("list", "--city", city).json) == reference.answer(Question(city=(city,)))


def test_records_carry_the_data_s_values(everything: list[dict[str, Any]], reference: Reference) -> None:
    """Each record says what the data file says, complete in itself, with what is derived from it."""
    for record in everything:
        pair = reference.pairs[record["id"]]
        for key, default in (("kind", None), ("status", None), ("since", None), ("until", None), ("note", None)):
            assert record[key] == pair.get(key, default)
        assert record["fields"] == pair.get("fields", [])
        assert record["disputed"] is pair.get("disputed", False)
        assert record["confidence"] == reference.confidence(pair)
        for city in record["cities"]:
            stored = reference.cities[city["id"]]
            assert [city[key] for key in ("name", "country", "lat", "lon")] == [
                stored[key] for key in ("name", "country", "lat", "lon")
            ]
            assert city["admin"] == stored.get("admin")
        told = [reference.sources[statement["source"]] for statement in pair["sources"]]
        assert [source["url"] for source in record["sources"]] == [source["url"] for source in told]
        assert [source["says"] for source in record["sources"]] == [told["says"] for told in pair["sources"]]
        years = [source["date"][:4] for source in told if source.get("date") and not source.get("mirror")]
        assert record["as_of"] == max(years, default=None)
