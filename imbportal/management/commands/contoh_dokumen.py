"""``manage.py contoh_dokumen --keluaran DIR``: write every paper of every daerah as PDF.

The papers come from sample cases that the real services drive (``imbportal.demo.sample_papers``),
in a transaction that is rolled back. Ends with an error where a kind of a file was not brought.
"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from imbportal.daerah import registry
from imbportal.demo import sample_pages, sample_papers


class Command(BaseCommand):
    help = "Tulis setiap surat setiap daerah sebagai PDF, dari permohonan contoh."

    def add_arguments(self, parser):
        parser.add_argument("--keluaran", required=True, type=Path, metavar="DIR")
        parser.add_argument("--daerah", action="append", metavar="SLUG", help="bawaan: semua")
        parser.add_argument("--jenis", action="append", metavar="SURAT", help="bawaan: semua")
        parser.add_argument("--gambar", action="store_true", help="gambar setiap halaman pula")
        parser.add_argument(
            "--kecil", type=Path, metavar="DIR",
            help="gambar kecil halaman pertama, <daerah>-<surat>.png (docs/img/dokumen)",
        )  # fmt: skip
        parser.add_argument("--timpa", action="store_true", help="DIR boleh sudah berisi")

    def handle(self, *, keluaran, daerah, jenis, gambar, kecil, timpa, **options):
        if not settings.DEMO:
            raise CommandError("Surat contoh hanya ditulis pada portal demo (DEMO=1).")
        slugs = daerah or registry.slugs()
        if unknown := sorted(set(slugs) - set(registry.slugs())):
            raise CommandError(f"Tidak ada daerah {', '.join(unknown)}.")
        if keluaran.exists() and not keluaran.is_dir():
            raise CommandError(f"{keluaran} bukan folder.")
        if keluaran.is_dir() and any(keluaran.iterdir()) and not timpa:
            raise CommandError(f"{keluaran} tidak kosong. Pilih folder lain, atau pakai --timpa.")
        self.folder, self.small = keluaran, kecil
        drawn, every, faults = {}, [], []
        for slug in slugs:
            sampled = sample_papers.of(slug, jenis or ())
            every.append(sampled)
            drawn |= self.written(sampled, gambar)
            faults += [f"{slug}: {text}" for text in sampled.failed]
            faults += [f"{slug}: tidak ada surat {kind}" for kind in sampled.missing(jenis or ())]
        sample_pages.write(keluaran / "index.html", sample_pages.index(every, drawn).encode())
        if faults:
            raise CommandError("Belum lengkap:\n" + "\n".join(faults))

    def written(self, sampled, gambar):
        """Write the papers of a daerah; return the names of the pictures by paper."""
        drawn = {}
        for name, pdf in sorted(sampled.printed.items()):
            place = f"{sampled.slug}/{name}"
            sample_pages.write(self.folder / f"{place}.pdf", pdf)
            if gambar or self.small:
                drawn[place] = self.pictured(place, pdf, gambar)
        self.stdout.write(f"{sampled.slug}: {len(sampled.printed)} surat ditulis.")
        return drawn

    def pictured(self, place, pdf, every):
        """Write the pictures of one paper; return the names of those of its pages."""
        names = []
        for page, ending, picture in sample_pages.pictures(pdf):
            if page == 1 and self.small:
                path = self.small / f"{place.replace('/', '-')}.png"
                sample_pages.write(path, sample_pages.small(picture))
            if not every:
                break
            name = f"{place}-{page}{ending}"
            sample_pages.write(self.folder / name, picture)
            names.append(name)
        return names
