"""The JSON that scripts rely on, as models: what ``twincli data schema`` publishes, and what the tests hold output to.

Stable: keys are only ever added.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, RootModel, TypeAdapter
from pydantic import Field as About

from twincli.dataset.models import City, Dataset, Id, Pair, PartialDate, Source
from twincli.vocabulary import Confidence, EntryType, Field, Kind, Level, SourceKind, Status


class Published(BaseModel):
    """What all published objects have in common."""

    model_config = ConfigDict(extra="forbid")


class Text(Published):
    """Text for people; ``id`` is absent where there is no Indonesian version."""

    en: str
    id: str = About("", description="Indonesian; absent where there is none")


class Aliases(Published):
    """A city's other names; each key is absent where there is none."""

    id: str = About("", description="the Indonesian name, where it differs")
    native: list[str] = []
    former: list[str] = []
    also: list[str] = []


class CityOut(Published):
    """A city."""

    id: Id
    name: str = About(description="English")
    names: Aliases
    country: str = About(description="ISO 3166-1 alpha-2")
    country_name: Text
    admin: str | None = About(description="province, state or county, in English")
    admin_name: Text | None = About(description="the same in both languages; null where admin is")
    level: Level
    lat: float = About(description="latitude in degrees, WGS 84")
    lon: float = About(description="longitude in degrees, WGS 84")


class StatementOut(Source):
    """A source with what it says of the pair."""

    says: str = About(description="what the source states, in our words")


class PairOut(Published):
    """A pair, the city asked for first."""

    id: Id
    kind: Kind
    status: Status
    as_of: str | None = About(description="newest year in which a dated source speaks of the pair")
    since: PartialDate | None
    until: PartialDate | None
    fields: list[Field]
    disputed: bool
    confidence: Confidence
    distance_km: int = About(ge=0, description="great-circle distance")
    origin: str = About(description="which data has it: bundled, an installed layer, or the file of --data")
    cities: tuple[CityOut, CityOut]
    sources: list[StatementOut]
    note: Text | None


class CityCardOut(Published):
    """``show CITY``: a city and its pairs, newest facts first."""

    city: CityOut
    pairs: list[PairOut]


class CommonOut(Published):
    """A partner that two cities share."""

    city: CityOut
    pairs: tuple[Id, Id] = About(description="its pair with the first city, and with the second")


class PairCardOut(Published):
    """``show CITY CITY``: the pair, null where there is none, and the partners that both share."""

    pair: PairOut | None
    common: list[CommonOut]


class AnniversaryOut(PairOut):
    """``anniversaries``: a pair that reaches a round number of years."""

    date: PartialDate = About(description="when in the year asked for, as precise as the beginning is known")
    years: int = About(ge=1, description="how many years it reaches")


class ComponentOut(Published):
    """Cities that are connected with each other by twinnings, and with no other city."""

    rank: int = About(ge=1, description="1 is the largest; those of one size share a rank")
    cities: int = About(ge=1)
    countries: int = About(ge=1)
    own: int = About(ge=1, description="how many of its cities belong to the place asked for")
    members: list[CityOut] = About(description="its cities by name where they are few, else none")


class PlaceOut(Published):
    """A city or a country as an end of a chain."""

    type: Literal["city", "country"]
    id: str = About(description="of the city, or the country's ISO code")
    name: Text
    country: str = About(description="ISO 3166-1 alpha-2")
    components: list[ComponentOut] | None = About(
        description="null where there is a chain; else what the place's cities are connected with, largest first"
    )


class PathOut(Published):
    """``path PLACE PLACE``: the best attested of the shortest chains; all that describes it is null without one."""

    start: PlaceOut = About(alias="from")
    goal: PlaceOut = About(alias="to")
    statuses: list[Status] = About(description="the statuses that a step may have")
    kinds: list[Kind] = About(description="the kinds that a step may have; none for all")
    length: int | None = About(ge=1, description="how many steps")
    distance_km: int | None = About(ge=0, description="of all steps")
    confidence: Confidence | None = About(description="of the weakest step")
    others: int = About(ge=0, description="how many other chains are as short")
    steps: list[PairOut] = About(description="each seen from the city where the step before ends")


