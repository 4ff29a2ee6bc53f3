"""Where the words of a search stand in a text, and the part of the text that shows them best."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from twincli.text import fold_words

# Shorter words count only where they stand alone: "la" is in Larnaca, and in too much else.
_SHORTEST_BEGINNING = 3
_WIDTH = 140
_LEAD = 50
# Of Markdown: headings, numbers of sources, targets of links, marks of emphasis and lists; and the space before a
# full stop or a comma that such a number leaves behind.
_MARKUP = r"(?m)^#+ .*$|\[\d+\]|\]\([^)]*\)|[*`\[\]]|^[-+>] "
_LOOSE = r" ([.,;:)])"


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

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted(words, key=len, reverse=True)
        self._together = "".join(words)
        # Folded words are letters and digits, which need no escape.
        terms = "|".join(rf"{word}\S*" if may_begin(word) else rf"{word}(?!\S)" for word in self._words)
        self._pattern = re.compile(rf"(?<!\S)(?:{terms})")

    def places(self, text: str) -> list[Place]:
        """Return where the words stand; a text that is all of them but for its spaces is one place."""
        folded = fold_words(text)
        matches = list(self._pattern.finditer(folded))
        if not matches:
            joined = folded.replace(" ", "")
            is_all = joined == self._together or (may_begin(self._together) and joined.startswith(self._together))
            return [Place(0, len(text), self._together)] if is_all else []
        if len(folded) == len(text) and all(fold_words(text[slice(*match.span())]) == match[0] for match in matches):
            return [Place(*match.span(), self._word(match[0])) for match in matches]
        return self._places_by_word(text)

    def _places_by_word(self, text: str) -> list[Place]:
        """Do the same where letters folded are not as many as they were: ß is two, a mark of its own none."""
        spans = ((match.span(), self._word(fold_words(match[0]))) for match in re.finditer(r"\w+", text))
        return [Place(*span, word) for span, word in spans if word]

    def are_missing(self, texts: Iterable[str]) -> bool:
        """Tell whether any of the words stands in none of some texts."""
        found = {place.word for text in texts for place in self.places(text)}
        return any(word not in found for word in self._words)

    def are_in(self, text: str) -> bool:
        """Tell whether any of the words stands in a text."""
        return bool(text and self.places(text))

    def _word(self, folded: str) -> str:
        """Return the word searched for that a word of a text is, or begins with; empty where there is none."""
        if folded in self._words:
            return folded
        return next((word for word in self._words if may_begin(word) and folded.startswith(word)), "")


def plain(markdown: str) -> str:
    """Return Markdown as running text in one line, without its headings."""
    return re.sub(_LOOSE, r"\1", " ".join(re.sub(_MARKUP, " ", markdown).split()))


def best_paragraph(markdown: str, words: Words) -> tuple[str, int]:
    """Return the paragraph of a Markdown text with the most different words as running text, and how many."""
    best, most = "", 0
    for paragraph in markdown.split("\n\n"):
        count = 0 if paragraph.startswith("#") else len({place.word for place in words.places(paragraph)})
        if count > most or not best:
            best, most = paragraph, count
    return plain(best), most


def excerpt(text: str, words: Words) -> str:
    """Return the part of a text with the most different words, or its beginning where it has none.

    Dots stand where the text goes on.
    """
    places = words.places(text)
    start, most = 0, 0
    for place in places:
        near = {other.word for other in places if place.start <= other.start < place.start + _WIDTH - _LEAD}
        if len(near) > most:
            start, most = place.start, len(near)
    return _cut(text, _beginning(text, start))


def _beginning(text: str, start: int) -> int:
    """Return where to begin, so that a place has some words before it: with its sentence, if that is near."""
    earliest = start - _LEAD
    if earliest <= 0:
        return 0
    stop = text.find(". ", earliest, start)
    if stop >= 0:
        return stop + 2
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


def found_in(texts: Sequence[str], words: Words) -> list[str]:
    """Return the words that were found as they stand in the texts, each once."""
    found = (text[place.start : place.end] for text in texts for place in words.places(text))
    return list(dict.fromkeys(found))
