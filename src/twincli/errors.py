"""What can go wrong in a way that the user can mend, with what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from twincli.i18n import _


class ExitCode(IntEnum):
    """The process's exit statuses, as documented in docs/interface.md."""

    DONE = 0
    FAILED = 1  # not found, or bad data
    USAGE = 2
    INTERRUPTED = 130


class TwincliError(Exception):
    """A failure with one sentence for the user.

    ``message`` says what is wrong and what to do; ``details`` are further lines to choose from, such as the candidates
    of an ambiguous name.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = tuple(details)


class NotFound(TwincliError):
    """Nothing is known by that name."""


class Ambiguous(TwincliError):
    """Several things are known by that name; the details say how to name each."""


class BadData(TwincliError):
    """A data file is missing, unreadable or wrong."""


class BadUsage(TwincliError):
    """The command line cannot be understood."""

    exit_code = ExitCode.USAGE


def system_reason(error: OSError) -> str:
    """Return why the system refused something, in its own words."""
    return error.strerror or type(error).__name__


def cannot_read(path: Path | str, error: OSError) -> BadData:
    """Return the error of a file that the system does not let us read."""
    return BadData(_("Cannot read {path}: {reason}.").format(path=path, reason=system_reason(error)))


def cannot_write(path: Path | str, error: OSError) -> BadData:
    """Return the error of a file that the system does not let us write."""
    return BadData(_("Cannot write {path}: {reason}.").format(path=path, reason=system_reason(error)))
