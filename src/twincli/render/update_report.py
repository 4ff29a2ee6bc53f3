"""What ``twincli data update`` tells: what was asked and given, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twincli.i18n import _
from twincli.render.report import Fact, Report
from twincli.wording import number

if TYPE_CHECKING:
    from twincli.layers.wikidata.update import Update


def update_report(update: Update) -> Report:
    """Return the account of an update."""
    layer = update.layer
    values = {
        "name": layer.name,
        "endpoint": update.endpoint,
        "statements": update.statements,
        "pieces": update.pieces,
        "reused": update.reused,
        "read": layer.read,
        "merged": layer.merged,
        "added": layer.added,
        "removed": layer.removed,
        "rejected": layer.rejected,
        "pairs": layer.pairs,
        "path": str(layer.path),
        "report": str(layer.report) if layer.report else None,
        "changed": layer.is_changed,
        "dry_run": layer.dry_run,
    }
    facts = [Fact(_("Pairs"), number(layer.pairs))]
    return Report(values, facts)
