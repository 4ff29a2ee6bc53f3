"""CSV and TSV: what programs and spreadsheets make of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Place
from twincli.render.csv_format import _cell

# Published: scripts and spreadsheets rely on these names in this order; new ones go to the end.
COLUMNS = (
    "id,city1,country1,city2,country2,kind,status,as_of,since,until,fields,disputed,confidence,distance_km,"
    "city1_id,country1_name,admin1,lat1,lon1,city2_id,country2_name,admin2,lat2,lon2,sources,note,note_id"
)


def rows_of(text: str, *, form: str = "csv") -> list[dict[str, str]]:
    """The rows as Python's own reader finds them."""
    return list(csv.DictReader(io.StringIO(text), dialect="excel-tab" if form == "tsv" else "excel"))


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_columns_are_stable(place: Place, form: str) -> None:
    """The header begins with the published columns, in their order, on every view of pairs, in every language."""
    separator = "\t" if form == "tsv" else ","
    for command in (
        ("list", "-n", "1"),
        ("show", "Jakarta"),
        ("show", "Jakarta", "Rotterdam"),
        ("list", "--since", "1066"),
    ):
        for language in ("en", "id"):
            header = place.run(*command, "--format", form, "--lang", language).lines[0]
            assert header.split(separator)[: len(COLUMNS.split(","))] == COLUMNS.split(",")


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_every_pair_is_one_row_with_its_values(place: Place, form: str) -> None:
    """Each pair of the JSON is one line; numbers, truth values, lists and texts are those of the JSON."""
    pairs = place.run("list", "--country", "Indonesia", "--json").json
    result = place.run("list", "--country", "Indonesia", "--format", form)
    rows = rows_of(result.stdout, form=form)
    assert len(result.lines) == len(rows) + 1
    for pair, row in zip(pairs, rows, strict=True):
        assert row["id"] == pair["id"]
        assert (row["city1"], row["city2"]) == tuple(city["name"] for city in pair["cities"])
        assert [float(row["lat1"]), float(row["lon2"])] == [pair["cities"][0]["lat"], pair["cities"][1]["lon"]]
        assert int(row["distance_km"]) == pair["distance_km"]
        assert row["disputed"] == ("true" if pair["disputed"] else "false")
        assert row["fields"].split(";") == (pair["fields"] or [""])
        assert row["sources"].split() == [source["url"] for source in pair["sources"]]
        assert row["note"] == (pair["note"] or {}).get("en", "")


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("A;=1+1;B", "A;'=1+1;B"),  # where Excel splits at semicolons, this would be three cells
        ("A; @B", "A;' @B"),
        ("A-B = C", "A-B = C"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("A, B", "A, B"),
    ],
)
def test_no_text_runs_as_a_formula(
    small: dict[str, Any], write: Callable[[Any], Path], place: Place, form: str, name: str, cell: str
) -> None:
    """A city or a note called like a formula has an apostrophe where a program would see one, and is kept else."""
    (pair,) = small["pairs"] = [pair for pair in small["pairs"] if pair["id"] == "jakarta-rotterdam"]
    pair["note"] = {"en": name}
    next(city for city in small["cities"] if city["id"] == "jakarta-id")["name"] = name
    (row,) = rows_of(place.run("list", "--format", form, "--data", str(write(small))).stdout, form=form)
    assert {row["city1"], row["city2"]} == {cell, "Rotterdam"}
    assert row["note"] == cell


def test_southern_latitudes_stay_numbers(place: Place) -> None:
    """A number below zero is no formula, and has no apostrophe."""
    rows = rows_of(place.run("list", "--city", "Jakarta", "--format", "csv").stdout)
    assert all(row["lat1"].startswith("-6.") for row in rows)


@given(st.text(alphabet=st.sampled_from(list("=+-@＝;\t\r\n \0\ufeff\u200b'a")), max_size=8))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    """Whatever a spreadsheet strips first, and wherever it splits at semicolons, no piece begins like a formula."""
    cell = str(_cell(text))
    assert cell.replace("'", "") == text.replace("'", "")
    for piece in cell.split(";"):
        assert not piece.startswith(("\t", "\r", "\n", "\0"))
        assert not piece.lstrip(" \t\r\n\0\ufeff\u200b").startswith(("=", "+", "-", "@", "＝"))


def test_lines_end_as_on_unix(place: Place) -> None:
    """No carriage return stands in the way of grep, cut and head."""
    assert "\r" not in place.run("list", "-n", "3", "--format", "csv").stdout
