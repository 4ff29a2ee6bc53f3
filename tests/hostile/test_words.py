"""Words of the command line that nobody would type."""

from __future__ import annotations

import pytest

from tests.conftest import Place


def test_a_section_by_a_digit_that_is_no_number(place: Place) -> None:
    """``--section ²`` is a name that no section has, and so is one of thousands of digits."""
    for wanted in ("²", "9" * 5000, "٣" * 12):
        result = place.run("explain", "benefits", "--section", wanted)
        assert (result.status, result.stdout) == (1, "")
        assert "No section called" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["show"], ["list", "-c"], ["explain"], ["list", "--format"], ["list", "--data"], []]
)
def test_an_error_does_not_repeat_a_word_of_any_length(place: Place, arguments: list[str]) -> None:
    """What is quoted is shortened in the middle, so that the sentence ends with what to do."""
    result = place.run(*arguments, "x" * 100_000)
    assert result.status in {1, 2}
    assert len(result.stderr.splitlines()[0]) < 2100
    assert " … " in result.stderr


@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "x/" * 3000 + "x.csv", "\udcff" * 300 + ".csv"])
def test_a_name_that_no_file_can_have_is_wrong_usage(place: Place, name: str) -> None:
    """Also in ``-o``: one sentence, before any work is done."""
    result = place.run("list", "-o", name)
    assert (result.status, result.stdout, result.stderr.count("\n")) == (2, "", 1)
