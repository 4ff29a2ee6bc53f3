"""``twincli data diff``: a file beside the bundled data."""

from contextlib import ExitStack
from typing import Annotated

import typer

from twincli.command_lines import command_line
from twincli.commands.data_import import Columns
from twincli.commands.offers import Offers
from twincli.commands.options import Countries, output, takes
from twincli.i18n import _
from twincli.output import Output
from twincli.render import render
from twincli.wording import number


@takes(out=output)
def diff(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A file as data import takes it, or a layer; - is stdin."),
        Offers("layer", files=True),
    ],
    country: Countries = None,
    columns: Columns = None,
    *,
    out: Output,
) -> None:
    """Compare a file with the bundled data: what that lacks, and where the two disagree.

    \b
      twincli data diff pairs.csv --country Indonesia
      twincli data diff wikidata -c ID --format csv
      twincli data diff pairs.csv | jq 'map(select(.what == "since"))'

    Nothing is installed. The JSON holds each lacking pair as it would stand in a data file, for whoever wants to
    propose it: CONTRIBUTING.md says how.
    """
    from twincli.layers.files import ImportedFile, compared
    from twincli.render.layer_views import DifferenceList
    from twincli.render.progress import Progress

    source, environ = ImportedFile(file, out.terminal.stdin, columns), out.terminal.environ
    with ExitStack() as open_until_shown:
        with Progress(out) as progress:
            comparison = open_until_shown.enter_context(
                compared(source, country or [], environ, watch=progress, remark=progress.note)
            )
        if comparison.rejected:
            message = _("Note: {count} of {read} rows cannot be taken; see: {command}")
            count, read = number(comparison.rejected), number(comparison.read)
            asked = [comparison.path, *(["--columns", columns] if columns else []), "--dry-run"]
            if file == "-":
                asked += ["--name", "NAME"]
            command = command_line("data", "import", *asked)
            out.remark([message.format(count=count, read=read, command=command)])
        render(DifferenceList(comparison), out)
