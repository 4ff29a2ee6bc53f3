"""Where the words of a search stand in a text, and the part of the text that shows them best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from twincli.text import fold_words

_WORD = re.compile(r"\w+")
# Shorter words count only where they stand alone: "la" is in Larnaca, and in too much else.
_SHORTEST_BEGINNING = 3
_WIDTH = 150
_LEAD = 50
# Of Markdown: headings, numbers of sources, targets of links, and marks of emphasis and lists.
_MARKUP = re.compile(r"^#+ .*$|\[\d+\]|\]\([^)]*\)|[*`\[\]]|^[-+>] ", re.MULTILINE)
# What a mark left away before it leaves a space behind.
_LOOSE = re.compile(r" ([.,;:)])")
_SENTENCE = re.compile(r"[.!?] ")


class Place(NamedTuple):
    """Where a word of the search stands in a text, and which it is."""

    start: int
    end: int
    word: str


def may_begin(word: str) -> bool:
    """Tell whether a word is found at the beginning of longer ones too; scripts without spaces always need that."""
    return len(word) >= _SHORTEST_BEGINNING or not word.isascii()


class Words:
    """The words searched for, folded, as they are looked for in the texts to be shown."""

    def __init__(self, words: Iterable[str]) -> None:
        self._whole = list(dict.fromkeys(words))
        self._beginnings = tuple(word for word in self._whole if may_begin(word))

    def places(self, text: str) -> list[Place]:
        """Return where the words stand; a text that is one of them but for its spaces is one place."""
        folded = fold_words(text)
        found = []
        if any(word in folded for word in self._whole):
            for match in _WORD.finditer(text):
                word = self._match(fold_words(match[0]))
                if word:
                    found.append(Place(*match.span(), word))
        if not found and folded:
            word = self._match(folded.replace(" ", ""))
            return [Place(0, len(text), word)] if word else []
        return found

    def are_in(self, text: str) -> bool:
        """Tell whether any of the words stands in a text."""
        return bool(self.places(text))

    def _match(self, folded: str) -> str:
        if folded in self._whole:
            return folded
        if folded.startswith(self._beginnings):
            return next(word for word in self._beginnings if folded.startswith(word))
        return ""


def plain(markdown: str) -> str:
    """Return Markdown as one paragraph of running text, without its headings."""
    return _LOOSE.sub(r"\1", " ".join(_MARKUP.sub(" ", markdown).split()))


def excerpt(text: str, words: Words) -> tuple[str, int]:
    """Return the part of a text with the most different words searched for, and how many those are.

    A text without any of them gives its beginning. Dots stand where the text goes on.
    """
    places = words.places(text)
    start, count = 0, 0
    for place in places:
        near = {other.word for other in places if place.start <= other.start < place.start + _WIDTH - _LEAD}
        if len(near) > count:
            start, count = place.start, len(near)
    return _cut(text, _beginning(text, start)), count


def _beginning(text: str, start: int) -> int:
    """Return where to begin, so that a place has some words before it: with its sentence, if that is near."""
    earliest = start - _LEAD
    if earliest <= 0:
        return 0
    sentences = [match.end() for match in _SENTENCE.finditer(text, earliest, start)]
    if sentences:
        return sentences[0]
    space = text.find(" ", earliest, start)
    return start if space < 0 else space + 1


def _cut(text: str, begin: int) -> str:
    end = begin + _WIDTH
    if end >= len(text):
        end = len(text)
    else:
        space = text.rfind(" ", begin + _WIDTH // 2, end)
        end = space if space > 0 else end
    before = "… " if begin else ""
    after = " …" if end < len(text) else ""
    return f"{before}{text[begin:end]}{after}"


def matches(texts: Sequence[str], words: Words) -> list[str]:
    """Return the words that were found as they stand in the texts, each once."""
    found = (text[place.start : place.end] for text in texts for place in words.places(text))
    return list(dict.fromkeys(found))
