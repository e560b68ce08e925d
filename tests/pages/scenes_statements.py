"""The bank's statements: the room, a refused file, one statement with its lines, the formats."""

WHO = "bendahara.contoh"
ROOM = "/admin/rekening-koran/"
SAMPLE = (
    "Tanggal;Keterangan;No Ref;Debet;Kredit;Saldo\n"
    "02/11/2026;TRSF E-BANKING 352800000101017;FT001;;500.000,00;25.500.000,00\n"
    "03/11/2026;BIAYA ADM;FT002;6.500,00;;25.493.500,00\n"
)


def statements(tour):
    held = tour.gallery.holds["statement"]
    place = f"{ROOM}{held['id']}/"
    tour.see("rekening-koran", ROOM, WHO)
    tour.see("rekening-koran-kosong", ROOM, "bendahara.pamekasan")
    tour.see("rekening-koran-unggah", f"{ROOM}unggah/", WHO)
    tour.see("rekening-koran-unggah-kosong", f"{ROOM}unggah/", "bendahara.pamekasan")
    if tour.wants("rekening-koran-unggah-salah"):
        page = tour.open(f"{ROOM}unggah/", WHO)
        page.locator("main [name=format]").select_option(str(held["format"]))
        file = {"name": "koran.csv", "mimeType": "text/csv", "buffer": SAMPLE.encode() + b"x;y\n"}
        tour.show("rekening-koran-unggah-salah", tour.send(page, "main form[enctype]", file=file))
    tour.see("rekening-koran-satu", place, WHO)
    tour.see("rekening-koran-saringan", f"{place}?temuan=perlu&status=belum", WHO)
    tour.see("rekening-koran-auditor", place, "auditor.contoh")
    for kind, row in held["rows"].items():
        tour.see(f"rekening-koran-baris-{kind}", f"{place}baris/{row}/", WHO)
    if "tidak_dikenal" in held["rows"]:
        found = f"{place}baris/{held['rows']['tidak_dikenal']}/?cari=Siti"
        tour.see("rekening-koran-cari", found, WHO)


def formats(tour):
    held = tour.gallery.holds["statement"]
    tour.see("rekening-koran-format", f"{ROOM}format/", WHO)
    tour.see("rekening-koran-format-satu", f"{ROOM}format/{held['format']}/", WHO)
    if tour.wants("rekening-koran-format-lihat"):
        page = tour.open(f"{ROOM}format/baru/", WHO)
        file = {"name": "contoh.csv", "mimeType": "text/csv", "buffer": SAMPLE.encode()}
        form = {"name": "Bank Baru", "account": "0099887766"}
        page = tour.send(page, "main form[enctype]", "[name=kenali]", sample=file, **form)
        page = tour.send(page, "main form[enctype]", "[name=pratinjau]")
        tour.show("rekening-koran-format-lihat", page)


SCENES = (statements, formats)
LAST = ()
