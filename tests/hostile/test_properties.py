"""What holds whatever a file or a command line holds: a right answer, or one sentence."""

from __future__ import annotations

import copy
import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import Place, Result
from tests.hostile.strategies import FEW, MANY, canonical, numbers, strange, texts, values, words
from twincli.dataset.problems import Refusal
from twincli.layers.readers.columns import recognise
from twincli.layers.values import tidy
from twincli.layers.wikidata.answers import MalformedAnswer, rows_of
from twincli.text import clean, is_unsafe

HEADER = ("city1", "country1", "lat1", "lon1", "city2", "country2", "lat2", "lon2")
ROW = ("Quellstadt", "Germany", "50.1", "9.9", "Merstein", "Austria", "47.5", "14.5")
FORMS = ("json", "jsonl", "csv", "tsv", "markdown", "table", "geojson", "graphml")


def is_safe(result: Result) -> bool:
    """Tell whether nothing in the output acts on a terminal, and a refusal is one sentence."""
    shown = result.stdout + result.stderr
    is_clean = not any(is_unsafe(letter) for letter in shown if letter not in "\n\t")
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    return is_clean and result.status in {0, 1, 2} and (result.status == 0 or bool(result.stdout) or len(errors) == 1)


def bring(place: Place, content: bytes, name: str = "mine.csv") -> Result:
    """Tell what an import of a file would be."""
    path = place.folder / name
    path.write_bytes(content)
    return place.run("data", "import", str(path), "--name", "mine", "--dry-run")


def checked(place: Place, content: bytes) -> tuple[list[dict[str, Any]], Result]:
    """Return the errors that a check of a data file finds, and what ``list`` answers from it."""
    path = place.folder / "mine.json"
    path.write_bytes(content)
    check, listed = place.run("data", "check", str(path)), place.run("list", "--data", str(path))
    assert is_safe(check), check
    assert is_safe(listed), listed
    return [problem for problem in check.json if problem["severity"] == "error"], listed


# --- texts ------------------------------------------------------------------------------------------------------------


@MANY
@given(texts)
def test_a_cleaned_text_acts_on_nothing(text: str) -> None:
    """And is as long as before; cleaning it again changes nothing."""
    cleaned = clean(text)
    assert not any(map(is_unsafe, cleaned))
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned


@MANY
@given(texts)
def test_a_tidy_text_can_stand_in_a_data_file(text: str) -> None:
    """What an import takes for a name is safe to show, without blanks around it, and stays as it is."""
    try:
        taken = tidy(text)
    except Refusal:
        return
    assert not any(map(is_unsafe, taken))
    assert taken == taken.strip() == tidy(taken)


# --- data files -------------------------------------------------------------------------------------------------------


@FEW
@given(st.binary(max_size=300), st.sampled_from([b"", b"{", b'{"cities": [', b"\xef\xbb\xbf{", b"{\n"]))
def test_any_bytes_as_a_data_file(sealed: Place, content: bytes, head: bytes) -> None:
    """Are bad data, which check and list agree on."""
    errors, listed = checked(sealed, head + content)
    assert errors
    assert listed.status == 1


@FEW
@given(st.data())
def test_a_data_file_from_which_something_is_cut(sealed: Place, small: dict[str, Any], data: st.DataObject) -> None:
    """Is either still sound, or bad data: never does list answer what the check refuses, or the other way round."""
    text = data.draw(st.sampled_from([canonical(small), json.dumps(small), json.dumps(small, indent=1)]))
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(1, 40))
    errors, listed = checked(sealed, (text[:start] + text[end:]).encode())
    if all("stands there twice" not in error["reason"] for error in errors):
        assert (listed.status == 0) == (not errors), (errors, listed)


