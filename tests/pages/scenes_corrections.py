"""An objection that waits and money that goes back: at their applicants', at the desk."""


def objection(tour):
    """Seen as it waits, taken back, and sent anew with a mistake first."""
    case = next(c for c in tour.gallery.holds["cases"] if c["objection"])
    base, desk = f"/permohonan/{case['id']}/", f"/admin/permohonan/{case['id']}/"
    who, officer = case["applicant"], tour.gallery.officer(case, case["objection"])
    tour.see("perkara-keberatan", base, who)
    tour.see("keberatan-tarik", f"{base}tarik-keberatan/", who)
    tour.see("antrian-keberatan", "/admin/", officer)
    tour.see("kantor-keberatan-daftar", "/admin/keberatan/", officer)
    tour.see("kantor-keberatan", f"{desk}keberatan/", officer)
    tour.see("kantor-perkara-keberatan", desk, officer)
    if tour.wants("kantor-keberatan-putusan"):
        tour.send(tour.open(f"{desk}keberatan/", officer), "form[action$='/teruskan/']")
        decider = tour.gallery.officer(case, "sekretaris")
        tour.see("kantor-keberatan-putusan", f"{desk}keberatan/", decider)
    if not any(map(tour.wants, ("keberatan", "keberatan-salah"))):
        return
    tour.send(tour.open(f"{base}tarik-keberatan/", who), "main form:has([name=version])")
    tour.see("keberatan", f"{base}keberatan/", who)
    page = tour.open(f"{base}keberatan/", who)
    tour.send(page, "main form:has([name=version])", status=422)
    if tour.wants("keberatan-salah"):
        tour.show("keberatan-salah", page)
    tour.send(page, "main form:has([name=version])", words="Luasnya keliru.")


def refund(tour):
    """Seen as it waits for approval, given back for another account, filled in again."""
    case = next(c for c in tour.gallery.holds["cases"] if c["refund"])
    base, who = f"/permohonan/{case['id']}/", case["applicant"]
    here, head = f"/admin/pengembalian/{case['refund']}/", tour.gallery.officer(case, "kepala")
    tour.see("perkara-pengembalian", base, who)
    tour.see("kantor-pengembalian-daftar", "/admin/pengembalian/", head)
    tour.see("kantor-pengembalian", here, head)
    tour.see("kantor-pengembalian-auditor", here, tour.gallery.officer(case, "auditor"))
    paid = tour.gallery.case("PERMIT_SIGNING", case["daerah"])
    tour.see("kantor-pengembalian-baru", f"/admin/permohonan/{paid['id']}/pengembalian/",
             tour.gallery.officer(case, "bendahara"))  # fmt: skip
    if not any(map(tour.wants, ("pengembalian", "pengembalian-salah", "perkara-rekening"))):
        return
    page = tour.open(here, head)
    tour.send(page, "form[action$='/kembalikan/']", "button.btn-line", alasan="Nama berbeda.")
    tour.see("perkara-rekening", base, who)
    account = f"{base}pengembalian/{case['refund']}/"
    tour.see("pengembalian", account, who)
    page = tour.open(account, who)
    tour.send(page, "main form:has([name=version])", status=422, rekening="12")
    if tour.wants("pengembalian-salah"):
        tour.show("pengembalian-salah", page)


SCENES = (objection, refund)
LAST = ()
