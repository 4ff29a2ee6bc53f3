"""How a shell tells what has been typed, and how it wants to be told what may follow.

What is offered need not begin as typed (Kraków after krak), but shells go by letters: bash and zsh put the common
beginning of all offers in place of what was typed, fish drops what does not begin alike. So where it matters an offer
is spelled as it was begun (krakow), which names the same city: lookups know no case, diacritics or punctuation.

The first line of an answer is ``words`` or ``files``. What follows, one offer a line, is for bash the text to insert,
quoted for where the cursor stands; zsh and fish quote by themselves, and get what an offer means as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twincli.query.beginnings import Beginning
from twincli.text import fold, fold_words

_REDIRECTION = re.compile(r"[0-9]*(>>?|>\||<|<>|>&)|&>>?")
# fish puts nothing in place of a word with one of these, not even with the same word in other capitals.
_NEVER_REPLACED = frozenset("$*?(){}")
# bash's COMP_TYPE where each press of a key puts the next offer into the line.
_MENU = "37"


@dataclass(frozen=True)
class Word:
    """The word at the cursor."""

    shell: str
    before: Sequence[str]
    """The words before it, after the name of the program."""
    typed: str
    """As far as it has come, without its quotes."""
    raw: str = ""
    """The same as it stands in the line."""
    replaced: str = ""
    """The end of it, in whose place bash puts what is offered; so are the next two for bash."""
    is_menu: bool = False
    is_file: bool = False
    """Whether it is the file of a redirection."""

    @staticmethod
    def read(shell: str, arguments: Sequence[str]) -> Word:
        """Return the word that a shell's script tells of.

        zsh and fish tell all words from the program's name to the cursor, the last as it stands in the line; bash
        tells the line up to the cursor, the text that it will replace, and its COMP_TYPE.
        """
        if shell != "bash":
            return Word(shell, arguments[1:-1], unquoted(arguments[-1])[0], arguments[-1])
        line, replaced, kind = arguments
        __, *raws = split(line)
        raw = raws.pop() if raws else ""
        is_file = bool(raws) and _REDIRECTION.fullmatch(raws[-1]) is not None
        before = [unquoted(word)[0] for word in _without_redirections(raws)]
        return Word(shell, before, unquoted(raw)[0], raw, replaced, kind == _MENU, is_file)


def reply(word: Word, prefix: str, offers: Sequence[Beginning], encoding: str, *, files: bool) -> str:
    """Return the answer for a shell; ``prefix`` stands before each offer in the same word."""
    if word.is_file or (files and not offers):
        return "files\n"
    labels = [_encodable(offer.label, encoding) for offer in offers]
    typed = word.typed.removeprefix(prefix)
    if word.shell == "bash":
        lines = _for_bash(word, prefix, typed, labels)
    elif word.shell == "fish":
        lines = [
            f"{prefix}{label}\t{offer.meaning}"
            for label, offer in zip(_for_fish(word, typed, labels), offers, strict=True)
        ]
    else:
        spelled = as_begun(labels, typed)
        width = min(40, max(map(_width, spelled), default=0))
        lines = [
            f"{prefix}{label}\t{_padded(label, offer.meaning, width)}"
            for label, offer in zip(spelled, offers, strict=True)
        ]
    return "".join(f"{line}\n" for line in ["words", *lines])


# --- offers spelled as they were begun -----------------------------------------------------------------------------


def as_begun(labels: Sequence[str], typed: str) -> list[str]:
    """Return the labels, spelled as typed where their common beginning would take away some of that."""
    if fold(common_beginning(labels)).startswith(fold(typed)):
        return list(labels)
    return _respelled(labels, typed)


def _respelled(labels: Sequence[str], typed: str) -> list[str]:
    # All of them, since fish prefers what begins with the very letters typed, and hides the rest.
    return [typed + _after(label, typed) for label in labels]


def _begins(label: str, typed: str) -> bool:
    return label[: len(typed)].casefold() == typed.casefold()


def common_beginning(labels: Sequence[str]) -> str:
    """Return what all labels begin with."""
    first, last = min(labels, default=""), max(labels, default="")
    length = 0
    while length < len(first) and first[length] == last[length]:
        length += 1
    return first[:length]


def _after(label: str, typed: str) -> str:
    """Return what of a label comes after a beginning that may be typed in another way."""
    if _begins(label, typed):
        return label[len(typed) :]
    key = fold(typed)
    for length in range(len(label) + 1):
        if fold(label[:length]) == key:
            return label[length:]
    # The beginning ends within a letter: æ, typed as a.
    return fold(label)[len(key) :]


def _encodable(label: str, encoding: str) -> str:
    """Return a label in letters that a terminal's encoding has."""
    try:
        label.encode(encoding)
    except UnicodeEncodeError:
        plain = fold_words(label)
        return plain.encode(encoding, "ignore").decode(encoding)
    return label


