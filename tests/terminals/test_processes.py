"""Real processes with unusual settings: locales, flags of Python, a home that is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import Place
from tests.terminals.conftest import COMMANDS, MISTAKES, checks, filled

# Every command one after the other, as the program runs it, with a line for its status.
EACH = """
import json, os, sys
from twincli.run import run
for command in json.loads(sys.argv[1]):
    status = run([os.fsdecode(word.encode()) for word in command], sys.stdin, sys.stdout, sys.stderr, os.environ)
    sys.stdout.flush()
    sys.stderr.write(f"status {status}\\n")
"""
# Without the help of Python, which takes the locale C for UTF-8.
REALLY_C = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0"}
SETTINGS: dict[str, tuple[list[str], dict[str, str]]] = {
    "-W error": (["-W", "error", "-X", "dev", "-X", "warn_default_encoding"], {"LANG": "C"}),
    "-X utf8=0": (["-W", "error", "-X", "utf8=0"], REALLY_C),
    "latin-1": (["-X", "utf8=0"], {"PYTHONIOENCODING": "latin-1", "LC_ALL": "xx_YY.ISO-8859-15"}),
    "no environment": ([], {"HOME": "", "XDG_CACHE_HOME": "", "LANG": "", "PATH": ""}),
    "isolated": (["-I", "-B"], {}),
}


def run_each(
    place: Place, commands: list[list[str]], flags: list[str], environ: dict[str, str]
) -> tuple[str, list[str], list[int]]:
    """Run commands in one process; return stdout, the lines on stderr, and the statuses."""
    done = subprocess.run(
        [sys.executable, *flags, "-c", EACH, json.dumps(commands)],
        env={**place.environ, "COLUMNS": "80", "TWINCLI_FORMAT": "table", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        cwd=place.folder,
    )
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    statuses = [int(line.split()[1]) for line in lines if line.startswith("status ")]
    assert done.returncode == 0, lines[-20:]
    return done.stdout.decode("utf-8", "replace"), [line for line in lines if not line.startswith("status ")], statuses


@pytest.mark.parametrize(("flags", "environ"), SETTINGS.values(), ids=SETTINGS)
def test_every_command_under_every_setting(place: Place, file: str, flags: list[str], environ: dict[str, str]) -> None:
    """No command crashes, warns, or answers with another status; only what keeps data needs a home."""
    commands = [filled(command, file) for command in COMMANDS] + [list(command) for command, __ in MISTAKES]
    expected = [int(checks(command)) for command in COMMANDS] + [status for __, status in MISTAKES]
    stdout, remarks, statuses = run_each(place, commands, flags, environ)
    if not environ.get("HOME", "home"):
        keeps = [command[:2] in (["data", "import"], ["data", "remove"]) for command in commands]
        statuses = [old if kept else new for kept, old, new in zip(keeps, expected, statuses, strict=True)]
    assert statuses == expected
    assert stdout
    for sign in ("Traceback", "Warning", "Exception ignored", "failed unexpectedly"):
        assert not [line for line in remarks if sign in line]


@pytest.mark.parametrize(
    "environ", [{"LANG": "C"}, {**REALLY_C, "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}], ids=str
)
def test_names_are_understood_in_every_locale(place: Place, environ: Any) -> None:
    """A name with marks, typed in UTF-8, finds its city also where the locale knows nothing of UTF-8."""
    for name, id_ in (("Ödemiş", "odemis-tr"), ("Łódź", "lodz-pl")):
        done = place.process("show", name, **environ)
        assert (done.returncode, done.stderr.count(b"Error")) == (0, 0), name
        assert json.loads(done.stdout)["city"]["id"] == id_
    done = place.process("search", "Łódź", "-n", "1", **environ)
    assert json.loads(done.stdout)[0]["id"] == "lodz-pl"
    said = place.process("show", "Ödemşi", **environ).stderr
    assert said.decode("utf-8", "replace").startswith('Error: No city called "')
    assert b"?" not in said.removesuffix(b"?\n")


@pytest.mark.parametrize("environ", [{"LANG": "C"}, {**REALLY_C, "PYTHONUTF8": "0"}], ids=str)
def test_files_are_found_in_every_locale(place: Place, environ: Any) -> None:
    """A file whose name has marks is written, checked and read, whatever the locale."""
    path = str(place.folder / "Ödemiş – 京.json")
    done = place.process("list", "-c", "ID", "-n", "2", "--format", "json", "-o", path, **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert os.path.exists(path)
    done = place.process("data", "import", path, "--name", "mine", "--dry-run", **environ)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["read"] == 2


def test_a_name_that_is_no_text_at_all(place: Place) -> None:
    """Bytes that are no UTF-8 are no crash: as a name, as a file, and as an option."""
    odd = os.fsdecode(b"\xff\xfe\xc3(")
    for arguments in (
        ["show", odd],
        ["search", odd],
        ["explain", odd],
        ["list", "--city", odd],
        ["list", "--kind", odd],
        ["data", "check", odd],
        ["data", "import", odd],
        ["data", "remove", odd],
        ["list", "--data", odd],
        [odd],
        [f"--{odd}"],
    ):
        done = place.process(*arguments)
        assert done.returncode in {0, 1, 2}, arguments
        assert b"Traceback" not in done.stderr
        assert b"failed unexpectedly" not in done.stderr
        done.stderr.decode("utf-8")


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": ""}, {"TERM": "vt100"}, {"TERM": "no-such-terminal"}])
def test_any_terminal(place: Place, environ: Any) -> None:
    """On a real terminal of any kind there is a table; on a dumb one without an escape sequence."""
    result = place.terminal("list", "-c", "Indonesia", "-n", "3", **environ)
    assert result.status == 0
    assert result.stdout.split()[0].endswith("City") or "City" in result.lines[0]
    assert environ["TERM"] != "dumb" or "\x1b" not in result.stdout


def test_a_terminal_of_forty_columns(place: Place) -> None:
    """A real terminal of 40 columns, without COLUMNS: lines instead of a table."""
    shown = place.terminal("list", "-c", "Indonesia", "-n", "2", width=40, TERM="dumb").lines
    assert shown[:3] == ["Ambon", "  Darwin, Australia", "    Since 1988 · active (2023) !"]
