"""The view of ``twincli path``: a chain of twinnings, or why there is none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from twincli.i18n import _, pick
from twincli.render.views import json_array

if TYPE_CHECKING:
    from twincli.query.graph import Chain, OwnComponent
    from twincli.records import PlaceRecord
    from twincli.render.columns import Column
    from twincli.vocabulary import Kind, Status


@dataclass(frozen=True, eq=False, repr=False)
class ChainView:
    """The shortest chain between two places, as ``path`` gives it."""

    drawing: ClassVar[str] = "draw_path:draw_chain"

    ends: Sequence[PlaceRecord]
    """The two, the start first."""
    statuses: Sequence[Status]
    """The statuses of the pairs that the chain may lead over."""
    kinds: Sequence[Kind]
    """The kinds of these pairs; none for all."""
    chain: Chain | None
    components: Sequence[Sequence[OwnComponent]]
    """For each end the components that its cities lie in; empty where there is a chain."""

    def json(self) -> Iterator[str]:
        chain = self.chain
        start, goal = (
            {**end, "components": None if chain else [_component(component) for component in self.components[place]]}
            for place, end in enumerate(self.ends)
        )
        head = {
            "from": start,
            "to": goal,
            "statuses": self.statuses,
            "kinds": self.kinds,
            "length": len(chain.docs) if chain else None,
            "distance_km": chain.distance_km if chain else None,
            "confidence": chain.confidence if chain else None,
            "others": chain.others if chain else 0,
        }
        yield json.dumps(head, ensure_ascii=False)[:-1] + ',\n"steps": '
        yield from json_array(self.records())
        yield "}\n"

    def records(self) -> Iterator[str]:
        return iter(self.chain.docs if self.chain else ())

    def pair_docs(self) -> Iterator[str]:
        return self.records()

    def columns(self) -> Sequence[Column]:
        from twincli.render.columns import PAIR_COLUMNS

        return PAIR_COLUMNS

    def no_chain(self) -> str:
        """Return the sentence that there is none."""
        start, goal = (pick(end["name"])[0] for end in self.ends)
        return _("No chain of twinnings leads from {start} to {goal}.").format(start=start, goal=goal)


def _component(component: OwnComponent) -> dict[str, Any]:
    return {
        "rank": component.rank,
        "cities": component.cities,
        "countries": component.countries,
        "own": component.own,
        "members": [json.loads(doc) for doc in component.members],
    }
