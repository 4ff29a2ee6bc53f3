"""Tables and cards in the width that there is: names whole, nothing beyond the edge, warnings never hidden."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import Any

import pytest
from rich.cells import cell_len

from tests.conftest import Place

WIDTHS = (60, 80, 120)
COMMANDS = (
    ("list", "-c", "Indonesia"),
    ("list", "-c", "Wales", "-c", "China"),
    ("list", "--region", "Oceania"),
    ("list", "--status", "ended", "--status", "suspended"),
    ("list", "--city", "Toledo"),
    ("list", "-c", "Indonesia", "--sort", "since"),
    ("show", "Jakarta"),
    ("show", "Jakarta", "Rotterdam"),
    ("show", "Jakarta", "Bandung"),
    ("explain",),
    ("explain", "benefits"),
    ("explain", "history", "--lang", "id"),
    ("data", "schema", "explain TOPIC"),
)
PASTED = re.compile(r"^ *(https?://\S+|twincli .+)$")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal(place: Place, command: tuple[str, ...], width: int) -> None:
    """Nothing runs beyond the edge but an address or a command, which are kept in one piece to be copied."""
    result = place.table(*command, width=width)
    assert result.status == 0
    assert [line for line in result.lines if cell_len(line) > width and not PASTED.match(line)] == []
    assert "…" not in result.stdout or command[0] == "explain"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_city_s_name_is_cut(place: Place, width: int) -> None:
    """Every word of every city's name in a list stands whole in the table, however narrow."""
    for country in ("Indonesia", "United States", "France"):
        pairs = place.run("list", "-c", country, "-n", "250").json
        words = set(place.table("list", "-c", country, "-n", "250", width=width).stdout.replace(",", " ").split())
        for pair in pairs:
            for city in pair["cities"]:
                assert set(city["name"].replace(",", " ").split()) <= words


def test_columns_give_way_before_names(place: Place) -> None:
    """The narrower, the fewer columns; the city, its partner, the year and the status stay to the last."""
    headings = [
        place.table("list", "-c", "Indonesia", width=width).lines[0].split() for width in (70, 80, 120, 160, 300)
    ]
    assert all(set(narrow) <= set(wide) for narrow, wide in itertools.pairwise(headings))
    assert len(headings[0]) < len(headings[-1])
    assert headings[0] == ["City", "Partner", "Country", "Since", "Status"]


@pytest.mark.parametrize("width", [70, 80])
def test_hidden_columns_are_told_once(place: Place, width: int) -> None:
    """Where columns are hidden, one line on stderr says how many and how to see them."""
    result = place.table("list", "-c", "Indonesia", width=width)
    hidden = len(place.table("list", "-c", "Indonesia", width=300).lines[0].split()) - len(result.lines[0].split())
    assert result.stderr.count("hidden") == 1
    assert f"{hidden} columns hidden" in result.stderr
    assert "--format csv" in result.stderr
    assert "hidden" not in place.table("list", "-c", "Indonesia", width=300).stderr


def test_off_a_terminal_a_table_has_its_natural_width(place: Place) -> None:
    """A table forced into a pipe is cut and folded nowhere: every column, one line a pair."""
    pairs = place.run("list", "-c", "Indonesia").json
    result = place.run("list", "-c", "Indonesia", "--format", "table")
    header, *rows = result.lines
    assert header.split()[-1] == "Sources"
    assert rows.index("") == len(pairs)
    for row, pair in zip(rows, pairs, strict=False):
        assert pair["cities"][1]["name"] in row
        assert row.split()[-1] == str(len(pair["sources"]))
    assert not result.stderr


def test_columns_counts_off_a_terminal_too(place: Place) -> None:
    """Where COLUMNS is set, a table in a pipe keeps to it."""
    result = place.run("list", "-c", "Indonesia", "--format", "table", environ={"COLUMNS": "70"})
    assert max(map(cell_len, result.lines)) <= 70


# --- what must not be overlooked --------------------------------------------------------------------------------------


def _lines_of(shown: str, name: str) -> list[str]:
    """Return the table's lines on which the row of a partner begins."""
    return [line for line in shown.splitlines() if name in line]


@pytest.mark.parametrize(("status", "word"), [("suspended", "suspended"), ("ended", "ended"), ("dormant", "dormant")])
def test_what_is_over_is_visible_at_80_columns(place: Place, status: str, word: str) -> None:
    """A pair that is suspended, ended or dormant says so in its row, with the year, in lists and on cards."""
    pairs = place.run("list", "--status", status, "-n", "12").json
    shown = place.table("list", "--status", status, "-n", "12", width=80).stdout
    assert len(re.findall(rf"\b{word}(?: \(\d{{4}}\))?", shown)) >= len(pairs)
    for pair in pairs:
        one, other = pair["cities"]
        card = place.table("show", one["id"], width=80).stdout
        rows = _lines_of(card, other["name"].split()[0])
        assert any(word in row for row in rows), (one["id"], other["id"])


def test_a_mere_letter_of_intent_is_visible_at_80_columns(place: Place) -> None:
    """A letter of intent must not pass for a sister city, though the column of kinds is hidden."""
    pairs = place.run("list", "--kind", "intent", "-n", "12").json
    shown = place.table("list", "--kind", "intent", "-n", "12", width=80)
    assert "Kind" not in shown.lines[0]
    assert shown.stdout.count("intent") == len(pairs)
    wide = place.table("list", "--kind", "intent", "-n", "12", width=200).stdout
    assert wide.count("letter of intent") == len(pairs)


