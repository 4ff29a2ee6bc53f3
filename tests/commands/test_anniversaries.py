"""``twincli anniversaries``: which twinnings have a round birthday in a year."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.commands.network import network
from tests.conftest import Place, Write
from twincli.dataset.published import json_schema


@pytest.fixture
def jubilees() -> dict[str, Any]:
    """Pairs that begin on days, in months and in years, some of them no longer active."""
    return network(
        ("alfa-fr", "bravo-de", {"since": "2002-11-03", "fields": ["culture", "smart-city"]}),
        ("alfa-fr", "charlie-es", {"since": "1977-05-12"}),
        ("alfa-fr", "delta-it", {"since": "2017-05"}),
        ("alfa-fr", "echo-gb", {"since": "2017-03", "status": "unknown", "confidence": "low"}),
        ("alfa-fr", "foxtrot-id", {"since": "1927"}),
        ("bravo-de", "golf-nl", {"since": "2007", "status": "ended", "until": "2022"}),
        ("bravo-de", "hotel-be", {"since": "2022-01-31"}),
        ("bravo-de", "india-pt", {"since": "2026-01-31"}),
        ("bravo-de", "juliett-at", {}),
    )


@pytest.fixture
def ask(place: Place, write: Write, jubilees: dict[str, Any]) -> Callable[..., list[dict[str, Any]]]:
    """Return what asks for the jubilees of these pairs in 2027."""

    def ask_for(*arguments: str, year: int = 2027) -> list[dict[str, Any]]:
        result = place.run("anniversaries", "--year", str(year), "--data", str(write(jubilees)), *arguments)
        assert result.status == 0, result.stderr
        records: list[dict[str, Any]] = result.json
        return records

    return ask_for


Ask = Callable[..., list[dict[str, Any]]]


def test_round_birthdays_are_multiples_of_ten_and_of_twenty_five(
    place: Place, everything: list[dict[str, Any]]
) -> None:
    """In the bundled data each active pair that reaches such a number is there, and no other."""
    expected = {
        pair["id"]: 2027 - int(pair["since"][:4])
        for pair in everything
        if pair["since"] and pair["status"] == "active" and int(pair["since"][:4]) < 2027
    }
    expected = {name: years for name, years in expected.items() if years % 10 == 0 or years % 25 == 0}
    records = place.run("anniversaries", "--year", "2027").json
    assert {record["id"]: record["years"] for record in records} == expected
    assert len(records) == len(expected)


def test_every_decides_what_is_round(ask: Ask) -> None:
    """``--every`` takes 5, 10 or 25, and several at once."""
    years = {every: {record["years"] for record in ask("--every", every)} for every in ("5", "10", "25")}
    assert years == {"5": {5, 10, 25, 50, 100}, "10": {10, 50, 100}, "25": {25, 50, 100}}
    assert {record["years"] for record in ask("--every", "10", "--every", "25")} == {10, 25, 50, 100}


def test_any_other_number_is_refused(place: Place) -> None:
    """``--every 7`` is wrong usage that names the choices."""
    result = place.run("anniversaries", "--every", "7")
    assert result.status == 2
    assert "5, 10, 25" in result.stderr


def test_days_come_first_then_months_then_years(ask: Ask) -> None:
    """By date where the day is known, then by month, then what has a year alone; each as precise as it is known."""
    records = ask("--every", "5", "--status", "active", "--status", "unknown")
    dates = ["2027-01-31", "2027-05-12", "2027-11-03", "2027-03", "2027-05", "2027"]
    assert [record["date"] for record in records] == dates


@pytest.mark.parametrize(("year", "expected"), [(2028, "2028-02-29"), (2029, "2029-02-28")])
def test_the_leap_day_is_kept_on_the_last_of_february(place: Place, write: Write, year: int, expected: str) -> None:
    """A pair of 29 February has its birthday on the 28th in a year without that day."""
    path = write(network(("alfa-fr", "bravo-de", {"since": "2024-02-29"}), ("alfa-fr", "charlie-es")))
    content = json.loads(path.read_text())
    content["pairs"][0]["since"] = f"{2004 if year == 2029 else 2008}-02-29"
    arguments = ("anniversaries", "--year", str(year), "--every", "5", "--data", str(write(content)))
    assert [record["date"] for record in place.run(*arguments).json] == [expected]


def test_the_year_is_this_year_unless_said(place: Place) -> None:
    """Without ``--year`` the jubilees of the current year are listed."""
    before = date.today().year
    shown = place.run("anniversaries", "--every", "5").stdout
    years = {before, date.today().year}
    assert shown in {place.run("anniversaries", "--every", "5", "--year", str(year)).stdout for year in years}


def test_only_active_pairs_count_unless_a_status_is_asked_for(place: Place, write: Write, jubilees: Any) -> None:
    """What is not active is left out and counted on stderr; ``--status`` brings it."""
    arguments = ("anniversaries", "--year", "2027", "--data", str(write(jubilees)))
    result = place.run(*arguments)
    assert {record["status"] for record in result.json} == {"active"}
    assert "1 ended, 1 unknown (--status)" in result.stderr
    ended = place.run(*arguments, "--status", "ended")
    assert [record["id"] for record in ended.json] == ["bravo-de-golf-nl"]
    assert ended.stderr == ""


def test_the_filters_of_list_serve(ask: Ask) -> None:
    """A filter selects as in ``list``, and the city asked for stands first."""
    assert [record["cities"][0]["id"] for record in ask("--country", "Jerman")] == ["bravo-de"]
    assert {record["id"] for record in ask("--city", "Alfa", "--since", "..1980")} == {
        "alfa-fr-charlie-es",
        "alfa-fr-foxtrot-id",
    }


def test_the_json_is_as_published(place: Place) -> None:
    """The records are those of ``list`` with a date and a number of years, as the published schema says."""
    records = place.run("anniversaries", "--year", "2027").json
    Draft202012Validator(json_schema("anniversaries")).validate(records)
    pairs = {pair["id"]: pair for pair in place.run("list").json}
    first = {key: value for key, value in records[0].items() if key not in {"date", "years"}}
    assert first == pairs[first["id"]]


def test_csv_begins_with_the_date_and_the_years(place: Place, write: Write, jubilees: Any) -> None:
    """Both columns stand before those of ``list``."""
    arguments = ("anniversaries", "--year", "2027", "--data", str(write(jubilees)), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(place.run(*arguments).stdout)))
    assert list(rows[0])[:3] == ["date", "years", "id"]
    assert (rows[0]["date"], rows[0]["years"]) == ("2027-05-12", "50")


def test_markdown_writes_dates_in_words(place: Place, write: Write, jubilees: Any) -> None:
    """In a document for people the date is said, as precise as it is known."""
    arguments = ("anniversaries", "--year", "2027", "--data", str(write(jubilees)), "--format", "markdown")
    shown = place.run(*arguments).lines
    assert shown[0].startswith("| Date | Years | City |")
    assert [line.split(" | ")[0] for line in shown[2:]] == [
        "| 12 May 2027",
        "| 3 November 2027",
        "| May 2027",
        "| 2027",
    ]


def test_the_table_shows_dates_and_years(place: Place, write: Write, jubilees: Any) -> None:
    """On a terminal: the year above, a line a pair, and how precise the dates are below."""
    lines = place.table("anniversaries", "--year", "2027", "--data", str(write(jubilees)), width=100).lines
    assert lines[0] == "Anniversaries in 2027"
    assert lines[2].split()[:3] == ["Date", "Years", "City"]
    assert [line[:17].split() for line in lines[3:7]] == [
        ["12", "May", "50"],
        ["3", "November", "25"],
        ["May", "10"],
        ["2027", "100"],
    ]
    assert "4 anniversaries: 2 on a known day, 1 in a known month, 1 of a known year only" in lines


def test_the_table_fits_the_terminal(place: Place) -> None:
    """No line is wider than the terminal."""
    lines = place.table("anniversaries", "--year", "2027", "--region", "Asia").lines
    assert len(lines) > 10
    assert all(len(line) <= 80 for line in lines)


def test_no_anniversary_is_an_answer(place: Place, write: Write, jubilees: Any) -> None:
    """Nothing found is an empty array and status 0; the filter that, left away, would give some is named."""
    arguments = ("anniversaries", "--year", "2027", "--data", str(write(jubilees)))
    result = place.run(*arguments, "--country", "France", "--kind", "border")
    assert (result.status, result.json) == (0, [])
    assert "No anniversaries in 2027 match. Anniversaries without --kind: 4." in result.stderr


def test_two_runs_give_the_same(place: Place) -> None:
    """The order is total, and the JSON the same in every language."""
    runs = {place.run("anniversaries", "--year", "2027", "--lang", lang).stdout for lang in ("en", "id", "en")}
    assert len(runs) == 1


def test_jubilees_are_told_in_indonesian(place: Place) -> None:
    """With ``--lang id`` the page speaks Indonesian."""
    shown = place.table("anniversaries", "--year", "2027", "--country", "Indonesia", "--lang", "id").stdout
    assert "Ulang tahun" in shown
    assert "Jepang" in shown
