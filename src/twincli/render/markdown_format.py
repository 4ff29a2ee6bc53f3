"""Markdown: a table for people, or a note as its own text; in the language spoken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from twincli.i18n import _, pick
from twincli.output import Output
from twincli.render.note_views import NotePages
from twincli.render.sources import source_line
from twincli.render.views import View

# What Markdown or HTML would take for markup inside a cell.
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~]|&(?=#?\w+;))")


def render(view: View, output: Output) -> None:
    """Write the view as a table with one row a record, or a note as its text with its sources."""
    output.write(_note_pages(view) if isinstance(view, NotePages) else _table(view))


def _escape(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _table(view: View) -> Iterator[str]:
    columns = [column for column in view.columns() if column.heading]
    yield _row(_(column.heading) for column in columns if column.heading)
    yield _row("---:" if column.is_number else "---" for column in columns)
    for doc in view.records():
        record = json.loads(doc)
        yield _row(_escape(column.shown(record)) for column in columns)


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _note_pages(view: NotePages) -> Iterator[str]:
    for doc in view.docs:
        note = json.loads(doc)
        title, summary = (_escape(pick(note[key])[0]) for key in ("title", "summary"))
        yield f"# {title}\n\n*{summary}*\n\n{pick(note['body'])[0]}\n\n"
        yield f"## {_('Sources')}\n\n"
        for place, source in enumerate(note["sources"], 1):
            yield f"{place}. {_escape(source_line(source))} <{source['url']}>\n"
        yield "\n"
