"""Every message in both languages, and none that escapes the catalogue."""

from __future__ import annotations

import importlib
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.conftest import ROOT, Place
from twincli import i18n
from twincli.vocabulary import Language

PO = ROOT / "src" / "twincli" / "locale" / "id" / "LC_MESSAGES" / "twincli.po"


def messages() -> list[Message]:
    """All messages of the Indonesian catalogue."""
    with PO.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def forms(text: Any) -> tuple[str, ...]:
    """The singular and plural forms of a message or its translation."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {parts[1] for parts in string.Formatter().parse(text) if parts[1] is not None}


def test_the_catalogue_is_in_step_with_the_source() -> None:
    """``scripts/messages.py --check`` finds every message translated and every file as it would make it."""
    script = [sys.executable, str(ROOT / "scripts" / "messages.py"), "--check"]
    result = subprocess.run(script, capture_output=True, text=True, check=False)
    assert result.returncode == 0, f"{result.stderr}\nrun: python scripts/messages.py"


@pytest.mark.parametrize("message", messages(), ids=lambda message: str(message.id)[:40])
def test_a_translation_has_the_placeholders_of_its_message(message: Message) -> None:
    """A translation that names another placeholder would fail when it is shown."""
    wanted = {frozenset(placeholders(form)) for form in forms(message.id)}
    for form in forms(message.string):
        assert placeholders(form) in wanted


class Pseudo(NullTranslations):
    """A language in which every message stands in brackets."""

    def gettext(self, message: str) -> str:
        """The message in brackets."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The plural in brackets."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak the language of brackets, whatever is asked for."""

    def speak(language: Language) -> None:
        i18n._language = language
        i18n._catalogue = Pseudo()

    before = i18n._language, i18n._catalogue
    monkeypatch.setattr("twincli.run.set_language", speak)
    monkeypatch.setattr("twincli.commands.options.set_language", speak)
    yield
    i18n._language, i18n._catalogue = before


def greek(text: str) -> str:
    """A text without a Latin letter, of the same length."""
    return re.sub(r"[A-Za-z]", "λ", text)


@pytest.fixture
def greek_data(small: dict[str, Any], write: Callable[..., Path]) -> str:
    """A data file without a Latin letter in what is shown of it, so that any that is shown is the program's."""
    for city in small["cities"]:
        city["name"] = {"jakarta-id": "Αα", "rotterdam-nl": "Ββ"}.get(city["id"], greek(city["name"]))
        city.pop("admin", None)
        city["names"] = {"former": ["Γγ"]} if city["id"] == "jakarta-id" else {}
    for source in small["sources"]:
        source["title"] = source["publisher"] = "Δδ"
        source["url"] = "http://1.1/1"
    for pair in small["pairs"]:
        pair["note"] = {"en": "Εε"}
        for statement in pair["sources"]:
            statement["says"] = "Ζζ"
    return str(write(small))


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "--city", "Αα"],
        ["show", "Αα"],
        ["show", "Αα", "Ββ"],
        ["show", "Γγ"],
        ["show", "Ωωω"],
        ["list", "--country", "ωωω"],
        ["list", "--country", "NL", "--with", "NL", "--status", "ended"],
        ["list", "--since", "1950...1960"],
        ["data", "check", "FILE"],
    ],
    ids=" ".join,
)
def test_no_text_of_the_program_escapes_the_catalogue(place: Place, greek_data: str, command: list[str]) -> None:
    """With every message in brackets, no word of the program stands outside of them."""
    arguments = [greek_data if word == "FILE" else word for word in command]
    options = [] if command[0] == "data" else ["--data", greek_data]
    result = place.table(*arguments, *options, width=400)
    shown = result.stdout + result.stderr
    assert "⟦" in shown
    outside = re.sub(r"⟦[^⟧]*⟧", "", re.sub(r"⟦[^⟦⟧]*⟧", "", shown))
    allowed = r"http://1\.1/1|Indonesia|Netherlands|United Kingdom|Russia|\ben\b|mine\.json|--\w+"
    assert not re.findall(r"[A-Za-z]{2,}", re.sub(allowed, "", outside)), outside


def test_json_does_not_depend_on_the_language(place: Place) -> None:
    """A script gets the same bytes whatever language people are spoken to in."""
    for command in (["list", "-c", "Indonesia"], ["show", "Jakarta"], ["explain", "benefits"], ["data", "schema"]):
        assert place.run(*command, "--lang", "id").stdout == place.run(*command, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("variables", "speaks"),
    [
        ({"TWINCLI_LANG": "id"}, "Indonesian"),
        ({"TWINCLI_LANG": "fr", "LANG": "id_ID.UTF-8"}, "Indonesian"),
        ({"LANG": "id_ID.UTF-8"}, "Indonesian"),
        ({"LANG": "in"}, "Indonesian"),
        ({"LANG": "C.UTF-8", "LC_ALL": "id_ID"}, "Indonesian"),
        ({"LANG": "id_ID.UTF-8", "TWINCLI_LANG": "en"}, "English"),
        ({"LANG": "xx_YY.UTF-8"}, "English"),
    ],
    ids=str,
)
def test_the_environment_chooses_the_language(place: Place, variables: dict[str, str], speaks: str) -> None:
    """TWINCLI_LANG first, then the locale; a language that twincli does not speak gives English."""
    heading = place.run("list", "-n", "1", tty=True, environ=variables).lines[0]
    assert ("Mitra" in heading) == (speaks == "Indonesian")


def test_a_text_without_indonesian_is_shown_in_english_and_marked(place: Place, greek_data: str) -> None:
    """A note that exists in English only is shown to an Indonesian reader with its language beside it."""
    result = place.table("show", "Αα", "Ββ", "--data", greek_data, "--lang", "id")
    assert "Εε [en]" in result.stdout


def test_another_minute_and_another_babel_leave_the_catalogue_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was compiled at another time by another version counts as the same; another translation does not."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    script = importlib.import_module("messages")
    compiled = PO.with_suffix(".mo").read_bytes()
    assert b"1970-01-01" in compiled
    assert b"Generated-By: Babel 2" in compiled
    assert script.is_same(compiled, compiled.replace(b"Generated-By: Babel 2", b"Generated-By: Babel 3"))
    assert not script.is_same(compiled, compiled.replace(b"Kota kembar", b"Kota kambar"))
    assert not script.is_same(compiled[:99], compiled)
