"""Names that would act in a shell, from a data file that somebody else has made: they are completed as mere text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Place
from tests.shells.shell import SHELLS, Shell, need_shell

NAMES = [
    "Aaa $(touch broken)",
    "Bbb `touch broken`",
    "Ccc; touch broken",
    "Ddd 'touch' \"broken\"",
    "Eee > broken & <(touch broken) | tee broken",
    "Fff \\* ? [x] {a,b} ~ # !",
    "Ggg %s %(n)s ${PATH} $PATH",
    "Hhh:iii=jjj",
    "Kkk [bold]x[/bold] :smile:",
]


@pytest.fixture
def evil(place: Place, small: dict[str, Any]) -> str:
    """A data file with such names, its index built; the path of the file."""
    like = next(city for city in small["cities"] if city["id"] == "jakarta-id")
    for number, name in enumerate(NAMES):
        small["cities"].append({**like, "id": f"evil-{number}-id", "name": name, "names": {}, "geonames": None})
    small["cities"].sort(key=lambda city: city["id"])
    for city in small["cities"]:
        if city.get("geonames", "") is None:
            del city["geonames"]
    path = place.folder / "evil.json"
    path.write_text(json.dumps(small), "utf-8")
    result = place.run("list", "-n", "1", "--data", str(path))
    assert result.status == 0, result.stderr
    return str(path)


@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_a_hostile_name_is_one_word(place: Place, evil: str, name: str, quote: str) -> None:
    """Whatever a name holds, completed in any quotes it is one argument, that name, and nothing of it is run."""
    need_shell(name)
    place.run("--install-completion", name)
    shell = Shell(name, place, TWINCLI_DATA=evil)
    try:
        for hostile in NAMES:
            called = shell.call(f"twincli show {quote}{hostile[:3].lower()}\t")
            assert called == ["show", hostile]
    finally:
        shell.close()
    assert not (place.folder / "broken").exists()


@pytest.mark.parametrize("name", SHELLS)
def test_hostile_names_are_listed_harmlessly(place: Place, evil: str, name: str) -> None:
    """Shown to choose from, names with signs run nothing and move nothing."""
    need_shell(name)
    place.run("--install-completion", name)
    shell = Shell(name, place, TWINCLI_DATA=evil)
    try:
        shell.show("twincli show \t\t", "Rotterdam", "touch broken")
    finally:
        shell.close()
    assert not (place.folder / "broken").exists()


def test_a_name_with_control_characters_is_not_offered(place: Place, evil: str) -> None:
    """What could act on a terminal never reaches it, not even in the answer to a shell."""
    text = Path(evil).read_text("utf-8").replace("Kkk [bold]x", "Kkk \\u001b[2J")
    path = place.folder / "control.json"
    path.write_text(text, "utf-8")
    place.run("list", "--data", str(path))
    for shell in ("zsh", "fish"):
        result = place.run("twincli", "show", "", environ={"_TWINCLI_COMPLETE": shell, "TWINCLI_DATA": str(path)})
        assert "\x1b" not in result.stdout
