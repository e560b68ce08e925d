"""Print the date on which a number of working days have passed."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from imbportal.daerah import calendar, registry
from imbportal.daerah.models import CalendarYear

MOST = 10_000
POLICIES = {"nasional": False, "cuti_bersama": True}


class Command(BaseCommand):
    requires_system_checks = []
    help = "Print the date on which N working days have passed; the day after the start is day 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("mulai", help="YYYY-MM-DD")
        parser.add_argument("n", type=int)
        parser.add_argument("--kebijakan", choices=POLICIES, help="default: the daerah's own")

    def handle(
        self, *args: Any, slug: str, mulai: str, n: int, kebijakan: str | None, **options: Any
    ) -> None:
        if slug not in registry.slugs():
            raise CommandError(f"unknown daerah {slug}; known: {', '.join(registry.slugs())}")
        if not 0 <= n <= MOST:
            raise CommandError(f"N must lie between 0 and {MOST}")
        try:
            start = datetime.date.fromisoformat(mulai)
            policy = POLICIES[kebijakan] if kebijakan else None
            end = calendar.add_working_days(
                slug, start, n, cuti_bersama=policy, published=not self.prepared()
            )
        except (ValueError, OverflowError) as error:
            raise CommandError(f"{mulai}: {error}") from None
        self.stdout.write(end.isoformat())

    def prepared(self) -> bool:
        """Return whether the portal's own table of holidays can be asked; say so where not."""
        try:
            CalendarYear.objects.exists()
        except DatabaseError:
            self.stderr.write("Belum ada basis data: dihitung menurut hari libur nasional saja.")
            return False
        return True
