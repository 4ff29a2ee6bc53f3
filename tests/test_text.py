"""Names made comparable, and text made safe to show."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twincli.text import clean, fold, is_unsafe


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("São Paulo", "saopaulo"),
        ("Kraków", "krakow"),
        ("Łódź", "lodz"),
        ("Malmö", "malmo"),
        ("Tromsø", "tromso"),
        ("Reykjavík", "reykjavik"),
        ("Þórshöfn", "thorshofn"),
        ("Århus", "arhus"),
        ("Ærø", "aero"),
        ("Straße", "strasse"),
        ("Gəncə", "gence"),
        ("İzmir", "izmir"),
        ("Diyarbakır", "diyarbakir"),
        ("Đà Nẵng", "danang"),
        ("Ōsaki", "osaki"),
        ("Côte d’Ivoire", "cotedivoire"),
        ("St. John's", "stjohns"),
        ("Oʻzbekiston", "ozbekiston"),
        ("Baden-Baden", "badenbaden"),
        ("Москва", "москва"),
        ("日本", "日本"),
        ("", ""),
        ("!? …", ""),
    ],
)
def test_a_name_is_looked_up_as_people_type_it(name: str, key: str) -> None:
    """Without case, diacritics, punctuation and spaces; letters that have no plain form stay."""
    assert fold(name) == key


def test_every_letter_has_one_key_however_it_is_written() -> None:
    """Small or large, composed or decomposed, each letter of Unicode is looked up under the same key."""
    for letter in filter(str.isalnum, map(chr, range(sys.maxunicode + 1))):
        key = fold(letter)
        forms = {letter.upper(), letter.lower(), letter.title(), key}
        forms |= {unicodedata.normalize(form, letter) for form in ("NFC", "NFD", "NFKC", "NFKD")}
        assert all(fold(form) == key for form in forms - {letter}), letter


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_key_is_made_letter_by_letter(one: str, other: str) -> None:
    """Names are joined as their keys are, so that spaces and punctuation between words never matter."""
    assert fold(f"{one} {other}") == fold(f"{one}-{other}") == fold(one) + fold(other)


@settings(deadline=None)
@given(st.text())
def test_a_key_has_letters_and_figures_only_and_is_its_own_key(text: str) -> None:
    """Whatever was typed, a key is clean, and folding it again changes nothing."""
    key = fold(text)
    assert key == "" or key.isalnum()
    assert fold(key) == key
    assert fold(text.swapcase()) == key


def test_every_character_that_acts_on_a_terminal_is_unsafe() -> None:
    """Control, formatting, private and unassigned characters, surrogates and separators, but not the two joiners."""
    unsafe = {letter for letter in map(chr, range(sys.maxunicode + 1)) if is_unsafe(letter)}
    assert set(map(chr, [*range(0x20), *range(0x7F, 0xA0)])) <= unsafe
    assert set("\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ud800\ue000") <= unsafe
    assert not unsafe.intersection("\u200c\u200d aé日€–“ \u0301")
    assert all(not letter.isprintable() or letter.isspace() for letter in unsafe)


@settings(deadline=None)
@given(st.text(st.characters()))
def test_cleaned_text_is_as_long_and_safe(text: str) -> None:
    """Each unsafe character becomes one U+FFFD, and nothing else changes."""
    cleaned = clean(text)
    assert not any(map(is_unsafe, cleaned))
    assert len(cleaned) == len(text)
    assert all(new == old or (new == "\ufffd" and is_unsafe(old)) for new, old in zip(cleaned, text, strict=True))
    assert clean(cleaned) == cleaned


@settings(deadline=None)
@given(st.text())
def test_cleaned_lines_keep_their_breaks_and_nothing_else_unsafe(text: str) -> None:
    """A body of several lines keeps line breaks and tabs, but no carriage return that could overwrite a line."""
    cleaned = clean(text, lines=True)
    assert not any(is_unsafe(letter) for letter in cleaned if letter not in "\n\t")
    assert cleaned.count("\n") == text.count("\n")
    assert cleaned.count("\t") == text.count("\t")
    assert clean("a\rb\x1b[0m", lines=True) == "a\ufffdb\ufffd[0m"
