"""Drawing what ``twincli data`` tells: facts, problems, keys."""

from __future__ import annotations

import json

from rich.text import Text

from twincli.i18n import _, ngettext
from twincli.render.page import Page
from twincli.render.report import ProblemList, Report, SchemaList
from twincli.text import clean
from twincli.wording import number


def draw_facts(report: Report, page: Page) -> None:
    """Draw each fact with its reason, if it has one."""
    shown = ((fact.heading, f"{fact.shown}  ({fact.reason})" if fact.reason else fact.shown) for fact in report.facts)
    page.add_facts((Text(heading), Text(clean(fact))) for heading, fact in shown)


def draw_problems(view: ProblemList, page: Page) -> None:
    """Draw what is wrong: the same thing in many records is said once, with the records below it."""
    for is_warning, heading in ((False, _("Errors")), (True, _("Warnings"))):
        groups: dict[str, list[str]] = {}
        for problem in view.problems:
            if problem.is_warning is is_warning:
                what = " ".join(part for part in (problem.field, problem.reason.said()) if part)
                groups.setdefault(what, []).append(problem.record or problem.file)
        if not groups:
            continue
        page.add(Text(heading, style="bold"))
        for what, records in groups.items():
            if len(records) == 1:
                page.add(Text(clean(f"  {records[0]}: {what}"), overflow="fold"))
            else:
                count = ngettext("{count} record", "{count} records", len(records)).format(count=number(len(records)))
                page.add(Text(clean(f"  {what}: {count}"), overflow="fold"))
                for record in records:
                    page.add(Text(clean(f"    {record}"), overflow="fold"))
        page.gap()
    errors = sum(not problem.is_warning for problem in view.problems)
    warnings = len(view.problems) - errors
    counts = (
        ngettext("{count} error", "{count} errors", errors).format(count=number(errors)),
        ngettext("{count} warning", "{count} warnings", warnings).format(count=number(warnings)),
    )
    page.add(Text(f"{', '.join(counts)}." if view.problems else _("Nothing is wrong.")))


def draw_schemas(view: SchemaList, page: Page) -> None:
    """Draw a line a key, under the document that it belongs to."""
    above = ""
    for doc in view.records():
        row = json.loads(doc)
        if row["document"] != above:
            if above:
                page.gap()
            # The schema of the data file is one of no command.
            of = row["document"] if row["document"] == "data file" else f"twincli {row['document']}"
            page.add(Text(of, style="bold"))
            above = row["document"]
        line = f"  {row['key']}  {row['type']}" + (f"  {row['about']}" if row["about"] else "")
        page.add(Text(line, overflow="fold"))
