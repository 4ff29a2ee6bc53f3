"""Wrong usage: one sentence on stderr, status 2, and a guess that is never taken."""

from __future__ import annotations

import pytest

from tests.conftest import Place, Result


def _assert_one_sentence(result: Result, status: int = 2) -> None:
    assert result.status == status
    assert not result.stdout
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("lst", "twincli list"),
        ("explian benefits", "twincli explain"),
        ("hlep", "twincli help"),
        ("jakarta", "twincli search jakarta"),
        ("jakarta", "twincli --help"),
        ("data chek", "twincli data check"),
        ("data inf", "twincli data info"),
        ("help lsit", "twincli list"),
        ("help data improt", "twincli data import"),
        ("data schema lst", "list"),
        ("list --contry Indonesia", "--country"),
        ("list --formt csv", "--format"),
        ("show Jakarta --jsn", "--json"),
        ("--versoin", "--version"),
        ("list --xyzzy", "twincli list --help"),
    ],
)
def test_a_mistyped_command_or_option_is_guessed(place: Place, line: str, guess: str) -> None:
    """A slip in a command or an option gets the nearest one offered, and nothing is run."""
    result = place.run(*line.split())
    _assert_one_sentence(result)
    assert guess in result.stderr


@pytest.mark.parametrize(
    ("option", "value", "guess"),
    [
        ("--kind", "sistr", "sister"),
        ("--kind", "SISTERS", "sister"),
        ("--status", "activ", "active"),
        ("--field", "educaton", "education"),
        ("--confidence", "hihg", "high"),
        ("--sort", "sinc", "since"),
        ("--format", "jsn", "json"),
        ("--format", "markdwn", "markdown"),
        ("--lang", "idn", "id"),
    ],
)
def test_a_mistyped_choice_is_guessed(place: Place, option: str, value: str, guess: str) -> None:
    """A slip in a choice names option and value, offers the nearest choice, and lists all."""
    result = place.run("list", option, value)
    _assert_one_sentence(result)
    assert f'{option} cannot be "{value}".' in result.stderr
    assert f"Did you mean {guess}?" in result.stderr
    assert "one of:" in result.stderr


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("list --limit abc", '--limit takes a whole number, 0 or more, not "abc".'),
        ("list --limit -1", '--limit takes a whole number, 0 or more, not "-1".'),
        ("list -n 1.5", '--limit takes a whole number, 0 or more, not "1.5".'),
        ("list -n x'y", '--limit takes a whole number, 0 or more, not "x\'y".'),
        ("stats --by city --top many", '--top takes a whole number, 0 or more, not "many".'),
        ("anniversaries --year abc", '--year takes a whole number from 1 to 9998, not "abc".'),
        ("anniversaries --year 0", '--year takes a whole number from 1 to 9998, not "0".'),
        ("data update --pause soon", '--pause takes a number, 0 or more, not "soon".'),
        ("list --limit", "--limit needs a value: --limit COUNT"),
        ("list -c", "-c needs a value: -c NAME"),
        ("list --confidence", "--confidence needs a value: --confidence LEVEL, one of: high, medium, low"),
        ("list --json=yes", "--json takes no value; remove what follows the equals sign."),
        (
            "list Indonesia",
            '"Indonesia" belongs to no option; put names of several words between quotation marks, '
            "and say what it is, as in: "
            "twincli list --country Indonesia, or --city Indonesia",
        ),
        (
            "map New Zealand",
            '"New Zealand" belongs to no option; put names of several words between quotation marks, '
            "and say what it is, as in: "
            'twincli map --country "New Zealand", or --city "New Zealand"',
        ),
        (
            "show a b c",
            '"c" is more than twincli show takes; put names of several words between quotation marks. '
            "See: twincli show --help",
        ),
        ("show", "CITY is missing, as in: twincli show Jakarta"),
        ("path", "PLACE is missing, as in: twincli path Bandung Reykjavík"),
        ("stats country", '"country" is a value of --by: twincli stats --by country'),
        ("list Ended", '"Ended" is a value of --status: twincli list --status ended'),
        ("anniversaries 2027", '"2027" is a value of --year: twincli anniversaries --year 2027'),
    ],
)
def test_a_sentence_for_each_slip(place: Place, line: str, sentence: str) -> None:
    """Numbers, missing values, words too many: the sentence names the option, what it takes and what it got."""
    result = place.run(*line.split())
    _assert_one_sentence(result)
    assert result.stderr == f"Error: {sentence}\n"


@pytest.mark.parametrize("line", ["list --limit {}", "search water --limit {}", "stats --by city --top {}"])
def test_a_number_beyond_all_counting_is_all(place: Place, line: str) -> None:
    """A limit that no list reaches, however large, limits nothing."""
    huge, all_ = (place.run(*line.format(number).split()) for number in ("9" * 30, "0"))
    assert huge.status == 0
    assert huge.stdout == all_.stdout


