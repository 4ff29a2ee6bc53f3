"""The closed lists of the field, declared once for the models, the options, the index and the translations.

The order of a list is the order in which its values are shown and sorted.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What ties the two cities of a pair."""

    SISTER = "sister"
    FRIENDSHIP = "friendship"
    INTENT = "intent"  # a letter or declaration of intent, and no agreement yet
    PROJECT = "project"
    BORDER = "border"
    CONURBATION = "conurbation"
    CAPITAL = "capital"  # two capitals of one country


class Status(StrEnum):
    """How a pair stood when it was last attested."""

    ACTIVE = "active"
    DORMANT = "dormant"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


# The statuses that a date in ``until`` can belong to.
OVER = frozenset({Status.ENDED, Status.SUSPENDED})


class Field(StrEnum):
    """What two cities do together."""

    CULTURE = "culture"
    EDUCATION = "education"
    YOUTH = "youth"
    ECONOMY = "economy"
    TRADE = "trade"
    TOURISM = "tourism"
    TECHNOLOGY = "technology"
    SMART_CITY = "smart-city"
    ENVIRONMENT = "environment"
    WATER = "water"
    PORT = "port"
    TRANSPORT = "transport"
    URBAN_PLANNING = "urban-planning"
    HEALTH = "health"
    SPORTS = "sports"
    PEACE = "peace"
    GOVERNANCE = "governance"
    DISASTER = "disaster"
    AGRICULTURE = "agriculture"
    SCIENCE = "science"
    HUMANITARIAN = "humanitarian"
    SECURITY = "security"
    CREATIVE_ECONOMY = "creative-economy"
    ENERGY = "energy"


class Level(StrEnum):
    """What sort of place a city record stands for."""

    CITY = "city"
    DISTRICT = "district"
    REGION = "region"


class SourceKind(StrEnum):
    """Who speaks in a source."""

    OFFICIAL = "official"
    PARTNER = "partner"
    PRESS = "press"
    ACADEMIC = "academic"
    ENCYCLOPEDIA = "encyclopedia"
    OTHER = "other"


class Confidence(StrEnum):
    """How well a pair is attested, derived from its sources."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ConfidenceReason(StrEnum):
    """Why a pair has its confidence."""

    OFFICIAL = "official"  # high: an official source states it
    INDEPENDENT = "independent"  # high: two or more independent publishers state it
    DISPUTED = "disputed"  # medium: well attested, but the sources disagree
    SINGLE = "single"  # medium: one publisher, not an official one
    UNWITNESSED = "unwitnessed"  # low: only encyclopedias, copies, blogs or forums


class EntryType(StrEnum):
    """What a search finds."""

    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    FIELD = "field"
    TOPIC = "topic"
    PAIR = "pair"
    SOURCE = "source"


class Language(StrEnum):
    """The languages that people are spoken to in."""

    EN = "en"
    ID = "id"


class Document(StrEnum):
    """What has a published JSON Schema: what the commands write, by the command, and the data file."""

    LIST = "list"
    MAP = "map"
    SHOW_CITY = "show CITY"
    SHOW_CITY_CITY = "show CITY CITY"
    SEARCH = "search"
    STATS = "stats"
    STATS_BY = "stats --by"
    STATS_BY_DECADE = "stats --by decade"
    STATS_BY_COMPONENT = "stats --by component"
    PATH = "path"
    ANNIVERSARIES = "anniversaries"
    EXPLAIN = "explain"
    EXPLAIN_TOPIC = "explain TOPIC"
    EXPLAIN_ALL = "explain --all"
    DATA_INFO = "data info"
    DATA_IMPORT = "data import"
    DATA_UPDATE = "data update"
    DATA_REMOVE = "data remove"
    DATA_DIFF = "data diff"
    DATA_CHECK = "data check"
    DATA_FILE = "data file"


class Shell(StrEnum):
    """The shells whose tab key can be taught."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


class Every(StrEnum):
    """How round a jubilee is: a multiple of so many years."""

    FIVE = "5"
    TEN = "10"
    TWENTY_FIVE = "25"


class Sort(StrEnum):
    """What a list of pairs can be ordered by."""

    CITY = "city"
    PARTNER = "partner"
    SINCE = "since"
    STATUS = "status"
    KIND = "kind"
    DISTANCE = "distance"
    CONFIDENCE = "confidence"
    AS_OF = "as-of"


class Grouping(StrEnum):
    """What pairs can be counted by."""

    COUNTRY = "country"
    CITY = "city"
    COUNTRY_PAIR = "country-pair"
    REGION = "region"
    REGION_PAIR = "region-pair"
    DECADE = "decade"
    KIND = "kind"
    FIELD = "field"
    STATUS = "status"
    CONFIDENCE = "confidence"
    DISTANCE = "distance"
    COMPONENT = "component"


class Zoom(StrEnum):
    """How much of the world a map shows."""

    FIT = "fit"  # what the selection needs
    WORLD = "world"
