"""Compiling concept notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from twincli.dataset.json_text import as_json
from twincli.dataset.notes import ConceptNote
from twincli.index.add_names import add_names
from twincli.index.schema import Tier
from twincli.vocabulary import Language


def add_notes(connection: sqlite3.Connection, notes: Iterable[ConceptNote]) -> None:
    """Insert the notes, to be found by topic, title and alias in either language."""
    for note in notes:
        front, shared = note.front, note.shared
        aliases = [alias for language in Language for alias in front[language].aliases]
        summary = {
            "id": note.id,
            "title": {language: front[language].title for language in Language},
            "summary": {language: front[language].summary for language in Language},
        }
        doc = {
            **summary,
            "body": {language: note.body[language] for language in Language},
            "aliases": aliases,
            "see_also": list(shared.see_also),
            "examples": list(shared.examples),
            "sources": [source.model_dump(mode="json", exclude_defaults=True) for source in shared.sources],
        }
        row = (note.id, as_json({**summary, "aliases": aliases}), as_json(doc))
        connection.execute("INSERT INTO note VALUES (?, ?, ?)", row)
        names = [(Tier.ID, note.id), *((Tier.NAME, front[language].title) for language in Language)]
        add_names(connection, "note", note.id, names + [(Tier.ALSO, alias) for alias in aliases])
