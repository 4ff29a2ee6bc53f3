"""Everything that is said on stderr: errors, remarks, hints. Plain text, cleaned, one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from twincli.errors import TwincliError
from twincli.i18n import _
from twincli.text import clean

# No sentence of ours is so long, but what it quotes may be: a word of the command line has up to 128 kB.
_LONGEST = 2000
_END = 500


def say(stderr: TextIO, lines: Iterable[str]) -> None:
    """Write lines to stderr; what cannot be shown or written is no reason to fail."""
    for line in lines:
        try:
            stderr.write(f"{clean(_shortened(line))}\n")
        except (OSError, ValueError):
            return


def _shortened(line: str) -> str:
    """Return a line without the middle of what is too long, since its end says what to do."""
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - _END]} … {line[-_END:]}"


def say_error(stderr: TextIO, error: TwincliError) -> None:
    """Write an error: one sentence, and below it what there is to choose from."""
    say(stderr, [_("Error: {message}").format(message=error.message), *(f"  {detail}" for detail in error.details)])
