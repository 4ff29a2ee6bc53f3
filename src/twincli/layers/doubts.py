"""What an import says of values that it did not take as they stand in the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from twincli.i18n import _, ngettext
from twincli.layers.values import shortened
from twincli.text import clean
from twincli.wording import number

_MOST_EXAMPLES = 200
_MESSAGES: dict[str, Callable[[int], str]] = {
    "date": lambda count: ngettext(
        "Note: {count} date can be read in two ways, {example}: only its year is kept.",
        "Note: {count} dates can be read in two ways, such as {example}: only their years are kept.",
        count,
    ),
    "planned end": lambda count: ngettext(
        "Note: {count} end that is planned, {example}, is left out: the pair goes on until then.",
        "Note: {count} ends that are planned, such as {example}, are left out: the pairs go on until then.",
        count,
    ),
    "contradiction": lambda count: ngettext(
        "Note: {count} row contradicts an earlier one of the same pair, in line {example}: the earlier stands.",
        "Note: {count} rows contradict earlier ones of the same pairs, as in line {example}: the earlier stand.",
        count,
    ),
    "source": lambda count: ngettext(
        'Note: {count} source is no web address, "{example}": left out.',
        'Note: {count} sources are no web addresses, such as "{example}": left out.',
        count,
    ),
}


class Doubts:
    """What an import did not take as it stood: in which respect, how often, and examples."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, respect: str, text: str) -> None:
        """Count a value; ``respect`` is ``kind``, ``status`` or ``field``, or one of those below."""
        self._counts[respect] += 1
        examples = self._examples[respect]
        if text in examples or len(examples) < _MOST_EXAMPLES:
            examples[text] += 1

    def told(self) -> Iterator[str]:
        """Yield what to say of them."""
        for column, taken in (("kind", _("sister city")), ("status", _("unknown"))):
            if count := self._counts[column]:
                message = ngettext(
                    'Note: {count} row has a {column} that is none of ours, "{example}": taken as {taken}.',
                    'Note: {count} rows have a {column} that is none of ours, such as "{example}": taken as {taken}.',
                    count,
                )
                example = self._most_frequent(column)
                yield message.format(count=number(count), column=column, example=example, taken=taken)
        for respect, message_for in _MESSAGES.items():
            if count := self._counts[respect]:
                yield message_for(count).format(count=number(count), example=self._most_frequent(respect))
        if self._counts["field"]:
            names = ", ".join(clean(word) for word, __ in self._examples["field"].most_common())
            yield _("Note: fields left out, which are none of ours: {names}").format(names=shortened(names, 200))

    def _most_frequent(self, respect: str) -> str:
        """Return the most frequent example, of several the first."""
        return clean(self._examples[respect].most_common(1)[0][0])[:60]
