"""What is found in concept notes that are broken, in a folder of two sound ones that are broken one way at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from twincli.dataset.problems import Problem
from twincli.dataset.reader import check_notes_folder

PAIR = "jakarta-rotterdam"
FRONT = {
    "en": """\
title = "Rain"
summary = "It rains."
aliases = ["rain"]
see_also = ["wind"]
examples = ["jakarta-rotterdam"]

[[sources]]
title = "On rain"
publisher = "The Met"
url = "https://example.org/rain"
lang = "en"
kind = "official"
""",
    "id": """\
title = "Hujan"
summary = "Hujan turun."
aliases = ["hujan"]
""",
}
LEAST_WORDS = 250
BODY = "It rains [1].\n\n## One\n\n" + "drop " * LEAST_WORDS + "\n\n## Two\n\nMore.\n"

Break = Callable[..., list[tuple[str, str | None, str | None, str]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the sound notes rain and wind."""
    for language, rain in FRONT.items():
        wind = rain.replace("ain", "ane").replace("ujan", "angin").replace('"wind"', '"rain"')
        for topic, front in (("rain", rain), ("wind", wind)):
            (tmp_path / f"{topic}.{language}.md").write_text(f"+++\n{front}+++\n\n{BODY}", "utf-8")
    return tmp_path


@pytest.fixture
def problems(folder: Path) -> Break:
    """Replace a text in a file, and return file, record, field and reason of everything that is wrong then."""

    def run(file: str = "", old: str = "", new: str = "") -> list[tuple[str, str | None, str | None, str]]:
        if file:
            text = (folder / file).read_text("utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new), "utf-8")
        return [_shown(problem) for problem in check_notes_folder(folder, {PAIR})]

    return run


def _shown(problem: Problem) -> tuple[str, str | None, str | None, str]:
    assert not problem.is_warning
    return problem.file, problem.record, problem.field, problem.reason


def test_sound_notes_have_no_problem(problems: Break) -> None:
    """What the other tests break was whole before."""
    assert problems() == []


def test_an_empty_folder_has_no_problem(tmp_path: Path) -> None:
    """Where there are no notes, nothing is wrong with them."""
    assert check_notes_folder(tmp_path, {PAIR}) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "reason"),
    [
        ("rain.en.md", "[1]", "[1][2]", None, "cites a source that is not listed: [2]"),
        ("rain.id.md", "[1]", "[0][1]", None, "cites a source that is not listed: [0]"),
        ("rain.id.md", " [1]", "", "sources", "has a source that the text never cites: [1]"),
        ("rain.en.md", '["wind"]', '["wind", "snow"]', "see_also", "names no other topic: snow"),
        ("rain.en.md", '["wind"]', '["rain"]', "see_also", "names no other topic: rain"),
        ("rain.en.md", '["jakarta-rotterdam"]', '["nowhere-there"]', "examples", "names no pair: nowhere-there"),
        ("rain.en.md", "More.", "M\x1bore.", None, "holds the invisible or control character U+001B"),
        ("rain.id.md", "More.", "M\u202eore.", None, "holds the invisible or control character U+202E"),
        ("rain.en.md", 'title = "Rain"', 'title = "Ra\u200bin"', "title", None),
        ("rain.en.md", 'title = "Rain"', "", "title", "is missing"),
        ("rain.id.md", 'summary = "Hujan turun."', 'summary = ""', "summary", "is empty"),
        ("rain.en.md", 'aliases = ["rain"]', "aliases = []", "aliases", "has 0 entries instead of 1"),
        ("rain.en.md", 'aliases = ["rain"]', 'aliases = ["rain"]\ncolour = 1', "colour", "is not a known key"),
        ("rain.id.md", 'aliases = ["hujan"]', 'aliases = ["hujan"]\nsee_also = []', "see_also", "is not a known key"),
        ("rain.en.md", 'kind = "official"', 'kind = "rumour"', "sources.0.kind", None),
        ("rain.en.md", "https://example.org/rain", "javascript:alert(1)", "sources.0.url", None),
        ("rain.en.md", 'lang = "en"', 'lang = "en"\ndate = "2023-02-30"', "sources.0.date", None),
    ],
)
def test_a_fault_is_named_with_its_file_topic_and_field(
    problems: Break, file: str, old: str, new: str, field: str | None, reason: str | None
) -> None:
    """Whoever mends a note is told which file, which key and why."""
    found = problems(file, old, new)
    assert (file, "rain", field) in [problem[:3] for problem in found]
    if reason:
        assert (file, "rain", field, reason) in found


