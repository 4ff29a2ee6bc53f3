"""What a search finds, as published."""

from __future__ import annotations

from pydantic import Field as About

from twincli.dataset.published.base import Published, Text
from twincli.vocabulary import EntryType


class HitOut(Published):
    """``search``: something that fits a text."""

    type: EntryType
    score: float = About(ge=0, description="how well it fits; comparable within one search only")
    id: str = About(description="of the city, pair, topic, source or field; a country's or region's code")
    name: Text = About(description="a source's title stands under en in the language that it has")
    context: Text | None = About(description="where it belongs: country, countries and fields, or publisher and year")
    excerpt: Text | None = About(description="the part of its text with the words; of a place: another name found")
    matches: list[str] = About(description="the words found as they stand in name, context and excerpt")
    pairs: int | None = About(description="how many pairs it has or speaks of; null for pairs and topics")
    url: str | None = About(description="of a source")
    searched: str = About(description="what was searched for, typing errors mended")
    command: str = About(description="what opens it; for a source, a pair that it speaks of")