@FEW
@given(st.data(), values | numbers)
def test_a_data_file_in_which_something_else_stands(
    sealed: Place, small: dict[str, Any], data: st.DataObject, value: Any
) -> None:
    """Any value in the place of any other: check and list agree, and what is answered is what the file says."""
    section = data.draw(st.sampled_from(["cities", "sources", "pairs"]))
    record = data.draw(st.sampled_from(small[section]))
    key = data.draw(st.sampled_from(sorted(record)))
    changed = copy.deepcopy(small)
    next(each for each in changed[section] if each["id"] == record["id"])[key] = "PLACE"
    written = value if isinstance(value, str) and value in {"NaN", "1e999"} else json.dumps(value)
    text = canonical(changed) if data.draw(st.booleans()) else json.dumps(changed)
    text = text.replace('"PLACE"', written)
    errors, listed = checked(sealed, text.encode())
    assert (listed.status == 0) == (not errors), (errors, listed)
    if not errors:
        assert {pair["id"] for pair in listed.json} == {pair["id"] for pair in json.loads(text)["pairs"]}


def _dressed(small: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a data file of one pair with a strange text wherever any may stand."""
    changed = copy.deepcopy(small)
    changed["pairs"] = [pair for pair in changed["pairs"] if pair["id"] == "jakarta-rotterdam"]
    changed |= {"title": text, "attribution": text}
    for city in changed["cities"]:
        city |= {"name": text, "admin": text, "names": {"id": text, "native": [text], "former": [text], "also": [text]}}
    for source in changed["sources"]:
        source |= {"title": text, "publisher": text}
    for statement in changed["pairs"][0]["sources"]:
        statement["says"] = text
    changed["pairs"][0]["note"] = {"en": text, "id": text}
    return changed


@FEW
@given(strange)
def test_a_strange_text_comes_out_as_it_went_in(sealed: Place, small: dict[str, Any], text: str) -> None:
    """In every format, as that format writes texts; nothing of it is taken for markup, a formula or a cell's end."""
    path = sealed.folder / "strange.json"
    path.write_text(json.dumps(_dressed(small, text)), "utf-8")
    answers = {form: sealed.run("list", "--data", str(path), "--format", form) for form in FORMS}
    assert all(is_safe(answer) and answer.status == 0 for answer in answers.values()), answers
    (pair,) = answers["json"].json
    assert pair["cities"][0]["name"] == pair["note"]["en"] == pair["sources"][0]["says"] == text
    assert json.loads(answers["jsonl"].stdout) == pair
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        (row,) = csv.DictReader(io.StringIO(answers[form].stdout, newline=""), delimiter=delimiter, strict=True)
        # An apostrophe stands before what a spreadsheet would run.
        assert row["city1"].replace("'", "") == text.replace("'", "")
    lines = [each for each in answers["geojson"].json["features"] if each["properties"]["feature"] == "pair"]
    assert lines[0]["properties"]["city1"] == text
    assert text in {node.text for node in ET.fromstring(answers["graphml"].stdout).iter() if node.text}
    assert "<script" not in answers["markdown"].stdout.replace("\\<script", "")
    for tty in (False, True):
        for question in (["show", "jakarta-id"], ["show", "jakarta-id", "rotterdam-nl"], ["search", "ja"], ["stats"]):
            told = sealed.run(*question, "--data", str(path), tty=tty, environ={"TERM": "dumb", "COLUMNS": "60"})
            assert told.status == 0
            assert is_safe(told), told


# --- imports ----------------------------------------------------------------------------------------------------------


@FEW
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"[", b"{", b"city1,country1,city2,country2\n", b"?city1\t?city2\n"])
)
def test_any_bytes_to_import(sealed: Place, content: bytes, head: bytes) -> None:
    """Are taken or refused, whatever form they seem to have."""
    assert is_safe(bring(sealed, head + content))


@FEW
@given(texts, st.integers(0, 7), st.sampled_from([",", ";", "\t"]))
def test_a_hostile_cell_costs_no_other_row(sealed: Place, text: str, place: int, separator: str) -> None:
    """A table's other rows are taken, whatever stands in one: quotes, line ends, control characters."""
    hostile = [*ROW]
    hostile[place] = text
    sound = [("Waldmarkt", "DE", "52.5", "11.2", *ROW[4:]), ("Dijkwolde", "NL", "52.8", "6.1", *ROW[4:])]
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows([HEADER, sound[0], hostile, sound[1]])
    result = bring(sealed, file.getvalue().encode("utf-8", "surrogatepass"))
    assert is_safe(result)
    assert result.json["read"] == result.json["added"] + result.json["merged"] + result.json["rejected"]
    assert result.json["added"] >= 2


