"""The applicant's pages: the case in each of its states, and all that is done on the way."""

from imbportal.demo import drawings
from imbportal.demo.people import PASSWORD

BAD = {"name": "catatan.pdf", "mimeType": "application/pdf", "buffer": b"bukan PDF"}
UNSORTED = {
    "name": "foto meja.pdf",
    "mimeType": "application/pdf",
    "buffer": drawings.pdf("Foto").read(),
}


def lists(tour):
    tour.see("permohonan", "/permohonan/", "budi")
    tour.see("permohonan-baru", "/permohonan/baru/", "budi")
    tour.see("permohonan-baru-kuasa", "/permohonan/baru/", "konsultan")
    if tour.wants("permohonan-baru-salah"):
        page = tour.open("/permohonan/baru/", "budi")
        page.locator("main form select, main form input[type=radio]").first.evaluate(
            "field => { field.value = '' }"
        )
        tour.show("permohonan-baru-salah", tour.send(page, "main form:has([name=daerah])"))


def states(tour):
    """The page of a case in each state of each daerah."""
    for case in tour.gallery.holds["cases"]:
        name = f"perkara-{case['daerah']}-{case['state']}"
        if name not in tour.names:
            tour.see(name, f"/permohonan/{case['id']}/", case["applicant"])
    case = tour.gallery.case("READY")
    tour.see("berkas-digital", f"/permohonan/{case['id']}/berkas-digital/", case["applicant"])


def forms(tour):
    for daerah in ("pamekasan", "contoh"):
        for state in ("DRAFT", "KRK_ISSUED"):
            case = next(iter(tour.gallery.cases(daerah=daerah, state=state)), None)
            if case:
                _sections(tour, case)
    if tour.wants("isian-salah"):
        case = tour.gallery.case("KRK_ISSUED")
        page = tour.open(f"/permohonan/{case['id']}/isian/ukuran/", case["applicant"])
        tour.send(page, "main form:has([name=version])", status=422,
                  footprint="banyak", height="-3", green_area="")  # fmt: skip
        tour.show("isian-salah", page)
    closed = tour.gallery.case("ASSESSMENT")
    tour.see("isian-terkunci", f"/permohonan/{closed['id']}/isian/{closed['sections'][0]}/",
             closed["applicant"])  # fmt: skip


def _sections(tour, case):
    base, who = f"/permohonan/{case['id']}/", case["applicant"]
    mark = f"{case['daerah']}-{case['state']}"
    for code in case["sections"]:
        tour.see(f"isian-{mark}-{code}", f"{base}isian/{code}/", who)
    for name in ("isian/bangunan-lain", "berkas", "kirim"):
        tour.see(f"{name.replace('/', '-')}-{mark}", f"{base}{name}/", who)


def two_at_once(tour):
    """A section that somebody saved meanwhile, and one whose session ended before it was sent."""
    case = tour.gallery.case("KRK_ISSUED")
    path, form = f"/permohonan/{case['id']}/isian/teknis/", "main form:has([name=version])"
    if tour.wants("isian-didahului"):
        first, second = tour.open(path, case["applicant"]), tour.open(path, case["applicant"])
        tour.send(second, form, wall_material="Bata ringan")
        tour.send(first, form, wall_material="Bata merah")
        tour.show("isian-didahului", first)
    if tour.wants("isian-dipulihkan"):
        page = tour.open("/akun/masuk/", "?kembali")
        known = {"login": f"{case['applicant']}@demo.test", "password": PASSWORD}
        tour.send(page, **known)
        page.goto(path)
        page.context.clear_cookies(name="sessionid")
        tour.send(page, form, roof_material="Genteng beton")
        page.wait_for_url("**/akun/masuk/**")
        tour.send(page, **known)
        tour.show("isian-dipulihkan", page)


