"""Which cities of a picture get their name, and on which side of their dot, so that no name covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from twincli.geo import Point

# In pixels: a guess at the width of a letter that errs to the wide side, the height of a line, the way from the dot.
_LETTER, _LINE, _GAP = 6.4, 13.0, 4.0
_MOST = 60
# How many dots are kept free of names: all of a few, the most important of many.
_FREE = 120


class Rectangle(NamedTuple):
    """A part of the picture, in pixels from the upper left."""

    left: float
    upper: float
    right: float
    lower: float


class Weight(NamedTuple):
    """What makes a city matter."""

    is_asked: bool
    pairs: int


@dataclass(frozen=True)
class Spot:
    """A city on the picture."""

    name: str
    at: Point
    """In pixels from the upper left."""
    radius: float
    """Of its dot, in pixels."""
    weight: Weight


@dataclass(frozen=True)
class Label:
    """A name with the point that it stands left or right of, or is centred on, in pixels."""

    name: str
    x: float
    y: float
    align: str


def place_labels(spots: Sequence[Spot], width: int, height: int) -> list[Label]:
    """Return labels for as many cities as there is room for, the ones that matter most first."""
    shown = [spot for spot in spots if 0 <= spot.at[0] <= width and 0 <= spot.at[1] <= height]
    shown.sort(key=lambda spot: (not spot.weight.is_asked, -spot.weight.pairs, spot.name))
    labels: list[Label] = []
    taken = [_dot(spot) for spot in shown[:_FREE]]
    for spot in shown:
        if len(labels) == _MOST:
            break
        for box, align in _choices(spot):
            inside = box.left >= 2 and box.upper >= 2 and box.right <= width - 2 and box.lower <= height - 2
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                x = {"left": box.left, "right": box.right, "center": (box.left + box.right) / 2}[align]
                labels.append(Label(spot.name, x, (box.upper + box.lower) / 2, align))
                break
    return labels


def _dot(spot: Spot) -> Rectangle:
    (x, y), radius = spot.at, spot.radius
    return Rectangle(x - radius, y - radius, x + radius, y + radius)


def _choices(spot: Spot) -> Iterable[tuple[Rectangle, str]]:
    """Yield where a name can stand and how it is aligned there: right, left, above, below, then aslant of its dot."""
    x, y = spot.at
    wide, away, near = len(spot.name) * _LETTER, spot.radius + _GAP, spot.radius * 0.7 + 1
    yield _line(x + away, y - _LINE / 2, wide), "left"
    yield _line(x - away - wide, y - _LINE / 2, wide), "right"
    yield _line(x - wide / 2, y - away - _LINE, wide), "center"
    yield _line(x - wide / 2, y + away, wide), "center"
    for upper in (y - near - _LINE, y + near):
        yield _line(x + near, upper, wide), "left"
        yield _line(x - near - wide, upper, wide), "right"


def _line(left: float, upper: float, width: float) -> Rectangle:
    return Rectangle(left, upper, left + width, upper + _LINE)


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    is_beside = one.right <= other.left or other.right <= one.left
    return not is_beside and one.upper < other.lower and other.upper < one.lower
