"""``--output``: a file is written whole or not at all, and never over another unasked."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from tests.conftest import Place

COMMAND = ("list", "--country", "Indonesia")


def test_a_new_file_holds_what_stdout_would(place: Place, tmp_path: Path) -> None:
    """``-o FILE`` writes the same bytes to the file, and nothing to stdout or stderr."""
    path = tmp_path / "pairs.json"
    result = place.run(*COMMAND, "-o", str(path))
    assert (result.status, result.stdout, result.stderr) == (0, "", "")
    assert path.read_text("utf-8") == place.run(*COMMAND).stdout


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.csv", "csv"),
        ("a.tsv", "tsv"),
        ("a.md", "markdown"),
        ("a.txt", "table"),
        ("A.CSV", "csv"),
        ("pairs", "json"),
    ],
)
def test_the_file_s_name_chooses_the_format(place: Place, tmp_path: Path, name: str, format_: str) -> None:
    """Without ``--format`` the end of the file's name decides, on a terminal too."""
    path = tmp_path / name
    result = place.run(*COMMAND, "-o", str(path), tty=True)
    assert result.status == 0
    assert path.read_text("utf-8") == place.run(*COMMAND, "--format", format_).stdout


def test_an_option_is_stronger_than_the_name(place: Place, tmp_path: Path) -> None:
    """``--format`` decides against the file's name; the name against TWINCLI_FORMAT."""
    path = tmp_path / "a.csv"
    place.run(*COMMAND, "-o", str(path), "--format", "jsonl")
    assert path.read_text("utf-8") == place.run(*COMMAND, "--format", "jsonl").stdout
    place.run(*COMMAND, "-o", str(path), "--force", environ={"TWINCLI_FORMAT": "json"})
    assert path.read_text("utf-8") == place.run(*COMMAND, "--format", "csv").stdout


def test_a_name_that_tells_no_format_is_refused(place: Place, tmp_path: Path) -> None:
    """A file name that ends in something unknown is wrong usage, unless the format is given."""
    path = tmp_path / "pairs.xls"
    result = place.run(*COMMAND, "-o", str(path))
    assert result.status == 2
    assert ".xls" in result.stderr
    assert not path.exists()
    assert place.run(*COMMAND, "-o", str(path), "--format", "tsv").status == 0
    assert path.exists()


def test_an_existing_file_is_left_alone(place: Place, tmp_path: Path) -> None:
    """A file that exists is wrong usage, told before any work, and stays as it is."""
    path = tmp_path / "mine.csv"
    path.write_text("precious")
    result = place.run(*COMMAND, "-o", str(path))
    assert result.status == 2
    assert "--force" in result.stderr
    assert path.read_text() == "precious"
    wrong_too = place.run("list", "--country", "Nowhere", "-o", str(path))
    assert "--force" in wrong_too.stderr


def test_force_overwrites(place: Place, tmp_path: Path) -> None:
    """With ``--force`` the file is replaced whole, its permissions kept."""
    path = tmp_path / "mine.csv"
    path.write_text("old " * 100_000)
    path.chmod(0o640)
    assert place.run(*COMMAND, "-o", str(path), "--force").status == 0
    assert path.read_text("utf-8") == place.run(*COMMAND, "--format", "csv").stdout
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(place: Place, tmp_path: Path) -> None:
    """A new file obeys the umask as any other program's does."""
    mask = os.umask(0o027)
    try:
        place.run(*COMMAND, "-o", str(tmp_path / "a.csv"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


def test_a_failure_leaves_no_file(place: Place, tmp_path: Path) -> None:
    """Where the command fails, there is no file, and none half-written beside its place."""
    before = sorted(tmp_path.iterdir())
    assert place.run("show", "Nowhereville", "-o", str(tmp_path / "a.json")).status == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("option", [[], ["--force"]])
def test_a_folder_is_no_file(place: Place, tmp_path: Path, option: list[str]) -> None:
    """A folder in place of the file, or none to put it in, is told in one sentence."""
    file = tmp_path / "file"
    file.touch()
    for path in (tmp_path, tmp_path / "missing" / "a.json", file / "a.json"):
        result = place.run(*COMMAND, "-o", str(path), *option)
        assert result.status == 2
        assert not result.stdout
        assert result.stderr.count("\n") == 1
        assert result.stderr.startswith("Error: ")


def test_a_folder_that_takes_no_files(place: Place) -> None:
    """A folder in which nothing can be written is status 1 and one sentence that says why."""
    folder = Path("/proc/self")
    if not folder.is_dir():
        pytest.skip("there is no /proc, the one folder in which even root may write nothing")
    result = place.run(*COMMAND, "-o", str(folder / "a.json"))
    assert result.status == 1
    assert not result.stdout
    assert result.stderr.startswith(f"Error: Cannot write {folder}/a.json: ")
    assert result.stderr.count("\n") == 1


def test_a_dash_is_stdout(place: Place) -> None:
    """``-o -`` is stdout, in the form of a pipe or of a terminal as without it."""
    assert place.run(*COMMAND, "-o", "-").stdout == place.run(*COMMAND).stdout
    assert place.table(*COMMAND, "-o", "-").stdout == place.table(*COMMAND).stdout


def test_a_link_keeps_leading_to_its_file(place: Place, tmp_path: Path) -> None:
    """Where the file is a link, the file that it leads to is written."""
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    assert place.run(*COMMAND, "-o", str(link), "--force").status == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == place.run(*COMMAND, "--format", "csv").stdout


def test_a_pipe_is_written_to_not_replaced(place: Place, tmp_path: Path) -> None:
    """A named pipe, such as bash's ``>(…)``, gets the output; no file takes its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    assert place.run(*COMMAND, "-o", str(pipe)).status == 0
    reader.join(10)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert received == [place.run(*COMMAND).stdout.encode()]


def test_a_file_of_a_table_has_no_colours(place: Place, tmp_path: Path) -> None:
    """A table in a file is plain text at its natural width, though it was asked for on a terminal in colour."""
    path = tmp_path / "a.txt"
    place.run(*COMMAND, "-o", str(path), tty=True, environ={"FORCE_COLOR": "1"})
    assert "\x1b" not in path.read_text("utf-8")


def test_a_full_disk_keeps_the_old_file(place: Place, tmp_path: Path) -> None:
    """Where the disk fills up midway, the old file stays whole, and one sentence with status 1 says why."""
    path = tmp_path / "mine.json"
    path.write_text("precious")
    place.run("list", "-n", "1")
    script = f"ulimit -f 64; twincli list -o {path} --force; echo status $?"
    done = place.shell(script)
    assert done.stdout == "status 1\n"
    assert done.stderr.startswith(f"Error: Cannot write {path}: ")
    assert done.stderr.count("\n") == 1
    assert path.read_text() == "precious"
    assert {entry.name for entry in tmp_path.iterdir()} == {"home", "mine.json"}
