"""Command lines to be pasted, as answers and messages name them."""

from __future__ import annotations

from pathlib import Path


def quoted(word: str) -> str:
    """Return a word as shells take it for one; what is all letters, digits and -._/ stays as it is."""
    if word and all(letter.isalnum() or letter in "-._/" for letter in word):
        return word
    # Double quotes where they do, since the shell of Windows knows no others.
    if word and not set(word) & set('"$`\\!%'):
        return f'"{word}"'
    # Here, because every command loads this module, and few need it.
    from shlex import quote

    return quote(word)


def command_line(*words: str, data: str | None = None) -> str:
    """Return a command of twincli with its arguments; ``data`` is the file that was asked for with --data."""
    asked = [*words, "--data", data] if data else words
    return " ".join(["twincli", *map(quoted, asked)])


def file_argument(path: Path) -> str:
    """Return a path as an argument of a command, which must not look like an option."""
    return f"./{path}" if str(path).startswith("-") else str(path)
