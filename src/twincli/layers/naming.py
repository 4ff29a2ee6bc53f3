"""The ids of a layer's records: readable, the same for the same file, and none that the bundled data has given away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from zlib import crc32

from twincli.layers import register as sql
from twincli.layers.known import Known
from twincli.layers.register import Register
from twincli.layers.values import slug

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Less than the models allow, so that a number can be added.
_MAX_ID = 180


class Naming:
    """Gives every record of a register its id."""

    def __init__(self, register: Register, known: Known) -> None:
        self._register = register
        self._known = known
        self._next: Counter[str] = Counter()
        """The last number that ids of one form have come to."""

    def run(self) -> None:
        """Give all ids."""
        for kind, ids in (("city", self._known.cities), ("source", self._known.sources)):
            self._register.change(sql.TAKE, ((f"{kind} {id_}",) for id_ in ids))
        self._register.change(sql.TAKE, ((f"pair {pair.id}",) for pair in self._known.pairs))
        self._name_cities()
        self._name_sources()
        self._name_pairs()
        self._register.script(sql.ORDER)

    def _free(self, kind: str, wanted: Iterable[str | None], numbered: str) -> str:
        """Return and take the first id that is free; else one with a number in the place of the braces."""
        for id_ in wanted:
            if id_ and len(id_) <= _MAX_ID and _ID.fullmatch(id_) and self._register.take(f"{kind} {id_}"):
                return id_
        for number in count(max(2, self._next[numbered] + 1)):
            id_ = numbered.format(number)
            if self._register.take(f"{kind} {id_}"):
                self._next[numbered] = number
                return id_
        raise AssertionError("there is no last number")

    def _name_cities(self) -> None:
        """Name cities jakarta-id, columbus-ohio-us where that is taken, columbus-2-us where nothing else is left."""
        for number, known, wanted, name, country, admin in self._register.all(sql.USED_CITIES):
            # A name without a Latin letter, and without an id of its own, has nothing to make one from.
            base, code = slug(name) or f"place-{crc32(name.encode()):08x}", country.lower()
            forms = (wanted, f"{base}-{code}", f"{base}-{slug(admin)}-{code}" if admin and slug(admin) else None)
            id_ = known or self._free("city", forms, f"{base}-{{}}-{code}")
            self._register.do(sql.NAME_CITY, id_, number)

    def _name_sources(self) -> None:
        # A bundled source may stand in the file twice, such as with two titles, and only one can be it.
        given: set[str] = set()
        for number, wanted, url, publisher in self._register.all(sql.SOURCES):
            same = self._known.sources.get(wanted)
            base = slug(publisher) or "source"
            form = f"{base}-{crc32(url.encode()):08x}"
            if same and same.url == url and wanted not in given:
                id_ = wanted
                given.add(wanted)
            else:
                id_ = self._free("source", (wanted, form), f"{form}-{{}}")
            self._register.do(sql.NAME_SOURCE, id_, number)

    def _name_pairs(self) -> None:
        for number, wanted, known, a, b in self._register.all(sql.PAIR_ENDS):
            one, other = (end[: _MAX_ID // 2].strip("-") for end in sorted((a, b)))
            id_ = known or self._free("pair", (wanted, *_pair_forms(a, b)), f"{one}-{other}-{{}}")
            self._register.do(sql.NAME_PAIR, id_, number)


def _pair_forms(a: str, b: str) -> Iterator[str]:
    """Yield jakarta-rotterdam, and jakarta-id-rotterdam-nl where that is taken."""
    one, other = sorted((a, b))
    yield f"{one.rpartition('-')[0]}-{other.rpartition('-')[0]}"
    yield f"{one}-{other}"
