"""``twincli data diff``: what a file has that the bundled data lacks, and where they disagree."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest

from tests.conftest import Place
from tests.layers.importing import HEADER, MERSTEIN, ONE_PAIR, QUELLSTADT, Bench
from twincli.dataset.models import City, Pair
from twincli.dataset.published import json_schema

COLUMNS = HEADER.strip() + ",since,until,status,kind\n"


@pytest.fixture
def dated(bundled: dict[str, Any]) -> dict[str, Any]:
    """A bundled sister city pair that is active, and of which the year and no more is known."""
    found: dict[str, Any] = next(
        pair
        for pair in bundled["pairs"]
        if pair["kind"] == "sister" and pair["status"] == "active" and len(pair.get("since", "")) == 4
    )
    return found


def row(bundled: dict[str, Any], pair: dict[str, Any], extra: str) -> str:
    """Return a bundled pair as a row, the second city first."""
    cities = {city["id"]: city for city in bundled["cities"]}
    ends = [cities[end] for end in reversed(pair["cities"])]
    cells = [str(value) for city in ends for value in (city["name"], city["country"], city["lat"], city["lon"])]
    return ",".join(f'"{cell}"' for cell in cells) + f",{extra}\n"


def differences(bench: Bench, content: str) -> list[dict[str, Any]]:
    """Return what ``data diff`` gives for a file of this content, held to its schema."""
    found: list[dict[str, Any]] = bench.place.run("data", "diff", bench.write(content)).json
    jsonschema.validate(found, json_schema("data diff"))
    return found


def test_a_lacking_pair_stands_there_as_it_could_be_proposed(bench: Bench) -> None:
    """With its cities and sources, as records of a data file."""
    (found,) = differences(bench, COLUMNS + f"{QUELLSTADT},{MERSTEIN},1990-02,,,\n")
    assert (found["what"], found["pair"], found["line"]) == ("pair", "merstein-quellstadt", 2)
    assert [city["name"] for city in found["cities"]] == ["Merstein", "Quellstadt"]
    pair = Pair.model_validate_json(json.dumps(found["lacking"]["pair"]))
    cities = [City.model_validate_json(json.dumps(city)) for city in found["lacking"]["cities"]]
    assert pair.since == "1990-02"
    assert pair.cities == tuple(city.id for city in cities)
    assert [told.source for told in pair.sources] == [source["id"] for source in found["sources"]]


def test_a_known_city_is_not_lacking(bench: Bench) -> None:
    """Of a lacking pair, only the cities that the bundled data has not are given."""
    (found,) = differences(bench, f"{HEADER}{QUELLSTADT},Jakarta,Indonesia,-6.2,106.8\n")
    assert [city["id"] for city in found["lacking"]["cities"]] == ["quellstadt-de"]


def test_a_pair_that_both_have_alike_is_no_difference(
    bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]
) -> None:
    """The same, in the other order, with the same year; and what a file does not say it does not dispute."""
    assert differences(bench, COLUMNS + row(bundled, dated, f"{dated['since']},,active,sister")) == []
    assert differences(bench, COLUMNS + row(bundled, dated, ",,,")) == []
    assert differences(bench, COLUMNS + row(bundled, dated, ",,unknown,")) == []


def test_disagreements_name_what_both_say(bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]) -> None:
    """Since, until, status and kind, each a difference of its own."""
    found = differences(bench, COLUMNS + row(bundled, dated, "1901,1999,ended,friendship"))
    assert {one["what"]: (one["bundled"], one["file"]) for one in found} == {
        "since": (dated["since"], "1901"),
        "until": (None, "1999"),
        "status": ("active", "ended"),
        "kind": ("sister", "friendship"),
    }
    assert {one["pair"] for one in found} == {dated["id"]}
    assert all(one["lacking"] is None for one in found)


def test_a_more_exact_date_is_a_difference_and_a_less_exact_one_is_not(
    bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]
) -> None:
    """A file that knows the month knows something that the bundled data lacks."""
    (found,) = differences(bench, COLUMNS + row(bundled, dated, f"{dated['since']}-03,,,"))
    assert (found["what"], found["file"]) == ("since", f"{dated['since']}-03")
    exact = next(pair for pair in bundled["pairs"] if len(pair.get("since", "")) == 10)
    assert differences(bench, COLUMNS + row(bundled, exact, f"{exact['since'][:4]},,,")) == []


def test_disagreements_come_first(bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]) -> None:
    """They are few and need a decision; what is lacking may be long."""
    rows = f"{QUELLSTADT},{MERSTEIN},,,,\n" + row(bundled, dated, "1901,,,")
    assert [one["what"] for one in differences(bench, COLUMNS + rows)] == ["since", "pair"]


def test_one_country_can_be_asked_for(bench: Bench) -> None:
    """``--country`` by any name or code; an unknown one is an error that offers the nearest."""
    path = bench.write(f"{HEADER}{QUELLSTADT},{MERSTEIN}\n{QUELLSTADT},Jakarta,Indonesia,-6.2,106.8\n")
    place = bench.place
    assert len(place.run("data", "diff", path, "-c", "Jerman").json) == 2
    assert len(place.run("data", "diff", path, "-c", "ID").json) == 1
    assert len(place.run("data", "diff", path, "-c", "Austria", "-c", "Indonesia").json) == 2
    assert place.run("data", "diff", path, "-c", "France").json == []
    result = place.run("data", "diff", path, "-c", "Germny")
    assert result.status == 1
    assert "Germany" in result.stderr


def test_a_name_without_end_is_unknown(bench: Bench) -> None:
    """However much stands around a country's name."""
    path = bench.write(f"{HEADER}{QUELLSTADT},{MERSTEIN}\n")
    result = bench.place.run("data", "diff", path, "-c", "the " * 1200 + "Congo")
    assert (result.status, result.stdout) == (1, "")
    assert "No country called" in result.stderr


