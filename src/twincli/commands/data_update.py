"""``twincli data update``: all twinnings known to Wikidata as a layer."""

from math import isfinite
from typing import TYPE_CHECKING, Annotated

import typer

from twincli.commands.options import output, takes
from twincli.errors import BadUsage
from twincli.i18n import _, ngettext
from twincli.output import Output
from twincli.render import render
from twincli.wording import number

if TYPE_CHECKING:
    from twincli.render.progress import Progress

WHOM, HOW = "Whom to ask", "How to ask"


@takes(out=output)
def update(
    endpoint: Annotated[
        str | None,
        typer.Option(
            "--endpoint",
            metavar="URL",
            help="Another SPARQL service that holds Wikidata's data; or set TWINCLI_ENDPOINT.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(
            "--contact",
            metavar="ADDRESS",
            help="Where its operators can reach you, for the User-Agent; or set TWINCLI_CONTACT.",
            rich_help_panel=WHOM,
        ),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Ask for everything anew, also what came today.", rich_help_panel=HOW)
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch, and tell what would change.", rich_help_panel=HOW)
    ] = False,
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout", min=0.1, metavar="SECONDS", help="How long one answer may take.", rich_help_panel=HOW
        ),
    ] = 75,
    pause: Annotated[
        float,
        typer.Option(
            "--pause",
            min=0,
            metavar="SECONDS",
            help="How long to wait before a second try; twice as long each time.",
            rich_help_panel=HOW,
        ),
    ] = 2,
    size: Annotated[
        int,
        typer.Option(
            "--size", min=1, metavar="COUNT", help="How many twinnings to ask for at once.", rich_help_panel=HOW
        ),
    ] = 1000,
    *,
    out: Output,
) -> None:
    """Fetch all twinnings known to Wikidata (CC0), to answer from beside the bundled data.

    \b
      twincli data update
      twincli data update --dry-run
      twincli data remove wikidata

    This is the one command that goes to the network. It asks country by country, two questions at a time at most; what
    has come is kept for a day, so that an interrupted update goes on where it was. The data that was there before
    stays until the new is whole.
    """
    from twincli.layers.wikidata.client import WIKIDATA, Endpoint
    from twincli.layers.wikidata.update import update as update_layer
    from twincli.render.layer_views import update_report, ways_on
    from twincli.render.progress import Progress

    if not (isfinite(timeout) and isfinite(pause)):
        raise BadUsage(_("--timeout and --pause need a number of seconds."))
    environ = out.terminal.environ
    url = endpoint or environ.get("TWINCLI_ENDPOINT") or WIKIDATA
    whom = Endpoint(url, timeout, contact or environ.get("TWINCLI_CONTACT") or None)
    out.remark([_("Asking {host} for all twinnings.").format(host=whom.host)])
    with Progress(out) as progress:
        watch = _Watch(progress, whom.host)
        result = update_layer(
            whom, environ, watch, watch.tell, restart=restart, dry_run=dry_run, pause=pause, size=size
        )
    if result.reused:
        message = _("{reused} of {pieces} pieces were at hand from the last 24 hours; --restart asks for them anew.")
        out.remark([message.format(reused=number(result.reused), pieces=number(result.pieces))])
    render(update_report(result), out)
    if out.is_for_people:
        out.remark(ways_on(result.layer))


class _Watch:
    """Shows how far the fetching is."""

    def __init__(self, progress: "Progress", host: str) -> None:
        self._progress, self._host = progress, host

    def expect(self, pieces: int) -> None:
        self._progress.expect(pieces)

    def finish(self, about: str) -> None:
        self._progress.advance(1, about)

    def tell(self, what: str) -> None:
        self._progress.begin(what)

    def wait(self, seconds: float, reason: str) -> None:
        message = ngettext(
            "{host}: {reason}; asking again in {count} second.",
            "{host}: {reason}; asking again in {count} seconds.",
            round(seconds),
        )
        self._progress.note(message.format(host=self._host, reason=reason, count=number(round(seconds))))
