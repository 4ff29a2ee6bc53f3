"""Making an index: once however many processes ask for it, published whole or not at all, or else kept in memory."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from twincli.errors import BadData
from twincli.index.build import build
from twincli.index.store import DAY_SECONDS, Index, file_name, identity, open_built, open_file, seal
from twincli.locations import DataFiles, cache_folder
from twincli.private_files import claim_folder, replace_file

# How long a process waits for another that builds an index before it builds one too.
_PATIENCE_SECONDS = 20.0
# How often data that changes while it is read is read anew.
_TRIES = 4
# How long an index is kept that nobody uses, such as that of a data file that is gone.
_FORGOTTEN_SECONDS = 90 * DAY_SECONDS

Find = Callable[[], DataFiles]
"""Names the data files as they are now: layers come and go."""


def make_index(find: Find, environ: Mapping[str, str]) -> Index:
    """Return an index of the data as it is now: in the cache, or in memory where that is not ours or takes no files.

    Raises BadData where the data files cannot be read or are wrong.
    """
    folder, distrusted = _claimed(environ)
    index = None
    if folder is not None:
        with _turn(folder) as is_alone:
            # Another process may have made it in the meantime.
            index = open_built(find, environ) or _made_in(folder, find, is_alone=is_alone)
    return index or _made_in_memory(find, distrusted)


def _claimed(environ: Mapping[str, str]) -> tuple[Path | None, Path | None]:
    """Return the cache folder, made if needed, and None; or None and the folder that others can write in."""
    folder, __ = cache_folder(environ)
    if folder is None:
        return None, None
    try:
        return (folder, None) if claim_folder(folder, environ) else (None, folder)
    except OSError:
        return None, None


def _made_in(folder: Path, find: Find, *, is_alone: bool) -> Index | None:
    """Build and publish an index, and return it opened; None where the folder cannot hold it."""
    # A name of its own, which no process that was killed can have left behind, as one with this process's id could.
    temporary = folder / f"{os.urandom(8).hex()}.tmp"
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError:
        return None
    try:
        connection, files, wanted = _filled(lambda: _emptied(temporary), find)
        connection.close()
        descriptor = os.open(temporary, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.utime(temporary, (time.time(), seal(wanted)))
        name, prefix = file_name(files, wanted)
        replace_file(temporary, folder / name)
    except (OSError, sqlite3.Error):
        return None
    finally:
        with suppress(OSError):
            temporary.unlink()
    _sweep(folder, prefix, folder / name, is_alone=is_alone)
    return open_file(folder / name, wanted)


def _emptied(path: Path) -> sqlite3.Connection:
    path.open("wb").close()
    return sqlite3.connect(path)


def _made_in_memory(find: Find, distrusted: Path | None) -> Index:
    return Index(_filled(lambda: sqlite3.connect(":memory:"), find, in_memory=True)[0], None, distrusted)


def _filled(
    empty: Callable[[], sqlite3.Connection], find: Find, *, in_memory: bool = False
) -> tuple[sqlite3.Connection, DataFiles, str]:
    """Return an empty database filled with the data as it is now, the files that it is from, and their identity.

    Begun anew where the files change while they are read, so that no answer is of two states at once, and where one
    that was there a moment ago is gone. Where they never come to rest, the last of several tries is taken.
    """
    for remaining in reversed(range(_TRIES)):
        connection, wanted = empty(), None
        try:
            if in_memory:
                # Sorting too, since the reason may be that no file can be written.
                connection.execute("PRAGMA temp_store = MEMORY")
            files = find()
            wanted = identity(files)
            build(connection, files, {"identity": wanted})
        except BaseException as error:
            connection.close()
            if isinstance(error, BadData) and remaining and wanted != _identity_now(find):
                continue
            raise
        if not remaining or not _may_mix(wanted, _identity_now(find)):
            return connection, files, wanted
        connection.close()
    raise AssertionError("the last try returns or raises")


def _identity_now(find: Find) -> str | None:
    try:
        return identity(find())
    except BadData:
        return None


def _may_mix(before: str, after: str | None) -> bool:
    """Tell whether the files may have been read in two different states: more than one has changed."""
    if after is None:
        return True
    changed = set(before.splitlines()) ^ set(after.splitlines())
    return len({line.rsplit(" ", 4)[0] for line in changed}) > 1


def _sweep(folder: Path, prefix: str, kept: Path, *, is_alone: bool) -> None:
    """Remove what earlier states of the same data and builders that were killed left behind, and what is forgotten.

    Where locks fail, what a builder still at work may be writing is left for a day. On Windows a file in use stays.
    """
    now = time.time()
    for path in folder.glob("*.sqlite"):
        with suppress(OSError):
            if path != kept and (path.name.startswith(prefix) or _last_use(path, now) < now - _FORGOTTEN_SECONDS):
                path.unlink()
    for path in folder.glob("*.tmp"):
        with suppress(OSError):
            if is_alone or path.stat().st_mtime < now - DAY_SECONDS:
                path.unlink()


def _last_use(path: Path, now: float) -> float:
    """Return when an index was last opened or made; now, where all its times lie in the future. Raises OSError.

    Its modification time is the seal, and tells nothing.
    """
    state = path.stat()
    return max((then for then in (state.st_atime, state.st_ctime) if then <= now), default=now)


@contextmanager
def _turn(folder: Path) -> Iterator[bool]:
    """Wait while another process builds an index in the same folder; give whether nobody else builds there now.

    The lock is the kernel's, so that it ends with its holder, however that ends. Where there are no such locks, or the
    holder takes too long, nobody waits: building twice is slower, never wrong.
    """
    try:
        descriptor = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield False
        return
    try:
        yield _is_locked(descriptor)
    finally:
        os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    if sys.platform == "win32":
        return False
    try:
        import fcntl
    except ImportError:
        return False
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        except OSError:
            return False
        else:
            return True
