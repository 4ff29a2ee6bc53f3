"""``-o FILE``: a file whole or not at all, and never one in the place of another unasked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Place, Stream
from twincli.errors import BadUsage
from twincli.output import Output
from twincli.session import Session
from twincli.terminal import detect

FORMATS = ("json", "jsonl", "csv", "tsv", "markdown", "geojson", "graphml", "table")


def files_in(folder: Path) -> set[str]:
    """What lies in a folder, hidden files too, but for the home of the test."""
    return {path.name for path in folder.iterdir()} - {"home"}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_stdout_would(place: Place, tmp_path: Path, form: str) -> None:
    """``-o`` writes, in every format, the same bytes that a pipe gets, nothing on stdout, and leaves nothing else."""
    file = tmp_path / "answer"
    result = place.run("show", "Jakarta", "--format", form, "-o", str(file))
    assert (result.status, result.stdout) == (0, "")
    assert file.read_bytes().decode() == place.run("show", "Jakarta", "--format", form).stdout
    assert files_in(tmp_path) == {"answer"}


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("a.json", "["),
        ("a.jsonl", "{"),
        ("a.csv", "id,city1"),
        ("a.CSV", "id,city1"),
        ("a.tsv", "id\tcity1"),
        ("a.md", "| City"),
        ("a.txt", "City"),
        ("a.geojson", '{"type":"FeatureCollection"'),
        ("a.graphml", "<?xml"),
        ("a", "["),
    ],
)
def test_the_name_decides_the_format(place: Place, tmp_path: Path, name: str, beginning: str) -> None:
    """The end of the name tells the format, before TWINCLI_FORMAT does; without an end it is JSON."""
    assert place.run("list", "-n", "2", "-o", str(tmp_path / name)).status == 0
    assert (tmp_path / name).read_text("utf-8").lstrip().startswith(beginning)


def test_an_option_is_stronger_than_the_name_and_the_name_than_the_variable(place: Place, tmp_path: Path) -> None:
    """``--format`` decides first, then the file's name, then the variable."""
    place.run("list", "-n", "1", "--format", "tsv", "-o", str(tmp_path / "a.csv"))
    place.run("list", "-n", "1", "-o", str(tmp_path / "b.csv"), environ={"TWINCLI_FORMAT": "json"})
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("id\t")
    assert (tmp_path / "b.csv").read_text("utf-8").startswith("id,")


def test_an_unknown_end_is_refused(place: Place, tmp_path: Path) -> None:
    """No JSON under the name of a workbook: one sentence says which ends there are; ``--format`` overrules it."""
    result = place.run("list", "-o", str(tmp_path / "a.xlsx"))
    assert result.status == 2
    assert ".csv" in result.stderr
    assert files_in(tmp_path) == set()
    assert place.run("list", "-n", "1", "--format", "csv", "-o", str(tmp_path / "a.xlsx")).status == 0


def test_an_existing_file_stays_as_it_is(place: Place, tmp_path: Path) -> None:
    """Without ``--force`` the file is untouched, the sentence names it and the option, and the status is 2."""
    file = tmp_path / "a.csv"
    file.write_text("mine")
    result = place.run("list", "-o", str(file))
    assert result.status == 2
    assert result.stderr == f"Error: {file} exists; overwrite it with --force.\n"
    assert file.read_text() == "mine"


def test_force_overwrites_and_keeps_the_permissions(place: Place, tmp_path: Path) -> None:
    """With ``--force`` the file is replaced, and who may read it stays as it was."""
    file = tmp_path / "a.csv"
    file.write_text("mine")
    file.chmod(0o640)
    assert place.run("list", "-n", "1", "-o", str(file), "--force").status == 0
    assert file.read_text().startswith("id,")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_person_is_told_what_was_written(place: Place, tmp_path: Path) -> None:
    """At a terminal a file that was written is named; scripts, and whoever asked for quiet, are told nothing."""
    file = tmp_path / "a.csv"
    assert place.run("list", "-n", "1", "-o", str(file), stderr_tty=True).stderr == f"Written: {file}\n"
    for words, tty in ((["--quiet"], True), ([], False)):
        assert place.run("list", "-n", "1", "-o", str(file), "--force", *words, stderr_tty=tty).stderr == ""
    assert place.run("list", "-n", "1", "-o", "/dev/null", stderr_tty=True).stderr == ""


