"""What fits a text: which cities, countries, regions, fields, topics, pairs and sources, best first.

What is typed never becomes part of the search engine's language: only its folded words do, letters and digits alone,
each between quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.excerpts import Words, may_begin
from twincli.query.hits import Finding, HitWriter
from twincli.text import clean, fold_words
from twincli.vocabulary import EntryType

# Nobody types more words than this on purpose; the search engine itself stops at some hundred.
_MOST_WORDS = 24
# What a hit has to have at least one word in; the rest of the columns only helps to tell entries apart.
_TELLING = "{key name other body}"

# What people type beside a city's name, though it tells it from no other.
_TWINNED = frozenset({"sister", "sisters", "twin", "twins", "twinned", "twinning", "kembar", "bersaudara"})
_PLACE = frozenset({"city", "cities", "town", "towns", "kota", "of", "with", "in", "di", "dengan", "dari"})

Alternatives = Sequence[str]
"""A word searched for, or those that were probably meant where nothing has it."""


@dataclass(eq=False, repr=False)
class Search:
    """A text that was searched for, with what is known before the hits are read."""

    index: Index
    words: Sequence[Alternatives]
    expression: str = ""
    """In the language of SQLite's FTS5."""
    counts: dict[EntryType, int] = field(default_factory=dict)
    """How many hits there are of each sort, whatever the limit."""
    remarks: list[str] = field(default_factory=list)
    """What the reader should know about how the text was understood."""
    types: Sequence[EntryType] = ()
    data: str | None = None
    """The file of --data, which the commands that open hits have to name too."""

    def hits(self, limit: int) -> Iterator[str]:
        """Yield the hits' JSON documents, best first, at most so many of each sort; 0 for all."""
        left = {sort: min(limit, count) if limit else count for sort, count in self.counts.items()}
        searched = " ".join(alternatives[0] for alternatives in self.words)
        words = Words([word for alternatives in self.words for word in alternatives])
        writer = HitWriter(self.index, words, searched, self.data)
        sql, parameters = _among(statements.HITS, self.types)
        for row in self.index.connection.execute(sql, (self.expression, *parameters)):
            if not any(left.values()):
                break
            finding = Finding(*row)
            if left[EntryType(finding.type)]:
                left[EntryType(finding.type)] -= 1
                yield writer.write(finding)


def search(index: Index, text: str, types: Sequence[EntryType] = (), *, data: str | None = None) -> Search:
    """Find what has all words of a text, or else what has words like them, or else what has some of them.

    Raises BadUsage where the text has no words.
    """
    words = list(dict.fromkeys(fold_words(text).split()))
    if not words:
        raise BadUsage(_("What to search for is missing, as in: twincli search water"))
    place = _place_among(index, words)
    result = Search(index, [[word] for word in (place or words)[:_MOST_WORDS]], types=types, data=data)
    if place:
        remark = _("Every city here is a twin city, so that these words are searched for: {words}.")
        result.remarks.append(remark.format(words=" ".join(place)))
    if len(words) > _MOST_WORDS:
        result.remarks.append(_("Only the first {count} words are searched for.").format(count=_MOST_WORDS))
    if _ask(result, _all_of(result.words)):
        return result
    _mend(result)
    if _ask(result, _all_of(result.words)):
        return result
    if len(result.words) > 1 and _ask(result, _any_of(result.words)):
        result.remarks.append(_("Nothing has all these words; shown is what has some of them."))
        return result
    result.remarks = [_('Nothing is found for "{text}".').format(text=clean(text))]
    return result


def _place_among(index: Index, words: Sequence[str]) -> list[str]:
    """Return the words that name a place beside such that are true of every city, as in "sister city Jakarta"."""
    rest = [word for word in words if word not in _TWINNED | _PLACE]
    if not 0 < len(rest) < len(words) or not _TWINNED.intersection(words):
        return []
    rows = index.connection.execute(statements.NAMES, ("".join(rest),))
    return rest if any(type_ in {"city", "country"} for type_, *__ in rows) else []


def _ask(result: Search, expression: str) -> bool:
    """Count what fits an expression, keep both, and tell whether anything does."""
    sql, parameters = _among(statements.HIT_COUNTS, result.types)
    rows = result.index.connection.execute(sql, (expression, *parameters))
    result.expression = expression
    result.counts = {EntryType(type_): count for type_, count in rows}
    return bool(result.counts)


def _among(statement: str, types: Sequence[EntryType]) -> tuple[str, Sequence[EntryType]]:
    wanted = tuple(dict.fromkeys(types)) or tuple(EntryType)
    return statement.format(types=statements.one_of("type", len(wanted))), wanted


def _mend(result: Search) -> None:
    """Put the words that were probably meant in place of those that nothing has."""
    mended = []
    for word, *__ in result.words:
        known = result.index.connection.execute(statements.IS_WORD, (_word([word]),)).fetchone()
        # Here, because only a word that nothing has needs it.
        from twincli.query.suggest import nearest_words

        like = [] if known else nearest_words(word, _words_as_long(result.index, len(word)))
        if like:
            remark = _('Nothing has "{word}"; searched for: {others}.')
            result.remarks.append(remark.format(word=word, others=", ".join(like)))
        mended.append(like or [word])
    result.words = mended


def _words_as_long(index: Index, length: int) -> Iterator[str]:
    """Yield the words whose length is near enough for a typing error, those in most entries first."""
    margin = max(1, length // 3)
    for (word,) in index.connection.execute(statements.WORDS_AS_LONG, (length - margin, length + margin)):
        yield word


# --- the search engine's language -------------------------------------------------------------------------------------


def _word(alternatives: Alternatives) -> str:
    """Return what finds a word; where it stands as it is, that counts twice, so that it comes before longer words."""
    terms = []
    for word in alternatives:
        terms.append(f'"{word}"')
        if may_begin(word):
            terms.append(f'"{word}"*')
    return f"({' OR '.join(terms)})"


def _any_of(words: Sequence[Alternatives]) -> str:
    return f"{_TELLING} : ({' OR '.join(map(_word, words))})"


def _all_of(words: Sequence[Alternatives]) -> str:
    """Return what finds entries with all words; the whole text as a name or as a phrase counts extra."""
    firsts = [alternatives[0] for alternatives in words]
    parts = [f'{{key}} : "{"".join(firsts)}"']
    if len(words) > 1:
        parts.append(f'{_TELLING} : "{" ".join(firsts)}"')
        parts.append(f"({' AND '.join(map(_word, words))} AND {_any_of(words)})")
    else:
        parts.append(_any_of(words))
    return " OR ".join(parts)
