"""What other systems do otherwise, played here: Windows' pipes, locks, files in use and paths, macOS' folders.

No test has run there; these show that what the documentation of Python says of them is thought of.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path, PurePath, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import Place, Stream
from tests.layers.importing import ONE_PAIR, Bench
from twincli import __main__ as main_module
from twincli import locations, private_files, session
from twincli.index import make, store
from twincli.layers import store as layers
from twincli.render import page
from twincli.run import run

WINDOWS, MAC = SimpleNamespace(platform="win32"), SimpleNamespace(platform="darwin")
QUESTION = ("list", "--city", "Jakarta")


@pytest.fixture
def bare(fresh: Place) -> Place:
    """A place with an empty home, in which the cache lies too."""
    del fresh.environ["XDG_CACHE_HOME"]
    return fresh


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have those modules that ask take this for Windows, and take away what it lacks."""
    for module in (private_files, session, make, layers, page):
        monkeypatch.setattr(module, "sys", WINDOWS, raising=False)
    for name in ("geteuid", "fork", "getuid", "fchmod", "fchown", "mkfifo"):
        monkeypatch.delattr(os, name)
    for name in ("fcntl", "pwd", "grp", "resource", "termios"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


@pytest.mark.usefixtures("on_windows")
def test_without_what_only_unix_has(bare: Place, place: Place) -> None:
    """Without owners of files, locks, fork and signals: an index is built once, a layer imported, read and removed."""
    assert bare.run(*QUESTION) == place.run(*QUESTION)
    (index,) = (bare.home / ".cache" / "twincli").glob("*.sqlite")
    before = index.stat()
    assert bare.run(*QUESTION) == place.run(*QUESTION)
    assert index.stat().st_ino == before.st_ino
    assert Bench(bare).bring(ONE_PAIR).status == 0
    assert bare.run("show", "Quellstadt").status == 0
    assert bare.run("data", "remove", "mine").status == 0
    assert bare.run("show", "Quellstadt").status == 1


class InUse:
    """Refuses for some times, as Windows does while somebody reads a file."""

    def __init__(self, times: int, target: str, do: Callable[..., Any]) -> None:
        self.times, self._target, self._do = times, target, do

    def __call__(self, *paths: Any, **options: Any) -> Any:
        """Refuse, or do it."""
        if self.times and str(paths[-1]).endswith(self._target):
            self.times -= 1
            raise PermissionError(errno.EACCES, "The process cannot access the file because it is being used")
        return self._do(*paths, **options)


@pytest.mark.usefixtures("on_windows")
def test_a_layer_that_is_being_read_is_replaced_a_moment_later(bare: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a reader has the old layer open, the import waits until it has closed it."""
    bench = Bench(bare)
    bench.bring(ONE_PAIR)
    refusal = InUse(5, "mine.json", os.replace)
    monkeypatch.setattr(os, "replace", refusal)
    assert bench.bring(ONE_PAIR.replace("Merstein", "Anderstein")).json["changed"] is True
    assert refusal.times == 0
    assert bench.pairs() == [("Anderstein", "Quellstadt")]


@pytest.mark.usefixtures("on_windows")
def test_a_layer_that_is_always_in_use_stays(bare: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the old layer stays open, one sentence says so, and the layer is as before, with nothing beside it."""
    bench = Bench(bare)
    bench.bring(ONE_PAIR)
    before = bench.state()
    monkeypatch.setattr(os, "replace", InUse(10**6, "mine.json", os.replace))
    result = bench.bring(ONE_PAIR.replace("Merstein", "Anderstein"))
    assert (result.status, result.stderr.count("\n")) == (1, 1)
    assert "Nothing has changed." in result.stderr
    assert bench.state() == before


@pytest.mark.usefixtures("on_windows")
def test_an_index_that_cannot_be_put_in_its_place(bare: Place, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the index cannot be moved into its place, the answer comes from memory, and nothing is left behind."""
    monkeypatch.setattr(os, "replace", InUse(10**6, ".sqlite", os.replace))
    assert bare.run(*QUESTION) == place.run(*QUESTION)
    assert not [path for path in (bare.home / ".cache" / "twincli").iterdir() if path.name != ".lock"]


@pytest.mark.usefixtures("on_windows")
def test_an_old_index_that_is_being_read_stays(bare: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows removes no file that is open: the index of before stays until a later run clears it away."""
    bare.run(*QUESTION)
    (old,) = (bare.home / ".cache" / "twincli").glob("*.sqlite")
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", InUse(10**6, old.name, os.unlink))
        Bench(bare).bring(ONE_PAIR)
        assert bare.run("show", "Quellstadt").status == 0
        assert old.exists()
    bare.run("data", "remove", "mine")
    Bench(bare).bring(ONE_PAIR.replace("Merstein", "Anderstein"))
    bare.run("list", "-n", "1")
    assert not old.exists()


@pytest.mark.usefixtures("on_windows")
def test_a_file_open_in_another_program(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of ``--output`` that a spreadsheet has open is one sentence, and stays as it is."""
    path = tmp_path / "mine.csv"
    path.write_text("precious", "utf-8")
    monkeypatch.setattr(os, "replace", InUse(10**6, "mine.csv", os.replace))
    result = place.run("list", "-n", "1", "-o", str(path), "--force")
    assert result.status == 1
    assert result.stderr.startswith(f"Error: Cannot write {path}: The process cannot access the file")
    assert path.read_text("utf-8") == "precious"
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["mine.csv"]


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize("name", ["con", "nul", "aux", "com1", "lpt9"])
def test_the_name_of_a_device_is_no_layer(bare: Place, name: str) -> None:
    """Windows takes nul.json for the device NUL in any folder, so that no layer can be called so."""
    result = Bench(bare).bring(ONE_PAIR, "--name", name)
    assert (result.status, result.stderr.count("\n")) == (2, 1)
    assert name in result.stderr


# --- pipes ------------------------------------------------------------------------------------------------------------


class Gone(io.RawIOBase):
    """A pipe whose reader has left, as Windows tells it."""

    def writable(self) -> bool:
        """It was."""
        return True

    def write(self, _content: Any) -> int:
        """Fail as Windows does, where there is no SIGPIPE and no broken pipe."""
        raise OSError(errno.EINVAL, "Invalid argument")


@pytest.mark.usefixtures("on_windows")
@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "--format", "table"], ["explain", "--all"], ["help", "list"], ["data", "schema"], []],
)
def test_a_reader_that_leaves_is_no_error(place: Place, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """``twincli list | more``, left early: the status is 0, and nothing is said."""
    ends: list[int] = []
    stdout, stderr = io.TextIOWrapper(io.BufferedWriter(Gone(), 512), "cp1252"), Stream()
    for name, value in (("stdout", stdout), ("stderr", stderr), ("stdin", Stream()), ("argv", ["twincli", *arguments])):
        monkeypatch.setattr(sys, name, value)
    monkeypatch.setattr(os, "environ", place.environ)
    monkeypatch.setattr(os, "_exit", ends.append)
    main_module.main()
    assert (ends, stderr.text) == ([0], "")
    with contextlib.suppress(OSError):
        stdout.close()


def test_a_pager_with_a_path_of_windows(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows the pager's command line is left to the system, since a backslash there is part of a path."""
    started: list[Any] = []

    def popen(command: Any, **__: Any) -> Any:
        started.append(command)
        raise FileNotFoundError

    monkeypatch.setattr(page, "sys", WINDOWS, raising=False)
    monkeypatch.setattr("subprocess.Popen", popen)
    pager = r'"C:\Program Files\Git\usr\bin\less.exe" -R'
    shown = place.run("list", "-c", "Indonesia", tty=True, environ={"PAGER": pager, "COLUMNS": "80", "LINES": "10"})
    assert started == [pager]
    assert shown.stdout  # without a pager it is shown all the same


# --- folders and paths ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath(r"C:\Users\Ä b\x.sqlite"), "file:///C:/Users/%C3%84%20b/x.sqlite"),
        (PureWindowsPath(r"\\server\homes\x.sqlite"), "file:////server/homes/x.sqlite"),
        (PurePath("/home/a?b#c%d/x.sqlite"), "file:///home/a%3Fb%23c%25d/x.sqlite"),
    ],
)
def test_the_address_of_an_index(path: PurePath, address: str) -> None:
    """Whatever the path: SQLite is given an address that means this file, also on a file server."""
    assert store._address(path) == address


@pytest.fixture
def on_a_mac(bare: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place whose folders are those that the system has for an application's files."""
    monkeypatch.setattr(locations, "sys", MAC)
    for name, value in bare.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return bare


def test_the_system_s_own_folders(on_a_mac: Place, place: Place) -> None:
    """Where the system names the folders (macOS, Windows), index and layers lie there and are found again."""
    import platformdirs

    assert on_a_mac.run(*QUESTION) == place.run(*QUESTION)
    assert Bench(on_a_mac).bring(ONE_PAIR).status == 0
    assert on_a_mac.run("show", "Quellstadt").status == 0
    info = on_a_mac.run("data", "info").json
    assert Path(info["index"]).is_relative_to(platformdirs.user_cache_path("twincli", appauthor=False))
    assert Path(info["layers"][0]["path"]).is_relative_to(platformdirs.user_data_path("twincli", appauthor=False))
    assert on_a_mac.run("data", "remove", "mine").status == 0


def test_a_file_of_windows_is_read(place: Place) -> None:
    """A table with a byte order mark, carriage returns and Windows-1252 is imported like any other."""
    bench = Bench(place)
    rows = ONE_PAIR.replace("Merstein", "Mörstein").replace("\n", "\r\n")
    for content in (rows.encode("cp1252"), rows.encode("utf-8-sig"), rows.encode("utf-16")):
        assert bench.bring(content).status == 0
        assert bench.pairs() == [("Mörstein", "Quellstadt")]


def test_line_ends_of_windows(place: Place) -> None:
    """Text for people has the system's line ends, what programs read has line feeds alone."""
    for arguments, has_carriage_returns in ((["--format", "table"], True), ([], False), (["--format", "csv"], False)):
        stdout = io.TextIOWrapper(io.BytesIO(), "cp1252", newline="\r\n")
        run(["list", "-n", "2", *arguments], Stream(), stdout, Stream(), place.environ)
        stdout.flush()
        assert (b"\r\n" in stdout.buffer.getvalue()) is has_carriage_returns


def test_no_module_of_one_system_alone_is_imported_at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every module can be imported where there is neither what only Unix has nor what only Windows has."""
    import importlib
    import pkgutil

    import twincli

    real = builtins.__import__
    missing = {"fcntl", "pwd", "grp", "resource", "termios", "pty", "tty", "posix", "msvcrt", "winreg", "nt"}

    def restricted(name: str, *others: Any, **more: Any) -> Any:
        caller = (others[0] or {}).get("__name__", "") if others else ""
        if name in missing and caller.startswith("twincli"):
            raise ImportError(name)
        return real(name, *others, **more)

    before = {name: module for name, module in sys.modules.items() if name.startswith("twincli")}
    monkeypatch.setattr(builtins, "__import__", restricted)
    try:
        for name in before:
            del sys.modules[name]
        for found in pkgutil.walk_packages(twincli.__path__, "twincli."):
            if not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    finally:
        for name in [name for name in sys.modules if name.startswith("twincli")]:
            del sys.modules[name]
        sys.modules.update(before)
