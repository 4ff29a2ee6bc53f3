"""How the tab key is taught: what ``--install-completion`` writes, and the ways of those who do it themselves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT, Place
from tests.shells.shell import SHELLS, Shell, install, need_shell

# The files of each shell below the home, and whether they are ours alone.
FILES = {
    "bash": {".local/share/bash-completion/completions/twincli": True, ".bashrc": False},
    "zsh": {".local/share/zsh/site-functions/_twincli": True, ".zshrc": False},
    "fish": {".config/fish/completions/twincli.fish": True},
}
SCRIPTS = ROOT / "src" / "twincli" / "shells"


@contextmanager
def opened(name: str, place: Place, **environ: str) -> Iterator[Shell]:
    """A shell that ends with the test."""
    shell = Shell(name, place, **environ)
    try:
        yield shell
    finally:
        shell.close()


def _home_files(place: Place) -> dict[str, str]:
    return {
        path.relative_to(place.home).as_posix(): path.read_text("utf-8")
        for path in place.home.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", SHELLS)
def test_what_is_written_is_said(place: Place, name: str) -> None:
    """``--install-completion SHELL`` writes the script and the line that loads it, nothing else, and names both."""
    result = place.run("--install-completion", name)
    assert (result.status, result.stderr) == (0, "")
    assert set(_home_files(place)) == set(FILES[name])
    for path, is_ours in FILES[name].items():
        assert str(place.home / path) in result.stdout
        if is_ours:
            assert (place.home / path).read_text("utf-8") == (SCRIPTS / f"twincli.{name}").read_text("utf-8")
    assert f"every {name}" in result.lines[-1]


@pytest.mark.parametrize("name", SHELLS)
def test_twice_is_as_good_as_once(place: Place, name: str) -> None:
    """A second time renews the script and adds no second line."""
    place.run("--install-completion", name)
    once = _home_files(place)
    result = place.run("--install-completion", name)
    assert result.status == 0
    assert "Added" not in result.stdout
    assert _home_files(place) == once


@pytest.mark.parametrize(("name", "file"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
def test_a_users_own_file_is_only_added_to(place: Place, name: str, file: str) -> None:
    """What stands in the shell's own file stays as it is, byte for byte; a last line is ended, a link followed."""
    real = place.folder / "dotfiles"
    before = b"alias ll='ls -l'\n# caf\xe9"
    real.write_bytes(before)
    (place.home / file).symlink_to(real)
    place.run("--install-completion", name)
    assert (place.home / file).is_symlink()
    assert real.read_bytes().startswith(before + b"\n")
    assert b"twincli" in real.read_bytes()


