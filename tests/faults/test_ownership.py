"""An index that another user could have written is never trusted, and what the tool makes is the user's alone."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Place
from tests.faults.conftest import everything_in
from tests.layers.importing import ONE_PAIR, Bench

Give = Callable[[Path], None]
QUESTION = ("list", "--city", "Jakarta", "--format", "csv")


def forge(index: Path) -> None:
    """Have an index say that everything has ended, with all its marks of being whole."""
    state = index.stat()
    connection = sqlite3.connect(index)
    connection.execute("""UPDATE pair SET head = replace(head, '"status": "active"', '"status": "ended"')""")
    connection.commit()
    connection.close()
    os.utime(index, ns=(state.st_mtime_ns, state.st_mtime_ns))


@pytest.fixture
def forged(bare: Place, place: Place) -> Path:
    """The cache folder, with an index in it that lies."""
    folder = bare.home / ".cache" / "twincli"
    right = place.run(*QUESTION).stdout
    assert bare.run(*QUESTION).stdout == right
    (index,) = folder.glob("*.sqlite")
    forge(index)
    assert bare.run(*QUESTION).stdout == right.replace("active", "ended")
    return folder


def assert_distrusted(bare: Place, place: Place, folder: Path) -> None:
    """The answer is right all the same, the reason is said once, and nothing in the folder is touched."""
    before = everything_in(folder)
    result = bare.run(*QUESTION)
    assert result.stdout == place.run(*QUESTION).stdout
    assert result.status == 0
    assert result.stderr == (
        f"Note: others could write in {bare.home}/.cache/twincli, so that no index is kept there, and every answer"
        " takes longer; make it yours alone, or set XDG_CACHE_HOME.\n"
    )
    assert everything_in(folder) == before


def open_to_all(path: Path) -> None:
    """Let everybody write in a folder."""
    path.chmod(0o777)


@pytest.mark.parametrize("which", ["twincli", ".cache", "home"])
def test_a_folder_that_everybody_may_write(bare: Place, place: Place, forged: Path, which: str) -> None:
    """An index in a folder in which everybody may write, or below one, could be anybody's."""
    path = {"twincli": forged, ".cache": forged.parent, "home": bare.home}[which]
    open_to_all(path)
    assert_distrusted(bare, place, forged)
    path.chmod(0o700)
    assert not bare.run(*QUESTION).stderr


@pytest.mark.parametrize("which", ["twincli", ".cache", "home"])
def test_a_folder_of_another_user(bare: Place, place: Place, forged: Path, somebody: Give, which: str) -> None:
    """An index in a folder of another user, or below one, is theirs, whoever the file belongs to."""
    somebody({"twincli": forged, ".cache": forged.parent, "home": bare.home}[which])
    assert_distrusted(bare, place, forged)


def test_an_index_of_another_user(bare: Place, place: Place, forged: Path, somebody: Give) -> None:
    """In our own folder, another's index is replaced by one of ours."""
    (index,) = forged.glob("*.sqlite")
    somebody(index)
    assert bare.run(*QUESTION) == place.run(*QUESTION)
    assert index.stat().st_uid == os.geteuid()


def test_a_link_into_a_folder_of_everybody(bare: Place, place: Place, forged: Path) -> None:
    """A cache folder that is a link is as safe as every folder on the way to where it leads."""
    shared = bare.folder / "shared"
    shutil.move(forged.parent, shared / "mine")
    (bare.home / ".cache").symlink_to(shared / "mine")
    assert not bare.run("explain").stderr
    open_to_all(shared)
    assert_distrusted(bare, place, shared / "mine" / "twincli")


def test_a_link_of_another_user(bare: Place, place: Place, forged: Path, somebody: Give) -> None:
    """A link that another user has made can lead elsewhere at any moment."""
    shutil.move(forged, bare.folder / "mine")
    forged.symlink_to(bare.folder / "mine")
    assert not bare.run("explain").stderr
    somebody(forged)
    assert_distrusted(bare, place, bare.folder / "mine")


def test_a_folder_like_tmp_may_hold_the_cache(bare: Place, place: Place) -> None:
    """Where everybody may make files, but not replace those of others, the cache is safe in a folder of its own."""
    shared = bare.folder / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    bare.environ["XDG_CACHE_HOME"] = str(shared)
    assert bare.run(*QUESTION) == place.run(*QUESTION)
    assert len(list(shared.glob("twincli/*.sqlite"))) == 1
    (shared / "twincli").chmod(0o1777)
    assert "others could write" in bare.run(*QUESTION).stderr


def test_the_group_of_one_user_is_nobody_else(bare: Place, place: Place, forged: Path) -> None:
    """Many systems give each user a group of their own, which may write in all that is made; any other group is one."""
    import grp
    import pwd

    name = pwd.getpwuid(os.geteuid()).pw_name
    if name not in {entry.gr_name for entry in grp.getgrall() if not set(entry.gr_mem) - {name}}:
        pytest.skip("this user has no group of their own")
    forged.chmod(0o770)
    os.chown(forged, -1, grp.getgrnam(name).gr_gid)
    assert not bare.run("explain").stderr
    if os.geteuid() == 0:
        os.chown(forged, -1, 54321)
        assert_distrusted(bare, place, forged)


def test_quiet_is_quiet_and_the_tab_key_too(bare: Place, forged: Path) -> None:
    """``--quiet`` leaves the note away, and so does completion, which must not disturb the line."""
    open_to_all(forged)
    assert bare.run("list", "-n", "1", "--quiet").stderr == ""
    words = {"_TWINCLI_COMPLETE": "bash", "COMP_CWORD": "2"}
    assert bare.run("twincli", "show", "Jak", environ=words).stderr == ""


def test_nothing_is_made_in_another_s_home(bare: Place, place: Place, somebody: Give) -> None:
    """With the home of another user, as under some settings of sudo, nothing is left there that they cannot remove."""
    somebody(bare.home)
    assert bare.run(*QUESTION).stdout == place.run(*QUESTION).stdout
    result = Bench(bare).bring(ONE_PAIR)
    assert result.status == 1
    assert result.stderr == (
        f"Error: {bare.home}/.local/share/twincli/layers belongs to another user;"
        " set HOME or XDG_DATA_HOME to a folder of yours.\n"
    )
    assert everything_in(bare.home) == {}


def test_all_that_is_made_is_private(bare: Place) -> None:
    """Whatever the user's umask: the index, layers and reports are 0600, and every new folder on the way 0700."""
    bench = Bench(bare)
    path = bench.write(f"{ONE_PAIR}Nirgends,Atlantis,1,1,Quellstadt,Germany,50.1,9.9\n")
    done = bare.shell(f"umask 000; twincli list -n 1; twincli data import {path}; twincli show Quellstadt")
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(bare.home): stat.S_IMODE(path.stat().st_mode) for path in bare.home.rglob("*")}
    assert {mode for path, mode in made.items() if (bare.home / path).is_dir()} == {0o700}
    assert {mode for path, mode in made.items() if (bare.home / path).is_file()} == {0o600}
    assert {path.suffix for path in made} >= {".sqlite", ".json", ".tsv"}
