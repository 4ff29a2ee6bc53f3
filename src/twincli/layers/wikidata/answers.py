"""Answers of a SPARQL endpoint as rows, checked before anything is made of them."""

from __future__ import annotations

import json
import re
from typing import Any

from twincli.layers.wikidata.sparql import ENTITY

Row = dict[str, str]
"""What is bound in a row: each value as text under its variable's name."""
_ITEM = re.compile(re.escape(ENTITY) + r"(Q[1-9][0-9]{0,11})")


# Three bytes of JSON can become two hundred of memory; the largest real answers have half as many.
_MOST_BRACKETS = 1_500_000


class MalformedAnswer(Exception):
    """The answer is not what a SPARQL endpoint gives to the question."""


def rows_of(content: bytes, wanted: str) -> list[Row]:
    """Return the rows of an answer in the W3C's JSON format, which must have a column of this name.

    Raises MalformedAnswer. An answer whose query ran out of time on the way ends in the middle, and with a status that
    says all is well.
    """
    if content.count(b"{") + content.count(b"[") > _MOST_BRACKETS:
        raise MalformedAnswer
    try:
        document: Any = json.loads(content)
        if wanted not in document["head"]["vars"]:
            raise MalformedAnswer
        return [_row(binding) for binding in document["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise MalformedAnswer from error


def _row(binding: dict[str, Any]) -> Row:
    row = {}
    for name, term in binding.items():
        value = term["value"]
        if not isinstance(value, str):
            raise TypeError
        row[name] = value
    return row


def item_in(row: Row, name: str) -> str | None:
    """Return the id of the item, such as Q64, that a row has under this name."""
    match = _ITEM.fullmatch(row.get(name, ""))
    return match[1] if match else None
