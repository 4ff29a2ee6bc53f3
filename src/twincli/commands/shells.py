"""Completion for the user's shell: the script, where it belongs, and the line that loads it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from twincli.commands.usage import not_one_of
from twincli.errors import BadUsage, cannot_read, cannot_write
from twincli.i18n import _
from twincli.locations import xdg_folder
from twincli.session import Session
from twincli.text import clean
from twincli.vocabulary import Shell

_SCRIPTS = Path(__file__).parents[1] / "shells"


def show_completion(session: Session, shell: str) -> None:
    """Write the script for a shell, or for the one that the program was called from, to stdout."""
    session.terminal.stdout.write(_script(_chosen(shell, "--show-completion", session.terminal.environ)))


def install_completion(session: Session, shell: str) -> None:
    """Put the script for a shell in its place, see to it that it is loaded, and say what has been written."""
    chosen = _chosen(shell, "--install-completion", session.terminal.environ)
    for line in _install(chosen, session.terminal.environ):
        session.terminal.stdout.write(f"{clean(line)}\n")


def _script(shell: Shell) -> str:
    path = _SCRIPTS / f"twincli.{shell}"
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise cannot_read(path, error) from None


def _chosen(name: str, option: str, environ: Mapping[str, str]) -> Shell:
    """Return the shell of this name; without a name the one at work, else that of the user's account."""
    found = name or _shell_at_work() or Path(environ.get("SHELL", "")).name
    if found in set(Shell):
        return Shell(found)
    choices = ", ".join(f"twincli {option} {shell}" for shell in Shell)
    if not found:
        raise BadUsage(_("The shell is unknown; name it: {choices}").format(choices=choices))
    raise BadUsage(not_one_of(option, found, list(Shell)))


def _shell_at_work() -> str:
    # Here, because nothing else needs it.
    from shellingham import ShellDetectionFailure, detect_shell  # type: ignore[import-untyped]

    try:
        name, __ = detect_shell()
    except ShellDetectionFailure:
        return ""
    return str(name)


def _install(shell: Shell, environ: Mapping[str, str]) -> Iterator[str]:
    home = Path(environ.get("HOME") or Path.home())
    environ = {**environ, "HOME": str(home.absolute())}
    data, config = (xdg_folder(name, environ) or home for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"))
    if shell is Shell.FISH:
        yield from _write(config / "fish" / "completions" / "twincli.fish", _script(shell))
    elif shell is Shell.ZSH:
        path = data / "zsh" / "site-functions" / "_twincli"
        yield from _write(path, _script(shell))
        # Sourced, not searched for in fpath, so that it does not matter where compinit stands in the file.
        lines = f"(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit -i }}\n. {_in_quotes(path)}"
        yield from _append(Path(environ.get("ZDOTDIR") or home) / ".zshrc", lines)
    else:
        # Where bash-completion, if there is one, looks by itself.
        path = data / "bash-completion" / "completions" / "twincli"
        yield from _write(path, _script(shell))
        yield from _append(home / ".bashrc", f". {_in_quotes(path)}")
    yield _("It works in every {shell} that you start from now on.").format(shell=shell)


def _in_quotes(path: Path) -> str:
    return "'" + str(path).replace("'", "'\\''") + "'"


def _write(path: Path, text: str) -> Iterator[str]:
    # A file of its own beside it first, so that a shell that starts meanwhile never reads half of it.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        place = path.resolve()  # where a link of the user's leads, such as into a folder of dotfiles
        temporary = place.with_name(f".{path.name}.{os.getpid()}")
        try:
            temporary.write_text(text, "utf-8")
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    yield _("Written: {path}").format(path=path)


def _append(path: Path, lines: str) -> Iterator[str]:
    """Add lines to a file of the user's, once; nothing that stands there is touched."""
    try:
        text = path.read_text("utf-8", "surrogateescape") if path.exists() else ""
        if lines in text:
            return
        with path.open("a", encoding="utf-8") as file:
            file.write(("" if not text or text.endswith("\n") else "\n") + lines + "\n")
    except OSError as error:
        raise cannot_write(path, error) from None
    yield _("Added to {path}:").format(path=path)
    yield from (f"  {line}" for line in lines.splitlines())
