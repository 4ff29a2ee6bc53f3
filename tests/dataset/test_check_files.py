"""``twincli data check`` on files that are no data files at all, and on how the file comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place
from tests.dataset.conftest import Check, record


@pytest.mark.parametrize("content", ["", " \n", "{", '{"pairs": [', "pairs:\n- id: x\n", '{"format": 1,}', "{'a': 1}"])
def test_a_file_that_is_not_json_is_an_error_with_its_place(check: Check, content: str) -> None:
    """An empty, cut or otherwise broken file is said to be no JSON, and where."""
    verdict = check(content)
    ((who, where, why),) = verdict.errors
    assert (verdict.status, who, where) == (1, None, None)
    assert why.startswith("is not JSON: ")
    assert " at line " in why


@pytest.mark.parametrize("content", ["[]", "null", "3", '"pairs"', "true"])
def test_json_that_is_no_object_is_an_error(check: Check, content: str) -> None:
    """A data file is one object."""
    assert check(content).errors == [(None, None, "is not an object with cities, sources and pairs")]


def test_a_file_that_is_not_utf_8_is_an_error_with_its_place(small: dict[str, Any], check: Check) -> None:
    """Latin-1 is not guessed at: the first byte that is no UTF-8 is named."""
    record(small, "cities", "volgograd-ru")["name"] = "Düsseldorf"
    content = json.dumps(small, ensure_ascii=False).encode()
    start = content.index("ü".encode())
    content = content.replace("ü".encode(), "ü".encode("latin-1"))
    assert check(content).errors == [(None, None, f"is not UTF-8 text: byte {start} cannot be read")]


def test_utf_16_is_an_error(small: dict[str, Any], check: Check) -> None:
    """So is what some editors call Unicode."""
    assert check(json.dumps(small).encode("utf-16")).errors == [
        (None, None, "is not UTF-8 text: byte 0 cannot be read")
    ]


def test_a_byte_order_mark_is_an_error_and_hides_no_other(
    small: dict[str, Any], check: Check, place: Place, write: Callable[[Any], Path]
) -> None:
    """A mark that stops the file from being used is named, together with all else that is wrong."""
    record(small, "cities", "volgograd-ru")["lat"] = 91
    content = b"\xef\xbb\xbf" + json.dumps(small).encode()
    reason = "begins with a byte order mark; save it as UTF-8 without one"
    assert check(content).errors == [(None, None, reason), ("volgograd-ru", "lat", "is 91, out of range")]
    used = place.run("list", "--data", str(write(content)))
    assert used.status == 1
    assert reason in used.stderr


@pytest.mark.parametrize("depth", [200, 500, 900, 950, 980, 990, 1000, 10_000, 1_000_000])
@pytest.mark.parametrize("where", ["alone", "beside", "within"])
def test_deep_nesting_is_an_error_and_no_crash(small: dict[str, Any], check: Check, depth: int, where: str) -> None:
    """However deep lists are nested, and wherever, the answer is a sentence."""
    nested = "[" * depth + "]" * depth
    whole = json.dumps(small)
    content = {
        "alone": nested,
        "beside": f'{whole[:-1]}, "deep": {nested}}}',
        "within": whole.replace('"pairs": [', f'"pairs": [{nested}, '),
    }[where]
    verdict = check(content)
    assert verdict.status == 1
    ((__, __, why),) = verdict.errors
    assert "nested too deeply" in why or "is not an object" in why or "is not a known key" in why


def test_a_number_of_endless_digits_is_an_error_and_no_crash(small: dict[str, Any], check: Check) -> None:
    """A number too long to be read is a fault of the file."""
    content = json.dumps(small).replace('"format": 1', f'"format": {"1" * 10_000}')
    assert check(content).errors == [(None, None, "holds a number with too many digits")]


def test_a_key_given_twice_is_an_error(small: dict[str, Any], check: Check) -> None:
    """JSON lets the last one win silently; here both are a fault of the record."""
    content = json.dumps(small).replace('"status": "suspended"', '"status": "active", "status": "suspended"')
    assert check(content).errors == [("coventry-volgograd", "status", "stands there twice")]


def test_a_key_given_twice_deep_in_a_record_is_named_with_its_way(small: dict[str, Any], check: Check) -> None:
    """The key stands below the record and the keys that lead to it, even where it is called ``id`` itself."""
    record(small, "cities", "volgograd-ru")["names"] = {"id": "Wolgograd"}
    content = json.dumps(small).replace('"id": "Wolgograd"', '"id": "Volgograd", "id": "Wolgograd"')
    content = content.replace(
        '"says": "Says that the movement began', '"says": "", "says": "Says that the movement began'
    )
    statements = record(small, "pairs", "coventry-volgograd")["sources"]
    place = next(
        place for place, row in enumerate(statements) if row["says"].startswith("Says that the movement began")
    )
    assert check(content).errors == [
        ("volgograd-ru", "names.id", "stands there twice"),
        ("coventry-volgograd", f"sources.{place}.says", "stands there twice"),
    ]


def test_a_key_given_twice_beside_the_records_is_an_error(small: dict[str, Any], check: Check) -> None:
    """A second list of pairs would swallow the first."""
    content = json.dumps(small)[:-1] + ', "pairs": []}'
    assert (None, "pairs", "stands there twice") in check(content).errors


@pytest.mark.parametrize("section", ["cities", "sources", "pairs"])
@pytest.mark.parametrize(("value", "reason"), [({}, "is not a list"), (None, "is not a list"), ("x", "is not a list")])
def test_a_section_that_is_no_list_is_an_error(
    small: dict[str, Any], check: Check, section: str, value: Any, reason: str
) -> None:
    """Cities, sources and pairs are lists of records."""
    small[section] = value
    assert (None, section, reason) in check(small).errors


@pytest.mark.parametrize("key", ["format", "title", "date", "licence", "cities", "sources", "pairs"])
def test_a_missing_part_of_the_file_is_an_error(small: dict[str, Any], check: Check, key: str) -> None:
    """What every data file has is missed by name."""
    del small[key]
    assert (None, key, "is missing") in check(small).errors


def test_another_version_of_the_layout_is_an_error(small: dict[str, Any], check: Check) -> None:
    """A file of a layout to come is not half understood."""
    small["format"] = 2
    assert check(small).errors == [(None, "format", "is 2, not one of 1")]


def test_an_empty_data_file_is_sound(small: dict[str, Any], check: Check) -> None:
    """Nothing is known yet, and nothing is wrong."""
    small.update(cities=[], sources=[], pairs=[])
    verdict = check(small)
    assert (verdict.status, verdict.errors) == (0, [])


# --- where it comes from --------------------------------------------------------------------------------------------


def test_a_dash_reads_the_file_from_stdin(small: dict[str, Any], place: Place) -> None:
    """``data check -`` checks what a pipe brings, and calls it stdin."""
    record(small, "cities", "volgograd-ru")["lat"] = 91
    result = place.run("data", "check", "-", stdin=json.dumps(small, ensure_ascii=False).encode())
    assert result.status == 1
    (problem,) = [problem for problem in result.json if problem["severity"] == "error"]
    assert (problem["file"], problem["record"], problem["field"]) == ("stdin", "volgograd-ru", "lat")


def test_a_real_pipe_serves(small: dict[str, Any], place: Place, write: Callable[[Any], Path]) -> None:
    """What another program writes is checked as it comes, and the status is that of the check."""
    path = write(small)
    result = place.shell(f"cat '{path}' | twincli data check - --json; echo status ${{PIPESTATUS[1]}}")
    assert result.stdout.endswith("status 0\n")
    assert place.shell(f"head -c 1000 '{path}' | twincli data check - >/dev/null; echo $?").stdout == "1\n"


def test_a_dash_at_a_keyboard_is_wrong_usage(place: Place) -> None:
    """Nobody types a data file: the way to give one is shown instead of waiting for ever."""
    shown = place.terminal("data", "check", "-")
    assert shown.status == 2
    assert "twincli data check - < my-pairs.json" in shown.stdout


def test_a_file_that_cannot_be_read_is_one_sentence(place: Place, tmp_path: Path) -> None:
    """A missing file and a folder end in a sentence that names them, and the status 1."""
    for path, reason in ((tmp_path / "none.json", "No such file or directory"), (tmp_path, "Is a directory")):
        result = place.run("data", "check", str(path))
        assert (result.status, result.stdout) == (1, "")
        assert result.stderr == f"Error: Cannot read {path}: {reason}.\n"


def test_two_files_are_wrong_usage(place: Place) -> None:
    """One run checks one file."""
    result = place.run("data", "check", "one.json", "two.json")
    assert (result.status, result.stdout) == (2, "")
    assert "two.json" in result.stderr