def test_a_mistyped_format_in_the_variable_names_it(place: Place) -> None:
    """A wrong TWINCLI_FORMAT is put down to the variable, not to an option that nobody gave."""
    result = place.run("list", environ={"TWINCLI_FORMAT": "jsn"})
    _assert_one_sentence(result)
    assert "TWINCLI_FORMAT" in result.stderr
    assert "Did you mean json?" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["show", "Jakarta", "Rotterdam", "Tokyo"],
        ["list", "Indonesia"],
        ["list", "--limit"],
        ["list", "--limit", "-1"],
        ["list", "--limit", "some"],
        ["list", "--since"],
        ["list", "--disputed=yes"],
        ["explain", "benefits", "history"],
        ["data", "info", "now"],
        ["data", "schema", "list", "show"],
        ["--country", "Indonesia"],
        ["--lang", "id", "list"],
        ["-x"],
        ["list", "-x"],
        ["list", "--json", "--format", "tsv"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_understood_is_one_sentence(place: Place, arguments: list[str]) -> None:
    """Too little, too much, or nonsense: one sentence and status 2."""
    _assert_one_sentence(place.run(*arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--country", ""],
        ["list", "--country", "  "],
        ["list", "--city", "!"],
        ["list", "--with", ""],
        ["list", "--region", "..."],
        ["show", ""],
        ["show", "Jakarta", " "],
    ],
    ids=repr,
)
def test_an_empty_name_is_wrong_usage(place: Place, arguments: list[str]) -> None:
    """A name without a letter asks nothing, and never gives everything."""
    _assert_one_sentence(place.run(*arguments))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--country", "Indonesa"], "Indonesia"),
        (["list", "--country", "Jakarta"], "--city Jakarta"),
        (["list", "--city", "Indonesia"], "--country Indonesia"),
        (["list", "--region", "Asai"], "Asia"),
        (["list", "--with", "Rotterdm"], "Rotterdam"),
        (["show", "Nowhereville"], "Nowhereville"),
        (["explain", "benfits"], "benefits"),
        (["list", "--data", "/nowhere.json"], "/nowhere.json"),
        (["data", "check", "/nowhere.json"], "/nowhere.json"),
    ],
)
def test_what_is_not_found_is_no_wrong_usage(place: Place, arguments: list[str], said: str) -> None:
    """A name, topic or file that there is not is one sentence and status 1."""
    result = place.run(*arguments)
    _assert_one_sentence(result, status=1)
    assert said in result.stderr


def test_a_wrong_format_fails_before_the_question(place: Place) -> None:
    """Input is checked before work: the form, then the name."""
    result = place.run("list", "--country", "Nowhereland", "--format", "jsn")
    assert "--format" in result.stderr
    assert "Nowhereland" not in result.stderr


def test_options_may_stand_before_and_after(place: Place) -> None:
    """Options stand wherever they like among the arguments; after ``--`` there are none."""
    shown = place.run("show", "Jakarta", "Rotterdam", "--json")
    assert shown.json["pair"]
    assert place.run("show", "--json", "Jakarta", "Rotterdam").stdout == shown.stdout
    assert place.run("show", "Jakarta", "--json", "Rotterdam").stdout == shown.stdout
    assert place.run("show", "--json", "--", "Jakarta", "Rotterdam").stdout == shown.stdout
    assert place.run("show", "--", "--json").status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "\x1b[31mred"],
        ["list", "--country", "\x1b]0;title\x07"],
        ["list", "--since", "19\x1b[5m"],
        ["list", "--kind", "\x1b[31m"],
        ["list", "--format", "\x1b[31m"],
        ["explain", "\u202eevil"],
        ["\x1b[2Jlist"],
        ["list", "--\x1b[2J"],
        ["data", "schema", "\x1b[2J"],
        ["list", "--data", "/no/\x1b[2J"],
        ["show", "\udcff\udcfe"],
        ["show", "[bold]x[/]"],
        ["show", "{0} {name} %s"],
    ],
    ids=ascii,
)
def test_what_was_typed_is_repeated_harmlessly(place: Place, arguments: list[str]) -> None:
    """No control character, not even the user's own, comes back to the terminal; braces and brackets stay."""
    result = place.run(*arguments, stderr_tty=True)
    assert result.status in {1, 2}
    assert not result.stdout
    assert not {letter for letter in result.stderr if ord(letter) < 32 and letter != "\n"}
    assert "\u202e" not in result.stderr
    if arguments[-1].startswith(("[", "{")):
        assert arguments[-1] in result.stderr


@pytest.mark.parametrize(
    "arguments", [["list", "--data", ""], ["list", "--format", ""], ["show", "Jakarta", "--data", ""]]
)
def test_an_option_without_a_word_is_not_passed_over(place: Place, arguments: list[str]) -> None:
    """What a script leaves empty, as in ``--data "$UNSET"``, is not answered from other data or in another form."""
    result = place.run(*arguments)
    assert (result.status, result.stdout) == (2, "")
    assert arguments[-2] in result.stderr


@pytest.mark.parametrize("name", ["a" + "," * 3000, "Toledo,,,,Ohio", ","])
def test_commas_without_end_are_no_city(place: Place, name: str) -> None:
    """However many parts a name seems to have, the answer is one sentence."""
    result = place.run("show", name)
    assert (result.status, result.stdout) in {(1, ""), (2, "")}
    assert result.stderr.startswith("Error: ")


def test_digits_of_other_scripts_are_no_years(place: Place) -> None:
    """A range that cannot be read is not answered with nothing."""
    assert place.run("list", "--since", "١٩٥٠..").status == 2


def test_help_on_what_a_command_has_not(place: Place) -> None:
    """``help list foo`` does not promise commands that ``list`` does not have."""
    result = place.run("help", "list", "foo")
    assert result.status == 2
    assert "commands" not in result.stderr
