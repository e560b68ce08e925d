"""Who walks: windows for each person, officers of the demo or appointed one by one."""

import datetime
import json
import sys
import time
from pathlib import Path

from evidence import scanned, words
from family import NAME, Family
from officer import Officer
from person import Person
from procedure import DAERAH, HEAD, Office
from production import FIRST

from imbportal import indonesia
from imbportal.demo.people import PASSWORD

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
DEPUTY = "wakil@dinas.test"
SECRET = "gunung biru di timur"
ROLES = {
    "admin": "Admin daerah",
    "petugas": "Petugas DPMPTSP",
    "tim_teknis": "Tim Teknis",
    "bendahara": "Bendahara Penerimaan",
    "kepala": HEAD,
}
NAMES = {
    "admin": "Hasanah Putri",
    "petugas": "Wildan Arifin",
    "tim_teknis": "Yusuf Maulana",
    "bendahara": "Aminah Zahra",
    "kepala": "Moh. Fauzan",
}
PAPERS = {
    "Keterangan Rencana Kota": "60",
    "Tanda Terima Dokumen": "Bukti hak atas tanah",
    "Surat Pemberitahuan Kekurangan Dokumen": "Halaman kedua",
    "Surat Pemberitahuan Kelengkapan": "lengkap",
    "Surat Permintaan Perbaikan Teknis": "as jalan",
    "Persetujuan Teknis": "KDB",
    "Surat Ketetapan Retribusi Daerah": "rupiah",
    "Surat Setoran Retribusi Daerah": "Nomor referensi",
    "Izin Mendirikan Bangunan": "Plh. ",
    "Tanda Terima dan Kode Pengambilan": "slip",
    "Tanda Terima Penyerahan": "diserahkan",
}
"""Every paper that the family may fetch, by the beginning of its title, with words it holds."""


class Stage:
    """The windows of one walk, and what they saw."""

    def __init__(self, browser, portal):
        self.browser, self.portal = browser, portal
        self.people, self.started = [], time.monotonic()

    def window(self, kind, *more, size=DESK, **options):
        context = self.browser.new_context(
            viewport=size, locale="id-ID", timezone_id="Asia/Jakarta", ignore_https_errors=True,
            **options,
        )  # fmt: skip
        self.people.append(kind(context, self.portal.url, *more))
        return self.people[-1]

    def family(self, post, **options):
        return self.window(Family, post, size=PHONE, **options)

    def check_papers(self, family):
        """Open each paper as downloaded, read it, scan its QR code, and open the page of that."""
        anybody = self.window(Person, size=PHONE)
        for title, word in PAPERS.items():
            pdf = family.paper(title)
            assert word in words(pdf), f"{title} lacks {word}: {words(pdf)[:600]}"
            address = scanned(pdf)
            assert address and address.startswith(f"{self.portal.url}/verifikasi/"), title
            anybody.go(address)
            anybody.sees("masih berlaku")
            assert NAME not in anybody.words

    def report(self, name):
        pages = sum(person.pages for person in self.people)
        line = {"walk": name, "pages": pages, "seconds": round(time.monotonic() - self.started, 1)}
        sys.stdout.write(json.dumps(line) + "\n")
        folder = Path(__file__).resolve().parents[2] / "reports"
        folder.mkdir(exist_ok=True)
        (folder / f"walk-{name}.json").write_text(json.dumps(line) + "\n")


def demo_office(stage):
    """Return the demo's officers at their desks, and an empty one for the deputy."""
    officers = {role: stage.window(Officer) for role in (*ROLES, "plh")}
    for role in ROLES:
        officers[role].log_in(f"{role}.pamekasan@demo.test", PASSWORD)
    return Office(officers)


def appointed_office(stage, post):
    """Let the first account appoint an admin, and that one the officers; each joins by code."""
    officers = {role: stage.window(Officer) for role in (*ROLES, "plh")}
    first = stage.window(Officer)
    first.log_in(*FIRST, post)
    appoint(first, officers, "admin", post)
    for role in list(ROLES)[1:]:
        appoint(officers["admin"], officers, role, post)
    return Office(officers)


def appoint(by, officers, role, post):
    address = f"{role}@dinas.test"
    by.add_officer(NAMES[role], address)
    by.post(address, DAERAH, ROLES[role])
    officers[role].join(address, SECRET, post)


def deputise(office, post):
    """Let the admin name a deputy for the head until tomorrow."""
    admin, deputy = office.officers["admin"], office.officers["plh"]
    admin.add_officer("Sulastri Ningsih", DEPUTY)
    tomorrow = indonesia.today() + datetime.timedelta(days=1)
    admin.post(
        DEPUTY, DAERAH, HEAD, kind="Plh. (pelaksana harian)", instead_of=HEAD,
        until=tomorrow.strftime("%d-%m-%Y"),
    )  # fmt: skip
    deputy.join(DEPUTY, SECRET, post)