def test_a_layer_can_be_compared_by_its_name(bench: Bench, bundled: dict[str, Any]) -> None:
    """What is installed need not be found again, and kinds that nobody stated dispute nothing."""
    intent = next(pair for pair in bundled["pairs"] if pair["kind"] == "intent")
    bench.bring(COLUMNS + f"{QUELLSTADT},{MERSTEIN},,,,\n" + row(bundled, intent, ",,,"))
    (found,) = bench.place.run("data", "diff", "mine").json
    assert found["pair"] == "merstein-quellstadt"


def test_nothing_is_installed(bench: Bench) -> None:
    """A comparison leaves no layer behind."""
    differences(bench, ONE_PAIR)
    assert bench.state() == {}


def test_rows_that_cannot_be_taken_are_mentioned(bench: Bench) -> None:
    """So that nobody takes the comparison for complete."""
    result = bench.place.run("data", "diff", bench.write(f"{ONE_PAIR}{QUELLSTADT},{QUELLSTADT}\n"))
    assert "1 of 2 rows" in result.stderr
    assert bench.place.run("data", "diff", bench.write(HEADER + f"{QUELLSTADT},{QUELLSTADT}\n")).status == 1


def test_people_see_both_sorts_and_how_many(bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]) -> None:
    """On a terminal the disagreements stand above what is lacking, and the totals below."""
    path = bench.write(COLUMNS + f"{QUELLSTADT},{MERSTEIN},1990,,,\n" + row(bundled, dated, "1901,,,"))
    shown = bench.place.table("data", "diff", path)
    assert shown.stdout.index("1901") < shown.stdout.index("Quellstadt, DE")
    assert "1 disagreement · 1 pair lacking" in shown.stdout
    assert all(len(line) <= 80 for line in shown.lines)
    nothing = bench.place.table("data", "diff", bench.write(COLUMNS + row(bundled, dated, ",,,")))
    assert nothing.stdout.strip() == "The bundled data has all that the file has."


def test_differences_are_rows_of_a_table(bench: Bench) -> None:
    """CSV and TSV have a row a difference, with both cities and the references."""
    text = bench.place.run("data", "diff", bench.write(ONE_PAIR), "--format", "csv").stdout
    (found,) = csv.DictReader(io.StringIO(text))
    assert (found["what"], found["city1"], found["country2"]) == ("pair", "Merstein", "DE")
    assert found["sources"].startswith("file:///")


def test_stdin_can_be_compared(place: Place) -> None:
    """``-`` needs no name here, since nothing is kept."""
    assert place.run("data", "diff", "-", stdin=ONE_PAIR.encode()).json[0]["what"] == "pair"


def test_what_is_to_be_typed_can_be_typed(place: Place) -> None:
    """The command that tells of the rows refused is one that runs: quoted, with its columns, and for stdin with -."""
    path = place.folder / "my pairs.csv"
    path.write_text(f"Stadt,L,x,y,Ort,K,u,v\n{QUELLSTADT},{MERSTEIN}\n{QUELLSTADT},Nowhere,,,\n", "utf-8")
    columns = "city1,country1,lat1,lng1,city2,country2,lat2,lng2"
    result = place.run("data", "diff", str(path), "--columns", columns)
    assert result.status == 0
    command = result.stderr.rpartition("see: ")[2]
    pasted = place.shell(command)
    assert pasted.returncode == 0, command
    piped = place.run("data", "diff", "-", "--columns", columns, stdin=path.read_bytes())
    assert "twincli data import - " in piped.stderr


def test_not_all_is_there_where_rows_were_refused(bench: Bench, bundled: dict[str, Any], dated: dict[str, Any]) -> None:
    """The bundled data is not said to have all of a file of which a row could not be read."""
    path = bench.write(f"{COLUMNS}{row(bundled, dated, dated['since'] + ',,,')}{QUELLSTADT},Nowhere,,,,,,,\n")
    shown = bench.place.table("data", "diff", path).stdout
    assert "all that can be taken from the file" in shown
