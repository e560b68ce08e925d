"""The officers' pages: each role's queue, the case at each gate, records, papers, master data."""

import datetime

from imbportal.demo import drawings, people

DAERAH = ("pamekasan", "contoh")


def queues(tour):
    seen = []
    for case in tour.gallery.holds["cases"]:
        who = f"{case['role']}.{case['daerah']}"
        if case["role"] and who not in seen:
            seen.append(who)
            tour.see(f"antrian-{who}", "/admin/", who)
    tour.see("antrian-kosong", "/admin/?q=tidakada", "petugas.pamekasan")
    tour.see("semua", "/admin/permohonan/", "petugas.pamekasan")
    tour.see("semua-cari", "/admin/permohonan/?q=Budi", "petugas.pamekasan")
    tour.see("semua-auditor", "/admin/permohonan/", "auditor.contoh")


def books(tour):
    tour.see("register", "/admin/register/", "petugas.pamekasan")
    tour.see("temuan-baru", "/admin/temuan-baru/", "auditor.pamekasan")
    tour.see("kepuasan", "/admin/kepuasan/", "kepala.contoh")
    tour.see("kepuasan-sedikit", "/admin/kepuasan/", "petugas.pamekasan")
    tour.see("ikhtisar-rantai", "/admin/ikhtisar-rantai/", "kepala.pamekasan")
    tour.see("ikhtisar-rantai-kosong", "/admin/ikhtisar-rantai/", "kepala.contoh")
    tour.see("pesan-gagal", "/admin/pesan-gagal/", "petugas.pamekasan")
    if tour.wants("register-ekspor"):
        page = tour.open("/admin/register/", "admin.pamekasan")
        tour.show("register-ekspor", tour.send(page, "main form[action*='ekspor']"))


def cases(tour):
    """The page of a case for whoever is on turn, at each link that the demo reaches."""
    seen = set()
    for case in tour.gallery.holds["cases"]:
        here = case["daerah"], case["state"], case["turn"]
        if here in seen or case["state"] == "DRAFT":
            continue
        seen.add(here)
        who = tour.gallery.officer(case, case["role"] or "admin")
        mark = "-".join(map(str, here))
        tour.see(f"kantor-{mark}", f"/admin/permohonan/{case['id']}/", who)
        for kind in case["needs"]:
            path = f"/admin/permohonan/{case['id']}/isian/{kind}/"
            tour.see(f"catatan-{mark}-{kind}", path, who)
    case = tour.gallery.case("SUBMITTED", daerah="sleman", turn=0)
    tour.see("kantor-ktp", f"/admin/permohonan/{case['id']}/identitas/", tour.gallery.officer(case))
    case = tour.gallery.case("ASSESSMENT")
    tour.see(
        "kantor-serahkan", f"/admin/permohonan/{case['id']}/serahkan/", tour.gallery.officer(case)
    )
    if tour.wants("kantor-berkas-digital"):
        path = f"/admin/permohonan/{case['id']}/berkas-digital/"
        page = tour.open(path, "auditor.pamekasan")
        tour.show("kantor-berkas-digital", tour.send(page, "main form[action$='digital/']"))
    tour.see("kantor-auditor", f"/admin/permohonan/{case['id']}/", "auditor.pamekasan")
    tour.see("kantor-bukan-giliran", f"/admin/permohonan/{case['id']}/", "bendahara.pamekasan")


def signing(tour):
    """Where the head types his passphrase, and what he reads when none was typed."""
    case = tour.gallery.cases(daerah="contoh", role="kepala")[0]
    who = tour.gallery.officer(case)
    desk = tour.open(f"/admin/permohonan/{case['id']}/", who)
    moves = desk.locator("main form[action*='/langkah/']").all()
    paths = [f.get_attribute("action").replace("/langkah/", "/tanda-tangan/") for f in moves]
    path = next(path for path in paths if desk.request.get(path).ok)
    desk.close()
    tour.see("tanda-tangan", path, who)
    if tour.wants("tanda-tangan-kosong"):
        page = tour.open(path, who)
        tour.send(page, "main form", button="button.btn-primary", status=422)
        tour.show("tanda-tangan-kosong", page)


