"""``manage.py workflow_diagram``: draw the workflow from the code that runs.

Writes docs/workflow.md and the diagram between the markers in README.md; ``--check`` only compares.
"""

from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from applications import guards
from applications.workflow import FINAL, MOVES, SAME

START, END = "<!-- workflow: written by manage.py workflow_diagram -->", "<!-- /workflow -->"
LEFT_OUT = {"withdraw", "lapse"}
"""From nearly everywhere to an end: they would cover the picture, and the table has them."""
WHO = {
    "applicant": "applicant",
    "head": "head of the office",
    "sistem": "*sistem*",
    "named": "the role that the track names",
    "first": "first link",
    "last": "last link",
    "any": "any link",
    "not_first": "link on turn, not the first",
    "not_last": "link on turn, not the last",
}


class Command(BaseCommand):
    help = "Write the workflow's diagram and table from the code."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if a file is out of date")

    def handle(self, *, check, **options):
        for path, text in pages(settings.BASE_DIR):
            if path.exists() and path.read_text() == text:
                continue
            if check:
                raise CommandError(f"{path.name} is out of date: run manage.py workflow_diagram")
            path.write_text(text)
            self.stdout.write(f"{path.name} written")


def pages(folder: Path):
    """Return each page with the text that it must have."""
    readme = folder / "README.md"
    before, _, rest = readme.read_text().partition(START)
    after = rest.partition(END)[2]
    return [
        (folder / "docs" / "workflow.md", f"# The workflow\n\n{diagram()}\n\n{table()}"),
        (readme, f"{before}{START}\n{diagram()}\n{END}{after}"),
    ]


def diagram() -> str:
    """Return the Mermaid diagram; moves between the same two states share an arrow."""
    arrows = defaultdict(list)
    for move in MOVES:
        if move.target is not SAME and move.name not in LEFT_OUT:
            for source in move.source:
                arrows[source, move.target].append(move.name)
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> DRAFT"]
    lines += [f"    {a} --> {b}: {', '.join(names)}" for (a, b), names in arrows.items()]
    # Sorted, since the order within a set differs from run to run.
    lines += [f"    {state} --> [*]" for state in sorted(FINAL) if any(state in a for a in arrows)]
    return "\n".join([*lines, "```"])


def table() -> str:
    """Return the Markdown table of all moves."""
    lines = ["| from | move | to | by | button |", "|---|---|---|---|---|"]
    for move in MOVES:
        target = "same" if move.target is SAME else move.target
        who = ", ".join(WHO[way] for way in sorted(move.by.ways))
        reason = " (with a reason)" if move.reason else ""
        if move.despite is not guards.always:
            reason = " (with a reason where a check fails)"
        sources = ", ".join(move.source)
        lines.append(f"| {sources} | `{move.name}` | {target} | {who} | {move.label}{reason} |")
    return "\n".join(lines) + "\n"
