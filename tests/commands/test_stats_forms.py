"""What ``twincli stats`` shows at a glance, and the forms that its counts take."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.commands.test_stats import counted, each
from tests.conftest import Place
from twincli.dataset.published import json_schema
from twincli.vocabulary import Grouping

Record = dict[str, Any]


# --- at a glance ------------------------------------------------------------------------------------------------


def test_the_overview_counts_what_there_is(place: Place, everything: list[Record]) -> None:
    """Without ``--by``: sizes, dates, sources, and the pairs that stand out."""
    view = place.run("stats").json
    assert view["pairs"] == len(everything)
    assert view["cities"] == len(each(everything, "id"))
    assert view["countries"] == len(each(everything, "country"))
    assert view["dated"] == sum(pair["since"] is not None for pair in everything)
    assert view["sourced_twice"] == sum(len(pair["sources"]) > 1 for pair in everything)
    for key, attribute in (("kinds", "kind"), ("statuses", "status"), ("confidences", "confidence")):
        assert view[key] == Counter(pair[attribute] for pair in everything)
    since = [pair["since"] for pair in everything if pair["since"]]
    assert (view["oldest"]["since"], view["newest"]["since"]) == (min(since), max(since))
    assert view["longest"]["distance_km"] == max(pair["distance_km"] for pair in everything)
    assert view["longest"] in everything
    assert view["most_connected"][0]["pairs"] == max(each(everything, "id").values())


def test_the_overview_of_a_country_is_its_own(place: Place) -> None:
    """With filters the cities and countries are those at both ends, and the most connected ones that country's."""
    pairs = place.run("list", "-c", "Indonesia").json
    view = place.run("stats", "-c", "Indonesia").json
    assert view["cities"] == len(each(pairs, "id"))
    assert view["countries"] == len(each(pairs, "country"))
    assert view["most_connected"][0]["value"].endswith("-id")
    assert view["longest"]["cities"][0]["country"] == "ID"


def test_the_overview_fits_one_screen(place: Place) -> None:
    """At 80 columns and 24 lines nothing scrolls away, and nothing is wider than the screen, in both languages."""
    for lang in ("en", "id"):
        result = place.table("stats", "--lang", lang)
        assert len(result.lines) + len(result.stderr.splitlines()) < 24
        assert max(map(len, [*result.lines, *result.stderr.splitlines()])) <= 80


# --- forms ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "arguments"),
    [
        ("stats", []),
        ("stats", ["-c", "Indonesia", "--since", "1901"]),
        ("stats --by decade", ["--by", "decade"]),
        ("stats --by component", ["--by", "component"]),
        *(("stats --by", ["--by", by]) for by in Grouping if by not in {Grouping.DECADE, Grouping.COMPONENT}),
    ],
)
def test_the_json_is_as_published(place: Place, document: str, arguments: list[str]) -> None:
    """Every way of counting holds to its schema, does not depend on the language, and is the same every time."""
    result = place.run("stats", *arguments)
    Draft202012Validator(json_schema(document)).validate(result.json)
    assert place.run("stats", *arguments, "--lang", "id").stdout == result.stdout


@pytest.mark.parametrize("by", list(Grouping))
def test_spreadsheets_get_a_row_a_group(place: Place, by: Grouping) -> None:
    """CSV has the groups of the JSON, with raw numbers under stable names."""
    rows = list(csv.DictReader(io.StringIO(place.run("stats", "--by", by, "--format", "csv").stdout)))
    groups = counted(place, by)
    assert [(row["value"], int(row["pairs"])) for row in rows] == [
        (group["value"] or "", group["pairs"]) for group in groups
    ]
    if by is Grouping.DECADE:
        assert [int(row["ended"]) for row in rows] == [group["ended"] for group in groups]


@pytest.mark.parametrize("name", ["jsonl", "tsv", "markdown"])
@pytest.mark.parametrize("arguments", [["--by", "country"], ["--by", "decade"], ["--by", "component"], []])
def test_other_forms_give_the_same(place: Place, name: str, arguments: list[str]) -> None:
    """Each format has a line a group, or a line a measure of the overview, as CSV has."""
    rows = len(place.run("stats", *arguments, "--format", "csv").lines) - 1
    heading = {"jsonl": 0, "tsv": 1, "markdown": 2}[name]
    assert len(place.run("stats", *arguments, "--format", name).lines) - heading == rows


def test_the_measures_of_the_overview_are_rows(place: Place) -> None:
    """In CSV the overview is a measure a row: what is measured, of what, and its value."""
    rows = list(csv.DictReader(io.StringIO(place.run("stats", "--format", "csv").stdout)))
    view = place.run("stats").json
    values = {(row["measure"], row["of"]): row["value"] for row in rows}
    assert values["pairs", ""] == str(view["pairs"])
    assert values["kind", "sister"] == str(view["kinds"]["sister"])
    assert values["oldest", view["oldest"]["id"]] == view["oldest"]["since"]
    assert values["longest", view["longest"]["id"]] == str(view["longest"]["distance_km"])


# --- bars -------------------------------------------------------------------------------------------------------


def bars(lines: list[str]) -> list[str]:
    """Return the bars at the ends of lines."""
    return [match[0] for line in lines if (match := re.search(r"[▏▎▍▌▋▊▉█#]+$", line))]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_bars_fill_the_terminal(place: Place, width: int) -> None:
    """The largest group's bar reaches the edge, the others are as long as their number, and nothing is wider."""
    for by in ("country", "region-pair", "distance", "component"):
        lines = place.table("stats", "--by", by, "--top", "5", width=width).lines
        assert max(map(len, lines)) == width
    groups = counted(place, "country", "--top", "5")
    lengths = list(map(len, bars(place.table("stats", "--by", "country", "--top", "5", width=width).lines)))
    for group, length in zip(groups, lengths, strict=True):
        assert abs(length - max(lengths) * group["pairs"] / groups[0]["pairs"]) <= 1


def test_a_group_that_is_not_empty_has_a_bar(place: Place) -> None:
    """However small its part, every group can be seen; what is unknown has a number and no bar."""
    lines = place.table("stats", "--by", "decade").lines
    known = [line for line in lines if re.match(r"\d{4}s", line)]
    assert len(known) == len(counted(place, "decade")) - 1
    assert all(re.search(r"[▏▎▍▌▋▊▉█]", line) for line in known)
    (unknown,) = (line for line in lines if line.startswith("year unknown"))
    assert not re.search(r"[▏▎▍▌▋▊▉█]", unknown)


def test_terminals_without_blocks_get_plain_bars(place: Place) -> None:
    """Where the encoding has no block characters, bars are drawn with a plain sign."""
    result = place.run("stats", "--by", "kind", tty=True, encoding="ascii", environ={"COLUMNS": "80", "NO_COLOR": "1"})
    assert bars(result.lines)
    assert result.stdout.isascii()


def test_the_groups_are_said_in_the_language_spoken(place: Place) -> None:
    """Indonesian has its names, decades, numbers and shares."""
    countries = place.table("stats", "--by", "country", "--top", "5", "--lang", "id").stdout
    assert "Amerika Serikat" in countries
    assert re.search(r"\d,\d%", countries)
    assert "1990-an" in place.table("stats", "--by", "decade", "--lang", "id").stdout
    assert "kota bersaudara" in place.table("stats", "--by", "kind", "--lang", "id").stdout
