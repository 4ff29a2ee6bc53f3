"""What a run may give: a right answer, or one sentence and the status 1 or 2; and nothing that acts on a terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from fuzzing.cases import Case
from fuzzing.sandbox import Outcome

# C0 but for line feed and tab, DEL, C1, and what sets the direction of writing.
_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
# What the program itself writes to a terminal: colours and styles, and links.
_OURS = re.compile("\x1b\\[[0-9;]*m|\x1b\\]8;(?:id=[0-9a-f-]+)?;[^\x00-\x1f\x7f-\x9f]*\x1b\\\\")
# Which the corpus of terminal sequences uses, and the program does not.
_THEIRS = ("\x1b[9;53m", "\x1b[31mb\x1b[0m")
_FORMULA = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]")
_HTML = re.compile(r"(?<!\\)<(?:script|svg|!|/script)", re.IGNORECASE)
_REPEATED_KEY = "stands there twice"


def faults(case: Case, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield what is wrong with what the runs of a case gave."""
    for outcome in outcomes:
        shown = " ".join(outcome.run.arguments)[:300]
        for fault in _faults_of(outcome, is_sound=case.is_sound):
            yield f"{fault} [{shown}]"
    if not any(outcome.failure for outcome in outcomes):
        yield from _contradictions(case, outcomes)


def _faults_of(outcome: Outcome, *, is_sound: bool) -> Iterator[str]:
    if outcome.failure:
        yield f"traceback: {outcome.failure}"
        return
    for trespass in outcome.trespasses:
        yield f"left the sealed folder: {trespass}"
    if outcome.status not in {0, 1, 2} or (is_sound and outcome.status):
        yield f"status {outcome.status}: {outcome.stderr.decode('utf-8', 'replace')}"
    stderr = outcome.stderr.decode("utf-8", "replace")
    yield from (f"{fault} on stderr: {stderr[:300]!r}" for fault in _unsafe(stderr, is_coloured=False))
    try:
        stdout = outcome.stdout.decode()
    except UnicodeDecodeError as error:
        yield f"stdout is no UTF-8: {error}"
        return
    text = stdout.replace("\r\n", "\n") if outcome.run.form == "ics" else stdout
    yield from (
        f"{fault} on stdout: {stdout[:300]!r}"
        for fault in _unsafe(text, is_coloured=outcome.run.tty or _forced(outcome))
    )
    if outcome.status:
        yield from _faults_of_refusal(outcome, stdout, stderr)
    if outcome.run.form and (outcome.status == 0 or stdout):
        yield from _faults_of_form(outcome.run.form, stdout)


def _forced(outcome: Outcome) -> bool:
    return "FORCE_COLOR" in outcome.run.environ


def _unsafe(text: str, *, is_coloured: bool) -> Iterator[str]:
    if is_coloured:
        yield from (f"sequence of the input {theirs!r}" for theirs in _THEIRS if theirs in text)
        text = _OURS.sub("", text)
    if match := _ACTS.search(text):
        yield f"control character U+{ord(match[0]):04X}"


def _faults_of_refusal(outcome: Outcome, stdout: str, stderr: str) -> Iterator[str]:
    arguments = outcome.run.arguments
    if arguments[:2] == ["data", "check"] and outcome.status == 1 and stdout:
        return
    errors = [line for line in stderr.splitlines() if line.startswith(("Error: ", "Galat: "))]
    if len(errors) != 1:
        yield f"{len(errors)} sentences instead of one: {stderr[:400]!r}"
    if stdout:
        yield f"half an answer before an error: {stdout[:200]!r}"
    if len(stderr) > 8000:
        yield f"an error of {len(stderr)} letters: {stderr[:200]!r}"


def _faults_of_form(form: str, stdout: str) -> Iterator[str]:
    try:
        _READERS.get(form, _read_nothing)(stdout)
    except (ValueError, csv.Error, ElementTree.ParseError, AssertionError) as error:
        yield f"no {form}: {type(error).__name__} {error}: {stdout[:300]!r}"


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _load(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number)


def _read_json(text: str) -> None:
    _load(text)


def _read_lines(text: str) -> None:
    for line in text.split("\n"):
        if line:
            _load(line)


