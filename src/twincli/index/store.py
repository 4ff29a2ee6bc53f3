"""Opening the index, and building it where there is none that fits.

The file's name holds the version of the tables, a checksum of where the data lies, and one of the data's state (size
and times of its files). A published file is never written to again, so that any number of processes may read it, and
any number may build it at once: each writes a file of its own and renames it into place.

Damage is recognised by the file's modification time, which is set to a value of our own once the file is whole:
whatever writes to it later changes that, and SQLite itself reports most of what remains.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from twincli import __version__
from twincli.errors import BadData
from twincli.i18n import _
from twincli.index.schema import SCHEMA_VERSION
from twincli.locations import DataFiles, cache_folder

# How long a process waits for another that builds the same index before it builds one too.
_PATIENCE_SECONDS = 20.0


class Index:
    """An open index; a context manager that closes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.connection = connection
        self.path = path
        """Where the index lies; None where it lives in memory only."""

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()


def identity(files: DataFiles) -> str:
    """Return what an index is valid for: the program's and the tables' version, and the state of every data file.

    A file's change time is part of it, so that a change that restores size and modification time is seen too.
    """
    parts = [f"twincli {__version__} tables {SCHEMA_VERSION} sqlite {sqlite3.sqlite_version_info[0]}"]
    for path in (*(path for __, path in files.origins), files.gazetteer, files.notes):
        try:
            state = os.stat(path)
            if stat.S_ISDIR(state.st_mode):
                with os.scandir(path) as entries:
                    parts += sorted(_state(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".md"))
            else:
                parts.append(_state(os.path.abspath(path), state))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise BadData(_("Cannot read {path}: {reason}.").format(path=path, reason=reason)) from None
    return "\n".join(parts)


def _state(name: str, state: os.stat_result) -> str:
    # File names need not be text: bytes that are not UTF-8 could not be stored as text.
    shown = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"{shown} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def _file_name(files: DataFiles, wanted: str) -> tuple[str, str]:
    """Return the index's file name and the prefix that it shares with its predecessors from the same place."""
    place = zlib.crc32(os.fsencode(os.path.abspath(files.pairs)))
    prefix = f"{__version__}-{SCHEMA_VERSION}-{place:08x}-"
    return f"{prefix}{zlib.crc32(wanted.encode('utf-8', 'surrogateescape')):08x}.sqlite", prefix


def _seal(wanted: str) -> int:
    """Return the modification time, in seconds, that marks an index as whole and untouched.

    Even, because some file systems keep two-second steps; within 1970 to 2038, because some keep no more.
    """
    return zlib.adler32(wanted.encode("utf-8", "surrogateescape")) & 0x7FFFFFFE


def open_index(files: DataFiles, environ: Mapping[str, str]) -> Index:
    """Return the index of these data files, built first where no fitting one is in the cache.

    Raises BadData where the data files cannot be read or are wrong.
    """
    wanted = identity(files)
    folder, __ = cache_folder(environ)
    if folder is None:
        return _build_in_memory(files, wanted)
    name, prefix = _file_name(files, wanted)
    path = folder / name
    index = _open(path, wanted)
    if index is None:
        with _Turn(folder) as waited:
            index = (_open(path, wanted) if waited else None) or _build_file(files, wanted, path, prefix)
    return index or _build_in_memory(files, wanted)


def open_built(files: DataFiles, environ: Mapping[str, str]) -> Index | None:
    """Return the index of these data files where a fitting one is in the cache; nothing is ever built for it.

    Raises BadData where the data files cannot be read.
    """
    wanted = identity(files)
    folder, __ = cache_folder(environ)
    return _open(folder / _file_name(files, wanted)[0], wanted) if folder is not None else None


def _open(path: Path, wanted: str) -> Index | None:
    """Return the index in a file, or None where there is none, or it is damaged or another's."""
    try:
        state = os.stat(path)
        if state.st_mtime_ns != _seal(wanted) * 1_000_000_000 or not _is_ours(state):
            return None
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            row = connection.execute("SELECT value FROM meta WHERE key = 'identity'").fetchone()
        except sqlite3.Error:
            connection.close()
            return None
    except (OSError, sqlite3.Error):
        return None
    if row is None or row[0] != wanted:
        connection.close()
        return None
    return Index(connection, path)


def _is_ours(state: os.stat_result) -> bool:
    """Tell whether nobody else can have written the file; Windows keeps this in lists of its own."""
    if sys.platform == "win32":
        return True
    return state.st_uid in {os.geteuid(), 0} and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def discard(path: Path | None) -> None:
    """Remove an index that turned out to be damaged, so that the next opening builds it anew."""
    if path is not None:
        with suppress(OSError):
            path.unlink()


def _build_file(files: DataFiles, wanted: str, path: Path, prefix: str) -> Index | None:
    """Build and publish an index, and return it opened; None where the folder cannot hold it."""
    # A name of its own, which no process that was killed can have left behind, as one with this process's id could.
    temporary = path.with_name(f"{path.name}.{os.urandom(8).hex()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    try:
        _fill(sqlite3.connect(temporary), files, wanted).close()
        descriptor = os.open(temporary, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.utime(temporary, (_seal(wanted), _seal(wanted)))
        os.replace(temporary, path)
    except (OSError, sqlite3.Error):
        return None
    finally:
        temporary.unlink(missing_ok=True)
    _remove_predecessors(path, prefix)
    return _open(path, wanted)


def _remove_predecessors(path: Path, prefix: str) -> None:
    """Remove what earlier states of the same data and builders that were killed left behind.

    A builder that is still at work, which there can be only where locks fail, answers from memory instead. On Windows
    a file in use stays.
    """
    for pattern in (f"{prefix}*.sqlite", f"{prefix}*.tmp"):
        for other in path.parent.glob(pattern):
            if other != path:
                discard(other)


def _build_in_memory(files: DataFiles, wanted: str) -> Index:
    connection = sqlite3.connect(":memory:")
    # Sorting too, since the reason may be that no file can be written.
    connection.execute("PRAGMA temp_store = MEMORY")
    return Index(_fill(connection, files, wanted), None)


def _fill(connection: sqlite3.Connection, files: DataFiles, wanted: str) -> sqlite3.Connection:
    # Here, because Pydantic and all that reads JSON are needed only where an index is built.
    from twincli.index.build import build

    try:
        build(connection, files, {"identity": wanted})
    except BaseException:
        connection.close()
        raise
    return connection


class _Turn:
    """Waits while another process builds an index in the same folder; entering tells whether it had to.

    The lock is the kernel's, so that it ends with its holder, however that ends. Where there are no such locks, or the
    holder takes too long, nobody waits: building twice is slower, never wrong.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._descriptor = -1

    def __enter__(self) -> bool:
        try:
            import fcntl
        except ImportError:
            return False
        import time

        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._descriptor = os.open(self._folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            deadline = time.monotonic() + _PATIENCE_SECONDS
            waited = False
            while True:
                try:
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return waited
                except BlockingIOError:
                    waited = True
                    if time.monotonic() > deadline:
                        return waited
                    time.sleep(0.02)
        except OSError:
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
