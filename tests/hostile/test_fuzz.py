"""The harness of scripts/fuzz.py itself: that it runs, finds nothing today, and would find something."""

from __future__ import annotations

import importlib
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

CASES = 250


def _fuzz(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), "--no-large", *arguments]
    return subprocess.run(script, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def harness() -> subprocess.CompletedProcess[str]:
    """What some hundred cases gave."""
    return _fuzz("--cases", str(CASES), "--seed", "1")


def test_some_hundred_hostile_cases_find_nothing(harness: subprocess.CompletedProcess[str]) -> None:
    """Every case is answered rightly, or refused in one sentence."""
    assert harness.returncode == 0, f"{harness.stdout}\n{harness.stderr}"


def test_every_kind_of_input_is_tried_and_some_of_it_answered(harness: subprocess.CompletedProcess[str]) -> None:
    """A harness whose every case is refused would prove nothing."""
    rows = re.findall(r"^\| ([^|]+?) \| +([\d ]+?) \| +([\d ]+?) \| +([\d ]+?) \|", harness.stdout, re.MULTILINE)
    counts = {name: [int(number.replace(" ", "")) for number in numbers] for name, *numbers in rows}
    assert counts.keys() >= {
        "data file",
        "JSON",
        "JSON Lines",
        "CSV",
        "TSV",
        "SPARQL results",
        "concept note",
        "options",
    }
    assert sum(cases for cases, *__ in counts.values()) > CASES
    assert all(answered for __, ___, answered in counts.values())


def test_a_case_can_be_repeated_by_its_number(harness: subprocess.CompletedProcess[str]) -> None:
    """The number and the seed make the case: what was found on one machine can be seen on another."""
    assert harness.returncode == 0
    one, again = _fuzz("--only", "7", "--seed", "1"), _fuzz("--only", "7", "--seed", "1")
    assert one.stdout.startswith("case 7: ")
    assert re.sub(r"twincli-fuzz-\w+|[0-9.]+ s\b", "", one.stdout) == re.sub(
        r"twincli-fuzz-\w+|[0-9.]+ s\b", "", again.stdout
    )


# A worker that tells of two cases in one breath, with more on stderr than a pipe holds, and then says nothing more.
_STUCK = """#!{python}
import json, sys, time
sys.stderr.write("x" * 200_000 + "the end")
told = [(1, {{}}), (1, {{"family": "CSV"}}), (2, {{}}), (2, {{"family": "CSV"}}), (3, {{}})]
sys.stdout.write("".join(json.dumps({{"number": number, **more}}) + "\\n" for number, more in told))
sys.stdout.flush()
{end}
"""


@pytest.mark.parametrize(("end", "said"), [("time.sleep(60)", "silent"), ("sys.exit(1)", "the end")])
def test_the_case_that_a_worker_died_of_is_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, said: str
) -> None:
    """Also where it has told of the cases before it in one piece, and much on stderr."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    fuzz: Any = importlib.import_module("fuzz")
    worker = tmp_path / "worker"
    worker.write_text(_STUCK.format(python=sys.executable, end=end), "utf-8")
    worker.chmod(worker.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(fuzz.sys, "executable", str(worker))
    monkeypatch.setattr(fuzz, "PATIENCE_SECONDS", 3.0)
    reports = list(fuzz.worker_reports(tmp_path, 1, 1, 9))
    assert [report["number"] for report in reports] == [1, 2, 3]
    (fault,) = reports[-1]["faults"]
    assert fault.startswith("the worker ended: ")
    assert fault.endswith(said)


@pytest.mark.parametrize("table", ["fuzz", "torture.py"])
def test_a_page_without_marks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    """What was counted for an hour is not lost without a word."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    page: Any = importlib.import_module("reliability_page")
    assert f"<!-- {table} -->" in page.PAGE.read_text("utf-8")
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    page.PAGE.write_text(f"<!-- {table} -->\n", "utf-8")
    with pytest.raises(SystemExit, match="was not written"):
        page.write_table("| a |", table)
    assert page.PAGE.read_text("utf-8") == f"<!-- {table} -->\n"
    page.PAGE.write_text(f"before\n<!-- {table} -->\nold\n<!-- /{table} -->\nafter\n", "utf-8")
    page.write_table("| a |", table)
    assert page.PAGE.read_text("utf-8") == f"before\n<!-- {table} -->\n| a |\n<!-- /{table} -->\nafter\n"
