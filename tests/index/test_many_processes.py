"""Any number of processes at once, on the first run of all."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import Place
from tests.index.conftest import folder_of, indexes

COMMAND = [sys.executable, "-m", "twincli", "list", "--country", "Indonesia"]


def test_forty_first_runs_at_once(fresh: Place, place: Place) -> None:
    """Forty processes on an empty cache all give the same right answer, say nothing, and leave one index."""
    processes = [
        subprocess.Popen(COMMAND, env=fresh.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for __ in range(40)
    ]
    answers = {(process.communicate(timeout=120), process.returncode) for process in processes}
    right = place.run("list", "--country", "Indonesia").stdout.encode()
    assert answers == {((right, b""), 0)}
    assert len(indexes(fresh)) == 1
    assert not list(folder_of(fresh).glob("*.tmp"))


def test_readers_are_not_disturbed_by_a_builder(built: Place, sound: Place) -> None:
    """While the index is removed again and again, whoever asks gets the right answer."""
    right = sound.run("list", "--country", "Indonesia").stdout.encode()
    processes = []
    for __ in range(6):
        processes.append(subprocess.Popen(COMMAND, env=built.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        for path in indexes(built):
            path.unlink(missing_ok=True)
    assert {(process.communicate(timeout=120), process.returncode) for process in processes} == {((right, b""), 0)}


def test_where_there_are_no_locks_everybody_builds(bare: Place, sound: Place) -> None:
    """Where the folder takes no lock file, each process builds for itself, and all are right."""
    folder_of(bare).mkdir(parents=True)
    (folder_of(bare) / ".lock").mkdir()
    processes = [
        subprocess.Popen(COMMAND, env=bare.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for __ in range(3)
    ]
    answers = {(process.communicate(timeout=120), process.returncode) for process in processes}
    assert answers == {((sound.run("list", "--country", "Indonesia").stdout.encode(), b""), 0)}
    assert not list(folder_of(bare).glob("*.tmp"))
