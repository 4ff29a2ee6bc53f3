"""Which cities of a picture get their name, and on which side of their dot, so that no name covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twincli.geo import Point

# In pixels: a guess at the width of a letter that errs to the wide side, the height of a line, the way from the dot.
_LETTER, _LINE, _GAP = 6.4, 13.0, 4.0
_MOST = 60
# How many dots are kept free of names: all of a few, the most important of many.
_FREE = 120

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge, in pixels."""


@dataclass(frozen=True)
class Spot:
    """A city on the picture."""

    name: str
    at: Point
    """In pixels from the upper left."""
    radius: float
    """Of its dot, in pixels."""
    weight: tuple[bool, int]
    """What makes it matter: whether it was asked for, and how many pairs it has."""


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
    shown.sort(key=lambda spot: (not spot.weight[0], -spot.weight[1], spot.name))
    labels: list[Label] = []
    taken = [_dot(spot) for spot in shown[:_FREE]]
    for spot in shown:
        if len(labels) == _MOST:
            break
        for box, align in _choices(spot):
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                x = {"left": box[0], "right": box[2], "center": (box[0] + box[2]) / 2}[align]
                labels.append(Label(spot.name, x, (box[1] + box[3]) / 2, align))
                break
    return labels


def _dot(spot: Spot) -> Box:
    (x, y), radius = spot.at, spot.radius
    return x - radius, y - radius, x + radius, y + radius


def _choices(spot: Spot) -> Iterable[tuple[Box, str]]:
    """Yield where a name can stand and how it is aligned there: right, left, above, below, then aslant of its dot."""
    x, y = spot.at
    wide, away, near = len(spot.name) * _LETTER, spot.radius + _GAP, spot.radius * 0.7 + 1
    yield (x + away, y - _LINE / 2, x + away + wide, y + _LINE / 2), "left"
    yield (x - away - wide, y - _LINE / 2, x - away, y + _LINE / 2), "right"
    yield (x - wide / 2, y - away - _LINE, x + wide / 2, y - away), "center"
    yield (x - wide / 2, y + away, x + wide / 2, y + away + _LINE), "center"
    for upper in (y - near - _LINE, y + near):
        yield (x + near, upper, x + near + wide, upper + _LINE), "left"
        yield (x - near - wide, upper, x - near, upper + _LINE), "right"


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
