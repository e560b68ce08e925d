"""``manage.py daftar_dokumen``: write docs/dokumen.md from the files; ``--check`` only compares."""

from django.core.management.base import BaseCommand, CommandError

from imbportal import paper_list


class Command(BaseCommand):
    help = "Tulis docs/dokumen.md: surat dan formulir setiap daerah."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the page is out of date")

    def handle(self, *, check, **options):
        path, text = paper_list.PAGE, paper_list.page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        if check:
            raise CommandError(f"{path.name} is out of date: run manage.py daftar_dokumen")
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{path.name} written")
