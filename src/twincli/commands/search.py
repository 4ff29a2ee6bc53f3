"""``twincli search``: anything that fits a text."""

from typing import Annotated

import typer

from twincli.commands.help import HelpfulCommand
from twincli.commands.options import ORDER, WHICH, data_file, output, takes
from twincli.output import Output
from twincli.query.search import search as find
from twincli.render import render
from twincli.render.search_views import HitList
from twincli.vocabulary import EntryType

app = typer.Typer(add_completion=False, rich_markup_mode=None)
# On a terminal, of each sort, so that most answers fit on one screen.
_FEW = 5


@app.command(cls=HelpfulCommand)
@takes(out=output, data=data_file)
def search(
    text: Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="Words, in any order.")] = None,
    type_: Annotated[
        list[EntryType] | None,
        typer.Option("--type", metavar="SORT", help=f"One of: {', '.join(EntryType)}.", rich_help_panel=WHICH),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            "-n",
            min=0,
            metavar="COUNT",
            help=f"At most so many of each sort; 0 for all. Default: {_FEW} on a terminal, all in a pipe.",
            rich_help_panel=ORDER,
        ),
    ] = None,
    *,
    out: Output,
    data: str | None,
) -> None:
    """Search cities, countries, regions, fields, topics, notes on pairs and titles of sources.

    \b
      twincli search water
      twincli search Batavia
      twincli search kota pelabuhan --type topic

    All words must be found, whole or as beginnings, in any language and with or without diacritics. Where nothing has
    them, words like them are searched for; where nothing has them all, what has some is shown. Each hit has the command
    that opens it:

    \b
      twincli search "smart city" --json | jq -r '.[].command'
    """
    with out.session.open_index(data) as index:
        found = find(index, " ".join(text or ()), type_ or (), data=data)
        most = limit if limit is not None else _FEW if out.is_for_people and out.terminal.is_tty else 0
        out.remark(found.remarks)
        render(HitList(found.hits(most), found.counts), out)