@FEW
@given(strange, st.sampled_from([",", ";", "\t", "|"]), st.booleans())
def test_a_name_of_a_table_is_read_as_it_was_written(sealed: Place, name: str, separator: str, quoted: bool) -> None:
    """By Python's own writer, with any separator: the layer has the city under that name."""
    assume(any(letter.isalnum() for letter in name) and "," not in name)
    file = io.StringIO()
    dialect = "unix" if quoted else "excel"
    rows = [HEADER, (name, *ROW[1:]), ("Waldmarkt", "DE", "52.5", "11.2", *ROW[4:])]
    csv.writer(file, dialect, delimiter=separator, lineterminator="\n").writerows(rows)
    path = sealed.folder / "mine.csv"
    path.write_text(file.getvalue(), "utf-8")
    account = sealed.run("data", "import", str(path)).json
    layer = json.loads(Path(account["path"]).read_text("utf-8"))
    if account["added"] == 2:  # else it means a country, or a city that is known
        assert tidy(name) in {city["name"] for city in layer["cities"]}
    assert sealed.run("data", "check", account["path"]).status == 0


@FEW
@given(st.lists(values, min_size=1, max_size=3), st.booleans())
def test_any_json_to_import(sealed: Place, content: list[Any], is_lines: bool) -> None:
    """As a list, or a value a line, after a record that is sound."""
    sound = dict(zip(HEADER, ROW, strict=True))
    lines = "".join(json.dumps(each) + "\n" for each in (sound, *content))
    result = bring(sealed, (lines if is_lines else json.dumps([sound, *content])).encode(), "mine.json")
    assert is_safe(result)
    if result.status == 0:
        assert result.json["read"] == result.json["added"] + result.json["merged"] + result.json["rejected"]


@MANY
@given(st.lists(texts | st.sampled_from([*HEADER, "name", "a_b", "city.1", "from", "to"]), max_size=8))
def test_any_header_is_understood_or_not(headers: list[str]) -> None:
    """A layout names columns that there are, those of the two cities' names apart."""
    layout = recognise(headers)
    if layout is not None:
        assert layout.used <= set(range(len(headers)))
        assert layout.sides[0].name != layout.sides[1].name


@MANY
@given(
    st.binary(max_size=60) | values.map(json.dumps).map(str.encode),
    st.sampled_from([b"%s", b'{"head": {"vars": ["item"]}, "results": {"bindings": [%s]}}', b'{"head": %s}']),
)
def test_any_answer_of_an_endpoint(content: bytes, around: bytes) -> None:
    """Is rows of texts, or no answer to the question."""
    try:
        rows = rows_of(around % content, "item")
    except MalformedAnswer:
        return
    assert all(isinstance(value, str) for row in rows for value in row.values())


def test_a_flood_of_an_endpoint_is_no_answer() -> None:
    """Millions of empty objects are refused before they fill the memory."""
    with pytest.raises(MalformedAnswer):
        rows_of(b'{"head": {"vars": ["item"]}, "results": {"bindings": [' + b"{}," * 2_000_000 + b"{}]}}", "item")


# --- the command line -------------------------------------------------------------------------------------------------

COMMANDS: tuple[list[str], ...] = (
    ["show"], ["list", "-c"], ["list", "--city"], ["list", "--with"], ["list", "--region"], ["list", "--since"],
    ["list", "--origin"], ["list", "-n"], ["list", "--kind"], ["search"], ["explain"], ["explain", "benefits"],
    ["stats", "--by"], ["path", "Jakarta"], ["anniversaries", "--year"], ["data", "remove"], ["data", "schema"],
    ["list", "--format"], ["list", "--data"], ["data", "check"], ["data", "diff"], [], ["help"], ["list"],
)  # fmt: skip


@MANY
@given(words, st.sampled_from(COMMANDS))
def test_any_word_of_a_command_line(sealed: Place, word: str, command: list[str]) -> None:
    """Is understood, or refused in one sentence that repeats none of what acts on a terminal."""
    result = sealed.run(*command, word)
    assert is_safe(result), result
