"""What one run of the program carries: its terminal, and what it has opened and written so far."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from twincli.terminal import Terminal

if TYPE_CHECKING:
    from twincli.index.store import Index


class ReaderGone(Exception):
    """Whoever read our output has stopped reading; there is nothing left to do."""


def is_reader_gone(error: OSError) -> bool:
    """Tell whether writing failed because the reader has left, which Windows calls an invalid argument."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


# How long a reader waits for an answer before being told why none has come yet.
_LONG_SECONDS = 1.0


# Each generated method must be compiled at import: to go without them in classes that every command loads saves 0.5 ms.
@dataclass(eq=False, repr=False)
class Session:
    """One run; kept as the context object of the command line."""

    terminal: Terminal
    opened: list[Path] = field(default_factory=list)
    """The index files opened, which are thrown away if they turn out to be damaged."""
    has_written: bool = False
    """Whether part of an answer has left for stdout."""
    sorts_in_memory: bool = False
    """Whether temporary files cannot be written, so that SQLite must do without."""
    data: str | None = None
    """The file of ``--data``, which a command suggested to the reader needs too."""
    tells_of_long_work: bool = False
    """Whether a reader at a terminal is told why an answer takes its time."""
    language_reason: str = ""
    """What chose the language: a variable, --lang, or nothing."""
    distrusted: Path | None = None
    """The cache folder where no index is kept in it because others could write there."""

    @property
    def has_layers(self) -> bool:
        """Whether pairs may come from layers, which stand beside the bundled data only."""
        return not (self.data or self.terminal.environ.get("TWINCLI_DATA"))

    def open_index(self, data: str | None) -> Index:
        """Return the index of the data asked for: ``--data``, else ``TWINCLI_DATA``, else the bundled data."""
        self.data = data
        index = self.open_built_index(data)
        if index is None:
            from twincli.index.store import open_index
            from twincli.locations import data_files

            with self._told_if_long():
                index = open_index(lambda: data_files(data, self.terminal.environ), self.terminal.environ)
        if index.path:
            self.opened.append(index.path)
        self.distrusted = index.distrusted
        if self.sorts_in_memory:
            index.connection.execute("PRAGMA temp_store = MEMORY")
        return index

    def open_built_index(self, data: str | None) -> Index | None:
        """Return the index of the data asked for where some command has built it, and None where none has."""
        from twincli.index.store import open_built
        from twincli.locations import data_files

        return open_built(lambda: data_files(data, self.terminal.environ), self.terminal.environ)

    @contextmanager
    def _told_if_long(self) -> Iterator[None]:
        """Tell a reader at a terminal, after a second, that the index is being made."""
        if not (self.tells_of_long_work and self.terminal.is_watched):
            yield
            return
        # Here, since the index is made once.
        from threading import Timer

        from twincli.i18n import _
        from twincli.messages import say

        timer = Timer(_LONG_SECONDS, say, (self.terminal.stderr, [_("Making the index of the data, once …")]))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
