"""Chains and components as published."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as About

from twincli.dataset.published.base import Published, Text
from twincli.dataset.published.pairs import CityOut, PairOut
from twincli.vocabulary import Confidence, Kind, Status


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
