"""What a picture of a map says below its title, and who stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from twincli import __version__
from twincli.evidence import is_witness
from twincli.i18n import _, ngettext
from twincli.query.info import OriginInfo
from twincli.records import PairRecord
from twincli.text import clean
from twincli.wording import city_count, country_count, long_date, number, pair_count

# How many publishers are named.
_PUBLISHERS = 4


def counted(pairs: Sequence[PairRecord], total: int | None) -> str:
    """Return how much the picture shows, and of how many pairs where a limit holds some back."""
    if not pairs:
        return _("No pairs match.")
    shown = pair_count(len(pairs))
    if total is not None and total > len(pairs):
        shown = _("{shown} of {total} pairs").format(shown=number(len(pairs)), total=number(total))
    cities = len({city["id"] for pair in pairs for city in pair["cities"]})
    countries = len({city["country"] for pair in pairs for city in pair["cities"]})
    return " · ".join([shown, city_count(cities), country_count(countries)])


def credit_lines(origins: Sequence[OriginInfo], pairs: Sequence[PairRecord]) -> Iterator[str]:
    """Yield who stands behind the picture: the publishers cited most, the data and its licence, the land."""
    cited = _publishers(pairs)
    if cited:
        first = "; ".join(clean(publisher) for publisher in cited[:_PUBLISHERS])
        rest = len(cited) - _PUBLISHERS
        if rest > 0:
            more = ngettext("{names} and {count} more", "{names} and {count} more", rest)
            first = more.format(names=first, count=number(rest))
        yield _("Sources of the pairs: {names}").format(names=first)
    used = {pair["origin"] for pair in pairs} or {origin["name"] for origin in origins[:1]}
    for origin in origins:
        if origin["name"] in used:
            named = _("Data: {title}, {date}, {licence}")
            said = named.format(title=origin["title"], date=long_date(origin["date"]), licence=origin["licence"])
            yield clean(". ".join(part for part in (said, origin["attribution"]) if part))
    made = _("Land: Natural Earth. Lines: the shortest way over the globe. Made with twincli {version}.")
    yield made.format(version=__version__)


def _publishers(pairs: Sequence[PairRecord]) -> list[str]:
    """Return who is cited, for most pairs first; those who only repeat what others say last."""
    cited: Counter[str] = Counter()
    witnesses: set[str] = set()
    for pair in pairs:
        cited.update({source["publisher"] for source in pair["sources"]})
        witnesses.update(source["publisher"] for source in pair["sources"] if is_witness(source))
    return sorted(cited, key=lambda publisher: (publisher not in witnesses, -cited[publisher], publisher))
