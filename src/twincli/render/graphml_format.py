"""GraphML: cities as nodes, pairs as undirected edges, each attribute's type declared.

Made for NetworkX and for Gephi's importer. Gephi takes the attribute ``label`` for what it writes beside a node or an
edge, and gives every edge the weight 1 where none is stated: a pair counts once, however long or old it is. Its
geographic layouts ask for ``latitude`` and ``longitude`` as doubles. An attribute's key is named like the attribute,
since Gephi shows both, and gives keys such as d3 and d7 a meaning of their own. An absent value is left out, as in
the data. Texts are the same in every language.

A node stands before the first edge that ends in it, so that nothing is kept but the ids of the cities written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from twincli.output import Output
from twincli.render.columns import PAIR_COLUMNS, Value
from twincli.render.views import HoldsPairs, View
from twincli.text import clean

_OPENING = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


@dataclass(frozen=True)
class _Attribute:
    """What is declared once for all nodes or edges, and how each record gives it."""

    name: str
    type: str
    value: Callable[[Mapping[str, Any]], Value]
    key: str = ""
    """Where another attribute bears the name already."""


_NODE = (
    _Attribute("label", "string", lambda city: city["name"]),
    _Attribute("label_id", "string", lambda city: city["names"].get("id")),
    _Attribute("country", "string", lambda city: city["country"]),
    _Attribute("country_name", "string", lambda city: city["country_name"]["en"]),
    _Attribute("admin", "string", lambda city: city["admin"]),
    _Attribute("level", "string", lambda city: city["level"]),
    _Attribute("latitude", "double", lambda city: float(city["lat"])),
    _Attribute("longitude", "double", lambda city: float(city["lon"])),
)
# The columns of CSV that tell of the pair and not of its cities.
_TYPES = {
    "kind": "string",
    "status": "string",
    "as_of": "string",
    "since": "string",
    "until": "string",
    "fields": "string",
    "disputed": "boolean",
    "confidence": "string",
    "distance_km": "int",
    "sources": "string",
    "note": "string",
    "note_id": "string",
}
_EDGE = (
    _Attribute("label", "string", lambda pair: " – ".join(city["name"] for city in pair["cities"]), key="edgelabel"),
    *(_Attribute(column.name, _TYPES[column.name], column.value) for column in PAIR_COLUMNS if column.name in _TYPES),
    # Dates are as precise as known, so texts; this is what a filter or a colour scale can work with.
    _Attribute("since_year", "int", lambda pair: int(pair["since"][:4]) if pair["since"] else None),
)


def render(view: View, output: Output) -> None:
    """Write the view's pairs and their cities as one graph."""
    assert isinstance(view, HoldsPairs)
    output.write(_graph(view.pair_docs()))


def _graph(docs: Iterator[str]) -> Iterator[str]:
    yield _OPENING
    for target, attributes in (("node", _NODE), ("edge", _EDGE)):
        for attribute in attributes:
            yield (
                f'<key id="{attribute.key or attribute.name}" for="{target}" '
                f'attr.name="{attribute.name}" attr.type="{attribute.type}"/>\n'
            )
    yield '<graph id="twincli" edgedefault="undirected">\n'
    shown: set[str] = set()
    for doc in docs:
        pair = json.loads(doc)
        for city in pair["cities"]:
            if city["id"] not in shown:
                shown.add(city["id"])
                yield f'<node id="{_xml(city["id"])}">{_data(_NODE, city)}</node>\n'
        source, target = (_xml(city["id"]) for city in pair["cities"])
        yield f'<edge id="{_xml(pair["id"])}" source="{source}" target="{target}">{_data(_EDGE, pair)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(attributes: Sequence[_Attribute], record: Mapping[str, Any]) -> str:
    values = ((attribute.key or attribute.name, attribute.value(record)) for attribute in attributes)
    return "".join(f'<data key="{key}">{_xml(value)}</data>' for key, value in values if value not in (None, ""))


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def _xml(value: Value) -> str:
    """Return a value as XML text. Characters that XML 1.0 forbids are among those that ``clean`` replaces."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean(str(value)).translate(_ESCAPES)
