"""In what order ``list`` gives pairs, how many, and which range of dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.commands.reference import Question, Reference, sides
from tests.conftest import Place
from twincli.text import fold
from twincli.vocabulary import Confidence, Kind, Sort, Status

Record = dict[str, Any]


def _name(pair: Record, place: int) -> str:
    return fold(pair["cities"][place]["name"])


# What each order looks at first; after that come the first city, the second, and the id.
FIRST: dict[str, Callable[[Record], Any]] = {
    "city": lambda pair: _name(pair, 0),
    "partner": lambda pair: _name(pair, 1),
    "since": lambda pair: pair["since"],
    "status": lambda pair: list(Status).index(Status(pair["status"])),
    "kind": lambda pair: list(Kind).index(Kind(pair["kind"])),
    "distance": lambda pair: pair["distance_km"],
    "confidence": lambda pair: list(Confidence).index(Confidence(pair["confidence"])),
    "as-of": lambda pair: pair["as_of"],
}


# Cities of one name are kept apart where pairs are sorted by one.
SETTLED = {
    "city": lambda pair: (_name(pair, 0), pair["cities"][0]["id"], _name(pair, 1), pair["id"]),
    "partner": lambda pair: (pair["cities"][1]["id"], _name(pair, 0), pair["id"]),
}


def _ordered(pairs: list[Record], sort: str, *, reverse: bool) -> list[str]:
    """Return the ids of pairs in the order promised, with the pairs that lack what is sorted by at the end."""
    first = FIRST[sort]
    settled = sorted(pairs, key=SETTLED.get(sort, lambda pair: (_name(pair, 0), _name(pair, 1), pair["id"])))
    present = [pair for pair in settled if first(pair) is not None]
    present.sort(key=first, reverse=reverse)
    return [pair["id"] for pair in (*present, *(pair for pair in settled if first(pair) is None))]


@pytest.mark.parametrize("reverse", [False, True], ids=["forwards", "backwards"])
@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_is_total(place: Place, sort: str, reverse: bool) -> None:
    """Each order is settled to the last pair, both ways; pairs without a date come last both ways."""
    countries = ["-c", "Germany", "-c", "Indonesia", "-c", "Brazil"]
    pairs = place.run("list", *countries, "--sort", sort, *(["--reverse"] if reverse else [])).json
    assert [pair["id"] for pair in pairs] == _ordered(pairs, sort, reverse=reverse)


@pytest.mark.parametrize("sort", ["since", "as-of"])
def test_absent_dates_come_last(place: Place, sort: str) -> None:
    """A pair without the date sorted by stands behind all that have one, also in reverse."""
    key = sort.replace("-", "_")
    for arguments in ([], ["--reverse"]):
        pairs = place.run("list", "-c", "Indonesia", "--sort", sort, *arguments).json
        dated = [pair[key] is not None for pair in pairs]
        assert True in dated
        assert False in dated
        assert dated == sorted(dated, reverse=True)


def test_a_filter_does_not_disturb_the_order(place: Place) -> None:
    """With a filter too, names are compared from the side that was asked for."""
    pairs = place.run("list", "-c", "Indonesia", "--sort", "partner").json
    assert [pair["id"] for pair in pairs] == _ordered(pairs, "partner", reverse=False)


def test_the_usual_order_is_by_city(everything: list[Record]) -> None:
    """Without ``--sort`` a reader finds a pair under its first city."""
    assert [pair["id"] for pair in everything] == _ordered(everything, "city", reverse=False)


def test_the_order_of_json_does_not_depend_on_the_language(place: Place) -> None:
    """A script gets the same order whatever language the machine speaks."""
    english = place.run("list", "-c", "Egypt", "-c", "Russia", "--sort", "city")
    assert english.json
    assert place.run("list", "-c", "Egypt", "-c", "Russia", "--sort", "city", "--lang", "id").stdout == english.stdout


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("sort", ["city", "since", "status"])
def test_a_limit_takes_the_first(place: Place, sort: str, limit: int) -> None:
    """``--limit`` gives the beginning of the same order."""
    whole = place.run("list", "-c", "Indonesia", "--sort", sort).json
    assert place.run("list", "-c", "Indonesia", "--sort", sort, "--limit", str(limit)).json == whole[:limit]


def test_a_limit_of_zero_or_beyond_the_end_gives_all(place: Place) -> None:
    """``-n 0`` is all, as is a limit that is never reached."""
    whole = place.run("list", "-c", "Indonesia")
    assert place.run("list", "-c", "Indonesia", "-n", "0").stdout == whole.stdout
    assert place.run("list", "-c", "Indonesia", "-n", "1000000").stdout == whole.stdout


def test_a_limit_is_announced(place: Place) -> None:
    """A reader is told how many pairs there are and how to get the rest; without a limit, only how many."""
    total = len(place.run("list", "-c", "Indonesia").json)
    limited = place.table("list", "-c", "Indonesia", "-n", "3").stdout
    assert f"3 of {total} pairs" in limited
    assert "--limit 0" in limited
    whole = place.table("list", "-c", "Indonesia").stdout
    assert f"{total} pairs" in whole
    assert f"of {total}" not in whole


# --- --since --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1986", ("1986", "1986")),
        ("1986-05", ("1986-05", "1986-05")),
        ("1986-05-12", ("1986-05-12", "1986-05-12")),
        ("1950..1960", ("1950", "1960")),
        ("1950..", ("1950", "")),
        ("..1960", ("", "1960")),
        ("1989-11..1990-10-03", ("1989-11", "1990-10-03")),
        ("1986..1986-05", ("1986", "1986-05")),
        ("1990-06..1990", ("1990-06", "1990")),
        (" 1950..1960 ", ("1950", "1960")),
    ],
)
def test_a_range_of_dates(place: Place, reference: Reference, text: str, bounds: tuple[str, str]) -> None:
    """``--since`` takes years, months and days, alone or as a range with either end open, both ends included."""
    assert sides(place.run("list", "--since", text).json) == reference.answer(Question(since=bounds))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1989", "1990"),
        ("1985-12", "1986-01"),
        ("1985-12-31", "1986-01-01"),
        ("1989-11", "1989-12"),
        ("1990-05-11", "1990-05-12"),
    ],
)
def test_two_ranges_that_meet_share_nothing_and_leave_nothing_out(
    place: Place, reference: Reference, before: str, after: str
) -> None:
    """Every pair with a beginning lies on one side of a date, and on one only."""
    first, second = (
        {pair["id"] for pair in place.run("list", "--since", text).json} for text in (f"..{before}", f"{after}..")
    )
    assert first
    assert second
    assert not first & second
    assert first | second == {pair["id"] for pair in reference.pairs.values() if pair.get("since")}


def test_a_year_counts_at_its_beginning(place: Place) -> None:
    """Of a pair that began in 1986 the month is not known: it is in the range that has January of that year."""
    year = {pair["id"] for pair in place.run("list", "--since", "1986").json}
    months = {pair["id"] for pair in place.run("list", "--since", "1986-01..1986-12").json}
    assert year == months
    january = place.run("list", "--since", "1986-01").json
    assert all(pair["since"].startswith("1986-01") for pair in january)


@pytest.mark.parametrize("text", ["1960-02-30", "1960..2019-02-29", "2021-04-31.."])
def test_a_day_that_does_not_exist_is_wrong_usage(place: Place, text: str) -> None:
    """It would match nothing, and nobody would know why."""
    result = place.run("list", "--since", text)
    assert (result.status, result.stdout) == (2, "")
    assert "does not exist" in result.stderr


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("19x", 0),
        ("x", 0),
        ("", 0),
        ("..", 2),
        ("1990..19", 6),
        ("1990-1990", 4),
        ("1990...1995", 6),
        ("1986-13", 4),
        ("1986-00", 4),
        ("1986-05-32", 7),
        ("1986..1990 or so", 10),
        ("..1990-5", 6),
    ],
)
def test_a_range_that_cannot_be_read_is_marked(place: Place, text: str, column: int) -> None:
    """Wrong dates are wrong usage: a sentence, the text, and a caret where it stops being dates."""
    result = place.run("list", "--since", text)
    assert result.status == 2
    assert not result.stdout
    sentence, shown, mark = result.stderr.splitlines()
    assert sentence.startswith("Error: --since")
    assert shown == f"  {text}"
    assert mark == "  " + " " * column + "^"


def test_a_range_that_runs_backwards_is_turned_round(place: Place) -> None:
    """A range whose end lies before its start is wrong usage, with the range that was probably meant."""
    result = place.run("list", "--since", "1990..1980")
    assert result.status == 2
    assert "1980..1990" in result.stderr
    assert place.run("list", "--since", "1990..1990-01").status == 0
