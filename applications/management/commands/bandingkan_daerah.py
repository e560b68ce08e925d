"""``manage.py bandingkan_daerah SLUG [LAMA] [BARU]``: what a change of the file brings."""

from django.core.management.base import BaseCommand, CommandError

from applications import news
from imbportal.daerah import calendar, changes, registry
from imbportal.daerah.models import DaerahVersion
from imbportal.indonesia import tanggal

PRESENT = "berkas sekarang"


class Command(BaseCommand):
    help = "Sebutkan apa yang berubah bagi pemohon antara dua versi berkas aturan sebuah daerah."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("lama", nargs="?", help="awal kode versi; bawaan: versi sebelumnya")
        parser.add_argument("baru", nargs="?", help="awal kode versi; bawaan: berkas sekarang")

    def handle(self, slug, lama, baru, **options):
        if slug not in registry.slugs():
            raise CommandError(f"Tidak ada daerah “{slug}”. Ada: {', '.join(registry.slugs())}.")
        present = registry.current_sha256(slug)
        stored = DaerahVersion.objects.filter(slug=slug).order_by("-loaded_at")
        after = self.find(stored, baru) if baru else None
        others = stored.exclude(pk=after.pk if after else present)
        before = self.find(stored, lama) if lama else others.first()
        if before is None:
            self.stdout.write(f"Belum ada versi lain dari {slug}; tidak ada yang dibandingkan.")
            return
        old = registry.version(before.pk)
        new = registry.version(after.pk) if after else registry.current(slug)
        self.stdout.write(f"{slug}: {name(before)} -> {name(after) if after else PRESENT}")
        self.tell(old, new, calendar.today(slug))

    def find(self, stored, beginning):
        found = list(stored.filter(sha256__startswith=beginning.lower())[:2])
        if len(found) == 1:
            return found[0]
        known = "\n".join(f"  {name(version)}" for version in stored)
        what = "lebih dari satu versi" if found else "tidak ada versi"
        raise CommandError(f"“{beginning}”: {what} dengan awal itu. Tersimpan:\n{known}")

    def tell(self, old, new, day):
        whole = (changes.whole(rules, news.terms(rules, list(rules.track))) for rules in (old, new))
        found = changes.grouped(changes.between(*whole, day))
        for heading, sentences in found:
            self.stdout.write(f"\n{heading}")
            for text in sentences:
                self.stdout.write(f"- {text}")
        parts = [key for key in type(new).model_fields if getattr(old, key) != getattr(new, key)]
        if not found:
            self.stdout.write("Bagi pemohon tidak ada yang berubah.")
        if parts:
            self.stdout.write(f"\nBagian berkas yang berbeda: {', '.join(parts)}")


def name(version):
    return f"{version.sha256[:8]} ({tanggal(version.loaded_at)})"