class HitOut(Published):
    """``search``: something that fits a text."""

    type: EntryType
    score: float = About(ge=0, description="how well it fits; comparable within one search only")
    id: str = About(description="of the city, pair, topic, source or field; a country's or region's code")
    name: Text = About(description="a source's title stands under en in the language that it has")
    context: Text | None = About(description="where it belongs: country, countries and fields, or publisher and year")
    excerpt: Text | None = About(description="the part of its text with the words; of a place: another name found")
    matches: list[str] = About(description="the words found as they stand in name, context and excerpt")
    pairs: int | None = About(description="how many pairs it has or speaks of; null for pairs and topics")
    url: str | None = About(description="of a source")
    searched: str = About(description="what was searched for, typing errors mended")
    command: str = About(description="what opens it; for a source, a pair that it speaks of")


class CountOut(Published):
    """``stats --by``: a group of pairs."""

    value: str | None = About(
        description="a code, a city's id, a value, a decade's first year, or km from-to; two codes for two places; "
        "null for pairs of which it is not known, which come last"
    )
    name: Text | None = About(description="of a place, or of two; null for all else")
    pairs: int = About(ge=0, description="by decade: how many began in it")
    share: float = About(ge=0, le=1, description="of the pairs counted; a pair may count in several groups")


class DecadeOut(CountOut):
    """``stats --by decade``: what began in a decade, and what ended or was suspended in it."""

    ended: int = About(ge=0)


class ReachOut(Published):
    """``stats --by component``: cities connected with each other by twinnings, and with no other city."""

    value: str = About(description="its place, 1 for the largest")
    name: Text = About(description="its most connected city")
    pairs: int = About(ge=1)
    share: float = About(ge=0, le=1, description="of the pairs counted")
    cities: int = About(ge=2)
    countries: list[str] = About(description="ISO codes of the countries of its cities")
    only_here: list[str] = About(description="those of them that are in no larger component")


class OverviewOut(Published):
    """``stats``: a selection at a glance."""

    pairs: int = About(ge=0)
    cities: int = About(ge=0)
    countries: int = About(ge=0)
    dated: int = About(ge=0, description="pairs whose beginning is known")
    sourced_twice: int = About(ge=0, description="pairs with two sources or more")
    kinds: dict[Kind, int] = About(description="pairs of each kind that occurs")
    statuses: dict[Status, int]
    confidences: dict[Confidence, int]
    most_connected: list[CountOut] = About(description="cities with the most of these pairs")
    countries_most: list[CountOut] = About(description="countries with the most of these pairs")
    oldest: PairOut | None
    newest: PairOut | None
    longest: PairOut | None = About(description="whose cities are farthest apart")


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


class LayerOut(Published):
    """A layer of installed data; ``added`` counts what the data before it does not have."""

    name: str
    path: str
    title: str
    date: str
    licence: str
    attribution: str
    cities: int
    added_cities: int
    pairs: int
    added_pairs: int


class InfoOut(Published):
    """``data info``: what answers, and why."""

    version: str
    data: str
    data_reason: str = About(description="what chose the data: --data, TWINCLI_DATA, or nothing for the bundled data")
    title: str
    date: str
    pairs: int
    cities: int
    countries: int
    licence: str
    attribution: str
    layers: list[LayerOut] = About(description="installed data beside the bundled, by rank")
    index: str | None = About(description="null where the index lives in memory only")
    index_reason: str
    language: str
    language_reason: str


class RejectionsOut(Published):
    """The rows of an imported file that were rejected for one sort of reason."""

    reason: str = About(description="of the first of them, in English")
    count: int
    lines: list[int] = About(description="where the first few stand")