def _padded(label: str, meaning: str, width: int) -> str:
    return f"{label}{' ' * (width - _width(label))}  {meaning}" if meaning else label


def _width(text: str) -> int:
    """Return how many columns a terminal needs for a text."""
    if text.isascii():
        return len(text)
    return sum(
        (unicodedata.east_asian_width(letter) in "WF") + 1 for letter in text if not unicodedata.combining(letter)
    )


def _for_fish(word: Word, typed: str, labels: Sequence[str]) -> Sequence[str]:
    """Return the labels, spelled as typed unless fish may put them in place of that."""
    is_replaceable = not _NEVER_REPLACED & set(word.raw) and all(_begins(label, typed) for label in labels)
    return labels if is_replaceable else _respelled(labels, typed)


# --- bash ------------------------------------------------------------------------------------------------------------


def _for_bash(word: Word, prefix: str, typed: str, labels: Sequence[str]) -> list[str]:
    """Return what bash shall put in place of the end of the word."""
    stays, quote = unquoted(word.raw.removesuffix(word.replaced))
    # What stays is part of the prefix, or the whole of it and the beginning of the name.
    fixed = stays[len(prefix) :]
    lead = prefix[len(stays) :]
    if fixed:
        labels = [_after(label, fixed).removeprefix(quote) for label in labels]
        typed = typed[len(fixed) :]
    labels = as_begun(labels, typed)
    shared = len(common_beginning(labels))
    if len(labels) == 1 or word.is_menu:
        # bash closes the quotes, except where the name's own end looks as if they were closed.
        whole = [quoted(lead + label, quote) for label in labels]
        return [text + quote if quote and text.endswith(quote) else text for text in whole]
    # Of several offers only the common beginning is inserted; what follows is only shown, and better to read as it is.
    return [quoted(lead + label[:shared], quote) + label[shared:] for label in labels]


def split(line: str) -> list[str]:
    """Return the words of a line up to the cursor as they stand there, the last one perhaps empty."""
    words, quote, is_escaped = [""], "", False
    for letter in line:
        if is_escaped:
            is_escaped = False
        elif letter == "\\" and quote != "'":
            is_escaped = True
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in " \t\n":
            words += [""] if words[-1] else []
            continue
        words[-1] += letter
    return words


def unquoted(raw: str) -> tuple[str, str]:
    """Return what a word as it stands in a line means, and the quotation mark that is still open at its end."""
    text, quote, is_escaped = "", "", False
    for letter in raw:
        if is_escaped:
            is_escaped = False
            text += letter if not quote or letter in '"\\$`' else "\\" + letter
        elif letter == "\\" and quote != "'":
            is_escaped = True
        elif letter == quote:
            quote = ""
        elif not quote and letter in "'\"":
            quote = letter
        else:
            text += letter
    return text, quote


def quoted(text: str, quote: str) -> str:
    """Return a text as it must stand in a line of bash, within the quotation mark that is open there, if any."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote:
        return re.sub(r'(["\\$`])', r"\\\1", text)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", text)


def _without_redirections(raws: Sequence[str]) -> Iterator[str]:
    words = iter(raws)
    for raw in words:
        if _REDIRECTION.fullmatch(raw):
            next(words, None)
        elif not _REDIRECTION.match(raw):
            yield raw