def test_weak_evidence_is_visible_at_80_columns(place: Place) -> None:
    """A weakly attested pair has a mark in its row, and the mark is explained below the table."""
    pairs = place.run("list", "--confidence", "low", "--undisputed", "-n", "12").json
    shown = place.table("list", "--confidence", "low", "--undisputed", "-n", "12", width=80).stdout
    table, legend = shown.rsplit("\n\n", 1)
    assert table.count("?") == len(pairs)
    assert "? weakly attested" in " ".join(legend.split())
    strong = place.table("list", "--confidence", "high", "--undisputed", "-n", "12", width=80).stdout
    assert "?" not in strong


def test_disputes_are_visible_at_80_columns(place: Place) -> None:
    """A pair on which sources disagree has a mark in its row, and the mark is explained below the table."""
    pairs = place.run("list", "--disputed", "-n", "12").json
    shown = place.table("list", "--disputed", "-n", "12", width=80).stdout
    table, legend = shown.rsplit("\n\n", 1)
    assert table.count("!") == len(pairs)
    assert "! sources disagree" in " ".join(legend.split())


def test_a_status_never_stands_without_its_year(place: Place) -> None:
    """In every row the status is followed by the year in which it was last attested, where there is one."""
    pairs = place.run("list", "-c", "Indonesia").json
    rows = place.run("list", "-c", "Indonesia", "--format", "table").lines[1:]
    for row, pair in zip(rows, pairs, strict=False):
        assert (f"{pair['status']} ({pair['as_of']})" if pair["as_of"] else pair["status"]) in row


def test_the_line_of_totals_adds_up(place: Place) -> None:
    """Below the table stands how many pairs there are, and how many of each status."""
    for arguments in (["-c", "Indonesia"], ["--kind", "border"], ["--city", "Jakarta"]):
        pairs: list[dict[str, Any]] = place.run("list", *arguments).json
        last = next(line for line in place.table("list", *arguments, width=200).lines[::-1] if " pairs: " in line)
        assert last.startswith(f"{len(pairs)} pairs: ")
        counts = {status: int(count) for count, status in re.findall(r"(\d+) (active|dormant|suspended|ended)\b", last)}
        for status in ("active", "dormant", "suspended", "ended"):
            assert counts.get(status, 0) == sum(pair["status"] == status for pair in pairs)


def test_pairs_of_one_city_stand_under_its_name(place: Place) -> None:
    """With one city asked for, it is the heading and no column; else a city's name stands at the first of its pairs."""
    one = place.table("list", "--city", "Jakarta").lines
    assert one[0].startswith("Jakarta, ")
    assert one[2].split()[:2] == ["Partner", "Country"]
    several = place.run("list", "-c", "Indonesia", "--format", "table").lines
    assert sum(line.startswith("Jakarta ") for line in several) == 1
    by_date = place.run("list", "-c", "Indonesia", "--sort", "since", "--format", "table").lines
    assert sum(line.startswith("Jakarta ") for line in by_date) > 1


def test_cities_of_one_name_are_told_apart(place: Place) -> None:
    """In a list each stands with its province above pairs that are its own, none among another's."""
    pairs = [pair for pair in place.run("list", "-c", "US").json if pair["cities"][0]["name"] == "Columbus"]
    ids = [pair["cities"][0]["id"] for pair in pairs]
    assert len(set(ids)) > 2
    assert ids == sorted(ids)
    shown = place.table("list", "-c", "US", width=200).lines
    for id_ in set(ids):
        province = next(pair["cities"][0]["admin"] for pair in pairs if pair["cities"][0]["id"] == id_)
        (first,) = [number for number, line in enumerate(shown) if line.startswith(f"Columbus ({province})")]
        after = next(number for number in range(first + 1, len(shown)) if not shown[number].startswith(" "))
        block = "\n".join(shown[first:after])
        assert [pair["cities"][1]["name"] in block for pair in pairs] == [one == id_ for one in ids]


def test_other_kinds_do_not_pass_for_sister_cities_at_80_columns(place: Place) -> None:
    """Projects, border twins, conurbations and twin capitals say so where the column of kinds is hidden."""
    words = {"project": "project,", "border": "border twin,", "conurbation": "conurbation,", "capital": "twin capital,"}
    shown = place.table("list", "-c", "ID", "-c", "BR", "-c", "NL", width=80)
    assert "Kind" not in shown.lines[0]
    pairs = Counter(pair["kind"] for pair in place.run("list", "-c", "ID", "-c", "BR", "-c", "NL").json)
    text = " ".join(shown.stdout.split())
    assert {kind: text.count(word) for kind, word in words.items()} == {kind: pairs[kind] for kind in words}
    assert all(pairs[kind] for kind in words)


def test_what_the_year_behind_a_status_means_is_said(place: Place) -> None:
    """Where a row has one, a line below the table explains it."""
    assert "(year) of the newest source" in place.table("show", "Jakarta").stdout


def test_pairs_within_a_country_are_told_of(place: Place) -> None:
    """Below the list of a country, since a city's partner may stand under the other city."""
    within = sum(len({city["country"] for city in pair["cities"]}) == 1 for pair in place.run("list", "-c", "ID").json)
    assert within > 1
    said = f"{within} pairs within the country stand under one of their cities only; twincli show has all of a city"
    assert said in place.table("list", "-c", "ID").stderr.splitlines()
    assert "within the country" not in place.table("list", "--city", "Surabaya").stderr
    assert "within the country" not in place.table("list", "-n", "0").stderr