def sending(tour):
    draft = tour.gallery.case("DRAFT")
    base, who = f"/permohonan/{draft['id']}/", draft["applicant"]
    tour.see("hapus", f"{base}hapus/", who)
    if tour.wants("kirim-kurang"):
        page = tour.open(f"{base}kirim/", who)
        if page.locator("main form:has([name=version]) button:not([disabled])").count():
            tour.send(page, "main form:has([name=version])")
        tour.show("kirim-kurang", page)
    if tour.wants("bangunan-lain-salah"):
        page = tour.open(f"{base}isian/bangunan-lain/", who)
        field = page.locator("main [name$=floor_area]").last.get_attribute("name")
        tour.send(page, "main form:has([name$=floor_area])", **{field: "luas"})
        tour.show("bangunan-lain-salah", page)
    tour.see("cabut", f"{base}langkah/withdraw/", who)
    sent = tour.gallery.case("SUBMITTED")
    tour.see("galat-409", f"/permohonan/{sent['id']}/kirim/", sent["applicant"], status=409)


def _sorting(tour):
    """Photos of many documents: one that is no PDF, and one that waits for its slot."""
    case = tour.gallery.case("KRK_ISSUED")
    where, many = f"/permohonan/{case['id']}/pilah/", "main form:has(input[type=file])"
    if tour.wants("pilah-salah"):
        page = tour.open(where, case["applicant"])
        tour.send(page, many, status=422, files=BAD)
        tour.show("pilah-salah", page)
    if tour.wants("pilah"):
        page = tour.open(where, case["applicant"])
        tour.send(page, many, files=UNSORTED)
        tour.show("pilah", page)
        page = tour.open(where, case["applicant"])
        tour.send(page, "main form:has([name=buang])", button="[name=buang]")


def documents(tour):
    for state in ("INCOMPLETE", "REVISION", "KRK_INCOMPLETE"):
        case = tour.gallery.case(state)
        base, who = f"/permohonan/{case['id']}/", case["applicant"]
        tour.see(f"perbaikan-{state}", f"{base}perbaikan/", who)
        tour.see(f"berkas-{state}", f"{base}berkas/", who)
    if tour.wants("berkas-salah"):
        case = tour.gallery.case("KRK_ISSUED")
        page = tour.open(f"/permohonan/{case['id']}/berkas/", case["applicant"])
        tour.send(page, "main form:has(input[type=file])", status=422, file=BAD)
        tour.show("berkas-salah", page)
    _sorting(tour)
    if tour.wants("perbaikan-salah"):
        case = tour.gallery.case("REVISION")
        page = tour.open(f"/permohonan/{case['id']}/perbaikan/", case["applicant"])
        answer = "main form:has(textarea)"
        if page.locator(answer).count():
            tour.send(page, answer, status=422)
        tour.show("perbaikan-salah", page)


def paying(tour):
    for case in tour.gallery.cases(state="AWAITING_PAYMENT", applicant="budi"):
        tour.see(f"bayar-{case['daerah']}", f"/permohonan/{case['id']}/bayar/", "budi")
    if tour.wants("bayar-salah"):
        page = tour.open(f"/permohonan/{case['id']}/bayar/", "budi")
        tour.send(page, "main form:has([name=amount])", status=422, amount="1", file=BAD)
        tour.show("bayar-salah", page)
    refused = tour.gallery.case("AWAITING_PAYMENT", applicant="siti")
    tour.see("bayar-ditolak", f"/permohonan/{refused['id']}/bayar/", "siti")
    ready = tour.gallery.case("READY")
    tour.see("ambil", f"/permohonan/{ready['id']}/ambil/", ready["applicant"])


def services(tour):
    """Services on a permit: the doors, the permit's case, one that was asked for."""
    tour.see("layanan-izin-lama", "/permohonan/layanan/", "budi")
    if tour.wants("layanan-salah"):
        page = tour.open("/permohonan/layanan/", "budi")
        tour.send(page, "main form:has([name=number])", status=422, date="2999-01-01")
        tour.show("layanan-salah", page)
    mine = tour.gallery.cases(daerah="malang", applicant="budi")
    permitted = next(c for c in mine if (c["state"], c["track"]) == ("COLLECTED", "imb"))
    tour.see("layanan", f"/permohonan/{permitted['id']}/layanan/", "budi")
    tour.see("layanan-izin", f"/permohonan/{permitted['id']}/", "budi")
    asked = next(c for c in mine if c["track"] not in ("", "imb") and c["role"])
    tour.see("layanan-diajukan", f"/permohonan/{asked['id']}/", "budi")
    tour.see("kantor-layanan", f"/admin/permohonan/{asked['id']}/", tour.gallery.officer(asked))


