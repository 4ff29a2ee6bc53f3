"""The harness that kills the program at any moment, in a short run; docs/reliability.md has the long one's counts."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

AT_RANDOM = ["--rounds", "4", "--readers", "0"]
AT_EACH_STEP = ["--rounds", "0", "--steps", "--only", "remove", "--readers", "6"]


@pytest.mark.parametrize(("options", "rows"), [(AT_RANDOM, 4), (AT_EACH_STEP, 2)], ids=["random", "steps and readers"])
def test_killed_at_any_moment(options: list[str], rows: int) -> None:
    """Killed while it builds an index, imports, updates or removes, it answers as before or as after."""
    command = [sys.executable, str(ROOT / "scripts" / "torture.py"), "--seconds", "3", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert len(table) == rows
    assert all(line.endswith("| 0 |") for line in table)


def test_a_work_that_ends_by_itself_is_not_taken_for_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that fails leaves everything as before, which proves nothing of a kill."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    attacks: Any = importlib.import_module("torturing.attacks")
    bench = attacks.Bench(tmp_path)
    work = attacks.Work("import", ["data", "import", "nowhere.csv"], {}, keeps_index=True, seconds=2.0)
    assert attacks.kill_at_each_step(bench, work) == 0
    monkeypatch.setattr(random.Random, "uniform", lambda *_: work.seconds)
    attacks.kill_at_random(bench, work, 1, random.Random(6))
    assert len(bench.failures) == work.outcomes["wrong"] == 2
    assert all("ended with 1: Error: Cannot read nowhere.csv" in failure for failure in bench.failures)
