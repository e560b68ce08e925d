"""A family's application through all 22 steps over HTTP, with what each brings.

As applicant and each officer, with a return for completeness, a finding taken back by the head, a
technical revision and a refused proof. At real windows: ``test_browser_walk``.
"""

import pytest
from chart import NOTICES
from outcome import Family, all_is_well, events, issued, officers_of, reads
from procedure import Office, walk_all_steps

from applications.models import Application
from notifications.models import Message

pytestmark = pytest.mark.django_db
ROLES = ("petugas", "tim_teknis", "bendahara", "kepala")
PRINTED = {
    "krk": ("KETERANGAN RENCANA KOTA", "60 %"),
    "surat_kekurangan": ("Halaman kedua",),
    "surat_perbaikan": ("as jalan",),
    "izin": ("MEMUTUSKAN", "Rahmat Hidayat"),
}
PAPERS = {
    "surat_permohonan_krk": 1, "krk": 1, "surat_permohonan_imb": 1, "tanda_terima": 1,
    "surat_kekurangan": 1, "surat_kelengkapan": 1, "surat_perbaikan": 1, "persetujuan": 1,
    "skrd": 1, "ssrd": 1, "izin": 1, "kode_ambil": 1, "serah_terima": 1,
}  # fmt: skip


@pytest.fixture
def walked(demo):
    """Return the case as it lies after the last step, and the family."""
    family, officers = Family(), officers_of("pamekasan", ROLES)
    officers["plh"] = officers["kepala"]
    walk_all_steps(family, Office(officers), lambda: None)
    return Application.objects.get(), family


@pytest.mark.kewajiban(
    "PAM-01", "PAM-02", "PAM-03", "PAM-04", "PAM-05", "PAM-06", "PAM-07", "PAM-08", "PAM-10",
    "PAM-11", "PAM-12", "PAM-13", "PAM-14", "PAM-15", "PAM-16", "PAM-17", "PAM-18", "PAM-19",
    "PAM-20", "PAM-21", "PAM-22", "PAM-28",
)  # fmt: skip
def test_a_family_goes_through_all_22_steps(walked):
    case, family = walked
    steps = {step for event in events(case) for step in event.steps}
    assert sorted(steps) == [4, 5, 7, 8, *range(10, 23)]  # 1 to 3 and 9 are before or no move
    sent = Message.objects.filter(step__isnull=False).exclude(channel="kotak")
    mine = sent.filter(user=case.applicant).values_list("step", "channel")
    assert {step: way for step, way in mine if step != 2} == {
        step: way for step, way in NOTICES.items() if step != 2
    }
    assert {way for step, way in mine if step == 2} == {"email", "sms"}
    office = sent.filter(address__startswith="bendahara").values_list("step", flat=True)
    assert set(office) == {17, 18}
    assert {paper.kind for paper in issued(case) if paper.status == "berlaku"} == set(PAPERS)
    all_is_well(case)
    for kind, parts in PRINTED.items():
        reads(family, issued(case).filter(kind=kind).latest("issued_at"), parts)