def relief(tour):
    """A request for relief that waits: at its applicant's, at the desk; taken back, made anew."""
    case = next(c for c in tour.gallery.holds["cases"] if c["relief"])
    base, desk = f"/permohonan/{case['id']}/", f"/admin/permohonan/{case['id']}/"
    who, code = case["applicant"], case["relief"]["code"]
    officer = tour.gallery.officer(case, case["relief"]["role"])
    tour.see("perkara-keringanan", base, who)
    tour.see("keringanan-menunggu", f"{base}keringanan/{code}/", who)
    tour.see("keringanan-tarik", f"{base}tarik-keringanan/", who)
    tour.see("antrian-keringanan", "/admin/", officer)
    tour.see("kantor-keringanan-daftar", "/admin/keringanan/", officer)
    tour.see("kantor-keringanan", f"{desk}keringanan/", officer)
    tour.see("kantor-perkara-keringanan", desk, tour.gallery.officer(case))
    names = ("perkara-keringanan-baru", "keringanan", "keringanan-kirim", "keringanan-salah")
    if not any(map(tour.wants, names)):
        return
    tour.send(tour.open(f"{base}tarik-keringanan/", who), "main form:has([name=version])")
    tour.see("perkara-keringanan-baru", base, who)
    tour.see("keringanan", f"{base}keringanan/{code}/", who)
    tour.see("keringanan-kirim", f"{base}keringanan/{code}/kirim/", who)
    page = tour.open(f"{base}keringanan/{code}/kirim/", who)
    tour.send(page, "main form:has([name=version])", status=422, words="Untuk warga.")
    if tour.wants("keringanan-salah"):
        tour.show("keringanan-salah", page)
    tour.send(page, "main form:has([name=version])", true=True)


def not_yet(tour):
    """A paper that is still being printed, a file that waits for its scan."""
    papers = [(c, p) for c in tour.gallery.holds["cases"] for p in c["papers"] if not p["file"]]
    for case, paper in papers[:1]:
        tour.see("surat-disiapkan", f"/dokumen/{paper['id']}/", case["applicant"], status=202)
    tour.see(
        "berkas-ditahan", f"/identitas/{tour.gallery.holds['held']}/ktp/", "konsultan", status=409
    )


MOVED = """
from datetime import timedelta
from django.utils import timezone
from applications.models import Record
found = Record.objects.filter(application="{pk}", kind="jadwal_tinjau")
found.update(data=found.get().data | {{"day": (timezone.now() + timedelta(3)).date().isoformat()}})
"""


def meeting(tour):
    """An appointment on the site that is still to come."""
    if tour.wants("perkara-janji"):
        needs = (c for c in tour.gallery.cases(daerah="sleman") if "tinjau_lokasi" in c["needs"])
        case = next(needs)
        tour.gallery.shell(MOVED.format(pk=case["id"]))
        tour.see("perkara-janji", f"/permohonan/{case['id']}/", case["applicant"])


SCENES = (
    not_yet, lists, states, forms, two_at_once, sending, documents, paying, services, relief,
    meeting,
)  # fmt: skip


def voided(tour):
    """A bill that its head takes back: nobody pays it."""
    if not tour.wants("bayar-batal"):
        return
    case = tour.gallery.cases(state="AWAITING_PAYMENT", daerah="malang")[-1]
    page = tour.open(f"/admin/permohonan/{case['id']}/", tour.gallery.officer(case, "kepala"))
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    tour.send(page, "form[action$='langkah/void_skrd/']", note="Luas bangunannya salah.")
    tour.see("bayar-batal", f"/permohonan/{case['id']}/bayar/", case["applicant"])


LAST = (voided,)
