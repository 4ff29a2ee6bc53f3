"""Where layers lie, and how one is put there, or taken away, so that a kill at any moment harms nothing.

Light, because every command asks which layers there are.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import TextIO

from twincli.errors import BadData, BadUsage, NotFound, system_reason
from twincli.i18n import _
from twincli.locations import BUNDLED, installed_layers, is_layer_name, layers_folder
from twincli.private_files import is_another_s, make_private_folder, replace_file
from twincli.text import clean

# Which Windows takes for devices whatever folder and ending stand around them.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
_TEMPORARY = ".twincli-"
_REPORT = ".rejected.tsv"
_STALE_SECONDS = 24 * 3600.0
# The line of the canonical layout that alone may differ between two states of one layer that say the same.
_DATE = '"date": '
_HEADER_LINES = 8

Write = Callable[[TextIO], None]
"""Writes a file's content to an open file."""
Check = Callable[[Path], None]
"""Looks at a file that has been written; raises BadData where it must not be put in its place."""


def _sound(written: Path) -> None:
    """Find nothing wrong."""


def check_name(name: str) -> str:
    """Return the name of a layer. Raises BadUsage where it cannot be one."""
    if name == BUNDLED:
        raise BadUsage(_("The bundled data has the name {name} for itself; give another.").format(name=BUNDLED))
    if not is_layer_name(name):
        message = _('"{name}" cannot be the name of a layer: at most 41 small letters a–z, digits, - and _.')
        raise BadUsage(message.format(name=clean(name)))
    if sys.platform == "win32" and name in _DEVICES:
        raise BadUsage(_("Windows keeps the name {name} for a device; give another.").format(name=name))
    return name


def name_from(text: str) -> str | None:
    """Return the name of a layer made from a text such as a file's name, or None where nothing is left of it."""
    name = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:41].strip("-")
    return name if name and name != BUNDLED else None


def installed(environ: Mapping[str, str]) -> list[tuple[str, Path]]:
    """Return the name and the file of every layer, sorted by name."""
    return list(installed_layers(environ))


def layer_path(name: str, environ: Mapping[str, str]) -> Path:
    """Return the file of the layer of this name, which need not exist. Raises BadUsage or BadData."""
    folder = layers_folder(environ)
    if folder is None:
        raise BadData(_("There is no folder to keep data in; set HOME or XDG_DATA_HOME to one."))
    return folder / f"{check_name(name)}.json"


def report_path(layer: Path) -> Path:
    """Return the file that lists the rows rejected when this layer was imported; it need not exist."""
    return layer.with_suffix(_REPORT)


def _layer_of(report: Path) -> Path:
    return report.with_name(report.name.removesuffix(_REPORT) + ".json")


def install(
    name: str,
    write: Write,
    environ: Mapping[str, str],
    *,
    write_report: Write | None = None,
    check: Check = _sound,
) -> bool:
    """Put a layer in its place, and the report beside it; return whether that changed anything.

    The old layer stays until the new one is whole. One that says the same but for its date is not replaced. Raises
    BadData where it cannot be written; what ``write`` or ``check`` raises passes through, and nothing has changed.
    """
    path = layer_path(name, environ)
    report = report_path(path)
    # Where each file is to lie, and where it lies until then. The layer comes last, since it decides what is answered.
    written: dict[Path, str] = {}
    try:
        _make_ready(path.parent)
        for target, content in ((report, write_report), (path, write)):
            if content is not None:
                descriptor, written[target] = _new_file(path.parent)
                _write(descriptor, content)
        check(Path(written[path]))
        replaced = [target for target, temporary in written.items() if not _says_the_same(temporary, target)]
        for target in replaced:
            replace_file(written[target], target)
        if write_report is None:
            _discard(report)
        _make_durable(path.parent)
    except OSError as error:
        message = _("Cannot write {path}: {reason}. Nothing has changed.")
        raise BadData(message.format(path=path, reason=system_reason(error))) from None
    finally:
        for temporary in written.values():
            with suppress(OSError):
                os.unlink(temporary)
    return path in replaced


def _make_ready(folder: Path) -> None:
    """See to it that layers can be put into a folder. Raises BadData or OSError where they cannot."""
    if is_another_s(folder):
        message = _("{folder} belongs to another user; set HOME or XDG_DATA_HOME to a folder of yours.")
        raise BadData(message.format(folder=folder))
    make_private_folder(folder)
    _remove_stale(folder)


def _new_file(folder: Path) -> tuple[int, str]:
    # Here, because it brings random and hashlib with it, which cost a ms.
    import tempfile

    return tempfile.mkstemp(dir=folder, prefix=_TEMPORARY, suffix=".tmp")


def _write(descriptor: int, write: Write) -> None:
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())


def _says_the_same(new: str, old: Path) -> bool:
    """Tell whether two states of a layer hold the same, whenever they were made."""
    if not old.is_file():
        return False
    with open(new, "rb") as one, old.open("rb") as other:
        for number, (line, before) in enumerate(zip_longest(one, other)):
            if line != before:
                is_date = all(text is not None and text.startswith(_DATE.encode()) for text in (line, before))
                if not (is_date and number < _HEADER_LINES):
                    return False
    return True


def _make_durable(folder: Path) -> None:
    """Have the folder's entries written to disk, where the system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _discard(report: Path) -> None:
    """Take away the report of a layer that has none any more; where that fails, the layer is as it should be."""
    with suppress(OSError):
        report.unlink()


def _remove_stale(folder: Path) -> None:
    """Remove what imports and removals left behind that were killed; one that still runs is younger."""
    orphans = (path for path in folder.glob(f"*{_REPORT}") if not _layer_of(path).exists())
    for path in (*folder.glob(f"{_TEMPORARY}*.tmp"), *orphans):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _STALE_SECONDS:
                path.unlink()


def remove(name: str, environ: Mapping[str, str]) -> Path:
    """Take a layer away, and its report; return where it lay. Raises BadUsage, NotFound or BadData."""
    path = layer_path(name, environ)
    if not os.path.lexists(path):
        names = [known for known, __ in installed(environ)]
        message = _('No layer called "{name}".').format(name=clean(name))
        if names:
            raise NotFound(message + " " + _("There are: {names}").format(names=", ".join(names)))
        raise NotFound(message + " " + _("None is installed; see: twincli data import --help"))
    try:
        path.unlink()
    except OSError as error:
        message = _("Cannot remove {path}: {reason}.")
        raise BadData(message.format(path=path, reason=system_reason(error))) from None
    _discard(report_path(path))
    return path