def test_a_new_file_has_the_usual_permissions(place: Place, tmp_path: Path) -> None:
    """The umask decides, as for every file that a shell makes."""
    before = os.umask(0o027)
    try:
        place.run("list", "-n", "1", "-o", str(tmp_path / "a.csv"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


def test_a_link_keeps_leading_to_its_file(place: Place, tmp_path: Path) -> None:
    """Through a link the file behind it is replaced, and a link to nothing is not."""
    file, link, broken = tmp_path / "a.csv", tmp_path / "link.csv", tmp_path / "broken.csv"
    file.write_text("mine")
    link.symlink_to(file)
    broken.symlink_to(tmp_path / "nothing")
    assert place.run("list", "-n", "1", "-o", str(broken)).status == 2
    assert place.run("list", "-n", "1", "-o", str(link)).status == 2
    assert place.run("list", "-n", "1", "-o", str(link), "--force").status == 0
    assert link.is_symlink()
    assert file.read_text().startswith("id,")


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """Even a file made by somebody else while the answer was being written stays."""
    file = tmp_path / "a.csv"

    def chunks() -> Iterator[str]:
        yield "ours"
        file.write_text("theirs")

    stdin, stdout, stderr = Stream(), Stream(), Stream()
    output = Output(Session(detect(stdin, stdout, stderr, {})), "csv", path=file)
    with pytest.raises(BadUsage, match="exists"):
        output.write(chunks())
    assert file.read_text() == "theirs"
    assert files_in(tmp_path) == {"a.csv"}


def test_a_failure_half_way_leaves_nothing(tmp_path: Path) -> None:
    """Where the answer breaks off, the old file stays whole, and no part of a new one lies about."""
    file = tmp_path / "a.csv"
    file.write_text("old")

    def chunks() -> Iterator[str]:
        yield "new"
        raise RuntimeError

    stdin, stdout, stderr = Stream(), Stream(), Stream()
    output = Output(Session(detect(stdin, stdout, stderr, {})), "csv", path=file, force=True)
    with pytest.raises(RuntimeError):
        output.write(chunks())
    assert file.read_text() == "old"
    assert files_in(tmp_path) == {"a.csv"}


def test_an_error_leaves_no_file(place: Place, tmp_path: Path) -> None:
    """A city that nobody knows gives no empty file."""
    assert place.run("show", "Nowhereville", "-o", str(tmp_path / "a.csv")).status == 1
    assert files_in(tmp_path) == set()


def test_a_folder_is_refused_before_any_work(place: Place, tmp_path: Path) -> None:
    """A folder in the place of a file, or none to put it in, is one sentence and status 2, with ``--force`` too."""
    for target in (tmp_path, tmp_path / "missing" / "a.csv"):
        result = place.run("show", "Nowhereville", "--format", "csv", "-o", str(target), "--force")
        assert result.status == 2
        assert str(target.parent if target.suffix else target) in result.stderr


def test_a_device_is_written_to_and_not_replaced(place: Place) -> None:
    """A named pipe needs no ``--force``, and with it stays a pipe; likewise /dev/null and whatever is no file."""
    for option in ("", "--force"):
        result = place.shell(
            f"rm -f pipe got; mkfifo pipe; cat pipe >got & "
            f"twincli list -n 1 --format csv -o pipe {option}; wait; test -p pipe && head -c 3 got"
        )
        assert (result.stdout, result.stderr) == ("id,", "")


def test_a_pipe_of_the_shell_takes_it(place: Place) -> None:
    """``-o >(gzip)`` works, and ends quietly where the other side leaves early."""
    result = place.shell("twincli list -n 1 --format csv -o >(head -c 3 >got); sleep 0.5; cat got")
    assert (result.stdout, result.stderr) == ("id,", "")
    quiet = place.shell("twincli list --format csv -o >(head -c 3 >/dev/null)")
    assert (quiet.returncode, quiet.stderr) == (0, "")


def test_a_hyphen_is_stdout(place: Place) -> None:
    """``-o -`` is no file."""
    assert place.run("show", "Jakarta", "-o", "-").stdout == place.run("show", "Jakarta").stdout