def counter(tour):
    """The counter: its list, somebody new, somebody known, and what it prints for a case."""
    who = "petugas.pamekasan"
    tour.see("loket", "/admin/loket/", who)
    for name, nik in (("salah", "12"), ("orang", people.nik(77)), ("kenal", people.nik(1))):
        if tour.wants(f"loket-{name}"):
            page = tour.open("/admin/loket/", who)
            tour.send(page, "main form[action$='terima/']", nik=nik)
            tour.show(f"loket-{name}", page)
    if tour.wants("loket-orang-salah"):
        page = tour.open("/admin/loket/", who)
        page.locator("main [name=cara][value=kertas]").check()
        tour.send(page, "main form[action$='terima/']", nik=people.nik(78))
        tour.send(page, "main form[action$='terima/']", status=422, name="",
                  received_on="2001-01-01")  # fmt: skip
        tour.show("loket-orang-salah", page)
    draft = tour.gallery.cases(daerah="pamekasan", counter=True, state="DRAFT")[0]
    sent = next(c for c in tour.gallery.cases(daerah="pamekasan", counter=True) if c["number"])
    for case, pages in ((draft, ("kertas", "formulir")), (sent, ("bukti", "kontak"))):
        tour.see(f"loket-perkara-{case['state']}", f"/permohonan/{case['id']}/", who)
        for page in pages:
            tour.see(f"loket-{page}", f"/admin/loket/{case['id']}/{page}/", who)
    tour.see("loket-kantor", f"/admin/permohonan/{sent['id']}/", who)
    tour.see("loket-formulir-lengkap", f"/admin/loket/{sent['id']}/formulir/", who)
    tour.see("loket-berkas", f"/permohonan/{sent['id']}/berkas/", who)
    tour.see("perkara-loket", f"/permohonan/{draft['id']}/", draft["applicant"])
    tour.see("klaim", "/permohonan/klaim/", "budi")
    if tour.wants("klaim-salah"):
        page = tour.open("/permohonan/klaim/", "budi")
        form = {"number": sent["number"], "secret": "ABCDEFGHJK", "nik": people.nik(1)}
        tour.show("klaim-salah", tour.send(page, "main form:has([name=nik])", status=422, **form))


def paying_office(tour):
    """What waits for its money at another office, and the proof that this one hands in."""
    who = "petugas_kecamatan.probolinggo"
    tour.see("pembayaran", "/admin/pembayaran/", who)
    tour.see("pembayaran-kosong", "/admin/pembayaran/", "petugas.pamekasan")
    case = tour.gallery.case("AWAITING_PAYMENT", "probolinggo", track="pasal3")
    tour.see("pembayaran-kantor", f"/admin/permohonan/{case['id']}/", who)
    tour.see("pembayaran-bukti", f"/admin/permohonan/{case['id']}/bayar/", who)
    if tour.wants("pembayaran-salah"):
        page = tour.open(f"/admin/permohonan/{case['id']}/bayar/", who)
        tour.show("pembayaran-salah", tour.send(page, "main form", status=422, reference=""))


def cash(tour):
    """The treasurer's day, the ledger, the closing of days, and what the head sees of them."""
    who, held = "bendahara.pamekasan", tour.gallery.holds["cash"]
    for name, path in (
        ("kas", ""), ("kas-buku", "buku/"), ("kas-buku-kosong", "buku/?q=tidakada"),
        ("kas-bulan", "bulan/"), ("kas-tutup", "tutup/"), ("kas-penutupan", "penutupan/"),
        ("kas-penutupan-satu", f"penutupan/{held['closing']}/"),
        ("kas-koreksi", f"buku/{held['line']}/koreksi/"),
    ):  # fmt: skip
        tour.see(name, f"/admin/kas/{path}", who)
    tour.see("kas-kepala", f"/admin/kas/penutupan/{held['closing']}/", "kepala.pamekasan")
    if tour.wants("kas-koreksi-salah"):
        page = tour.open(f"/admin/kas/buku/{held['line']}/koreksi/", who)
        page.locator("main form summary").click()
        tour.show("kas-koreksi-salah", tour.send(page, "main form", status=422, alasan=""))


def late_payment(tour):
    """Interest: the list, a bill, the concept drawn up and looked at, one that waits for money."""
    who, signer = "bendahara.contoh", "kepala.contoh"
    tour.see("penagihan", "/admin/penagihan/", who)
    tour.see("penagihan-kosong", "/admin/penagihan/", "bendahara.pamekasan")
    plain, billed = (
        next(
            b for b in tour.gallery.holds["late"] if b["daerah"] == "contoh" and b["billed"] == has
        )
        for has in (False, True)
    )
    here, there = (f"/admin/penagihan/{bill['bill']}/" for bill in (plain, billed))
    mine, theirs = (f"/permohonan/{bill['case']}/bunga/" for bill in (plain, billed))
    tour.see("penagihan-satu", here, who)
    tour.see("penagihan-usul", f"{here}usul/", who)
    tour.see("bunga-belum", mine, plain["applicant"])
    tour.see("kantor-terlambat", f"/admin/permohonan/{plain['case']}/", who)
    if tour.wants("penagihan-konsep") or tour.wants("tanda-tangan-strd"):
        tour.send(tour.open(f"{here}usul/", who), "main form:has([name=version])")
        tour.see("penagihan-konsep", here, signer)
    if tour.wants("tanda-tangan-strd"):
        page = tour.send(tour.open(here, signer), "main form[action$='terbitkan/']", status=200)
        tour.show("tanda-tangan-strd", page)
    tour.see("penagihan-strd", there, who)
    if tour.wants("penagihan-salah"):
        page = tour.open(there, who)
        page.locator("#strd summary").first.click()
        tour.send(page, "main form[action$='bayar/']", status=422, place="")
        tour.show("penagihan-salah", page)
    tour.see("bunga", theirs, billed["applicant"])
    tour.see("perkara-bunga", f"/permohonan/{billed['case']}/", billed["applicant"])
    if tour.wants("penagihan-bukti"):
        page, day = tour.open(theirs, billed["applicant"]), datetime.datetime.now(tz=datetime.UTC)
        file = {"name": "bukti.pdf", "mimeType": "application/pdf",
                "buffer": drawings.slip("STRD", 1).read()}  # fmt: skip
        tour.send(page, "main form:has([name=amount])", file=file, bank="Bank daerah",
                  reference="NTB 77", paid_on=f"{day:%Y-%m-%d}")  # fmt: skip
        tour.see("penagihan-bukti", there, who)
        tour.see("bunga-dikirim", theirs, billed["applicant"])


