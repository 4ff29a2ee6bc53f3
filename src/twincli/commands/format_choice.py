"""Which form an answer takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from twincli.commands.usage import not_one_of
from twincli.errors import BadUsage
from twincli.i18n import _
from twincli.render import FORMATS, PICTURE_FORMATS, SPECIAL_FORMATS
from twincli.session import Session

# The forms that the end of a file's name stands for: most are called so themselves.
_SUFFIXES = {{"markdown": "md", "table": "txt"}.get(name, name): name for name in (*FORMATS, *SPECIAL_FORMATS)}


def choose_format(
    session: Session, offered: Sequence[str], option: str | None, *, is_json: bool, to: Path | None
) -> str:
    """Return the format that the options ask for, or the file's name, or the variable, or that suits stdout.

    Raises BadUsage.
    """
    if option is not None and is_json and option != "json":
        raise BadUsage(_("--json and --format {name} contradict each other; give one.").format(name=option))
    suffix = to.suffix[1:].lower() if to is not None else ""
    # A variable that is empty is not set; an option that is empty is wrong.
    variable = session.terminal.environ.get("TWINCLI_FORMAT") or None
    asked = (
        ("json" if is_json else option, "--format"),
        (_SUFFIXES.get(suffix), "--output"),
        (variable, "TWINCLI_FORMAT"),
    )
    for name, reason in asked:
        if name is not None:
            if name not in offered:
                raise _not_offered(name, reason, offered)
            return name
    if suffix:
        ends = ", ".join(f".{known}" for known, name in _SUFFIXES.items() if name in offered)
        message = _("--output: .{suffix} names no format; end the name in one of {ends}, or give --format.")
        raise BadUsage(message.format(suffix=suffix, ends=ends))
    if to is not None or not session.terminal.is_tty:
        return "json"
    return "table"


def _not_offered(name: str, reason: str, offered: Sequence[str]) -> BadUsage:
    choices = ", ".join(offered)
    if name in SPECIAL_FORMATS:
        message = _("{option}: this command gives no {name}; it takes one of: {choices}")
        hint = "; " + _("pictures come from: twincli map") if name in PICTURE_FORMATS else ""
        return BadUsage(message.format(option=reason, name=name, choices=choices) + hint)
    return BadUsage(not_one_of(reason, name, offered))
