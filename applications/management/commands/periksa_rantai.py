"""``manage.py periksa_rantai``: whether each chain still is what was written link by link."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from applications.chains import against, digests, kinds
from applications.chains.kinds import Break, Only
from applications.models import Application, ChainDigest
from imbportal.indonesia import angka

EVERY = 2.0
"""Seconds between two words on how far it is."""


class Command(BaseCommand):
    help = (
        "Walk every chain (events of the cases, cash closings, bank statements, digests) and name "
        "the first link that does not fit; exit 1 where there is one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kasus", metavar="N", help="one case, by its number or id")
        parser.add_argument("--semua", action="store_true", help="name every broken chain")
        parser.add_argument("--berkas", metavar="FILE", help="the events in an exported ZIP")
        parser.add_argument(
            "--terhadap", metavar="SIDIK", help="hold the chains against a digest, by its hash"
        )

    def handle(self, *, kasus, semua, berkas, terhadap, **options):
        self.links, self.told, self.shown = 0, time.monotonic(), options["verbosity"] > 0
        if berkas:
            return self._end(self._file(Path(berkas)), semua)
        only = self._only(kasus) if kasus else kinds.EVERY
        found = self._walks(only)
        if terhadap:
            found = chain(found, self._against(terhadap))
        return self._end(found, semua)

    # -- What is looked at --------------------------------------------------------------------
    def _walks(self, only: Only) -> Iterable[Break]:
        for kind in kinds.KINDS.values():
            yield from kind.walk(only, self._tick)
        if not only.keys:
            yield from self._digests()

    def _digests(self) -> Iterable[Break]:
        known = ChainDigest.objects.order_by("daerah").values_list("daerah", flat=True).distinct()
        for slug in known:
            for number, what in digests.broken(slug):
                yield Break(f"ikhtisar rantai {slug}", number, what)
                break

    def _against(self, words: str) -> Iterable[Break]:
        made = against.find(words)
        if made is None:
            what = (
                f"ikhtisar dengan sidik {words} tidak ada: rantai ikhtisar ditulis ulang, atau "
                f"sidiknya salah ketik (sedikitnya {against.SHORTEST} angka)"
            )
            yield Break("ikhtisar rantai", 0, what)
            return
        yield from against.hold(made, self._tick)

    def _file(self, path: Path) -> Iterable[Break]:
        from applications.casefile import compared

        yield from compared.check(path, self._tick)

    def _only(self, text: str) -> Only:
        cases = Application.objects.filter(number=text)
        with suppress(ValueError):
            cases = cases | Application.objects.filter(pk=uuid.UUID(text))
        keys = tuple(str(pk) for pk in cases.values_list("pk", flat=True))
        if not keys:
            raise CommandError(f"Tidak ada permohonan {text}.", returncode=2)
        return Only(keys=keys)

    # -- What is said -------------------------------------------------------------------------
    def _tick(self, count: int) -> None:
        self.links += count
        if self.shown and time.monotonic() - self.told > EVERY:
            self.told = time.monotonic()
            self.stderr.write(f"{angka(self.links)} mata rantai diperiksa …")

    def _end(self, found: Iterable[Break], every: bool) -> None:
        count = 0
        for broken in found:
            count += 1
            self.stdout.write(said(broken))
            if not every:
                raise CommandError("Rantai ini tidak utuh.", returncode=1)
        if count:
            raise CommandError(f"{count} rantai tidak utuh.", returncode=1)
        self.stdout.write(f"{angka(self.links)} mata rantai diperiksa, semua utuh.")


def said(broken: Break) -> str:
    """Return a break in one line."""
    place = f"mata rantai nomor {broken.place} " if broken.place else ""
    return f"{broken.chain}: {place}{broken.what}."
