"""``twincli explain``: what twin cities are."""

import json
from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.offers import Offers
from twincli.commands.options import data_file, output, takes
from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.index.store import Index
from twincli.output import Output
from twincli.query.notes import example_names, find_note, note_docs, only_section, topic_docs
from twincli.render import render
from twincli.render.note_views import NotePages, TopicList

app = typer.Typer(add_completion=False, rich_markup_mode=None)
HOW_MUCH = "How much of it"


@app.command(cls=HelpfulCommand)
@takes(out=output, data=data_file)
def explain(
    topic: Annotated[
        str | None,
        typer.Argument(metavar="[TOPIC]", help="A topic, in any of its names."),
        Offers("note"),
    ] = None,
    section: Annotated[
        str | None,
        typer.Option(
            "--section",
            metavar="TITLE",
            help="One section alone: its number or the start of its title.",
            rich_help_panel=HOW_MUCH,
        ),
        Offers("section"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole handbook.", rich_help_panel=HOW_MUCH)] = False,
    *,
    out: Output,
    data: str | None,
) -> None:
    """Explain what twin cities are; without a topic, list the topics.

    \b
      twincli explain
      twincli explain benefits
      twincli explain history --section 2

    A topic may be named in either language, and is read in the one spoken:

    \b
      twincli explain manfaat --lang id
    """
    if everything and topic is not None:
        raise BadUsage(_("--all shows every topic; give a topic or --all, not both."))
    if section is not None and topic is None:
        raise BadUsage(_("--section needs a topic, as in: twincli explain history --section 2"))
    with out.session.open_index(data) as index:
        if everything:
            docs = list(note_docs(index))
            render(NotePages(docs, is_handbook=True, example_names=_example_names(index, docs)), out)
        elif topic is None:
            render(TopicList(topic_docs(index)), out)
        else:
            doc = find_note(index, topic)
            docs = [doc if section is None else only_section(doc, section)]
            names = _example_names(index, docs)
            render(NotePages(docs, example_names=names, is_section=section is not None), out)


def _example_names(index: Index, docs: list[str]) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    """Return the names of the cities of each example that the data in use has."""
    pairs = {pair for doc in docs for pair in json.loads(doc)["examples"]}
    found = {pair: example_names(index, pair) for pair in pairs}
    return {pair: names for pair, names in found.items() if names}
