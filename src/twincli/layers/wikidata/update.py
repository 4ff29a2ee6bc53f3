"""The layer of Wikidata's twinnings: fetched, put together, installed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twincli.clock import this_day
from twincli.errors import BadData
from twincli.i18n import _
from twincli.layers.assembly import LayerHeader
from twincli.layers.importing import Import, Tell, bring_in
from twincli.layers.known import bundled
from twincli.layers.rows import RawSource
from twincli.layers.store import layer_path
from twincli.layers.wikidata.client import Client, Endpoint
from twincli.layers.wikidata.fetch import FetchWatch, Harvest, fetch_all
from twincli.layers.wikidata.pieces import Pieces
from twincli.layers.wikidata.ties import PUBLISHER, Ties
from twincli.vocabulary import SourceKind
from twincli.wording import number

LAYER = "wikidata"
_PROPERTY_PAGE = "https://www.wikidata.org/wiki/Property:P190"
# The endpoint's own count is of a moment before and includes deprecated statements, which are few; where less than
# this share of it comes, something is missing.
_ENOUGH = 0.9


@dataclass(frozen=True)
class Update:
    """What an update has fetched, and what became of it."""

    layer: Import
    endpoint: str
    statements: int
    """How many statements there were, those on the item of a city in two countries counted twice."""
    pieces: int
    reused: int
    """How many of the pieces were at hand from an earlier run."""


def update(
    endpoint: Endpoint,
    environ: Mapping[str, str],
    watch: FetchWatch,
    tell: Tell,
    *,
    restart: bool,
    dry_run: bool,
    pause: float,
    size: int,
) -> Update:
    """Fetch all twinnings and install them; with ``dry_run`` only tell what that would change.

    ``restart`` asks for everything anew, ``pause`` is how many seconds the first repetition waits, and ``size`` how
    many twinnings a piece has. Raises BadData where the endpoint does not give all of them; then nothing has changed.
    """
    layer_path(LAYER, environ)  # says at once where there is no place for it
    with Pieces(endpoint.url, environ) as pieces:
        pieces.sweep(everything=restart)
        harvest = fetch_all(lambda: Client(endpoint, environ), pieces, watch, pause=pause, size=size)
        tell(_("Putting it together"))
        ties = _gathered(harvest, endpoint)
        known, gazetteer = bundle = bundled()
        rows = ties.rows(
            today={country.code: country.name.en for country in gazetteer.countries},
            sovereigns=harvest.sovereigns,
            known={city.geonames for city in known.cities.values() if city.geonames is not None},
        )
        layer = bring_in(rows, _header(), environ, file=endpoint.host, dry_run=dry_run, tell=tell, bundle=bundle)
    return Update(layer, endpoint.url, ties.statements, harvest.count, harvest.reused)


def _gathered(harvest: Harvest, endpoint: Endpoint) -> Ties:
    ties = Ties()
    for rows in harvest.answers():
        ties.take(rows)
    if ties.statements < _ENOUGH * harvest.counted:
        message = _("{host} counts {counted} twinnings and gave {given}; nothing has changed. Try again later.")
        shown = message.format(host=endpoint.host, counted=number(harvest.counted), given=number(ties.statements))
        raise BadData(shown)
    return ties


def _header() -> LayerHeader:
    title = "Wikidata: twinned administrative bodies (P190)"
    return LayerHeader(
        name=LAYER,
        title=title,
        date=this_day().isoformat(),
        licence="CC0 1.0",
        attribution="Wikidata contributors (wikidata.org)",
        source=RawSource(_PROPERTY_PAGE, title, PUBLISHER, "en", kind=SourceKind.ENCYCLOPEDIA),
    )