def _read_csv(text: str, delimiter: str = ",") -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    for row in rows:
        assert len(row) == len(rows[0]), f"{len(row)} cells under {len(rows[0])} headings"
        for cell in row:
            assert not _FORMULA.match(cell) or _is_number(cell), f"a formula {cell[:50]!r}"


def _read_tsv(text: str) -> None:
    _read_csv(text, "\t")


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+(?:e[+-]?[0-9]+)?", cell) is not None


def _read_xml(text: str) -> None:
    ElementTree.fromstring(text)


def _read_markdown(text: str) -> None:
    assert not _HTML.search(text), "HTML"
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    widths = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows} if text.startswith("| ") else set()
    assert len(widths) < 2, f"rows of {widths} bars"


def _read_nothing(_: str) -> None:
    """Text for people has no grammar to hold it to."""


_READERS = {
    "json": _read_json,
    "jsonl": _read_lines,
    "csv": _read_csv,
    "tsv": _read_tsv,
    "geojson": _read_json,
    "graphml": _read_xml,
    "markdown": _read_markdown,
}

# --- whether what is answered is right ------------------------------------------------------------------------------


def _contradictions(case: Case, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield where two runs on one file cannot both be right."""
    by_words = {tuple(outcome.run.arguments[:2]): outcome for outcome in outcomes if outcome.run.form == "json"}
    check, listed = by_words.get(("data", "check")), by_words.get(("list", "--data"))
    if check and listed:
        problems = _load(check.stdout.decode()) if check.stdout else []
        errors = [problem for problem in problems if problem["severity"] == "error"]
        if listed.status and not errors:
            yield f"check finds nothing wrong, and list refuses: {listed.stderr.decode('utf-8', 'replace')[:300]}"
        if listed.status == 0 and any(_REPEATED_KEY not in problem["reason"] for problem in errors):
            yield f"list answers, and check finds: {errors[:3]}"
        if listed.status == 0 and not errors:
            yield from _wrong_list(next(iter(case.files.values())), _load(listed.stdout.decode()))
    if case.family == "concept note" and check and check.status == 0:
        for outcome in outcomes:
            if outcome.status and outcome.run.arguments[:2] == ["explain", "--format"]:
                yield f"check finds nothing wrong, and explain refuses: {outcome.stderr.decode('utf-8', 'replace')}"
    brought = by_words.get(("data", "import"))
    if brought and brought.status == 0 and brought.stdout:
        yield from _wrong_account(_load(brought.stdout.decode()))
        if "{layer}" in {word for outcome in outcomes for word in outcome.run.arguments}:
            yield from _wrong_layer(outcomes)


def _wrong_list(content: bytes, answer: list[dict[str, Any]]) -> Iterator[str]:
    document = json.loads(content)
    wanted = {pair["id"]: sorted(pair["cities"]) for pair in document["pairs"]}
    given = {pair["id"]: sorted(city["id"] for city in pair["cities"]) for pair in answer}
    if wanted != given:
        yield f"the file's pairs are {wanted}, the answer's {given}"
    names = {city["id"]: city["name"] for city in document["cities"]}
    for pair in answer:
        for city in pair["cities"]:
            if names[city["id"]] != city["name"]:
                yield f"{city['id']} is called {names[city['id']]!r}, in the answer {city['name']!r}"


def _wrong_account(account: dict[str, Any]) -> Iterator[str]:
    if account["read"] != account["added"] + account["merged"] + account["rejected"]:
        yield f"the account does not add up: {account}"
    if account["rejected"] != sum(reason["count"] for reason in account["reasons"]):
        yield f"the reasons do not add up: {account}"


def _wrong_layer(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield what is wrong with a layer: one that was installed is sound, answers, and can be taken away."""
    for outcome in outcomes:
        words = outcome.run.arguments
        if words[:2] == ["data", "check"] and outcome.stdout:
            errors = [problem for problem in _load(outcome.stdout.decode()) if problem["severity"] == "error"]
            if errors:
                yield f"the layer is not sound: {errors[:3]}"
        elif outcome.status and (words[0] == "list" or words[:2] == ["data", "remove"]):
            yield f"an installed layer is refused: {outcome.stderr.decode('utf-8', 'replace')[:300]}"