def refused(tour):
    case = tour.gallery.case("KRK_REQUESTED")
    base = f"/admin/permohonan/{case['id']}/"
    if tour.wants("catatan-salah"):
        page = tour.open(f"{base}isian/krk/", "petugas.pamekasan")
        tour.send(page, "main form:has([name=version])", status=422, kdb_max="banyak", zone="")
        tour.show("catatan-salah", page)
    if tour.wants("galat-422"):
        page = tour.open(base, "petugas.pamekasan")
        tour.send(page, "main form[action$='catatan/']", status=422)
        tour.show("galat-422", page)
    tour.see("galat-403", f"{base}isian/krk/", "bendahara.pamekasan", status=403)
    tour.see("galat-403-pemohon", "/admin/login/", "budi", status=403)
    tour.see("galat-404-kantor", "/admin/tidak/ada/", "petugas.pamekasan", status=404)


def attached(tour):
    """A photo laid beside the sheet of a visit."""
    if tour.wants("catatan-lampiran"):
        needs = (c for c in tour.gallery.cases(daerah="sleman") if "tinjau_lokasi" in c["needs"])
        case = next(needs, None)
        if case:
            path = f"/admin/permohonan/{case['id']}/isian/tinjau_lokasi/"
            page = tour.open(path, tour.gallery.officer(case))
            photo = drawings.card("Foto lokasi", "0").read()
            file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo}
            form = "main form:has([name=version])"
            tour.show("catatan-lampiran", tour.send(page, form, "[name=lampiran]", file=file))


def master_data(tour):
    tour.see("data-induk", "/admin/data-induk/", "admin.pamekasan")
    tour.see("data-induk-petugas", "/admin/data-induk/", "petugas.pamekasan")
    tour.see("data-induk-aplikasi", "/admin/accounts/", "admin.pamekasan")
    for model, row in tour.gallery.holds["admin"].items():
        base = f"/admin/{model.replace('_', '/', 1)}/"
        tour.see(f"data-{model}", base, "super")
        if row:
            tour.see(f"data-{model}-satu", f"{base}{row}/change/", "super")
            tour.see(f"data-{model}-riwayat", f"{base}{row}/history/", "super")
    for model in ("accounts_user", "accounts_posting"):
        base = f"/admin/{model.replace('_', '/', 1)}/"
        tour.see(f"data-{model}-admin", base, "admin.pamekasan")
        tour.see(f"data-{model}-tambah", f"{base}add/", "admin.pamekasan")
    tour.see("data-accounts_user-nomor", "/admin/accounts/user/ganti-nomor/", "admin.pamekasan")
    holiday = tour.gallery.holds["admin"].get("daerah_holiday")
    tour.see("data-daerah_holiday-tambah", "/admin/daerah/holiday/add/", "super")
    if holiday:
        tour.see("data-daerah_holiday-hapus", f"/admin/daerah/holiday/{holiday}/delete/", "super")
    if tour.wants("data-salah"):
        page = tour.open("/admin/accounts/posting/add/", "admin.pamekasan")
        tour.send(page, "#content form, main form", button="[name=_save]")
        tour.show("data-salah", page)


def emblem(tour):
    """The coat of arms: none yet, what is no picture, the letterhead with one, its history."""
    who, room = "admin.malang", "/admin/lambang/"
    tour.see("lambang-kosong", room, who)
    file = {"name": "lambang.png", "mimeType": "image/png", "buffer": drawings.arms().read()}
    if tour.wants("lambang-salah"):
        page, wrong = tour.open(room, who), file | {"buffer": b"<svg/>"}
        tour.show("lambang-salah", tour.send(page, "main form[enctype]", status=422, file=wrong))
    if tour.wants("lambang-lihat") or tour.wants("lambang"):
        page = tour.send(tour.open(room, who), "main form[enctype]", file=file)
        tour.show("lambang-lihat", page)
        tour.send(page, "main form:has([name=version])")
        tour.see("lambang", room, who)


SCENES = (
    queues, books, cases, signing, counter, paying_office, cash, late_payment, refused,
    attached, master_data, emblem,
)  # fmt: skip
LAST = ()
