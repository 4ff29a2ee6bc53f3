"""The manual page: made from the help, whole, and without a fault that a reader of such pages would find."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.command_tree import COMMANDS
from tests.conftest import ROOT, Place

PAGE = ROOT / "docs" / "twincli.1"


def _shown(mandoc: str) -> str:
    """The page as a terminal shows it, its blanks and line breaks made one, without overstriking."""
    done = subprocess.run([mandoc, "-T", "utf8", str(PAGE)], capture_output=True, text=True, check=True)
    return " ".join(re.sub(".\x08", "", done.stdout).split())


def test_the_page_is_in_step_with_the_help() -> None:
    """``scripts/manpage.py --check`` finds the page as it would make it."""
    script = [sys.executable, str(ROOT / "scripts" / "manpage.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def test_a_page_out_of_step_is_found(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With ``--check`` a changed page gives its difference and a status, and is left as it is."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import manpage

    before = PAGE.read_text("utf-8")
    monkeypatch.setattr(manpage, "page", lambda day: f".Dd {day}\n" + before.replace("continent", "planet"))
    monkeypatch.setattr(sys, "argv", ["manpage.py", "--check"])
    with pytest.raises(SystemExit) as end:
        manpage.main()
    assert "run python scripts/manpage.py" in str(end.value)
    assert "planet" in capsys.readouterr().out
    assert PAGE.read_text("utf-8") == before


def test_mandoc_has_nothing_to_warn_of(need: Callable[[str], str]) -> None:
    """The page is clean under mandoc's lint."""
    command = [need("mandoc"), "-T", "lint", "-W", "warning", str(PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_page_names_every_command_and_option(place: Place, need: Callable[[str], str]) -> None:
    """Whatever the help knows, the page knows: commands, options with their letters, examples, variables, statuses."""
    shown = _shown(need("mandoc"))

    for words, command in COMMANDS.items():
        for parameter in command.params:
            for name in (*parameter.opts, *parameter.secondary_opts):
                assert not name.startswith("-") or name in shown, name
        if hasattr(command, "list_commands") or words == ("help",):
            continue
        assert f" twincli {' '.join(words)} " in shown
        for line in re.findall("^    (.+)$", place.run("help", *words).stdout, re.MULTILINE):
            assert line.strip().startswith("-") or " ".join(line.split()) in shown, line
    documented = (ROOT / "docs" / "interface.md").read_text("utf-8")
    for variable in re.findall(r"\bTWINCLI_[A-Z]+", documented):
        assert variable in shown
    for section in ("NAME", "SYNOPSIS", "COMMANDS", "ENVIRONMENT", "EXIT STATUS"):
        assert f" {section} " in shown
    assert "CONTRIBUTING.md" in shown
