"""All commands, for tests of what holds of every one of them."""

from __future__ import annotations

import sys

from tests.conftest import ROOT

# The documentation is made from the same walk.
sys.path.append(str(ROOT / "scripts"))

from command_tree import command_tree

COMMANDS = {words: command for words, command, __ in command_tree()}
"""Each command by the words after ``twincli`` that name it, groups before what is below them."""
