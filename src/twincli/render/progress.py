"""How far a long piece of work is: a bar on stderr where that is a terminal, and nothing anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twincli.output import Output
from twincli.text import clean

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

_REFRESHES_PER_SECOND = 8
_ABOUT_WIDTH = 22


class Progress:
    """A bar for one piece of work, as a context manager; it is gone when the work is done."""

    def __init__(self, output: Output) -> None:
        self._output = output
        terminal = output.terminal
        is_shown = terminal.is_watched and terminal.environ.get("TERM") != "dumb" and not output.quiet
        self._bar = self._drawn() if is_shown else None

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(self, *reason: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _drawn(self) -> RichProgress:
        # Here, so that Rich is loaded only where something is drawn with it.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.table import Column

        environ = self._output.terminal.environ
        console = Console(
            file=self._output.terminal.stderr,
            color_system=None if environ.get("NO_COLOR") else "standard",
            force_terminal=True,
            markup=False,
            emoji=False,
            highlight=False,
            _environ=environ,
        )
        bar = Progress(
            # As wide as the names of most countries, so that the bar stands still while they change.
            TextColumn("{task.description}", markup=False, table_column=Column(width=_ABOUT_WIDTH, no_wrap=True)),
            BarColumn(bar_width=None, complete_style="cyan", finished_style="cyan", pulse_style="cyan"),
            TaskProgressColumn("{task.percentage:>3.0f} %", markup=False),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            expand=True,
            refresh_per_second=_REFRESHES_PER_SECOND,
        )
        bar.add_task("", total=None)
        return bar

    def expect(self, total: int) -> None:
        """Say how much there is to do, in any unit; it may become more."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], total=total)

    def advance(self, amount: int, about: str = "") -> None:
        """Say that so much of it has been done, and what it was about."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=amount, description=clean(about))

    def begin(self, about: str) -> None:
        """Say that a part begins of which it is not known how long it takes."""
        if self._bar is not None:
            # Not an update of the one there is: for Rich, no total means that the total stays.
            self._bar.remove_task(self._bar.task_ids[0])
            self._bar.add_task(clean(about), total=None)

    def note(self, line: str) -> None:
        """Tell the reader something while the work goes on."""
        if self._bar is None:
            self._output.remark([line])
        else:
            self._bar.console.print(clean(line), soft_wrap=True)
