"""Files that are the user's alone: folders made so that nobody else reads them, and the test that nobody can write."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import starmap
from pathlib import Path

_MOST_LINKS = 40
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
# Windows refuses to replace a file that somebody is reading, which takes a moment here.
_TRIES, _PAUSE_SECONDS = 20, 0.05


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, each for the user alone. Raises OSError."""
    # Not with ``parents``, which gives the mode to the last of them only.
    missing = [folder]
    while not missing[-1].parent.is_dir() and missing[-1].parent != missing[-1]:
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


def replace_file(temporary: str | Path, target: str | Path) -> None:
    """Put a file in the place of another, in one step. Raises OSError."""
    for remaining in reversed(range(_TRIES)):
        try:
            os.replace(temporary, target)
        except PermissionError:
            if sys.platform != "win32" or not remaining:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def is_written_by_us_alone(state: os.stat_result) -> bool:
    """Tell whether nobody but the user and root can write a file; Windows keeps this in lists of its own."""
    if sys.platform == "win32":
        return True
    return state.st_uid in {os.geteuid(), 0} and not state.st_mode & _OTHERS_WRITE


def claim_folder(folder: Path, environ: Mapping[str, str]) -> bool:
    """Make a folder where there is none, and tell whether it is ours alone; see ``is_ours_alone``.

    Nothing is made where others could take it away again. Raises OSError where the folder cannot be made.
    """
    if sys.platform != "win32" and not all(starmap(_keeps_others_out, _way_to(folder, environ))):
        return False
    make_private_folder(folder)
    return True


def is_another_s(folder: Path) -> bool:
    """Tell whether a folder, or the nearest above it that there is, belongs to neither the user nor root."""
    if sys.platform == "win32":
        return False
    while not folder.is_dir() and folder.parent != folder:
        folder = folder.parent
    return folder.stat().st_uid not in {os.geteuid(), 0}


def is_ours_alone(folder: Path, environ: Mapping[str, str]) -> bool:
    """Tell whether nobody but the user and root can put files into a folder, or another folder in its place.

    Every folder on the way to it is looked at, through all links; from the user's home on where it lies in there, as
    whoever can write in a home needs no detour. False where there is no such folder.
    """
    if sys.platform == "win32":
        return folder.is_dir()
    try:
        return folder.is_dir() and all(starmap(_keeps_others_out, _way_to(folder, environ)))
    except OSError:
        return False


def _way_to(folder: Path, environ: Mapping[str, str]) -> Iterator[tuple[os.stat_result, bool]]:
    """Yield the state of each folder and link on the way to a folder, and whether it is the folder itself.

    The way ends where there is nothing yet. Raises OSError where it cannot be gone.
    """
    here, home = "/", environ.get("HOME", "")
    path = os.path.abspath(folder)
    if os.path.isdir(home) and path.startswith(os.path.join(os.path.abspath(home), "")):
        here = os.path.realpath(home)
        path = os.path.relpath(path, os.path.abspath(home))
    pending = [part for part in reversed(path.split("/")) if part]
    yield os.stat(here), not pending
    links = 0
    while pending:
        part = pending.pop()
        if part == "..":
            here = os.path.dirname(here)
            continue
        try:
            state = os.lstat(os.path.join(here, part))
        except FileNotFoundError:
            return
        if stat.S_ISLNK(state.st_mode):
            links += 1
            if links > _MOST_LINKS:
                raise OSError
            target = os.readlink(os.path.join(here, part))
            here = "/" if os.path.isabs(target) else here
            pending += [step for step in reversed(target.split("/")) if step not in {"", "."}]
        else:
            here = os.path.join(here, part)
            if not stat.S_ISDIR(state.st_mode):
                raise NotADirectoryError
        yield state, not pending and not stat.S_ISLNK(state.st_mode)


def _keeps_others_out(state: os.stat_result, is_last: bool) -> bool:
    if sys.platform == "win32":
        return False  # never asked there, where lists of its own say who may write
    if state.st_uid not in {os.geteuid(), 0}:
        return False
    if stat.S_ISLNK(state.st_mode):
        return True  # whose mode says nothing; the folder that it lies in has been looked at
    if not state.st_mode & _OTHERS_WRITE:
        return True
    # In a folder such as /tmp everybody may make files, but not rename or remove those of others.
    if state.st_mode & stat.S_ISVTX:
        return not is_last
    return not state.st_mode & stat.S_IWOTH and _is_nobody_else_s_group(state.st_gid)


def _is_nobody_else_s_group(group: int) -> bool:
    """Tell whether this is the group that many systems give to each user, named after the one who is in it."""
    if sys.platform == "win32":
        return False
    # Here, because hardly any folder needs it.
    import grp
    import pwd

    try:
        name, entry = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(group)
    except KeyError:
        return False
    return entry.gr_name == name and set(entry.gr_mem) <= {name}
