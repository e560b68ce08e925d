"""``manage.py periksa_invarian [--json]``: whether all holds that must always hold."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from applications.models import Application
from imbportal.invariants import Fault
from retribusi import invariants


class Command(BaseCommand):
    help = "Check every case, number, bill, paper, file and job; exit 1 where a fault is found."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print cases and faults as JSON")

    def handle(self, *, json: bool, **options):
        found = [(_number(fault), fault) for fault in invariants.faults()]
        (self._as_json if json else self._as_lines)(found)
        if found:
            raise CommandError(f"{len(found)} kesalahan ditemukan.", returncode=1)

    def _as_json(self, found: list[tuple[str, Fault]]) -> None:
        rows = [{"check": f.check, "case": number, "text": f.text} for number, f in found]
        answer = {"cases": Application.objects.count(), "faults": rows}
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _as_lines(self, found: list[tuple[str, Fault]]) -> None:
        for number, fault in found:
            self.stdout.write(f"{fault.check}: {number + ': ' if number else ''}{fault.text}")
        if not found:
            self.stdout.write(f"{Application.objects.count()} permohonan diperiksa, semua benar.")


def _number(fault: Fault) -> str:
    """Return the number of the case that the fault is about; "" where it is about none."""
    case: Any = Application.objects.filter(pk=fault.case).first() if fault.case else None
    return f"{case.daerah} {case}" if case else str(fault.case or "")