class ImportOut(Published):
    """``data import``: what became of the file's rows; ``read`` is ``added`` + ``merged`` + ``rejected``."""

    name: str = About(description="of the layer")
    file: str
    read: int = About(description="rows of the file that hold something")
    added: int = About(description="pairs that neither the bundled data nor the layer's earlier state had")
    merged: int = About(description="known + kept + repeated: rows whose pair was there already")
    rejected: int
    known: int = About(description="rows whose pair the bundled data has")
    kept: int = About(description="rows whose pair the layer had before")
    repeated: int = About(description="rows whose pair an earlier row of the file has, whichever city stands first")
    removed: int = About(description="pairs that the layer had before and the file has not")
    pairs: int = About(description="how many pairs the layer has now")
    changed: bool = About(description="false where the layer was the same before, and in a dry run")
    dry_run: bool
    path: str = About(description="the layer's file")
    report: str | None = About(description="file with each rejected row, its line and the reason; null without any")
    reasons: list[RejectionsOut] = About(description="why rows were rejected, the most frequent reason first")


class UpdateOut(ImportOut):
    """``data update``: what Wikidata gave, and what became of it; a row is two items that are twinned."""

    endpoint: str
    statements: int = About(ge=0, description="how many statements came, those of a city in two countries twice")
    pieces: int = About(ge=0, description="how many questions that took")
    reused: int = About(ge=0, description="how many of them were answered from the cache of the last day")


class RemovalOut(Published):
    """``data remove``: the layer that has been taken away."""

    name: str
    path: str


class EndOut(Published):
    """A city as an end of a pair."""

    id: Id
    name: str
    country: str = About(description="ISO 3166-1 alpha-2")


class LackingOut(Published):
    """Records that the bundled data lacks, as they would stand there."""

    pair: Pair
    cities: list[City]


class DifferenceOut(Published):
    """``data diff``: one thing in which a file and the bundled data differ."""

    what: Literal["since", "until", "status", "kind", "pair"] = About(
        description="what they disagree on; pair where the bundled data lacks it"
    )
    pair: Id = About(description="of the bundled pair, or the one that the lacking pair would have")
    cities: tuple[EndOut, EndOut]
    bundled: str | None = About(description="what the bundled data says; null where it says nothing")
    file: str | None = About(description="what the file says")
    line: int = About(description="where the pair stands in the file")
    sources: list[Source] = About(description="the file's references for the pair")
    lacking: LackingOut | None = About(description="null where the bundled data has the pair")


class ProblemOut(Published):
    """``data check``: one thing that is wrong."""

    file: str
    record: str | None
    field: str | None
    reason: str
    severity: str = About(description="error or warning")


SCHEMAS: dict[str, Any] = {
    "list": RootModel[list[PairOut]],
    "map": RootModel[list[PairOut]],
    "show CITY": CityCardOut,
    "show CITY CITY": PairCardOut,
    "search": RootModel[list[HitOut]],
    "stats": OverviewOut,
    "stats --by": RootModel[list[CountOut]],
    "stats --by decade": RootModel[list[DecadeOut]],
    "stats --by component": RootModel[list[ReachOut]],
    "path": PathOut,
    "anniversaries": RootModel[list[AnniversaryOut]],
    "explain": RootModel[list[TopicOut]],
    "explain TOPIC": NoteOut,
    "explain --all": RootModel[list[NoteOut]],
    "data info": InfoOut,
    "data import": ImportOut,
    "data update": UpdateOut,
    "data remove": RemovalOut,
    "data diff": RootModel[list[DifferenceOut]],
    "data check": RootModel[list[ProblemOut]],
    "data file": Dataset,
}


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document by its name in ``SCHEMAS``."""
    # Validation mode has the keys that may be absent as optional, which the serialised form leaves out.
    schema = TypeAdapter(SCHEMAS[name]).json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": f"twincli {name}"}
