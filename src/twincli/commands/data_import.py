"""``twincli data import`` and ``twincli data remove``: layers of people's own data."""

from typing import Annotated

import typer

from twincli.commands.offers import FILES, Offers
from twincli.commands.options import output, takes
from twincli.output import Output
from twincli.render import render

WHAT = "What it is"
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="NAMES",
        help="What the columns hold, in their order or by heading, where the file does not say.",
        rich_help_panel=WHAT,
    ),
]


@takes(out=output)
def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON, JSON Lines, CSV or TSV; - is stdin."), FILES],
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="Its name. Default: the file's own.", rich_help_panel=WHAT),
    ] = None,
    columns: Columns = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would come of it, and change nothing.", rich_help_panel=WHAT)
    ] = False,
    *,
    out: Output,
) -> None:
    """Import a file of pairs, to answer from it beside the bundled data.

    \b
      twincli data import pairs.csv
      twincli data import export.tsv --name mine --dry-run
      twincli data import raw.csv --columns city1,country1,-,city2,country2

    It can be a table with a heading for each column (city1, country1, city2, country2, also lat1, lon1 …, since, until,
    kind, status, source), what twincli list gives, a data file, or SPARQL results. Countries may be names in any
    language or codes. A city needs coordinates, or must be known. Pairs that the bundled data has stay as they are
    there. Rows that cannot be taken are listed in a report. An import with the name of an earlier one replaces it.

    \b
      twincli data import raw.csv --columns city1=Stadt,city2=Partner
      curl https://example.org/pairs.json | twincli data import - --name example
    """
    from twincli.layers.files import ImportedFile, import_file
    from twincli.render.layer_views import import_report, ways_on
    from twincli.render.progress import Progress

    source, environ = ImportedFile(file, out.terminal.stdin, columns), out.terminal.environ
    with Progress(out) as progress:
        layer = import_file(source, name, environ, dry_run=dry_run, watch=progress, remark=progress.note)
    render(import_report(layer), out)
    if out.is_for_people:
        out.remark(ways_on(layer))


@takes(out=output)
def remove(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A layer; twincli data info lists them."), Offers("layer")
    ],
    *,
    out: Output,
) -> None:
    """Take a layer away, and the report of its import.

    \b
      twincli data remove mine
      twincli data remove wikidata
    """
    from twincli.layers.store import remove
    from twincli.render.layer_views import removal_report

    render(removal_report(name, remove(name, out.terminal.environ)), out)
