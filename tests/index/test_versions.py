"""An index answers for one state of the data and one version of the program, never for another."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATA, Place
from tests.index.conftest import folder_of, indexes, state_of, the_index
from twincli import __version__
from twincli.index.schema import SCHEMA_VERSION

Check = Callable[[Place], None]
Write = Callable[[Any], Path]


def test_two_versions_share_a_cache(built: Place, assert_right: Check) -> None:
    """An index of another version stays where it is, untouched, and ours is built beside it."""
    ours = the_index(built)
    prefix = f"{__version__}-{SCHEMA_VERSION}-"
    assert ours.name.startswith(prefix)
    for other in (f"{__version__}-{SCHEMA_VERSION + 1}-", "99.0.0-1-"):
        theirs = ours.with_name(other + ours.name.removeprefix(prefix))
        theirs.write_bytes(b"an index in a form that only the future knows")
    ours.unlink()
    assert_right(built)
    assert len(indexes(built)) == 3
    assert sum(path.read_bytes().startswith(b"an index in a form") for path in indexes(built)) == 2


def test_another_s_index_under_our_name_is_not_opened(
    built: Place, small: Any, write: Write, assert_right: Check
) -> None:
    """An index of other data that came to lie under our name, even with our mark, is not taken for ours."""
    ours = the_index(built)
    state = ours.stat()
    built.run("list", "--data", str(write(small)))
    (theirs,) = set(indexes(built)) - {ours}
    shutil.copyfile(theirs, ours)
    os.utime(ours, ns=(state.st_mtime_ns, state.st_mtime_ns))
    assert_right(built)


def test_changed_data_gives_a_new_answer(fresh: Place, small: dict[str, Any], write: Write) -> None:
    """After the data file has changed, the next answer is the new one, and the index of the old state is gone."""
    path = write(small)
    assert len(fresh.run("list", "--data", str(path)).json) == len(small["pairs"]) == 2
    before = the_index(fresh)
    write({**small, "pairs": small["pairs"][:1]})
    assert len(fresh.run("list", "--data", str(path)).json) == 1
    assert the_index(fresh) != before


def test_a_change_that_restores_size_and_time_is_seen(fresh: Place, small: dict[str, Any], write: Write) -> None:
    """A change is noticed though the file's size and time are as before."""
    path = write(small)
    state = path.stat()
    assert fresh.run("show", "Jakarta", "--data", str(path)).status == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Jakarta"', '"Jakarto"'), "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.stat().st_size == state.st_size
    assert fresh.run("show", "Jakarto", "--data", str(path)).json["city"]["name"] == "Jakarto"


def test_a_file_replaced_by_another_is_seen(fresh: Place, small: dict[str, Any], write: Write) -> None:
    """A file renamed into the place of another is another file."""
    path = write(small)
    assert len(fresh.run("list", "--data", str(path)).json) == 2
    other = path.with_name("other.json")
    other.write_text(json.dumps({**small, "pairs": small["pairs"][1:]}), "utf-8")
    other.replace(path)
    assert len(fresh.run("list", "--data", str(path)).json) == 1


def test_two_data_files_have_an_index_each(built: Place, small: dict[str, Any], write: Write) -> None:
    """Going from one data file to another and back builds nothing again."""
    path = write(small)
    first = built.run("list", "--data", str(path)).stdout
    states = {index: state_of(index) for index in indexes(built)}
    assert len(states) == 2
    built.run("list", "-n", "1")
    assert built.run("list", "--data", str(path)).stdout == first
    assert {index: state_of(index) for index in indexes(built)} == states


def test_an_index_says_what_it_was_built_from(built: Place, some_pairs: Path) -> None:
    """Inside the index stands what it answers for, so that its name alone proves nothing."""
    connection = sqlite3.connect(the_index(built))
    identity = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()[0]
    connection.close()
    assert __version__ in identity
    assert str(some_pairs) in identity


# --- --data and TWINCLI_DATA ------------------------------------------------------------------------------------------


def test_other_data_answers(place: Place, small: dict[str, Any], write: Write) -> None:
    """``--data FILE``, and TWINCLI_DATA behind it, answers from another file of the same schema."""
    path = str(write(small))
    ids = {pair["id"] for pair in small["pairs"]}
    assert {pair["id"] for pair in place.run("list", "--data", path).json} == ids
    assert {pair["id"] for pair in place.run("list", environ={"TWINCLI_DATA": path}).json} == ids
    assert (
        place.run("show", "Jakarta", "--data", path).json["pairs"]
        == place.run("show", "Jakarta", environ={"TWINCLI_DATA": path}).json["pairs"]
    )
    assert place.run("show", "Bandung", "--data", path).status == 1
    assert place.run("explain", "benefits", "--data", path).json == place.run("explain", "benefits").json


def test_the_option_is_stronger_than_the_variable(place: Place, small: dict[str, Any], write: Write) -> None:
    """``--data`` decides against TWINCLI_DATA, and an empty variable is none."""
    path = str(write(small))
    bundled = str(DATA / "pairs.json")
    assert len(place.run("list", "--data", path, environ={"TWINCLI_DATA": bundled}).json) == 2
    assert len(place.run("list", "--data", path, environ={"TWINCLI_DATA": "/nowhere.json"}).json) == 2
    assert len(place.run("list", environ={"TWINCLI_DATA": ""}).json) > 2


def test_a_relative_path_is_that_of_the_folder_one_is_in(fresh: Place, small: dict[str, Any]) -> None:
    """Two folders with a file of one name do not share an answer."""
    for name, pairs in (("one", small["pairs"]), ("two", small["pairs"][:1])):
        (fresh.folder / name).mkdir()
        (fresh.folder / name / "mine.json").write_text(json.dumps({**small, "pairs": pairs}), "utf-8")
    script = "for f in one two one; do (cd $f; twincli list --data mine.json --format jsonl | wc -l); done"
    done = fresh.shell(script, PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    assert done.stderr == ""
    assert done.stdout.split() == ["2", "1", "2"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "not an object"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"format": 1}', "missing"),
        (b"[" * 100_000, "nested"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_broken_file_is_bad_data(place: Place, write: Write, content: bytes, said: str) -> None:
    """A file that cannot be used is status 1 and one sentence: what is wrong and how to see it all."""
    path = write(content)
    for arguments in (["list"], ["show", "Jakarta"], ["explain"], ["data", "info"]):
        result = place.run(*arguments, "--data", str(path))
        assert (result.status, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
        assert f"twincli data check {path}" in result.stderr
        assert said in result.stderr


def test_a_wrong_record_is_bad_data(place: Place, small: dict[str, Any], write: Write) -> None:
    """A file with one wrong record among right ones answers nothing, names the record, and leaves no index."""
    small["pairs"][0]["since"] = "1986-02-30"
    path = write(small)
    before = indexes(place)
    result = place.run("list", "--data", str(path))
    assert (result.status, result.stdout) == (1, "")
    assert small["pairs"][0]["id"] in result.stderr
    assert "1986-02-30" in result.stderr
    assert indexes(place) == before
    assert not list(folder_of(place).glob("*.tmp"))


@pytest.mark.parametrize("name", [".", "nowhere.json", "/dev/null/x.json"])
def test_a_file_that_cannot_be_read(place: Place, name: str) -> None:
    """A folder, or a file that there is not, is status 1 and one sentence that names it."""
    for variables in ({}, {"TWINCLI_DATA": name}):
        arguments = ["list"] if variables else ["list", "--data", name]
        result = place.run(*arguments, environ=variables)
        assert (result.status, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1
        assert name in result.stderr
