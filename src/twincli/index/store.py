"""Opening the index, and building it where there is none that fits.

The file's name holds the version of the tables, a checksum of where the data lies, and one of the data's state (size
and times of its files). A published file is never written to again, so that any number of processes may read it, and
any number may build it at once: each writes a file of its own and renames it into place.

Damage is recognised by the file's modification time, which is set to a value of our own once the file is whole:
whatever writes to it later changes that, and SQLite itself reports most of what remains.

An index in a folder in which others could write is neither opened nor put there: whoever can write an answer's source
can write the answer.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path, PurePath
from types import TracebackType

from twincli import __version__
from twincli.command_lines import command_line
from twincli.errors import BadData, cannot_read
from twincli.i18n import _
from twincli.index.schema import SCHEMA_VERSION
from twincli.locations import DataFiles, cache_folder
from twincli.private_files import is_ours_alone, is_written_by_us_alone

DAY_SECONDS = 24 * 3600.0


class Index:
    """An open index; a context manager that closes it."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, distrusted: Path | None = None) -> None:
        self.connection = connection
        self.path = path
        """Where the index lies; None where it lives in memory only."""
        self.distrusted = distrusted
        """The cache folder where it lives in memory because others could write in there."""

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
    # The name that pairs bear as their origin: the bundled file has another where it was asked for.
    parts.append(as_text(files.origins[0][0]))
    layers = {path: name for name, path in files.layers}
    for path in (*(path for __, path in files.origins), files.gazetteer, files.notes):
        try:
            state = os.stat(path)
            if stat.S_ISDIR(state.st_mode):
                with os.scandir(path) as entries:
                    parts += sorted(_state(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".md"))
            else:
                parts.append(_state(os.path.abspath(path), state))
        except OSError as error:
            refused = cannot_read(path, error)
            raise (layer_trouble(layers[path], refused) if path in layers else refused) from None
    return "\n".join(parts)


def layer_trouble(name: str, error: BadData) -> BadData:
    """Return what is wrong with the file of a layer, with how to do without the layer."""
    hint = _("To do without this layer: {command}").format(command=command_line("data", "remove", name))
    return BadData(error.message, details=[*error.details, hint])


def as_text(name: str | Path) -> str:
    """Return a file's name as text, which it need not be: bytes that are not UTF-8 could not be stored as such."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")


def _state(name: str, state: os.stat_result) -> str:
    return f"{as_text(name)} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}"


def file_name(files: DataFiles, wanted: str) -> tuple[str, str]:
    """Return the index's file name and the prefix that it shares with its predecessors from the same place."""
    place = zlib.crc32(os.fsencode(os.path.abspath(files.pairs)), zlib.crc32(os.fsencode(files.origins[0][0])))
    prefix = f"{__version__}-{SCHEMA_VERSION}-{place:08x}-"
    return f"{prefix}{zlib.crc32(wanted.encode('utf-8', 'surrogateescape')):08x}.sqlite", prefix


def seal(wanted: str) -> int:
    """Return the modification time, in seconds, that marks an index as whole and untouched.

    Even, because some file systems keep two-second steps; within 1970 to 2038, because some keep no more.
    """
    return zlib.adler32(wanted.encode("utf-8", "surrogateescape")) & 0x7FFFFFFE


def open_index(find: Callable[[], DataFiles], environ: Mapping[str, str]) -> Index:
    """Return the index of the data files that ``find`` names, built first where no fitting one is in the cache.

    ``find`` is asked again where the files change while they are read. Raises BadData where they cannot be read or are
    wrong.
    """
    built = open_built(find, environ)
    if built is not None:
        return built
    # Here, because what builds is needed only where there is something to build.
    from twincli.index.make import make_index

    return make_index(find, environ)


def open_built(find: Callable[[], DataFiles], environ: Mapping[str, str]) -> Index | None:
    """Return the index of these data files where a fitting one is in the cache; nothing is ever built for it."""
    folder, __ = cache_folder(environ)
    if folder is None or not is_ours_alone(folder, environ):
        return None
    files = find()
    try:
        wanted = identity(files)
    except BadData:
        return None
    return open_file(folder / file_name(files, wanted)[0], wanted)


def open_file(path: Path, wanted: str) -> Index | None:
    """Return the index in a file, or None where there is none, or it is damaged or another's."""
    try:
        state = os.stat(path)
        if state.st_mtime_ns != seal(wanted) * 1_000_000_000 or not is_written_by_us_alone(state):
            return None
        connection = sqlite3.connect(f"{_address(path.absolute())}?mode=ro&immutable=1", uri=True)
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
    _note_use(path, state)
    return Index(connection, path)


def _note_use(path: Path, state: os.stat_result) -> None:
    """Keep the day on which an index was used, for many systems do not, and what nobody uses is removed one day."""
    if not 0 <= time.time() - state.st_atime <= DAY_SECONDS:
        with suppress(OSError):
            os.utime(path, ns=(time.time_ns(), state.st_mtime_ns))


def _address(path: PurePath) -> str:
    """Return the address of a file as SQLite takes it, which knows no servers: of \\\\server\\share, four slashes."""
    address = path.as_uri()
    return address if address.startswith("file:///") else address.replace("file://", "file:////", 1)


def discard(path: Path | None) -> None:
    """Remove an index that turned out to be damaged, so that the next opening builds it anew."""
    if path is not None:
        with suppress(OSError):
            path.unlink()
