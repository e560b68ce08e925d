"""``manage.py tutup_triwulan [SLUG] [--triwulan 2026-3]``: publish the survey of a quarter."""

from django.core.management.base import BaseCommand, CommandError

from feedback import quarters
from feedback.survey import results
from imbportal.daerah import registry


class Command(BaseCommand):
    help = "Close the quarters of the survey that are over; the worker does the same every day."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", help="one daerah; all where none is named")
        parser.add_argument("--triwulan", metavar="2026-3", help="this quarter alone")

    def handle(self, *, slug, triwulan, **options):
        if slug and slug not in registry.slugs():
            raise CommandError(f"Daerah {slug} tidak dikenal.")
        wanted = triwulan and quarters.read(triwulan)
        if triwulan and wanted is None:
            raise CommandError(f"{triwulan} bukan triwulan; tulis misalnya 2026-3.")
        for one in [slug] if slug else registry.slugs():
            for quarter in [wanted] if wanted else results.unclosed(one):
                self._close(one, quarter)

    def _close(self, slug, quarter):
        try:
            result = results.close(slug, quarter)
        except ValueError as refused:
            raise CommandError(str(refused)) from None
        if result is None:
            self.stdout.write(f"{slug}: {quarter.label} sudah ditutup sebelumnya.")
            return
        came_to = f"{result.index} {result.grade}" if result.enough else "belum cukup responden"
        self.stdout.write(f"{slug}: {quarter.label}, {result.respondents} jawaban, {came_to}.")
