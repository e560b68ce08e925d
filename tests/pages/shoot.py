"""What ``script/shots`` runs: pictures of pages, of prints and of papers, and what they took."""

import shutil
import subprocess
import sys
import tempfile
import time

import django
from gallery import ROOT, Gallery, printed
from playwright.sync_api import sync_playwright

django.setup()

import catalogue  # noqa: E402 - reads models
from tour import SIZES, Tour  # noqa: E402

from tests.conftest import BROWSERS  # noqa: E402

FOLDER = ROOT / "shots"
PRINTED = (
    "standar-pamekasan", "perkara-pamekasan-AWAITING_PAYMENT", "perkara-pamekasan-COLLECTED",
    "verifikasi-berlaku", "kantor-pamekasan-ASSESSMENT-0", "lacak-ASSESSMENT",
    "kas-penutupan-satu", "kas-bulan",
)  # fmt: skip
"""Pages that people print."""
SIDES = ("top", "right", "bottom", "left")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main(chosen):
    start = time.monotonic()
    for folder in ("360", "1280", "cetak"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="portal-gambar-") as folder,
        Gallery(folder, printed) as gallery,
    ):
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=OPTIONS)
            tour = Tour(gallery, browser, _shoot)
            catalogue.run(tour, chosen)
            papers = 0 if chosen else _papers(tour)
            browser.close()
    for complaint in dict.fromkeys(tour.complaints):
        say(f"Galat pada halaman: {complaint}")
    if not chosen:
        for name in sorted(catalogue.unvisited(tour.routes)):
            say(f"Tanpa gambar dan tanpa alasan: {name}")
    seconds = round(time.monotonic() - start)
    say(f"{len(tour.names)} halaman, {papers} lembar surat, {seconds} detik, di {FOLDER}")


def say(text):
    print(text, flush=True)  # noqa: T201


def _chromium():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _shoot(name, page):
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=FOLDER / size / f"{name}.png", full_page=True)
    if name in PRINTED:
        target = FOLDER / "cetak" / f"halaman-{name}"
        page.pdf(path=target.with_suffix(".pdf"), format="A4", margin=dict.fromkeys(SIDES, "15mm"))
        _picture(target)
        page.emulate_media(forced_colors="active")
        page.screenshot(path=FOLDER / "cetak" / f"kontras-{name}.png", full_page=True)
        page.emulate_media(forced_colors="none")


def _papers(tour):
    """Fetch one paper of each kind that the demo issued, and draw its pages."""
    seen = {}
    for case in tour.gallery.holds["cases"]:
        for paper in case["papers"]:
            if paper["file"]:
                seen.setdefault((case["daerah"], paper["kind"]), (case, paper))
    for (daerah, kind), (case, paper) in seen.items():
        answer = tour.context(case["applicant"]).request.get(f"/dokumen/{paper['id']}/")
        if not answer.ok:  # some are not for the applicant
            who = tour.gallery.officer(case, "admin")
            answer = tour.context(who).request.get(f"/dokumen/{paper['id']}/")
        target = FOLDER / "cetak" / f"surat-{daerah}-{kind}"
        target.with_suffix(".pdf").write_bytes(answer.body())
        _picture(target)
    return len(seen)


def _picture(target):
    pdf = target.with_suffix(".pdf")
    subprocess.run(["pdftoppm", "-r", "70", "-png", pdf, target], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
