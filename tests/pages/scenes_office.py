"""The officers' pages: each role's queue, the case at each gate, records, papers, master data."""

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
    case = tour.gallery.case("ASSESSMENT")
    tour.see("kantor-ktp", f"/admin/permohonan/{case['id']}/identitas/", tour.gallery.officer(case))
    tour.see(
        "kantor-serahkan", f"/admin/permohonan/{case['id']}/serahkan/", tour.gallery.officer(case)
    )
    tour.see("kantor-auditor", f"/admin/permohonan/{case['id']}/", "auditor.pamekasan")
    tour.see("kantor-bukan-giliran", f"/admin/permohonan/{case['id']}/", "bendahara.pamekasan")


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


SCENES = (queues, books, cases, refused, master_data)
LAST = ()
