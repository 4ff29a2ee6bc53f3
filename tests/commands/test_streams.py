"""Streams that are not what one wishes: other encodings, full disks, closed ends, and Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")


@pytest.fixture
def warm(place: Place) -> Place:
    """The place, its index surely built."""
    place.run("list", "-n", "1")
    return place


@pytest.mark.parametrize("environ", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONUTF8": "0"}], ids=str)
def test_json_is_utf_8_whatever_the_locale(warm: Place, environ: Any) -> None:
    """What programs read is UTF-8, unescaped, in every locale."""
    done = warm.process("list", "-c", "Türkiye", **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode("utf-8")
    assert text == warm.run("list", "-c", "Türkiye").stdout
    assert "Ödemiş" in text
    assert "\\u" not in text


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_text_for_people_never_fails_at_a_letter(place: Place, encoding: str) -> None:
    """A terminal that cannot show a letter shows something else for it, on every command, help and errors too."""
    for arguments in (
        ["list", "-c", "Türkiye", "--format", "table"],
        ["show", "Ödemiş", "--format", "table"],
        ["show", "Banda Aceh", "Ödemiş", "--format", "table"],
        ["explain", "benefits", "--format", "table"],
        ["explain", "--format", "table", "--lang", "id"],
        ["data", "info", "--format", "table"],
        ["data", "schema", "--format", "table"],
        ["list", "--help"],
        ["help", "list"],
        [],
    ):
        result = place.run(*arguments, encoding=encoding)
        assert result.status == 0, arguments
        assert result.stdout.strip()


def test_an_error_never_fails_at_a_letter(warm: Place) -> None:
    """An error about a name that stderr cannot show is told all the same."""
    done = warm.process("show", "Łódźż", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stderr.startswith(b"Error: No city called ")


def test_a_full_disk_is_one_sentence(warm: Place) -> None:
    """``> /dev/full`` on every format and on help: status 1 and one sentence that says why."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    commands = [*(f"list -c Germany --format {name}" for name in FORMATS), "help list", "data info", "--version", ""]
    done = warm.shell("".join(f"twincli {command} > /dev/full; echo $?\n" for command in commands))
    assert done.stdout.split() == ["1"] * len(commands)
    assert done.stderr.splitlines() == ["Error: Cannot write the output: No space left on device."] * len(commands)


def test_no_room_for_temporary_files_is_no_matter(warm: Place) -> None:
    """Where no file may grow, in the cache or in /tmp, the longest listing is answered all the same, and whole."""
    done = warm.shell("ulimit -f 64; twincli list | cat")
    assert done.stderr == ""
    assert done.stdout == warm.run("list").stdout
    assert next((Path(warm.environ["XDG_CACHE_HOME"]) / "twincli").glob("*.sqlite"))


def test_a_full_disk_keeps_the_old_file(warm: Place, tmp_path: Path) -> None:
    """Where the disk fills up midway, the file of ``-o`` stays as it was, and one sentence with status 1 says why."""
    path = tmp_path / "mine.json"
    path.write_text("precious")
    done = warm.shell(f"ulimit -f 64; twincli list -o {path} --force; echo status $?")
    assert done.stdout == "status 1\n"
    assert done.stderr.startswith(f"Error: Cannot write {path}: ")
    assert done.stderr.count("\n") == 1
    assert path.read_text() == "precious"
    assert {entry.name for entry in tmp_path.iterdir()} == {"home", "mine.json"}


def test_a_folder_that_takes_no_files(place: Place) -> None:
    """A folder in which nothing can be written is status 1 and one sentence that says why."""
    folder = Path("/proc/self")
    if not folder.is_dir():
        pytest.skip("there is no /proc, the one folder in which even root may write nothing")
    result = place.run("list", "-n", "1", "-o", str(folder / "a.json"))
    assert result.status == 1
    assert not result.stdout
    assert result.stderr.startswith(f"Error: Cannot write {folder}/a.json: ")
    assert result.stderr.count("\n") == 1


def test_a_file_of_a_table_is_not_the_terminal_s(place: Place, tmp_path: Path) -> None:
    """A table in a file is plain and at its natural width, though it was asked for on a narrow terminal in colour."""
    path = tmp_path / "a.txt"
    environ = {"FORCE_COLOR": "1", "COLUMNS": "60"}
    place.run("list", "-c", "Indonesia", "-o", str(path), tty=True, environ=environ)
    assert path.read_text("utf-8") == place.run("list", "-c", "Indonesia", "--format", "table").stdout


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("twincli list -n 1 >&-", 0),
        ("twincli list -n 1 2>&- | cat > /dev/null", 0),
        ("twincli show Nowhereville 2>&-", 1),
        ("twincli list -n 1 <&- > /dev/null", 0),
        ("twincli data check - <&- > /dev/null", 1),
    ],
)
def test_a_stream_that_the_caller_closed(warm: Place, line: str, status: int) -> None:
    """A closed stdin, stdout or stderr is no reason for a traceback."""
    done = warm.shell(f"set -o pipefail; {line}")
    assert done.returncode == status
    assert done.stderr == ""
    assert done.stdout == ""


# Ctrl-C reaches it also where the tests themselves run in the background, which ignores SIGINT.
_RUN = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "twincli", *sys.argv[1:]])
"""


def _start(place: Place, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the program and do not wait for its end."""
    return subprocess.Popen(
        [sys.executable, "-c", _RUN, *arguments], env=place.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("command", [["data", "check"], ["list", "--data"]])
def test_ctrl_c_ends_at_once_and_quietly(fresh: Place, command: list[str]) -> None:
    """Ctrl-C, here in the middle of reading a data file, is status 130, with nothing said and nothing left behind."""
    pipe = fresh.folder / "data.json"
    os.mkfifo(pipe)
    process = _start(fresh, *command, str(pipe))
    writer = os.open(pipe, os.O_WRONLY)  # waits until twincli reads
    process.send_signal(signal.SIGINT)
    output = process.communicate(timeout=30)
    os.close(writer)
    assert process.returncode == 130
    assert output == (b"", b"")
    assert not list(fresh.folder.glob("cache/**/*.tmp"))
    assert not list(fresh.folder.glob("cache/**/*.sqlite"))


def test_an_interrupted_first_run_harms_nothing(fresh: Place) -> None:
    """After any interruption the next run is right, and clears away what the interrupted one left."""
    for signal_ in (signal.SIGINT, signal.SIGKILL):
        process = _start(fresh, "list")
        cache = fresh.folder / "cache" / "twincli"
        while process.poll() is None and not list(cache.glob("*.tmp")):
            pass
        process.send_signal(signal_)
        process.communicate(timeout=30)
        assert len(json.loads(fresh.process("list", "-n", "3").stdout)) == 3
        assert not list(cache.glob("*.tmp"))
        for path in cache.iterdir():
            path.unlink()
