"""What anybody sees: home, standard, calculator, tracking, check, and the refusals."""

from urllib.parse import urlencode

PART = {
    "luas": "120", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "sedang", "zona_gempa": "4", "kepadatan": "sedang",
    "ketinggian": "rendah", "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
}  # fmt: skip
TEN = urlencode(
    {"kegiatan": "baru", "b-TOTAL_FORMS": 10}
    | {f"b-{number}-{name}": value for number in range(10) for name, value in PART.items()}
)
"""Ten buildings, where the table of structures is long."""


def home(tour):
    tour.see("beranda", "/")
    for slug in ("pamekasan", "malang", "contoh"):
        tour.see(f"standar-{slug}", f"/{slug}/")
        tour.see(f"hitung-{slug}", f"/{slug}/hitung/")
    tour.see("blanko", "/sleman/blanko/perjanjian_tanah/")
    answers = "work=baru&function=hunian&floor_area=120&floors=1"
    tour.see("hitung-hasil", f"/pamekasan/hitung/?{answers}")
    tour.see("hitung-sepuluh", f"/malang/hitung/?{TEN}")
    if tour.wants("hitung-berubah"):
        page = tour.send(tour.open(f"/malang/hitung/?{TEN}"), **{"b-9-luas": "250"})
        tour.show("hitung-berubah", page)
    tour.see("hitung-salah", "/pamekasan/hitung/?floor_area=banyak&floors=0&function=hunian")


def tracking(tour):
    tour.see("lacak", "/lacak/")
    if tour.wants("lacak-salah"):
        page = tour.send(tour.open("/lacak/"), number="0001/TIDAK/ADA", secret="ABCDEFGHJK")
        tour.show("lacak-salah", page)
    for state in ("ASSESSMENT", "AWAITING_PAYMENT", "COLLECTED"):
        if tour.wants(f"lacak-{state}"):
            case = tour.gallery.case(state)
            page = tour.open("/lacak/")
            tour.send(page, number=case["number"], secret=case["secret"])
            tour.show(f"lacak-{state}", page)


def check(tour):
    tour.see("verifikasi", "/verifikasi/")
    tour.see("verifikasi-tidak-ada", "/verifikasi/TIDAKADA/", status=404)
    seen = set()
    for case in tour.gallery.holds["cases"]:
        for paper in case["papers"]:
            if paper["status"] not in seen:
                seen.add(paper["status"])
                tour.see(f"verifikasi-{paper['status']}", f"/verifikasi/{paper['token']}/")
    if tour.wants("verifikasi-berkas-lain"):
        page = tour.open("/verifikasi/")
        upload = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 lain"}
        tour.send(page, "main form:has(input[type=file])", file=upload)
        tour.show("verifikasi-berkas-lain", page)


def recount(tour):
    """The check of a bill: what it asks, a wrong pair, and a bill in each of its states."""
    tour.see("periksa-skrd", "/periksa-skrd/")
    tour.see("periksa-skrd-tidak-ada", "/periksa-skrd/tidakada/", status=404)
    if tour.wants("periksa-skrd-salah"):
        page = tour.open("/periksa-skrd/")
        tour.send(page, number="1/SKRD/2026", amount="1.000", status=422)
        tour.show("periksa-skrd-salah", page)
    seen = set()
    for case in tour.gallery.holds["cases"]:
        for paper in case["papers"]:
            kind = (paper["status"], case["state"] == "AWAITING_PAYMENT")
            if paper["kind"] == "skrd" and kind not in seen:
                seen.add(kind)
                name = f"periksa-skrd-{'menunggu' if kind[1] else 'lain'}-{paper['status']}"
                tour.see(name, f"/periksa-skrd/{paper['token']}/")


def survey(tour):
    """The questionnaire, one that was sent half filled in, and one that had its answer."""
    waits, spent = (f"/survei/{token}/" for token in tour.gallery.holds["survey"])
    tour.see("survei", waits)
    tour.see("survei-sudah", spent)
    if tour.wants("survei-salah"):
        page = tour.open(waits)
        page.locator("main [name=u1]").last.check()
        tour.show("survei-salah", tour.send(page, "main form.survey", status=422))


def refusals(tour):
    tour.see("galat-404", "/tidak/ada/", status=404)
    for number in ("400", "500", "503"):
        tour.see(f"galat-{number}", f"/robots.txt?rusak={number}", status=int(number))
    if tour.wants("galat-csrf"):
        page = tour.open("/lacak/")
        page.context.clear_cookies()
        tour.send(page, number="1", secret="ABCDEFGHJK", status=403)
        tour.show("galat-csrf", page)


def limits(tour):
    """Come last: what is limited stays so for a while."""
    if tour.wants("galat-429"):
        page = tour.open("/lacak/")
        while tour.status != 429:
            page.goto("/lacak/")
            tour.send(page, number="0001/TIDAK/ADA", secret="ABCDEFGHJK")
        tour.show("galat-429", page)
    if tour.wants("akun-terkunci"):
        page = tour.open("/akun/masuk/", "?terkunci")
        while tour.status != 429:
            tour.send(page, login="andi@demo.test", password="bukan-ini")
        tour.show("akun-terkunci", page)


SCENES = (home, tracking, check, recount, survey, refusals)
LAST = (limits,)
