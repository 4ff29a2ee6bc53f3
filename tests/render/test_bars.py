"""Bars of text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twincli.render.bars import bar


@given(value=st.integers(0, 10**6), most=st.integers(1, 10**6), width=st.integers(1, 300), has_blocks=st.booleans())
def test_a_bar_is_as_long_as_its_number(value: int, most: int, width: int, *, has_blocks: bool) -> None:
    """Never longer than there is room, never empty but for zero, and right to a column."""
    value = min(value, most)
    length = len(bar(value, most, width, has_blocks=has_blocks))
    assert length <= width
    assert (length == 0) == (value == 0)
    assert abs(length - value / most * width) <= 1
