"""Two cities: the pair that they are, the partners that both have, and which two are meant."""

from __future__ import annotations

from twincli.i18n import _
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.names import Lookup
from twincli.query.places import City
from twincli.text import clean


def pair_of(index: Index, one: City, other: City) -> str | None:
    """Return the JSON document of the pair of two cities, the first given first; None where they are not paired."""
    row = index.connection.execute(statements.PAIR_OF_CITIES, (one.id, other.id)).fetchone()
    return row[0] if row else None


def common_partners(index: Index, one: City, other: City) -> list[tuple[str, str, str]]:
    """Return the partners that both cities share: the partner's JSON document, and the ids of both pairs."""
    return list(index.connection.execute(statements.COMMON_PARTNERS, (other.id, one.id)))


def two_cities(lookup: Lookup, one: str, other: str) -> tuple[City, City]:
    """Return the two cities called so; where a name has several, the ones that are paired with each other.

    Raises NotFound, or Ambiguous where that leaves none or more than one choice.
    """
    ones, others = lookup.cities(one), lookup.cities(other)
    if len(ones) == len(others) == 1:
        return ones[0], others[0]
    paired = [(here, there) for here in ones for there in others if pair_of(lookup.index, here, there)]
    if len({frozenset((here.id, there.id)) for here, there in paired}) != 1:
        return lookup.only(ones, one), lookup.only(others, other)
    for text, city, choices in ((one, paired[0][0], ones), (other, paired[0][1], others)):
        if len(choices) > 1:
            remark = _("Note: of {count} cities called {name}, {city} is the one in this pair.")
            lookup.remarks.append(remark.format(count=len(choices), name=clean(text), city=city))
    return paired[0]
