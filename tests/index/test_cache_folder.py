"""Where the index lies, and what happens where it can lie nowhere."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place
from tests.index.conftest import folder_of, indexes, state_of, the_index

Check = Callable[[Place], None]
DAY = 24 * 3600.0


def test_the_index_is_built_once(bare: Place, assert_right: Check) -> None:
    """The first question builds the index; later ones leave it as it is."""
    bare.run("list", "-n", "1")
    state = state_of(the_index(bare))
    assert_right(bare)
    assert state_of(the_index(bare)) == state
    assert not list(folder_of(bare).glob("*.tmp"))


def test_a_reader_who_waits_is_told_why(bare: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal one line says that the index is being made, where that takes long; not with ``--quiet``."""
    monkeypatch.setattr("twincli.session._LONG_SECONDS", 0.0)
    line = "Making the index of the data, once …"
    assert bare.run("list", "-n", "1").stderr == ""
    the_index(bare).unlink()
    assert bare.run("list", "-n", "1", "-q", stderr_tty=True).stderr == ""
    the_index(bare).unlink()
    assert bare.run("list", "-n", "1", stderr_tty=True).stderr.splitlines() == [line]
    assert bare.run("list", "-n", "1", stderr_tty=True).stderr == ""


def test_nobody_else_may_read_along(bare: Place) -> None:
    """The folder and the index are the user's own."""
    bare.run("list", "-n", "1")
    assert folder_of(bare).stat().st_mode & 0o077 == 0
    assert the_index(bare).stat().st_mode & 0o077 == 0


def test_no_home_and_no_cache(bare: Place, assert_right: Check) -> None:
    """Without HOME and XDG_CACHE_HOME every answer is right, from memory, and no file is written."""
    del bare.environ["HOME"], bare.environ["XDG_CACHE_HOME"]
    before = sorted(bare.folder.rglob("*"))
    assert_right(bare)
    assert bare.run("data", "info").json["index"] is None
    assert sorted(bare.folder.rglob("*")) == before


@pytest.mark.parametrize(
    "environ",
    [
        {"HOME": "", "XDG_CACHE_HOME": ""},
        {"HOME": "relative", "XDG_CACHE_HOME": "also/relative"},
        {"HOME": "{file}", "XDG_CACHE_HOME": ""},
        {"HOME": "{file}/deeper", "XDG_CACHE_HOME": "{file}/cache"},
        {"XDG_CACHE_HOME": "{file}"},
        {"XDG_CACHE_HOME": "{folder}/x" + "y" * 300},
        {"XDG_CACHE_HOME": "/proc/self"},
        {"XDG_CACHE_HOME": "/dev/null"},
    ],
    ids=lambda environ: str(environ)[:60],
)
def test_a_cache_that_cannot_be_written(bare: Place, assert_right: Check, environ: dict[str, str]) -> None:
    """A file in the folder's place, a name too long, a folder in which nobody writes: right answers, nothing said."""
    (bare.folder / "file").touch()
    places = {"file": bare.folder / "file", "folder": bare.folder}
    bare.environ.update({name: value.format_map(places) for name, value in environ.items()})
    assert_right(bare)
    assert bare.run("data", "info").json["index"] is None


def test_a_folder_that_is_read_only(bare: Place, assert_right: Check) -> None:
    """In a read-only home every answer is right."""
    if os.geteuid() == 0:
        pytest.skip("root may write into read-only folders; a file in the folder's place is tried for everyone")
    bare.home.chmod(0o500)
    del bare.environ["XDG_CACHE_HOME"]
    assert_right(bare)
    assert bare.run("data", "info").json["index"] is None


def test_a_relative_cache_folder_is_ignored(bare: Place) -> None:
    """XDG has relative paths ignored; the home's own cache serves."""
    bare.environ["XDG_CACHE_HOME"] = "relative/cache"
    info = bare.run("data", "info").json
    assert Path(info["index"]).is_relative_to(bare.home / ".cache" / "twincli")
    assert info["index_reason"] == "HOME"


def test_a_link_as_cache_folder_is_followed(bare: Place, assert_right: Check) -> None:
    """A cache folder may be a link to another place."""
    (bare.folder / "elsewhere").mkdir()
    Path(bare.environ["XDG_CACHE_HOME"]).symlink_to(bare.folder / "elsewhere")
    assert_right(bare)
    assert len(indexes(bare)) == 1


@pytest.mark.parametrize("name", ["with space", "with?mark", "with#hash", "with%41percent", "ü", "a'b\"c"])
def test_any_folder_name_serves(bare: Place, name: str) -> None:
    """A cache folder may be called as it likes, with signs that mean something in an address too."""
    bare.environ["XDG_CACHE_HOME"] = str(bare.folder / name)
    pairs = bare.run("list", "--city", "Jakarta").json
    state = state_of(the_index(bare))
    assert bare.run("list", "--city", "Jakarta").json == pairs
    assert state_of(the_index(bare)) == state


def test_a_cache_removed_between_two_runs_is_no_matter(bare: Place, assert_right: Check) -> None:
    """The cache may be deleted at any time; it comes back."""
    bare.run("list", "-n", "1")
    the_index(bare).unlink()
    folder_of(bare).joinpath(".lock").unlink(missing_ok=True)
    folder_of(bare).rmdir()
    assert_right(bare)
    assert len(indexes(bare)) == 1


def test_a_disk_without_room_for_the_index(bare: Place, assert_right: Check) -> None:
    """Where the index does not fit on the disk: the right answer, nothing said, and nothing left of the attempt."""
    done = bare.shell("ulimit -f 64; twincli list | cat")
    assert done.stderr == ""
    assert indexes(bare) == []
    assert not list(folder_of(bare).glob("*.tmp"))
    assert done.stdout == bare.run("list").stdout
    assert_right(bare)


def test_an_index_that_nobody_uses_is_removed_one_day(
    bare: Place, some_pairs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of data files that are gone, and of earlier versions, go 90 days after the last use; none goes before."""
    files = [bare.folder / f"{number}.json" for number in range(4)]
    for path in files:
        path.write_bytes(some_pairs.read_bytes())
    for path in files[:2]:
        bare.run("list", "-n", "1", "--data", str(path))
    of_old = folder_of(bare) / "0.0.1-2-0123abcd-0123abcd.sqlite"
    of_old.write_bytes(b"an index in a form that only the past knew")
    (folder_of(bare) / "a folder.sqlite").mkdir()
    first = indexes(bare)
    today = time.time()
    for days, path, kept in ((89, files[2], set(first)), (91, files[3], {folder_of(bare) / "a folder.sqlite"})):
        monkeypatch.setattr(time, "time", lambda days=days: today + days * DAY)
        assert bare.run("list", "-n", "1", "--data", str(path)).status == 0
        assert set(indexes(bare)) & set(first) == kept
    assert bare.run("list", "-n", "1", "--data", str(files[0])).status == 0


def test_the_use_of_an_index_is_noted(built: Place, small: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """What is asked now and then stays, also where the system does not keep when a file was read."""
    path = the_index(built)
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns - int(100 * DAY * 1e9), state.st_mtime_ns))
    built.run("list", "-n", "1")
    assert time.time() - path.stat().st_atime < DAY
    assert path.stat().st_mtime_ns == state.st_mtime_ns
    built.run("list", "--data", str(write(small)))
    assert path in indexes(built)
