"""What a link must have written down before it is done: records, and the files beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from applications import evidence

if TYPE_CHECKING:
    from applications.models import Application

OWN = frozenset({"tanpa_kepentingan"})
"""Records that nobody writes for another: they count only for who wrote them."""


def lacking(application: Application, by: Any = None) -> list[str]:
    """Return the records that the link on turn must fill before ``by`` acts on it, and the files
    that must lie beside them."""
    link = application.link
    if link is None:
        return []
    filled = written(application, by) if link.needs else set()
    missing = [kind for kind in link.needs if kind not in filled]
    known = set(application.records.values_list("kind", flat=True)) if missing else set()
    return [
        f"{'Periksa lalu simpan lagi' if kind in known else 'Isi'} {LABELS.get(kind, kind)}."
        for kind in missing
    ] + evidence.lacking(application)


def written(application: Application, by: Any = None) -> set[str]:
    """Return the kinds of record that were written since the case came to its present stage.

    What was written before a return is kept and shown, but is no work of this round. What only
    ``by`` himself can say counts where he said it.
    """
    entered = application.events.filter(target=application.state)
    entered = entered.exclude(source=application.state).order_by("-seq")
    since = entered.values_list("at", flat=True).first()
    records = application.records.filter(at__gte=since) if since else application.records.all()
    if by is not None:
        records = records.exclude(Q(kind__in=OWN) & ~Q(by=by))
    return set(records.values_list("kind", flat=True))


LABELS = {
    "krk": "data KRK",
    "pemeriksaan": "hasil pemeriksaan",
    "pendataan": "pendataan bangunan gedung",
    "penilaian": "lembar penilaian teknis",
    "hitungan": "perhitungan retribusi",
    "pemutakhiran": "pemutakhiran data bangunan",
    "kode_ambil": "kode pengambilan",
    "jadwal_tinjau": "jadwal tinjau lokasi",
    "jadwal_dengar": "jadwal dengar pendapat",
    "tinjau_lokasi": "lembar tinjau lokasi",
    "berita_acara": "berita acara",
    "dengar_pendapat": "hasil dengar pendapat",
    "nasihat": "nasihat ahli",
    "kajian": "kajian",
    "bapl": "berita acara peninjauan lapangan",
    "nota_hitung": "nota hitung",
    "kertas_khusus": "data kertas khusus",
    "tanpa_kepentingan": "pernyataan tanpa kepentingan",
    "serah_terima": "data serah terima",
}
