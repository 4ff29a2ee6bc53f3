"""Concept notes: the list of topics, and one topic by any of its names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial

from twincli.errors import BadUsage, NotFound
from twincli.i18n import _, pick
from twincli.index.store import Index
from twincli.query import statements
from twincli.query.names import did_you_mean
from twincli.query.suggest import nearest
from twincli.sections import section, section_titles
from twincli.text import clean, fold


def topic_docs(index: Index) -> Iterator[str]:
    """Yield the JSON documents of the list of topics, by id."""
    for (doc,) in index.connection.execute(statements.TOPICS):
        yield doc


def note_docs(index: Index) -> Iterator[str]:
    """Yield the JSON documents of all concept notes, by id."""
    for (doc,) in index.connection.execute(statements.NOTES):
        yield doc


def find_note(index: Index, text: str) -> str:
    """Return the JSON document of the note with this topic, title or alias. Raises NotFound with the nearest."""
    key = fold(text)
    if not key:
        raise BadUsage(_("A topic is needed, as in: twincli explain benefits"))
    rows = index.connection.execute(statements.NAMES, (key,)).fetchall()
    topics = sorted((tier, target) for type_, target, tier, __ in rows if type_ == "note")
    if not topics:
        labels = index.connection.execute(statements.LABELS, ("note",))
        close = nearest(key, [(other, topic, partial(str, label)) for other, label, topic in labels])
        message = _('No topic called "{name}".').format(name=clean(text))
        listing = _("All topics: twincli explain")
        raise NotFound(" ".join(part for part in (message, did_you_mean(close), listing) if part))
    return str(index.connection.execute(statements.NOTE, (topics[0][1],)).fetchone()[0])


def example_names(index: Index, pair_id: str) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Return the English and Indonesian names of a pair's cities, or None where the data has no such pair."""
    row = index.connection.execute(statements.PAIR_HEADS, (pair_id,)).fetchone()
    return ((row[1], row[2]), (row[3], row[4])) if row else None


def only_section(doc: str, wanted: str) -> str:
    """Return a note's JSON document with one section in place of its body, in every language.

    ``wanted`` is its number from 1, or the beginning of its title in any language, since sections stand in the same
    order in all. Raises NotFound with the titles that there are.
    """
    note = json.loads(doc)
    bodies = note["body"]
    places = _places(bodies, wanted)
    if not places:
        titles = section_titles(pick(bodies)[0])
        message = _('No section called "{name}". The sections of this note:').format(name=clean(wanted))
        raise NotFound(message, details=[f"{place}  {title}" for place, title in enumerate(titles, 1)])
    note["body"] = {language: section(body, places[0]) for language, body in bodies.items()}
    return json.dumps(note, ensure_ascii=False)


def _places(bodies: Mapping[str, str], wanted: str) -> list[int]:
    # Not all digits are numbers (²), and Python reads none of some thousand.
    if wanted.isdecimal() and len(wanted) < 10:
        count = min(len(section_titles(body)) for body in bodies.values())
        return [int(wanted) - 1] if 0 < int(wanted) <= count else []
    key = fold(wanted)
    matches = [
        (not fold(title).startswith(key), place)
        for body in bodies.values()
        for place, title in enumerate(section_titles(body))
        if key and key in fold(title)
    ]
    return [place for __, place in sorted(matches)]
