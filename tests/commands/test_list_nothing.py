"""A question may be answered "none": no failure, and a hint what would give some."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Place

# Filters of which each alone gives pairs, and which no pair meets together.
NOTHING = ["--country", "Indonesia", "--kind", "border", "--status", "ended", "--since", "..1930"]


def test_no_pairs_is_an_empty_array(place: Place) -> None:
    """Where no pair matches, a script gets ``[]`` and status 0."""
    result = place.run("list", *NOTHING)
    assert result.status == 0
    assert result.stdout == "[]\n"


@pytest.mark.parametrize(
    ("format_", "shown"), [("table", 0), ("json", 1), ("jsonl", 0), ("csv", 1), ("tsv", 1), ("markdown", 2)]
)
def test_no_pairs_in_every_format(place: Place, format_: str, shown: int) -> None:
    """Every format has its way to show nothing: a header at most."""
    result = place.run("list", *NOTHING, "--format", format_)
    assert result.status == 0
    assert len(result.lines) == shown
    assert result.stderr.startswith("No pairs match.")


def test_the_hint_counts_what_each_filter_costs(place: Place) -> None:
    """The hint on stderr says how many pairs there would be without each filter, and the numbers are right."""
    arguments = ["--country", "Indonesia", "--kind", "capital", "--status", "ended"]
    result = place.run("list", *arguments)
    assert result.json == []
    hints = dict(re.findall(r"without (--[a-z]+): (\d+)", result.stderr))
    assert hints
    for option, value in zip(arguments[::2], arguments[1::2], strict=True):
        rest = [word for word in arguments if word not in {option, value}]
        assert len(place.run("list", *rest).json) == int(hints.get(option, 0))


def test_a_single_filter_needs_no_hint(place: Place) -> None:
    """Where only one filter was given, leaving it away is no advice."""
    result = place.run("list", "--since", "..1000")
    assert result.json == []
    assert result.stderr == "No pairs match.\n"


def test_quiet_says_nothing(place: Place) -> None:
    """``--quiet`` silences the hint, not the answer."""
    result = place.run("list", *NOTHING, "--quiet")
    assert result.stdout == "[]\n"
    assert not result.stderr


def test_a_terminal_shows_no_empty_table(place: Place) -> None:
    """On a terminal there is the hint and no heading without rows."""
    result = place.table("list", *NOTHING)
    assert not result.stdout
    assert result.stderr.startswith("No pairs match.")
