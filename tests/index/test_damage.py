"""A damaged index: the right answer all the same, and a sound index afterwards."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Place
from tests.index.conftest import folder_of, indexes, the_index

Check = Callable[[Place], None]
Damage = Callable[[bytes], bytes]

PAGE = 4096


def _zeroed(at: float) -> Damage:
    def damage(content: bytes) -> bytes:
        start = int(len(content) * at) // PAGE * PAGE
        return content[:start] + bytes(PAGE) + content[start + PAGE :]

    return damage


def _garbled(at: float) -> Damage:
    def damage(content: bytes) -> bytes:
        start = int(len(content) * at)
        return content[:start] + random.Random(at).randbytes(PAGE) + content[start + PAGE :]

    return damage


def _cut(at: float) -> Damage:
    return lambda content: content[: int(len(content) * at)]


DAMAGES: dict[str, Damage] = {
    **{f"cut at {at}": _cut(at) for at in (0, 0.00002, 0.0005, 0.1, 0.5, 0.9, 0.9999)},
    **{f"zeroed at {at}": _zeroed(at) for at in (0, 0.0006, 0.3, 0.6, 0.9999)},
    **{f"garbled at {at}": _garbled(at) for at in (0, 0.0006, 0.3, 0.6, 0.9)},
    "all zeros": lambda content: bytes(len(content)),
    "something else": lambda __: b"<!doctype html>" * 1000,
    "half of another": lambda content: content[: len(content) // 2] * 2,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_index_is_built_anew(built: Place, assert_right: Check, damage: Damage) -> None:
    """Whatever has been written into the index: the answers are right, nothing is said, and it is whole again."""
    path = the_index(built)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert_right(built)
    assert _integrity(the_index(built)) == "ok"
    assert len(the_index(built).read_bytes()) == len(whole)


# Where a page was lost, rather than written over, SQLite itself has to notice.
@pytest.mark.parametrize("name", [name for name in DAMAGES if name.startswith(("cut", "all", "something"))])
def test_damage_that_left_no_trace_in_the_file_s_time(built: Place, assert_right: Check, name: str) -> None:
    """Also where a copy or a restored backup kept the time at which the file was last written."""
    path = the_index(built)
    state = path.stat()
    path.write_bytes(DAMAGES[name](path.read_bytes()))
    os.utime(path, ns=(state.st_mtime_ns, state.st_mtime_ns))
    assert_right(built)


def _integrity(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


def _lose_page(path: Path, text: str) -> None:
    """Overwrite with zeros the page that holds a text, as a bad disk would, leaving the file's time alone."""
    state = path.stat()
    content = path.read_bytes()
    start = content.index(text.encode()) // PAGE * PAGE
    path.write_bytes(content[:start] + bytes(PAGE) + content[start + PAGE :])
    os.utime(path, ns=(state.st_mtime_ns, state.st_mtime_ns))


def test_damage_found_before_the_answer_began(built: Place, sound: Place) -> None:
    """Where nothing has left yet, the answer is given from a new index, as if nothing had been."""
    _lose_page(the_index(built), '{"id": "jakarta-rotterdam"')
    assert built.run("list") == sound.run("list")
    assert _integrity(the_index(built)) == "ok"


def test_damage_found_after_the_answer_began(built: Place, sound: Place) -> None:
    """Where part of an answer has left already, the user is told to ask again, and the next answer is right."""
    _lose_page(the_index(built), '{"id": "jakarta-rotterdam"')
    result = built.run("list", "--format", "markdown")  # whose heading comes before the first pair is read
    assert result.status == 1
    assert result.stderr.startswith("Error: The index was damaged")
    assert result.stderr.count("\n") == 1
    assert indexes(built) == []
    assert built.run("list", "--format", "markdown") == sound.run("list", "--format", "markdown")


def test_a_half_written_index_is_never_opened(built: Place, assert_right: Check) -> None:
    """A file that only begins like the index, under its name, is not taken for it."""
    path = the_index(built)
    content = path.read_bytes()
    path.unlink()
    with path.open("wb") as file:
        file.write(content[: len(content) // 3])
        file.flush()
        assert_right(built)


@pytest.mark.parametrize(
    "name", ["{index}.tmp", "{index}.{pid}.tmp", "{index}.0123456789abcdef.tmp", "{index}-journal"]
)
def test_leftovers_of_a_killed_process_are_no_matter(built: Place, assert_right: Check, name: str) -> None:
    """What a killed process left beside the index disturbs neither an index that is there nor a new one."""
    path = the_index(built)
    leftover = folder_of(built) / name.format(index=path.name, pid=os.getpid())
    leftover.write_bytes(path.read_bytes()[:100_000])
    assert_right(built)
    path.unlink()
    assert_right(built)
    assert indexes(built) == [path]
    if name.endswith(".tmp"):
        assert not leftover.exists()


def test_an_index_that_others_may_write_is_not_trusted(built: Place, assert_right: Check) -> None:
    """An index that another user could have written is replaced by one of our own."""
    path = the_index(built)
    path.chmod(0o666)
    assert_right(built)
    assert not the_index(built).stat().st_mode & 0o022


def test_a_folder_in_the_index_s_place(built: Place, assert_right: Check) -> None:
    """Where something stands in the index's place that cannot be replaced, the answers come from memory."""
    path = the_index(built)
    path.unlink()
    path.mkdir()
    (path / "file").touch()
    assert_right(built)
    assert built.run("data", "info").json["index"] is None
