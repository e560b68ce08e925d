"""Fill the table of holidays for given years."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from imbportal.daerah import calendar


class Command(BaseCommand):
    help = "Put the national holidays and cuti bersama of the years into the table, once each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tahun", type=int, nargs="+")

    def handle(self, *args: Any, tahun: list[int], **options: Any) -> None:
        for year in tahun:
            self.stdout.write(f"{year}: {calendar.seed(year)} hari ditambahkan")
