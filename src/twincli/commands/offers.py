"""What the tab key offers for a value, declared beside the option or the argument that takes it."""

from __future__ import annotations

from collections.abc import Sequence


class Offers:
    """What the tab key offers for a value: names of these sorts, these words, or files; see completion.py.

    It stands beside a parameter's ``typer.Option``, since Typer's own ``autocompletion`` drops what does not begin
    letter by letter as typed (Jakarta after jak, Kraków after krak), and its scripts for the shells take names with
    blanks and apostrophes apart. The values of enumerations are offered by themselves.
    """

    def __init__(self, *sorts: str, words: Sequence[str] = (), files: bool = False) -> None:
        self.sorts, self.words, self.files = sorts, words, files


FILES = Offers(files=True)
