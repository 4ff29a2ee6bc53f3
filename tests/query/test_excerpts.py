"""Where searched words stand in a text, and the passage that shows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twincli.query.excerpts import Words, best_paragraph, excerpt, plain
from twincli.text import fold, fold_words

TEXT = st.text(max_size=60)
MIXED = st.lists(st.sampled_from(["Łódź", "straße", "Reykjavi\u0301k", "Côte", "d'Ivoire", "ﬁn", "a", "x-y", "東京都"]))


@given(TEXT)
def test_words_are_folded_as_names_are(text: str) -> None:
    """A name's words together are the key that it is looked up by, so that search and lookup agree."""
    assert fold_words(text).replace(" ", "") == fold(text)


@given(MIXED)
def test_places_are_where_the_words_are(words: list[str]) -> None:
    """Whatever letters become when they are folded, each place is that of a word searched for."""
    text = " – ".join(words)
    for place in Words(["strasse", "lodz", "reykjavik", "cote", "fin", "a", "東京"]).places(text):
        assert fold(text[place.start : place.end]).startswith(place.word)


def test_letters_that_become_two_move_no_mark() -> None:
    """ß is two letters when folded; what stands behind it is still found where it stands."""
    text = "Große Straße in Łódź"
    assert [text[place.start : place.end] for place in Words(["strasse", "lodz"]).places(text)] == ["Straße", "Łódź"]


def test_short_words_are_found_only_whole() -> None:
    """``la`` is no beginning of Larnaca; ``lar`` is; in a script without spaces one letter is."""
    assert not Words(["la"]).are_in("Larnaca")
    assert Words(["la"]).are_in("La Paz")
    assert Words(["lar"]).are_in("Larnaca")
    assert Words(["京"]).are_in("京都市")


@given(st.lists(st.sampled_from(["water", "and", "a", "harbour,", "pact.", "of", "cities"]), max_size=120))
def test_an_excerpt_is_a_part_of_its_text(words: list[str]) -> None:
    """Between the dots stands a passage of the text as it is, and it has a word searched for, if the text has."""
    text = " ".join(words)
    searched = Words(["harbour"])
    passage = excerpt(text, searched)
    assert passage.removeprefix("… ").removesuffix(" …") in text
    assert searched.are_in(passage) == searched.are_in(text)


def test_the_excerpt_has_as_many_of_the_words_as_there_are_together() -> None:
    """The passage with both words is chosen before an earlier one with one of them."""
    text = f"Water here. {'Some other words stand between. ' * 12}The water of the harbour is clean."
    assert "water of the harbour" in excerpt(text, Words(["water", "harbour"]))


def test_markdown_is_shown_as_running_text() -> None:
    """Headings, emphasis, links and the numbers of sources are left away, and no space stands before a full stop."""
    markdown = "## Water\n\nThe *pact* of [Rome](https://rome.example) stands [1][2].\n- A point"
    assert plain(markdown) == "The pact of Rome stands. A point"


def test_the_best_paragraph_is_no_heading() -> None:
    """A heading with the word loses to the paragraph below it."""
    assert best_paragraph("## Water\n\nNothing.\n\nClean water.", Words(["water"])) == ("Clean water.", 1)
