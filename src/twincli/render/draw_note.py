"""Drawing concept notes: the list of topics, and a note as a page."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.markdown import Markdown
from rich.text import Text

from twincli.command_lines import command_line
from twincli.i18n import _, language, pick, spoken
from twincli.records import NoteRecord, TopicRecord
from twincli.render.note_views import NotePages, TopicList
from twincli.render.page import Page
from twincli.render.sources import source_line
from twincli.text import clean


def draw_topics(view: TopicList, page: Page) -> None:
    """Draw the topics, each with the sentence that sums it up."""
    topics: Iterable[TopicRecord] = map(json.loads, view.docs)
    rows = ((Text(clean(topic["id"]), style="bold"), Text(clean(pick(topic["summary"])[0]))) for topic in topics)
    page.add_facts(rows, width=page.reading_width)
    page.gap()
    page.add(Text(_("Read one: twincli explain TOPIC, as in: twincli explain benefits")))


def draw_notes(view: NotePages, page: Page) -> None:
    """Draw notes one below the other."""
    for place, doc in enumerate(view.docs):
        if place:
            page.gap()
        _draw_note(json.loads(doc), view, page)


def _draw_note(note: NoteRecord, view: NotePages, page: Page) -> None:
    width = page.reading_width
    title, __ = pick(note["title"])
    body, written_in = pick(note["body"])
    if view.is_section:
        page.add(Text(clean(title), style="bold"), width=width)
        page.gap()
        page.add(_markdown(body), width=width)
        return
    page.add(Text(clean(title), style="bold"), Text(clean(pick(note["summary"])[0]), style="italic"), width=width)
    if written_in is not language():
        page.add(Text(_("This note exists in English only.")), width=width)
    page.gap()
    page.add(_markdown(body), width=width)
    _draw_examples(note, view, page)
    _draw_sources(note, page)
    if note["see_also"]:
        page.gap()
        topics = " · ".join(note["see_also"])
        page.add(Text(_("See also (twincli explain TOPIC): {topics}").format(topics=clean(topics))), width=width)


def _markdown(body: str) -> Markdown:
    return Markdown(clean(body, lines=True), hyperlinks=False)


def _draw_examples(note: NoteRecord, view: NotePages, page: Page) -> None:
    examples = [(pair, view.example_names[pair]) for pair in note["examples"] if pair in view.example_names]
    if not examples:
        return
    page.gap()
    page.add(Text(_("Examples"), style="bold"))
    for __, (one, other) in examples:
        names = [clean(spoken(*names)) for names in (one, other)]
        command = command_line("show", *names, data=page.output.session.data)
        page.add_command(f"{names[0]} – {names[1]}", clean(command), indent=2)


def _draw_sources(note: NoteRecord, page: Page) -> None:
    page.gap()
    page.add(Text(_("Sources"), style="bold"))
    digits = len(str(len(note["sources"])))
    for place, source in enumerate(note["sources"], 1):
        indent = digits + 3
        page.add_hanging(f"{f'[{place}]':>{digits + 2}} ", source_line(source), indent=indent)
        page.add_link(source["url"], indent=indent)
