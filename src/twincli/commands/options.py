"""The options that several commands share, each declared once, and the bundles that commands take them in.

A bundle is a function whose parameters are options and whose result is what the command works with. ``takes``
gives a command all options of its bundles; it is called with the bundles' results.

Neither this module nor those of the commands postpone the evaluation of annotations: Typer needs them all as objects,
and evaluating them from text costs 3 ms a command.
"""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from twincli.commands.format_choice import choose_format
from twincli.commands.offers import FILES, Offers
from twincli.i18n import set_language
from twincli.output import Output
from twincli.query.pairs import Arrangement, Filters
from twincli.render import FORMATS
from twincli.session import Session
from twincli.vocabulary import Confidence, Field, Kind, Language, Sort, Status

WHICH, ORDER, FORM = "Which pairs", "In what order", "In what form"

# Filters that some commands take without the others.
Countries = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        "-c",
        metavar="NAME",
        help="Pairs with a city in this country: any of its names, or an ISO code.",
        rich_help_panel=WHICH,
    ),
    Offers("country"),
]
Kinds = Annotated[
    list[Kind] | None,
    typer.Option("--kind", metavar="KIND", help=f"One of: {', '.join(Kind)}.", rich_help_panel=WHICH),
]


def takes(**bundles: Callable[..., Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of its bundles: a parameter of the command is replaced by its bundle's parameters."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = _parameters(command)
        options = {name: _parameters(bundle) for name, bundle in bundles.items()}
        shown: dict[str, inspect.Parameter] = {}
        for name, parameter in own.items():
            shown |= options.get(name, {name: parameter})

        def call(**values: Any) -> None:
            given = {name: values[name] for name in own if name not in bundles}
            for name, bundle in bundles.items():
                given[name] = bundle(**{option: values[option] for option in options[name]})
            command(**given)

        call.__name__, call.__doc__ = command.__name__, command.__doc__
        call.__signature__ = inspect.Signature(list(shown.values()))  # type: ignore[attr-defined]
        call.__annotations__ = {name: parameter.annotation for name, parameter in shown.items()}
        return call

    return decorate


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return {
        name: parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
    }


def pair_filters(
    country: Countries = None,
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="NAME",
            help="… and this country, city or region at the other end.",
            rich_help_panel=WHICH,
        ),
        Offers("country", "city", "region"),
    ] = None,
    city: Annotated[
        list[str] | None,
        typer.Option(
            "--city",
            metavar="NAME",
            help="Pairs of this city: any of its names, current or former.",
            rich_help_panel=WHICH,
        ),
        Offers("city"),
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            "--region",
            metavar="NAME",
            help="Pairs with a city on this continent or in this UN subregion.",
            rich_help_panel=WHICH,
        ),
        Offers("region"),
    ] = None,
    kind: Kinds = None,
    field: Annotated[
        list[Field] | None,
        typer.Option("--field", metavar="FIELD", help=f"One of: {', '.join(Field)}.", rich_help_panel=WHICH),
    ] = None,
    status: Annotated[
        list[Status] | None,
        typer.Option("--status", metavar="STATUS", help=f"One of: {', '.join(Status)}.", rich_help_panel=WHICH),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="YEARS",
            help="When they began: 1950, 1950..1960, 1950.. or ..1960; months and days too.",
            rich_help_panel=WHICH,
        ),
    ] = None,
    confidence: Annotated[
        list[Confidence] | None,
        typer.Option(
            "--confidence", metavar="LEVEL", help="How well attested: high, medium, low.", rich_help_panel=WHICH
        ),
    ] = None,
    disputed: Annotated[
        bool | None,
        typer.Option("--disputed/--undisputed", help="Whether sources disagree.", rich_help_panel=WHICH),
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            "--origin", metavar="NAME", help="Which data they come from: bundled, or a layer.", rich_help_panel=WHICH
        ),
        Offers("origin"),
    ] = None,
) -> Filters:
    """Bundle: which pairs."""
    return Filters(
        country or (), with_ or (), city or (), region or (), kind or (), field or (), status or (), since,
        confidence or (), disputed, origin or (),
    )  # fmt: skip


def arrangement(
    sort: Annotated[
        Sort, typer.Option("--sort", metavar="KEY", help=f"One of: {', '.join(Sort)}.", rich_help_panel=ORDER)
    ] = Sort.CITY,
    reverse: Annotated[bool, typer.Option("--reverse", help="The other way round.", rich_help_panel=ORDER)] = False,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-n", min=0, metavar="COUNT", help="At most so many; 0 for all.", rich_help_panel=ORDER
        ),
    ] = 0,
) -> Arrangement:
    """Bundle: in what order, and how many."""
    # SQLite counts no further.
    return Arrangement(sort, reverse, min(limit, sys.maxsize))


def output_with(*special: str) -> Callable[..., Output]:
    """Return the bundle of the output's options for a command that has these forms besides those of all commands."""
    offered = (*FORMATS, *special)

    def output(
        ctx: typer.Context,
        format_: Annotated[
            str | None,
            typer.Option(
                "--format",
                metavar="FORMAT",
                help=f"One of: {', '.join(offered)}. Default: table on a terminal, json in a pipe.",
                rich_help_panel=FORM,
            ),
            Offers(words=offered),
        ] = None,
        json_: Annotated[bool, typer.Option("--json", help="The same as --format json.", rich_help_panel=FORM)] = False,
        path: Annotated[
            Path | None,
            typer.Option(
                "--output",
                "-o",
                metavar="FILE",
                help="Write to a file, in the format that its name ends with; - is stdout.",
                rich_help_panel=FORM,
            ),
            FILES,
        ] = None,
        force: Annotated[
            bool, typer.Option("--force", help="Overwrite the file of --output.", rich_help_panel=FORM)
        ] = False,
        lang: Annotated[
            Language | None,
            typer.Option(
                "--lang", metavar="LANG", help="en or id, for everything that people read.", rich_help_panel=FORM
            ),
        ] = None,
        no_pager: Annotated[bool, typer.Option("--no-pager", help="Never call PAGER.", rich_help_panel=FORM)] = False,
        quiet: Annotated[
            bool, typer.Option("--quiet", "-q", help="No remarks on stderr.", rich_help_panel=FORM)
        ] = False,
    ) -> Output:
        """Bundle: in what form, and where to."""
        session: Session = ctx.obj
        if lang is not None:
            set_language(lang)
            session.language_reason = "--lang"
        session.tells_of_long_work = not quiet
        to = None if path is None or str(path) == "-" else path
        name = choose_format(session, offered, format_, is_json=json_, to=to)
        result = Output(session, name, to, force, quiet, pager=not no_pager)
        result.check_path()
        return result

    return output


# Where there are pairs of cities in the answer; their view is a ``HoldsPairs``.
PAIR_FORMATS = ("geojson", "graphml")

output = output_with()
pairs_output = output_with(*PAIR_FORMATS)


def data_file(
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="FILE",
            help="Answer from this file instead of the bundled data.",
            rich_help_panel=FORM,
            show_default=False,
        ),
        FILES,
    ] = None,
) -> str | None:
    """Bundle: from which data."""
    return data
