"""The room in which an admin tries other figures of a tariff."""

import datetime

YEAR = datetime.date.today().year - 1  # noqa: DTZ011 - near enough for a page without a result


def trials(tour):
    """Drafts of a tariff: the list, a form with what cannot be, the effect, the block."""
    who, room = "admin.malang", "/admin/uji-tarif/"
    one = f"{room}{tour.gallery.holds['trials']['malang']}/"
    tour.see("uji-tarif", room, who)
    tour.see("uji-tarif-baru", f"{room}baru/", who)
    tour.see("uji-tarif-isian", one, who)
    if tour.wants("uji-tarif-salah"):
        page = tour.open(one, who)
        wrong = {"figure.hsbg": "empat ribu", "index.fungsi.hunian": "-1"}
        tour.send(page, "main form.trial", status=422, **wrong)
        tour.show("uji-tarif-salah", page)
    tour.see("uji-tarif-dampak", f"{one}dampak/", who)
    tour.see("uji-tarif-belum", f"{one}dampak/?tahun={YEAR}", who)
    tour.see("uji-tarif-baca", one, "auditor.malang")
    tour.see("uji-tarif-berkas", f"{one}berkas/", who)
    contoh = f"{room}{tour.gallery.holds['trials']['contoh']}/"
    tour.see("uji-tarif-contoh", f"{contoh}dampak/", "kepala.contoh")


SCENES = (trials,)
LAST = ()
