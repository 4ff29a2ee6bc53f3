"""Concept notes as published."""

from __future__ import annotations

from pydantic import Field as About

from twincli.dataset.models import Id, PartialDate
from twincli.dataset.published.base import Published, Text
from twincli.vocabulary import SourceKind


class TopicOut(Published):
    """A concept note in the list of topics."""

    id: Id
    title: Text
    summary: Text
    aliases: list[str] = About(description="in both languages")


class NoteSourceOut(Published):
    """A source of a note; the text cites it by its place in the list, from 1."""

    title: str
    publisher: str
    url: str
    lang: str
    date: PartialDate | None = None
    kind: SourceKind
    mirror: bool = False
    blog: bool = False


class NoteOut(TopicOut):
    """``explain TOPIC``: a concept note."""

    body: Text = About(description="Markdown")
    see_also: list[Id]
    examples: list[Id] = About(description="ids of pairs")
    sources: list[NoteSourceOut]