def test_sections_missing_in_one_language_are_an_error(problems: Break) -> None:
    """The Indonesian reader gets as many sections as the English one."""
    reason = "has a different number of sections in its languages"
    assert problems("rain.id.md", "## Two\n", "") == [("rain.en.md", "rain", None, reason)]


def test_a_note_of_less_than_250_words_is_an_error_that_counts(problems: Break) -> None:
    """A stub is told how many words it has and how many it needs; 250 are enough."""
    spare = "drop " * (len(BODY.split()) - LEAST_WORDS)
    assert problems("rain.id.md", "\n\n" + spare, "\n\n") == []
    reason = f"has {LEAST_WORDS - 1} words; a note needs {LEAST_WORDS}"
    assert problems("rain.id.md", "\n\ndrop ", "\n\n") == [("rain.id.md", "rain", None, reason)]


def test_an_alias_of_two_notes_is_an_error_whatever_its_case(problems: Break) -> None:
    """``explain rain`` must mean one note; neither case nor language makes another name of it."""
    reason = "repeats an alias of rain: RAIN"
    assert problems("wind.id.md", 'aliases = ["hangin"]', 'aliases = ["hangin", "RAIN"]') == [
        ("wind.id.md", "wind", "aliases", reason)
    ]


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "has no front matter"),
        (b"# Rain\n\nIt rains.\n", "has no front matter"),
        (b'+++\ntitle = "Rain"\n', "has no front matter"),
        (b'---\ntitle: "Rain"\n---\nIt rains.\n', "has no front matter"),
        (b'+++\ntitle = "Rain\n+++\nIt rains.\n', "has front matter that is not TOML: "),
        (b'+++\ntitle = "a"\ntitle = "b"\n+++\nIt rains.\n', "has front matter that is not TOML: "),
        ("+++\ntitle = 'Düne'\n+++\n".encode("latin-1"), "cannot be read: "),
    ],
)
def test_a_file_that_is_no_note_is_an_error_with_the_reason(
    folder: Path, problems: Break, content: bytes, beginning: str
) -> None:
    """Empty, without front matter, broken TOML, or no UTF-8: the file is named, and nothing crashes."""
    (folder / "rain.en.md").write_bytes(content)
    file, topic, field, reason = problems()[0]
    assert (file, topic, field) == ("rain.en.md", "rain", None)
    assert reason.startswith(beginning)


def test_a_language_that_is_missing_is_an_error(folder: Path, problems: Break) -> None:
    """Every topic stands in both languages."""
    (folder / "rain.id.md").unlink()
    file, topic, field, reason = problems()[0]
    assert (file, topic, field) == ("rain.id.md", "rain", None)
    assert reason.startswith("cannot be read: ")


def test_a_broken_note_hides_no_fault_of_another(folder: Path, problems: Break) -> None:
    """Everything wrong in the folder is found in one run."""
    (folder / "rain.en.md").write_text("nothing", "utf-8")
    found = problems("wind.id.md", "[1]", "[7]")
    assert {problem[:2] for problem in found} >= {("rain.en.md", "rain"), ("wind.id.md", "wind")}


def test_line_ends_of_windows_are_as_good(folder: Path, problems: Break) -> None:
    """A note saved on Windows is the same note."""
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert problems() == []
