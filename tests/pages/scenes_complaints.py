"""Complaints: the form of a daerah, the page behind a code, and the officers' side."""

TEXT = "Berkas saya belum diperiksa sejak dua minggu yang lalu."


def public(tour):
    tour.see("pengaduan-cari", "/pengaduan/")
    for slug in ("pamekasan", "bombana"):
        tour.see(f"pengaduan-{slug}", f"/{slug}/pengaduan/")
    if tour.wants("pengaduan-salah"):
        page = tour.open("/pamekasan/pengaduan/")
        tour.send(page, text="pendek", status=422)
        tour.show("pengaduan-salah", page)
    if tour.wants("pengaduan-diterima"):
        page = tour.open("/pamekasan/pengaduan/")
        page.locator("main [name=topic]").select_option("waktu")
        tour.send(page, text=TEXT, unnamed=True)
        tour.show("pengaduan-diterima", page)
    for one in tour.gallery.holds["complaints"]:
        if one["daerah"] == "pamekasan" and one["code"]:
            tour.see(f"pengaduan-{one['state']}", f"/pengaduan/{one['code']}/")


def desk(tour):
    who = "admin.pamekasan"
    for what in ("terbuka", "lewat", "dijawab"):
        tour.see(f"kantor-pengaduan-{what}", f"/admin/pengaduan/?saring={what}", who)
    tour.see("kantor-pengaduan-catat", "/admin/pengaduan/baru/", who)
    if tour.wants("kantor-pengaduan-catat-salah"):
        page = tour.open("/admin/pengaduan/baru/", who)
        tour.send(
            page, "main form[action$='baru/']", status=422, text="x", received_on="2001-01-01"
        )
        tour.show("kantor-pengaduan-catat-salah", page)
    found = {one["state"]: one for one in tour.gallery.holds["complaints"]
             if one["daerah"] == "pamekasan"}  # fmt: skip
    for state, one in found.items():
        tour.see(f"kantor-pengaduan-{state}", f"/admin/pengaduan/{one['id']}/", who)
    held = found["IN_HAND"]
    path = f"/admin/pengaduan/{held['id']}/"
    tour.see("kantor-pengaduan-penangan", path, "petugas.pamekasan")
    if tour.wants("kantor-pengaduan-jawab"):
        page = tour.open(path, who)
        tour.send(page, "main form[action$='answer/']", text="Sudah kami periksa hari ini.")
        tour.show("kantor-pengaduan-jawab", page)


SCENES = (public, desk)
LAST = ()
