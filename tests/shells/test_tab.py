"""The tab key in a real bash, zsh and fish: what it completes is what the program is called with."""

from __future__ import annotations

import pytest

from tests.conftest import Place
from tests.shells.shell import Shell
from twincli.text import fold

TAB = "\t"


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("sho", "show"),
        ("data che", "data check"),
        ("help data imp", "help data import"),
        ("list --cou", "list --country"),
        ("list --undis", "list --undisputed"),
        ("list --kind sis", "list --kind sister"),
        ("list --field urb", "list --field urban-planning"),
        ("list --status susp", "list --status suspended"),
        ("list --confidence hi", "list --confidence high"),
        ("list --sort dist", "list --sort distance"),
        ("list --format mark", "list --format markdown"),
        ("list --lang i", "list --lang id"),
        ("stats --by dec", "stats --by decade"),
        ("map --zoom w", "map --zoom world"),
        ("search --type top", "search --type topic"),
        ("list --country indones", "list --country Indonesia"),
        ("list -c GER", "list -c Germany"),
        ("list -cindones", "list -cIndonesia"),
        ("list --with=jakart", "list --with=Jakarta"),
        ("list --region ocean", "list --region Oceania"),
        ("list --origin bun", "list --origin bundled"),
        ("list --json --city jakart", "list --json --city Jakarta"),
        ("show jakart", "show Jakarta"),
        ("show Jakarta rott", "show Jakarta Rotterdam"),
        ("show Stalingr", "show Stalingrad"),
        ("explain benef", "explain benefits"),
        ("explain manf", "explain manfaat"),
    ],
)
def test_a_word_is_completed(taught: Shell, typed: str, called: str) -> None:
    """Commands, subcommands, options, choices, countries, cities, regions, origins and topics; the case is mended."""
    assert taught.call(f"twincli {typed}{TAB}") == called.split()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Krak", "Kraków"),
        ("krako", "Kraków"),
        ("kraków", "Kraków"),
        ("malmo", "Malmö"),
        (r"new\ yo", "New York City"),
        ('"new yo', "New York City"),
        ("'new yo", "New York City"),
        ("newyo", "New York City"),
        (r"l\'aq", "L'Aquila"),
        ("\"l'aq", "L'Aquila"),
        ("'l'\\''aq", "L'Aquila"),
        ("L'aq", "L'Aquila"),
        ("laq", "L'Aquila"),
        (r"Xi\'", "Xi'an"),
        (r"bishop\'s\ s", "Bishop's Stortford"),
        ("\"bishop's s", "Bishop's Stortford"),
        (r"toledo,\ o", "Toledo, Ohio"),
        ('"toledo, o', "Toledo, Ohio"),
        (r"washington,\ d", "Washington, D.C."),
        (r"frankfurt\ \(", "Frankfurt (Oder)"),
        ("cambridge-n", "cambridge-nz"),
    ],
)
def test_a_city_is_completed_in_any_spelling(taught: Shell, place: Place, typed: str, name: str) -> None:
    """With and without diacritics, blanks, apostrophes, commas and brackets, in any quotes: one word, and that city."""
    command, city = taught.call(f"twincli show {typed}{TAB}")
    assert command == "show"
    assert fold(city) == fold(name)
    assert place.run("show", city, "--quiet").stdout == place.run("show", name, "--quiet").stdout


def test_where_nothing_else_is_typed_the_name_comes_as_it_is_written(taught: Shell) -> None:
    """A completed name has its capitals, its diacritics and its signs."""
    for typed, name in (("krak", "Kraków"), (r"new\ y", "New York City"), (r"l\'aq", "L'Aquila")):
        assert taught.call(f"twincli list --city {typed}{TAB}") == ["list", "--city", name]


def test_a_value_in_the_word_of_its_option(taught: Shell) -> None:
    """``--city=`` is completed like ``--city``, with blanks and quotes as well."""
    for typed in (r"--city=new\ yo", '--city="new yo'):
        assert taught.call(f"twincli list {typed}{TAB}") == ["list", "--city=New York City"]


def test_a_section_with_blank_and_apostrophe(taught: Shell) -> None:
    """The sections of the very note are offered."""
    called = taught.call(f"twincli explain benefits --section promo{TAB}")
    assert called == ["explain", "benefits", "--section", "Promoters' figures"]


def test_what_was_typed_is_never_taken_away(taught: Shell) -> None:
    """Where several names begin so in different spellings (Kostroma, Košice), what was typed stays."""
    assert taught.call(f"twincli show kos{TAB}")[1].casefold() == "kos"
    assert taught.call(f"twincli list --city=kos{TAB}")[1].casefold() == "--city=kos"


def test_the_common_beginning_is_filled_in(taught: Shell) -> None:
    """Several names are completed as far as they agree, also within a name that needs quotes."""
    assert taught.call(f"twincli show toled{TAB}")[1] == "Toledo, "
    assert taught.call(f"twincli list --st{TAB}act{TAB}") == ["list", "--status", "active"]


def test_several_names_are_listed(taught: Shell) -> None:
    """Twice the key shows what there is to choose from."""
    shown = taught.show(f"twincli show toledo,{TAB}{TAB}{TAB}", "Spain", "United States")
    assert "rror" not in shown
    taught.show(f"twincli help {TAB}{TAB}", "anniversaries", "explain")
    taught.show(f"twincli list --so{TAB}{TAB}{TAB}", "as-of", "distance", "since")


def test_a_shell_with_room_says_what_a_name_means(taught: Shell) -> None:
    """A city's country and what a command is for stand beside it in zsh and fish; bash has no place for that."""
    for keys, word, meaning in (("show ban", "Bandung", "Indonesia"), ("data ", "schema", "Check a data file")):
        shown = taught.show(f"twincli {keys}{TAB}{TAB}{TAB}", word)
        assert (meaning in shown) == (taught.name != "bash")


def test_nothing_is_offered_where_nothing_fits(taught: Shell) -> None:
    """An unknown name stays as it is, and no file of the folder comes instead."""
    assert taught.call(f"twincli show cal{TAB}x") != ["show", "called"]
    assert taught.call(f"twincli list --country zzz{TAB}") == ["list", "--country", "zzz"]


def test_files_are_offered_where_a_file_belongs(taught: Shell) -> None:
    """The values of ``--output`` and ``--data`` and the file to check are files of the folder."""
    for typed in ("list --output ", "list -o ", "list --data=", "data check "):
        called = taught.call(f"twincli {typed}b{TAB}")
        assert called[-1].rstrip("/") in {"bin", "--data=bin"}, called


def test_the_line_before_the_command_does_not_matter(taught: Shell) -> None:
    """Another command, a variable, a redirection before it: the words are still its own."""
    assert taught.call(f"cd . && twincli show jakart{TAB}") == ["show", "Jakarta"]
    assert taught.call(f"twincli list > /dev/null --city jakart{TAB}") == ["list", "--city", "Jakarta"]
