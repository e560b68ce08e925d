"""A family's application through all 22 steps, over HTTP against real processes.

As applicant and each officer, with a return for completeness, a technical revision and a refused
payment proof; every paper is opened, its text read, its QR code scanned and followed.
"""

import re
from urllib.parse import urlparse

import portal as portals
import pytest
from chart import NOTICES
from evidence import printed_papers, scanned, sql, words
from visitor import Visitor
from walker import EMAIL, NAME, Walk, walk_to_the_end

BILL = 522_000
"""120 m² × Rp15.000 × (0,50 × 0,580 × 1,00), of which 0,580 is 0,10 + 0,20 + 0,06 + 0,075 + 0,07
+ 0,04 + 0,035: the national weights and indices for CLASSES."""
PAPERS = {
    "Keterangan Rencana Kota": "60",
    "Tanda Terima Dokumen": "Bukti hak atas tanah",
    "Surat Pemberitahuan Kekurangan Dokumen": "Halaman kedua",
    "Surat Pemberitahuan Kelengkapan": "lengkap",
    "Surat Permintaan Perbaikan Teknis": "as jalan",
    "Persetujuan Teknis": "KDB",
    "Surat Ketetapan Retribusi Daerah": "rupiah",
    "Izin Mendirikan Bangunan": "MEMUTUSKAN",
    "Tanda Terima dan Kode Pengambilan": "slip",
    "Tanda Terima Penyerahan": "diserahkan",
}
"""Every paper of the walk by the beginning of its title, with words that it must hold."""


@pytest.fixture(params=["demo", pytest.param("services", marks=pytest.mark.services)])
def portal(request, tmp_path):
    """The portal in the demo's configuration, and on PostgreSQL with Redis and Celery."""
    environment = {}
    if request.param == "services":
        environment = request.getfixturevalue("own_services")
    with portals.Portal(tmp_path, **environment) as running:
        yield running


def test_a_family_goes_through_all_22_steps(portal):
    walk = Walk(portal)
    amount = walk_to_the_end(walk)
    assert amount == BILL
    papers = printed_papers(walk)
    for title, word in PAPERS.items():
        found = [pdf for name, pdf in papers.items() if name.startswith(title)]
        assert found, f"{title} was not issued: {sorted(papers)}"
        text = words(found[0])
        assert word.lower() in text.lower(), f"{title} lacks {word}: {text[:600]}"
        token_url = scanned(found[0])
        assert token_url and token_url.startswith(f"{portal.url}/verifikasi/"), title
        check = Visitor(portal.url).get(urlparse(token_url).path)
        assert NAME not in check.text and "masih berlaku" in check.text, check.text[:400]
    steps = sql(portal, "SELECT steps FROM applications_event ORDER BY seq")
    told = [int(n) for row in steps for n in re.findall(r"\d+", str(row[0]))]
    assert sorted(set(told)) == [4, 5, 7, 8, *range(10, 23)]
    rows = sql(
        portal,
        "SELECT step, channel FROM notifications_message WHERE channel <> %s AND step IS NOT NULL"
        " AND address IN (%s, %s)",
        "kotak",
        EMAIL,
        "+6281270001234",
    )
    assert {step: channel for step, channel in rows if step != 2} == {
        step: channel for step, channel in NOTICES.items() if step != 2
    }
    assert {channel for step, channel in rows if step == 2} == {"email", "sms"}
    office = sql(
        portal,
        "SELECT DISTINCT step FROM notifications_message WHERE channel = %s AND address LIKE %s",
        "email",
        "bendahara%",
    )
    assert sorted(step for (step,) in office) == [17, 18]
