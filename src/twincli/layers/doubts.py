"""What an import says of values that it did not take as they stand in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from twincli.i18n import _, ngettext
from twincli.layers.values import shortened
from twincli.text import clean
from twincli.wording import number


def doubts_told(doubts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Yield what to say of values that were not taken as they stand in the file."""
    for column, taken in (("kind", _("sister city")), ("status", _("unknown"))):
        if found := _of_column(doubts, column):
            count = sum(found.values())
            message = ngettext(
                'Note: {count} row has a {column} that is none of ours, "{example}": taken as {taken}.',
                'Note: {count} rows have a {column} that is none of ours, such as "{example}": taken as {taken}.',
                count,
            )
            yield message.format(count=number(count), column=column, example=_most_frequent(found), taken=taken)
    if found := _of_column(doubts, "date"):
        count = sum(found.values())
        message = ngettext(
            "Note: {count} date can be read in two ways, {example}: only its year is kept.",
            "Note: {count} dates can be read in two ways, such as {example}: only their years are kept.",
            count,
        )
        yield message.format(count=number(count), example=_most_frequent(found))
    if found := _of_column(doubts, "planned end"):
        count = sum(found.values())
        message = ngettext(
            "Note: {count} end that is planned, {example}, is left out: the pair goes on until then.",
            "Note: {count} ends that are planned, such as {example}, are left out: the pairs go on until then.",
            count,
        )
        yield message.format(count=number(count), example=_most_frequent(found))
    if found := _of_column(doubts, "contradiction"):
        count = sum(found.values())
        message = ngettext(
            "Note: {count} row contradicts an earlier one of the same pair, in line {lines}: the earlier stands.",
            "Note: {count} rows contradict earlier ones of the same pairs, as in line {lines}: the earlier stand.",
            count,
        )
        yield message.format(count=number(count), lines=_most_frequent(found))
    if found := _of_column(doubts, "source"):
        count = sum(found.values())
        message = ngettext(
            'Note: {count} source is no web address, "{example}": left out.',
            'Note: {count} sources are no web addresses, such as "{example}": left out.',
            count,
        )
        yield message.format(count=number(count), example=_most_frequent(found))
    if found := _of_column(doubts, "field"):
        names = ", ".join(clean(word) for word, __ in found.most_common())
        yield _("Note: fields left out, which are none of ours: {names}").format(names=shortened(names, 200))


def _of_column(doubts: Mapping[tuple[str, str], int], column: str) -> Counter[str]:
    return Counter({text: count for (where, text), count in doubts.items() if where == column})


def _most_frequent(found: Counter[str]) -> str:
    return clean(found.most_common(1)[0][0])[:60]
