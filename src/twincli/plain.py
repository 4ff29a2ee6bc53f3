"""What a terminal shows that has not every letter: the nearest plain ones instead of question marks.

A question mark would not only be ugly: behind a status it says that the pair is weakly attested.
"""

from __future__ import annotations

import codecs
import unicodedata
from io import TextIOWrapper
from typing import TextIO

from twincli.text import PLAIN_LETTERS

PLAIN = "twincli-plain"
"""How the codecs call it, as they do ``replace``."""

_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−─", "-"),
    **dict.fromkeys("‘’‚‛ʻʼʽ′´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("·•│", "|"),
    "…": "...",
    "→": "->",
    "×": "x",
    "≈": "~",
    "≤": "<=",
    "≥": ">=",
    "°": " deg",
    "€": "EUR",
    "№": "No.",
}
# Where letters are folded, this one has become ss already.
_LETTERS = {"ß": "ss", **PLAIN_LETTERS}


def take_plain_letters(stream: TextIO) -> None:
    """Have a stream show plain letters for those that its encoding lacks, whatever is written to it."""
    codecs.register_error(PLAIN, _in_plain_letters)
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors=PLAIN)


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plain, error.object[error.start : error.end])), error.end


def plain(letter: str) -> str:
    """Return a character in ASCII: what it is without its marks, what people type for it, else a question mark."""
    if letter in _SIGNS:
        return _SIGNS[letter]
    if letter.lower() in _LETTERS:
        typed = _LETTERS[letter.lower()]
        return typed if letter.islower() else typed.capitalize()
    if letter.isspace():
        return " "
    # Both steps, since some letters are a plain one and a mark only after a look at compatibility.
    taken_apart = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in taken_apart if not unicodedata.combining(part)).encode("ascii", "replace").decode()
