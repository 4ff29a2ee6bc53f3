"""Text from outside made safe to show, and names made comparable."""

from __future__ import annotations

import unicodedata

PLAIN_LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "ı": "i",
    "ŋ": "n",
    "ə": "e",
}
"""Small letters that Unicode does not take apart, with what people type instead of them."""
_PLAIN = str.maketrans(PLAIN_LETTERS)
_NO_ASCII_SIGNS = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())
# Apostrophes and accents that Unicode counts as letters (Oʻzbekiston), where people type ' or nothing.
_SIGNS = frozenset(map(chr, range(0x02B0, 0x0300)))
# Unicode's categories of what must never reach a terminal: control characters, formatting characters (which
# include the bidirectional controls and zero-width marks), surrogates, private use, unassigned, line and
# paragraph separators.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Scripts such as Persian and several Indic ones need these two to be written properly.
_JOINERS = frozenset("\u200c\u200d")


def fold(name: str) -> str:
    """Return the key under which a name is looked up: no case, no diacritics, no punctuation, no spaces."""
    if name.isascii():  # most names are, and then there is less to do: a tenth of the time
        return name.translate(_NO_ASCII_SIGNS).lower()
    lowered = unicodedata.normalize("NFKD", legible(name)).casefold().translate(_PLAIN)
    letters = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in letters if letter.isalnum() and letter not in _SIGNS)


class _Folded(dict[int, str]):
    """For ``str.translate``: each character's part of a key, marks left out and all else a space; filled on demand."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_mark = unicodedata.category(letter).startswith("M")
        folded = self[code] = fold(letter) or ("" if is_mark else " ")
        return folded


_FOLDED = _Folded()


def fold_words(text: str) -> str:
    """Return a text as words to search for, folded like names, with nothing but spaces between them."""
    return legible(text).translate(_FOLDED)


def legible(text: str) -> str:
    """Return a text from the command line as it was typed, where a locale such as C has hidden that it is UTF-8."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return text


def is_unsafe(letter: str) -> bool:
    """Tell whether a character could act on a terminal instead of being shown."""
    return unicodedata.category(letter) in _UNSAFE and letter not in _JOINERS


def clean(text: str, *, lines: bool = False) -> str:
    """Return ``text`` with every character that could act on a terminal replaced by U+FFFD.

    With ``lines``, line breaks and tabs are kept, for bodies of several lines.
    """
    if text.isprintable() or (text := legible(text)).isprintable():
        return text
    kept = "\n\t" if lines else ""
    return "".join(letter if letter in kept or not is_unsafe(letter) else "\ufffd" for letter in text)