def test_folders_that_the_user_has_moved(place: Place) -> None:
    """XDG_DATA_HOME, XDG_CONFIG_HOME and ZDOTDIR say where things belong."""
    moved = {name: str(place.folder / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR")}
    (place.folder / "zdotdir").mkdir()
    for name in SHELLS:
        assert place.run("--install-completion", name, environ=moved).status == 0
    assert (place.folder / "xdg_data_home/bash-completion/completions/twincli").is_file()
    assert (place.folder / "xdg_config_home/fish/completions/twincli.fish").is_file()
    assert "xdg_data_home/zsh" in (place.folder / "zdotdir/.zshrc").read_text("utf-8")


def test_a_home_that_cannot_be_written_is_one_sentence(place: Place) -> None:
    """Where a folder stands in the way, that is said, and the status is 1."""
    (place.home / ".config").write_text("a file")
    result = place.run("--install-completion", "fish")
    assert (result.status, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: Cannot write ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", SHELLS)
def test_the_script_is_shown_to_whoever_installs_it(place: Place, name: str) -> None:
    """``--show-completion SHELL`` writes the script alone, and nothing into the home."""
    result = place.run("--show-completion", name)
    assert (result.status, result.stderr) == (0, "")
    assert result.stdout == (SCRIPTS / f"twincli.{name}").read_text("utf-8")
    assert place.run(f"--show-completion={name}").stdout == result.stdout
    assert _home_files(place) == {}


@pytest.mark.parametrize("option", ["--install-completion", "--show-completion"])
def test_a_mistyped_or_other_shell_is_one_sentence(place: Place, option: str) -> None:
    """A shell that twincli does not know is refused with those that it does; a slip is guessed."""
    for shell, said in (("fihs", "Did you mean fish?"), ("pwsh", "bash, zsh, fish"), ("zsh\x1b[2J", "bash, zsh, fish")):
        result = place.run(option, shell)
        assert (result.status, result.stdout) == (2, "")
        assert said in result.stderr
        assert "\x1b" not in result.stderr
    assert _home_files(place) == {}


@pytest.mark.parametrize("name", SHELLS)
def test_the_shell_at_work_is_recognised(place: Place, name: str) -> None:
    """Without a name the shell is taken that the program was called from, whatever SHELL says."""
    need_shell(name)
    shown = install(name, place, SHELL="/bin/false")
    assert str(place.home / next(iter(FILES[name]))) in shown


@pytest.mark.parametrize("name", SHELLS)
def test_the_line_in_the_documentation_does_it_too(place: Place, name: str) -> None:
    """The line that docs/interface.md gives for each shell's own file, as it stands there, teaches the key."""
    need_shell(name)
    page = (ROOT / "docs" / "interface.md").read_text("utf-8")
    (row,) = re.findall(rf"^\| {name} \| `~/([^`]+)`.* \| `(.*--show-completion.*)` \|$", page, re.MULTILINE)
    file, line = place.home / row[0], row[1].replace("\\|", "|")
    file.parent.mkdir(parents=True, exist_ok=True)
    before = "autoload -Uz compinit && compinit -u\n" if name == "zsh" else ""
    file.write_text(f"{before}{line}\n")
    place.run("list", "-n", "1")
    with opened(name, place) as shell:
        assert shell.call("twincli show krak\t") == ["show", "Kraków"]
        assert shell.call('twincli show "new yo\t') == ["show", "New York City"]


def test_zsh_finds_the_script_in_its_path_as_well(place: Place) -> None:
    """A package for a system puts ``_twincli`` where compinit looks; it works without being sourced."""
    need_shell("zsh")
    folder = place.folder / "site-functions"
    folder.mkdir()
    shutil.copy(SCRIPTS / "twincli.zsh", folder / "_twincli")
    (place.home / ".zshrc").write_text(f"fpath=('{folder}' $fpath)\nautoload -Uz compinit && compinit -u\n")
    place.run("list", "-n", "1")
    with opened("zsh", place) as shell:
        # The first time the function is loaded and answers at once.
        assert shell.call("twincli show jakart\t") == ["show", "Jakarta"]
        assert shell.call("twincli show krak\t") == ["show", "Kraków"]


def test_zsh_with_compinit_already_in_its_file(place: Place) -> None:
    """Where the user's own file has set completion up, before or after a style of theirs, twincli adds itself."""
    need_shell("zsh")
    (place.home / ".zshrc").write_text(
        "autoload -Uz compinit && compinit -u\nzstyle ':completion:*' matcher-list 'm:{a-z}={A-Za-z}' 'r:|=*'\n"
        "zstyle ':completion:*' menu select\nsetopt complete_in_word\n"
    )
    install("zsh", place)
    place.run("list", "-n", "1")
    with opened("zsh", place) as shell:
        assert shell.call("twincli show krak\t") == ["show", "Kraków"]
        assert shell.call('twincli show "new yo\t') == ["show", "New York City"]


def test_bash_with_a_menu_and_without_case(place: Place) -> None:
    """Users who step through the offers, or have readline ignore case, get words that are whole."""
    need_shell("bash")
    (place.home / ".inputrc").write_text('set completion-ignore-case on\n"\\C-n": menu-complete\n')
    place.run("--install-completion", "bash")
    place.run("list", "-n", "1")
    with opened("bash", place) as shell:
        assert shell.call("twincli show toled\x0e") == ["show", "Toledo, Spain"]
        assert shell.call("twincli show krak\t") == ["show", "Kraków"]
        assert shell.call("twincli show kos\t")[1].casefold() == "kos"


def test_bash_with_other_breaks_between_words(place: Place) -> None:
    """Where = and : part no words (bash-completion has that so), ``--city=`` is completed all the same."""
    need_shell("bash")
    (place.home / ".bashrc").write_text("COMP_WORDBREAKS=${COMP_WORDBREAKS//[=:]}\n")
    place.run("--install-completion", "bash")
    place.run("list", "-n", "1")
    with opened("bash", place) as shell:
        assert shell.call(r"twincli list --city=new\ yo" + "\t") == ["list", "--city=New York City"]


@pytest.mark.parametrize("name", SHELLS)
def test_a_program_that_is_not_in_the_path(place: Place, name: str) -> None:
    """Called by its place, the very program called is asked."""
    need_shell(name)
    place.run("--install-completion", name)
    place.run("list", "-n", "1")
    with opened(name, place) as shell:
        assert shell.call("./bin/twincli show jakart\t") == ["show", "Jakarta"]


@pytest.mark.parametrize("name", SHELLS)
def test_a_broken_program_leaves_the_line_alone(place: Place, name: str) -> None:
    """Where twincli fails, nothing is offered, nothing is said, and the shell goes on."""
    need_shell(name)
    place.run("--install-completion", name)
    with opened(name, place, TWINCLI_DATA=str(place.folder / "nowhere.json")) as shell:
        assert shell.call("twincli show jakart\t") == ["show", "jakart"]
        assert "rror" not in shell.screen
        assert shell.call("twincli sho\t") == ["show"]


def test_the_scripts_hold_nothing_but_text() -> None:
    """The scripts are plain ASCII but for one sign, so that a shell in any locale reads them."""
    for name in SHELLS:
        text = Path(SCRIPTS / f"twincli.{name}").read_text("utf-8")
        assert text.replace("…", "").isascii()
        assert "\t" not in text


def test_a_relative_folder_is_no_place_for_a_script(place: Place) -> None:
    """XDG has relative paths ignored: a line in ~/.bashrc would else depend on where the shell starts."""
    result = place.run("--install-completion", "bash", environ={"XDG_DATA_HOME": "relative"})
    assert result.status == 0
    assert str(place.home / ".local" / "share") in (place.home / ".bashrc").read_text("utf-8")


def test_a_path_cannot_act_on_the_terminal(place: Place) -> None:
    """What has been written where is told without the escapes that a variable may hold."""
    folder = place.folder / "\x1b]0;x\x07"
    result = place.run("--install-completion", "bash", environ={"XDG_DATA_HOME": str(folder)})
    assert result.status == 0
    assert all(letter.isprintable() or letter == "\n" for letter in result.stdout)


def test_a_script_that_is_a_link_stays_one(place: Place) -> None:
    """Who keeps such files elsewhere, and links to them, finds the new script there."""
    kept = place.folder / "dotfiles" / "twincli"
    kept.parent.mkdir()
    kept.write_text("old", "utf-8")
    link = place.home / ".local" / "share" / "bash-completion" / "completions" / "twincli"
    link.parent.mkdir(parents=True)
    link.symlink_to(kept)
    assert place.run("--install-completion", "bash").status == 0
    assert link.is_symlink()
    assert kept.read_text("utf-8") != "old"
    assert [entry.name for entry in kept.parent.iterdir()] == ["twincli"]
