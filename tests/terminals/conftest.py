"""What the tests of terminals share: every command, and a place in which each has something to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Place
from tests.layers.importing import HEADER, MERSTEIN, QUELLSTADT

# A file to be checked, imported or compared stands where {file} is. All end with status 0 where the data is bundled.
COMMANDS: tuple[tuple[str, ...], ...] = (
    (),
    ("--help",),
    ("--version",),
    ("help", "list"),
    ("help", "data", "import"),
    ("list", "-c", "Indonesia"),
    ("list", "-c", "Türkiye", "--sort", "since"),
    ("list", "--city", "Kraków"),
    ("list", "--status", "ended", "--status", "suspended", "--status", "dormant"),
    ("show", "Jakarta"),
    ("show", "Łódź"),
    ("show", "Jakarta", "Rotterdam"),
    ("show", "Jakarta", "Bandung"),
    ("explain",),
    ("explain", "benefits"),
    ("explain", "history", "--lang", "id"),
    ("search", "Rotterdam"),
    ("search", "banjir", "--lang", "id"),
    ("stats",),
    ("stats", "--by", "country"),
    ("stats", "--by", "decade"),
    ("stats", "--by", "country-pair"),
    ("stats", "--by", "component"),
    ("path", "Bandung", "Reykjavík"),
    ("path", "Indonesia", "Netherlands"),
    ("map", "--city", "Bandung"),
    ("map", "-c", "Indonesia"),
    ("map",),
    ("anniversaries", "--year", "2027", "-c", "Indonesia"),
    ("data",),
    ("data", "info"),
    ("data", "check"),
    ("data", "check", "{file}"),
    ("data", "schema"),
    ("data", "schema", "list"),
    ("data", "import", "{file}", "--dry-run"),
    ("data", "import", "{file}", "--name", "mine"),
    ("data", "remove", "mine"),
    ("data", "diff", "{file}"),
)
# What goes wrong, with the status.
MISTAKES: tuple[tuple[tuple[str, ...], int], ...] = (
    (("show", "Łódźż"), 1),
    (("show", "Cambridge"), 1),
    (("explain", "Ödemiş"), 1),
    (("list", "--since", "1950...1960"), 2),
    (("list", "--country", "Ödemiş"), 1),
    (("lsit",), 2),
    (("list", "--formt", "json"), 2),
    (("list", "--format", "jsn"), 2),
    (("data", "remove", "../.."), 2),
    (("data", "import", "nowhere.csv"), 1),
)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file of pairs: one new, one known, one that cannot be taken."""
    path = tmp_path / "pairs.csv"
    rows = f"{QUELLSTADT},{MERSTEIN}\nJakarta,Indonesia,,,Rotterdam,Netherlands,,\nNirgends,Atlantis,1,1,{MERSTEIN}\n"
    path.write_text(HEADER + rows, "utf-8")
    return str(path)


def filled(command: tuple[str, ...], file: str) -> list[str]:
    """Return a command with the file in it."""
    return [file if word == "{file}" else word for word in command]


def checks(command: tuple[str, ...]) -> bool:
    """Tell whether a command finds fault with the file, which is no data file."""
    return command[:2] == ("data", "check") and len(command) == 3


def with_a_layer(place: Place, command: tuple[str, ...], file: str) -> None:
    """Have the layer there that a command removes, and not the one that it adds."""
    if command[:2] == ("data", "remove"):
        place.run("data", "import", file, "--name", "mine")
    elif command[:2] == ("data", "import"):
        place.run("data", "remove", "mine")
