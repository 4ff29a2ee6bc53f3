"""``twincli data``: the data behind the answers."""

from typing import Annotated

import typer

from twincli.commands import data_diff, data_import, data_update
from twincli.commands.help import HelpfulCommand, HelpfulGroup
from twincli.commands.offers import FILES
from twincli.commands.options import data_file, output, takes
from twincli.output import Output
from twincli.render import render
from twincli.vocabulary import Document

app = typer.Typer(cls=HelpfulGroup, add_completion=False, rich_markup_mode=None, no_args_is_help=False)


@app.callback(invoke_without_command=True)
def data_group(ctx: typer.Context) -> None:
    """See the data behind the answers: which file, how large, whether it is sound, what its keys mean.

    \b
      twincli data info
      twincli data check my-pairs.json
      twincli data schema
    """
    if ctx.invoked_subcommand is None:
        ctx.obj.terminal.stdout.write(ctx.get_help() + "\n")


app.command("import", cls=HelpfulCommand)(data_import.import_file)
app.command(cls=HelpfulCommand)(data_update.update)
app.command(cls=HelpfulCommand)(data_import.remove)
app.command(cls=HelpfulCommand)(data_diff.diff)


@app.command(cls=HelpfulCommand)
@takes(out=output, data=data_file)
def info(out: Output, data: str | None) -> None:
    """Tell which data answers, how much it holds, where the index lies, and why each was chosen.

    \b
      twincli data info
      twincli data info --json | jq .pairs
    """
    from twincli.query.info import describe
    from twincli.render.report import info_report

    with out.session.open_index(data) as index:
        render(info_report(describe(index, data, out.terminal.environ, out.session.language_reason)), out)


@app.command(cls=HelpfulCommand)
@takes(out=output)
def check(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="A data file; - is stdin. Default: the bundled data."), FILES
    ] = None,
    *,
    out: Output,
) -> None:
    """Check a data file: everything that is wrong in it, in one run.

    \b
      twincli data check
      twincli data check my-pairs.json
      cat my-pairs.json | twincli data check -

    Without a file the bundled data is checked, concept notes included. The exit status is 1 where there are errors;
    warnings alone leave it 0.
    """
    from twincli.dataset.verdict import check_bundled, check_file
    from twincli.render.report import ProblemList

    problems = check_bundled() if file is None else check_file(file, out.terminal.stdin)
    render(ProblemList(problems), out)
    if any(not problem.is_warning for problem in problems):
        raise typer.Exit(1)


@app.command(cls=HelpfulCommand)
@takes(out=output)
def schema(
    document: Annotated[
        Document | None,
        typer.Argument(metavar="[DOCUMENT]", help="As in: list, 'show CITY', 'explain TOPIC', 'data file'."),
    ] = None,
    *,
    out: Output,
) -> None:
    """Publish what the JSON of every command holds: a line a key for people, JSON Schema in a pipe.

    \b
      twincli data schema
      twincli data schema list
      twincli data schema 'data file' > schema.json
    """
    from twincli.dataset.published import json_schema
    from twincli.render.report import SchemaList

    names = [document] if document else list(Document)
    render(SchemaList({name: json_schema(name) for name in names}, is_one=document is not None), out)
