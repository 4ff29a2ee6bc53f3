"""Every form of every answer: a matrix in which nothing is half-wired."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place

COMMANDS = (
    ("list", "-c", "Indonesia"),
    ("show", "Jakarta"),
    ("show", "Jakarta", "Rotterdam"),
    ("show", "Jakarta", "Bandung"),
    ("explain",),
    ("explain", "benefits"),
    ("explain", "benefits", "--section", "1"),
    ("explain", "--all"),
    ("search", "Jakarta"),
    ("stats",),
    ("stats", "--by", "country"),
    ("stats", "--by", "decade"),
    ("stats", "--by", "component"),
    ("path", "Bandung", "Reykjavík"),
    ("map", "--city", "Jakarta"),
    ("anniversaries", "--year", "2027", "--status", "active"),
    ("data", "info"),
    ("data", "schema"),
    ("data", "schema", "list"),
)


def cells(line: str) -> list[str]:
    """Return the cells of a row of a Markdown table, as a reader of Markdown splits them."""
    inner = line.removeprefix("| ").removesuffix(" |")
    return [cell.strip() for cell in re.split(r"(?<!\\)(?:\\\\)*\|", inner)]


def records(place: Place, command: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the records of an answer, from its JSON Lines."""
    return [json.loads(line) for line in place.run(*command, "--format", "jsonl").lines]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_is_one_document(place: Place, command: tuple[str, ...]) -> None:
    """JSON is one text that a strict reader takes, ending in a line break, the same with ``--json``."""
    result = place.run(*command, "--format", "json")
    assert (result.status, result.stderr) == (0, "")
    assert isinstance(result.json, list | dict)
    assert result.stdout.endswith("\n")
    assert place.run(*command, "--json").stdout == result.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_json_lines_are_whole_records(place: Place, command: tuple[str, ...]) -> None:
    """Each line of JSON Lines is an object for itself, the same in the JSON where that is a list."""
    result = place.run(*command, "--format", "jsonl")
    assert (result.status, result.stderr) == (0, "")
    listed = [json.loads(line) for line in result.lines]
    assert all(isinstance(record, dict) for record in listed)
    document = place.run(*command, "--json").json
    if isinstance(document, list):
        assert listed == document
    elif "pairs" in document and isinstance(document["pairs"], list):
        assert listed == document["pairs"]
    elif "pair" in document:
        assert listed == [document["pair"]] * bool(document["pair"])


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_separated_values_have_a_row_a_record(place: Place, command: tuple[str, ...], form: str) -> None:
    """CSV and TSV have a header of different names and as many cells in every row, one row and one line a record."""
    result = place.run(*command, "--format", form)
    assert (result.status, result.stderr) == (0, "")
    rows = list(csv.reader(io.StringIO(result.stdout), dialect="excel-tab" if form == "tsv" else "excel"))
    header = rows[0]
    assert len(set(header)) == len(header) > 2
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in header)
    assert {len(row) for row in rows} == {len(header)}
    assert len(rows) - 1 == len(records(place, command))
    assert len(result.lines) == len(rows)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_markdown_is_a_table_or_a_note(place: Place, command: tuple[str, ...]) -> None:
    """Markdown is a table with a row a record, or a note with its title and numbered sources."""
    result = place.run(*command, "--format", "markdown")
    assert (result.status, result.stderr) == (0, "")
    if command[0] == "explain" and len(command) > 1:
        for note in records(place, command):
            assert f"# {note['title']['en']}\n" in result.stdout
            assert note["body"]["en"] in result.stdout
            for number, source in enumerate(note["sources"], 1):
                assert re.search(rf"^{number}\. .* <{re.escape(source['url'])}>$", result.stdout, re.MULTILINE)
        return
    header, rule, *rows = result.lines
    assert header.startswith("| ")
    assert all(re.fullmatch(r"-+:?", cell) for cell in cells(rule))
    assert {len(cells(line)) for line in result.lines} == {len(cells(header))}
    assert len(rows) == len(records(place, command))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_tables_are_for_people(place: Place, command: tuple[str, ...]) -> None:
    """The form for people is text without JSON, without spaces at the ends of lines, and without control characters."""
    result = place.run(*command, "--format", "table")
    assert (result.status, result.stderr) == (0, "")
    assert result.stdout.strip()
    assert not result.stdout.startswith(("{", "["))
    assert not re.search(r"[ \t]$", result.stdout, re.MULTILINE)
    assert not re.search(r"[^\S\n ]|[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.stdout)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "markdown", "table"])
def test_findings_have_every_form(place: Place, small: dict[str, Any], write: Callable[[Any], Path], form: str) -> None:
    """What ``data check`` finds comes in every form, each finding with its record, its field and its reason."""
    small["pairs"][0]["status"] = "lively"
    small["pairs"][1]["until"] = "1066-13"
    path = str(write(small))
    findings = place.run("data", "check", path, "--json").json
    assert {(finding["record"], finding["field"]) for finding in findings if finding["severity"] == "error"} == {
        (small["pairs"][0]["id"], "status"),
        (small["pairs"][1]["id"], "until"),
    }
    result = place.run("data", "check", path, "--format", form)
    assert (result.status, result.stderr) == (1, "")
    for finding in findings:
        assert any(
            finding["record"] in line and finding["field"] in line.replace("\\", "")
            for line in result.lines
            if finding["record"]
        )
    if form in {"csv", "tsv", "jsonl"}:
        assert len(result.lines) - (form != "jsonl") == len(findings)


@pytest.mark.parametrize("command", [("list", "-c", "ID"), ("explain",), ("explain", "--all")], ids=" ".join)
def test_a_list_in_json_is_one_record_a_line(place: Place, command: tuple[str, ...]) -> None:
    """In JSON too each record of a list is on a line of its own, so that grep and a diff serve."""
    result = place.run(*command, "--json")
    assert result.lines[0] == "["
    assert result.lines[-1] == "]"
    assert all(line.endswith(",") for line in result.lines[1:-2])
    assert [json.loads(line.removesuffix(",")) for line in result.lines[1:-1]] == result.json


def test_a_card_in_json_is_one_record_a_line(place: Place) -> None:
    """In the JSON of a card each pair, and each common partner, is on a line of its own."""
    card = place.run("show", "Jakarta")
    assert [json.loads(line.removesuffix(",")) for line in card.lines[2:-1]] == card.json["pairs"]
    pair = place.run("show", "Jakarta", "Rotterdam")
    assert pair.json["common"]
    assert [json.loads(line.removesuffix(",")) for line in pair.lines[2:-1]] == pair.json["common"]


def test_letters_are_not_escaped(place: Place) -> None:
    """JSON has names as they are written, not as numbers of letters."""
    text = place.run("list", "-c", "Türkiye", "--with", "Indonesia").stdout
    assert "Ödemiş" in text
    assert "\\u" not in text
