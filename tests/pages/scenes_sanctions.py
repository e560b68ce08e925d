"""A permit that is frozen: from the register, in words, as a letter, and seen from outside."""


def sanctions(tour):
    case = tour.gallery.case("COLLECTED", "contoh")
    head, who = tour.gallery.officer(case, "kepala"), case["applicant"]
    tour.see("register-izin", "/admin/register/?daerah=contoh&jenis=izin&tahun=semua", head)
    desk = tour.open(f"/admin/permohonan/{case['id']}/", head)
    title = desk.locator("a[href^='/admin/surat/']", has_text="Persetujuan Bangunan Gedung").first
    here = title.get_attribute("href")
    tour.see("surat", here, head)
    form = f"{here}pembekuan/"
    tour.see("surat-bekukan", form, head)
    tour.see("surat-bekukan-bukan-wewenang", form, "petugas.contoh", status=403)
    page = tour.open(form, head)
    tour.send(page, "main form:has([name=version])", status=422)
    if tour.wants("surat-bekukan-salah"):
        tour.show("surat-bekukan-salah", page)
    tour.send(
        page, "main form:has([name=version])", status=200,
        reason="Bangunan menyimpang dari gambar yang disetujui: tiga lantai, bukan dua.",
        basis="Berita acara pemeriksaan 12/BA/2026", todo="Bongkar lantai tiga.",
    )  # fmt: skip
    if tour.wants("surat-bekukan-lihat"):
        tour.show("surat-bekukan-lihat", page)
    tour.send(page, "main form:has([name=version])", "button[name=yakin]")
    if tour.wants("surat-dibekukan"):
        tour.show("surat-dibekukan", page)
    tour.see("perkara-dibekukan", f"/permohonan/{case['id']}/", who)
    tour.see("permohonan-dibekukan", "/permohonan/", who)
    tour.see("kantor-dibekukan", f"/admin/permohonan/{case['id']}/", head)
    check = page.locator("main a[href^='/verifikasi/']").first.get_attribute("href")
    tour.see("verifikasi-dibekukan", check)
    tour.see("surat-cabut", f"{here}pencabutan/", head)


SCENES = (sanctions,)
LAST = ()
