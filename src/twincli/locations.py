"""Where files lie: the bundled data, the data asked for, and the user's cache."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from twincli.errors import BadUsage
from twincli.i18n import _

_PACKAGE = Path(__file__).parent
APP = "twincli"
BUNDLED = "bundled"
LAYER_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")


class DataFiles(NamedTuple):
    """The files that an index is built from, and why the pairs come from this one."""

    pairs: Path
    gazetteer: Path
    notes: Path
    reason: str
    layers: tuple[tuple[str, Path], ...] = ()
    """The installed data that stands beside the bundled: names and files."""

    @property
    def origins(self) -> tuple[tuple[str, Path], ...]:
        """Every file with pairs, by rank, and the name that its pairs bear as their origin."""
        name = self.pairs.name if self.reason else BUNDLED
        return ((name, self.pairs), *self.layers)


def bundled_folder() -> Path:
    """Return the folder with the bundled data: inside the package once installed, beside src/ in a clone."""
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "data"


def data_files(option: str | None, environ: Mapping[str, str]) -> DataFiles:
    """Return the data files for a command: ``--data``, else ``TWINCLI_DATA``, else the bundled ones with the layers.

    Raises BadUsage.
    """
    folder = bundled_folder()
    if option == "":  # such as an unset variable in a script, which must not be answered from other data
        raise BadUsage(_("--data needs the name of a file."))
    for value, reason in ((option, "--data"), (environ.get("TWINCLI_DATA"), "TWINCLI_DATA")):
        if value:
            return DataFiles(Path(value), folder / "countries.json", folder / "concepts", reason)
    layers = installed_layers(environ)
    return DataFiles(folder / "pairs.json", folder / "countries.json", folder / "concepts", "", layers)


def layers_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of installed data, which need not exist; None where the user has no home."""
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_data_path

        return user_data_path(APP, appauthor=False) / "layers"
    data = xdg_folder("XDG_DATA_HOME", environ)
    return data / APP / "layers" if data else None


def installed_layers(environ: Mapping[str, str]) -> tuple[tuple[str, Path], ...]:
    """Return the name and the file of each layer, by name; a file that no import would call so is none."""
    folder = layers_folder(environ)
    if folder is None:
        return ()
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name.removesuffix(".json") for entry in entries if entry.name.endswith(".json"))
    except OSError:
        return ()
    return tuple((name, folder / f"{name}.json") for name in names if is_layer_name(name))


def is_layer_name(name: str) -> bool:
    """Tell whether a layer can have this name, which a data file with a suffix and the bundled data cannot."""
    return name != BUNDLED and LAYER_NAME.fullmatch(name) is not None


def cache_folder(environ: Mapping[str, str]) -> tuple[Path | None, str]:
    """Return the user's cache folder for twincli, which need not exist, and the variable that decided it.

    None where the user has no home. On Linux and the BSDs the XDG rule is applied here, since importing platformdirs
    would add 4 ms to every command (measured, of 60); macOS and Windows take its word.
    """
    if sys.platform in {"darwin", "win32"}:
        from platformdirs import user_cache_path

        return user_cache_path(APP, appauthor=False), ""
    cache = xdg_folder("XDG_CACHE_HOME", environ)
    decided = "XDG_CACHE_HOME" if os.path.isabs(environ.get("XDG_CACHE_HOME", "")) else "HOME"
    return (cache / APP if cache else None), decided


# Below the home, where the variable says nothing.
_XDG_FOLDERS = {"XDG_CACHE_HOME": ".cache", "XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share"}


def xdg_folder(variable: str, environ: Mapping[str, str]) -> Path | None:
    """Return the user's folder by the XDG Base Directory Specification; None where the user has no home."""
    chosen, home = environ.get(variable, ""), environ.get("HOME", "")
    if os.path.isabs(chosen):  # the specification has relative paths ignored
        return Path(chosen)
    return Path(home, _XDG_FOLDERS[variable]) if os.path.isabs(home) else None
