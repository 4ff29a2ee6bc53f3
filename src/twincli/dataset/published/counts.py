"""Statistics as published."""

from __future__ import annotations

from pydantic import Field as About

from twincli.dataset.published.base import Published, Text
from twincli.dataset.published.pairs import PairOut
from twincli.vocabulary import Confidence, Kind, Status


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
