"""How ``twincli data check`` says what it found: to people, to programs, and with its exit status."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Place
from tests.dataset.conftest import record
from twincli.dataset.layout import canonical_text
from twincli.dataset.models import Dataset
from twincli.dataset.published import json_schema

Write = Callable[[Any], Path]


@pytest.fixture
def faulty(small: dict[str, Any], write: Write) -> str:
    """The path of a file with the same error in several records, another error, and two warnings."""
    for city in small["cities"]:
        city["mayor"] = "x"
    record(small, "cities", "jakarta-id")["lat"] = 91
    record(small, "pairs", "jakarta-rotterdam")["since"] = "2986"
    record(small, "pairs", "coventry-volgograd").update(since="2977", until="2987")
    return str(write(small))


def test_errors_give_the_status_1_and_warnings_alone_0(small: dict[str, Any], place: Place, write: Write) -> None:
    """A script can tell by the status whether a file can be used."""
    assert place.run("data", "check", str(write(small))).status == 0
    record(small, "pairs", "jakarta-rotterdam")["since"] = "2986"
    assert place.run("data", "check", str(write(small))).status == 0
    record(small, "pairs", "jakarta-rotterdam")["kind"] = "cousin"
    assert place.run("data", "check", str(write(small))).status == 1


def test_the_status_is_the_same_in_every_form(faulty: str, place: Place) -> None:
    """Neither a format nor a terminal changes the verdict."""
    for form in ("table", "json", "jsonl", "csv", "tsv", "markdown"):
        assert place.run("data", "check", faulty, "--format", form).status == 1
    assert place.table("data", "check", faulty).status == 1
    assert place.terminal("data", "check", faulty).status == 1


def test_the_json_names_file_record_field_reason_and_severity(faulty: str, place: Place) -> None:
    """Each problem is one object on a line of its own, as the published schema has it."""
    result = place.run("data", "check", faulty)
    jsonschema.validate(result.json, json_schema("data check"))
    assert {"file", "record", "field", "reason", "severity"} == set(result.json[0])
    assert {problem["file"] for problem in result.json} == {"mine.json"}
    assert {problem["severity"] for problem in result.json} == {"error", "warning"}
    assert len(result.lines) == len(result.json) + 2  # and a bracket at either end


@pytest.fixture
def sound(small: dict[str, Any], write: Write) -> str:
    """The path of a file with nothing wrong, its layout included."""
    return str(write(canonical_text(Dataset.model_validate_json(json.dumps(small)))))


def test_a_sound_file_is_an_empty_list_for_programs(sound: str, place: Place) -> None:
    """Nothing wrong is nothing to list."""
    result = place.run("data", "check", sound)
    assert (result.status, result.json) == (0, [])


def test_a_sound_file_is_a_sentence_for_people(sound: str, place: Place) -> None:
    """A reader is told that all is well, instead of silence."""
    assert place.table("data", "check", sound).stdout == "Nothing is wrong.\n"


def test_another_layout_is_a_warning(sound: str, place: Place) -> None:
    """The same data with other spaces can be used, and its reader learns how to bring it in order."""
    path = Path(sound)
    path.write_text(path.read_text("utf-8").replace(", ", ","), "utf-8")
    result = place.run("data", "check", sound)
    ((reason, severity),) = [(problem["reason"], problem["severity"]) for problem in result.json]
    assert (result.status, severity) == (0, "warning")
    assert "scripts/format_data.py" in reason


def test_the_same_fault_in_many_records_is_said_once(faulty: str, place: Place) -> None:
    """One heading with the records below it, not a sentence for each."""
    lines = place.table("data", "check", faulty).lines
    start = lines.index("  mayor is not a known key: 4 records")
    assert lines[start + 1 : start + 5] == ["    coventry-gb", "    jakarta-id", "    rotterdam-nl", "    volgograd-ru"]
    assert sum("not a known key" in line for line in lines) == 1


def test_people_read_record_field_and_reason_in_one_line(faulty: str, place: Place) -> None:
    """A fault of one record is one line that begins with the record."""
    assert "  jakarta-id: lat is 91, out of range" in place.table("data", "check", faulty).lines


def test_errors_come_before_warnings_and_a_count_comes_last(faulty: str, place: Place) -> None:
    """What must be mended stands first, what may be looked at follows, and a line sums up."""
    lines = place.table("data", "check", faulty).lines
    errors, warnings = lines.index("Errors"), lines.index("Warnings")
    assert errors < lines.index("  jakarta-id: lat is 91, out of range") < warnings
    assert warnings < lines.index("  jakarta-rotterdam: since is 2986, in the future")
    found = place.run("data", "check", faulty).json
    counts = [sum(problem["severity"] == severity for problem in found) for severity in ("error", "warning")]
    assert lines[-1] == f"{counts[0]} errors, {counts[1]} warnings."


def test_the_columns_hold_what_the_json_holds(faulty: str, place: Place) -> None:
    """CSV, TSV, JSON Lines and JSON say the same."""
    found = place.run("data", "check", faulty).json
    named = [{key: value or "" for key, value in problem.items()} for problem in found]
    for form, dialect in (("csv", "excel"), ("tsv", "excel-tab")):
        text = place.run("data", "check", faulty, "--format", form).stdout
        assert [dict(row) for row in csv.DictReader(io.StringIO(text), dialect=dialect)] == named
    assert [json.loads(line) for line in place.run("data", "check", faulty, "--format", "jsonl").lines] == found


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
@pytest.mark.parametrize("tty", [False, True])
def test_nothing_from_a_hostile_file_acts_on_a_terminal(
    small: dict[str, Any], place: Place, write: Write, form: str, tty: bool
) -> None:
    """Ids, keys and values with control characters or markup come out as signs that do nothing."""
    hostile = "\x1b]0;owned\x07\x9b31m\u202e[bold]\r"
    record(small, "cities", "jakarta-id")["id"] = f"jakarta{hostile}"
    pair = record(small, "pairs", "coventry-volgograd")
    pair[f"colour{hostile}"] = 1
    pair["status"] = hostile
    pair["cities"][0] = hostile
    result = place.run("data", "check", str(write(small)), "--format", form, tty=tty, environ={"NO_COLOR": "1"})
    assert result.status == 1
    letters = set(result.stdout) - set("\n\t")
    assert {letter for letter in letters if unicodedata.category(letter) in {"Cc", "Cf"}} == set()
    assert "[bold]" in result.stdout.replace("\\", "")
    if form in {"json", "jsonl"}:
        assert "\\u00" not in result.stdout


def test_a_file_name_with_control_characters_is_shown_without_them(place: Place, tmp_path: Path) -> None:
    """The name of a file is text from outside too."""
    path = tmp_path / "mine\x1b[31m.json"
    path.write_text("[]", "utf-8")
    for arguments in ([], ["--format", "table"]):
        result = place.run("data", "check", str(path), *arguments)
        assert "\x1b" not in result.stdout + result.stderr
        assert "mine\ufffd[31m.json" in result.stdout


def test_a_file_that_cannot_be_used_sends_its_user_to_the_check(faulty: str, place: Place) -> None:
    """``list --data`` names the first fault and the command that shows them all, whose answer agrees."""
    used = place.run("list", "--data", faulty)
    first = place.run("data", "check", faulty).json[0]
    assert (used.status, used.stdout) == (1, "")
    assert f"{first['record']}: {first['field']} {first['reason']}." in used.stderr
    assert used.stderr.endswith(f"Everything that is wrong: twincli data check {faulty}\n")


def test_one_is_counted_as_one(small: dict[str, Any], place: Place, write: Write) -> None:
    """In both languages, whatever their plurals."""
    path = str(write({**small, "mayor": "x"}))
    assert place.table("data", "check", path).lines[-1] == "1 error, 0 warnings."
    assert place.table("data", "check", path, "--lang", "id").lines[-1] == "1 galat, 0 peringatan."


def test_a_file_with_spaces_in_its_name_is_named_as_a_shell_takes_it(place: Place, small: dict[str, Any]) -> None:
    """The commands that messages name can be pasted: of a file that is wrong, and of one that is too large."""
    path = place.folder / "my own pairs.json"
    path.write_text(json.dumps({**small, "mayor": "x"}), "utf-8")
    assert f'twincli data check "{path}"\n' in place.run("list", "--data", str(path)).stderr
    path.write_bytes(b" " * (17 << 20))
    assert f'twincli data import "{path}"' in place.run("data", "check", str(path)).stderr


def test_what_is_too_large_in_a_pipe_is_sent_where_it_can_be_read(place: Place) -> None:
    """An import from a pipe needs a name, which the pipe does not have."""
    result = place.run("data", "check", "-", stdin=b" " * (17 << 20))
    assert (result.status, result.stdout) == (1, "")
    assert result.stderr.rstrip(".\n").endswith("twincli data import - --name NAME")


def test_a_number_beyond_its_range_is_said_in_indonesian_too(small: dict[str, Any], place: Place, write: Write) -> None:
    """On either side of what it may be."""
    for number in (0, 10**10):
        small["cities"][0]["geonames"] = number
        shown = place.table("data", "check", str(write(small)), "--lang", "id").stdout
        assert f"{number}, di luar rentang" in shown
