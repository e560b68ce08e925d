"""A family and the officers of one daerah, who walk an application through their pages."""

import io
import re
import time
from urllib.parse import urljoin

from visitor import Visitor, upload

from imbportal.demo import drawings

SLUG = "pamekasan"
NAME, EMAIL, PHONE = "Rahmat Hidayat", "rahmat@keluarga.test", "0812 7000 1234"
SECRET = "sawah dan sungai kecil"
NIK = "3528014507900001"
KECAMATAN = "352804"
ANSWERS = {
    "lokasi": [
        {"kecamatan": KECAMATAN},
        {"village": 1, "address": "Jl. Kesehatan 5", "road_class": "kabupaten"},
    ],
    "tanah": [
        {
            "land_right": "hak_milik",
            "land_document": "SHM 77",
            "land_owned": "ya",
            "land_area": "240",
        }
    ],
    "rencana": [{"work": "baru", "function": "hunian", "floors": "1", "floor_area": "120"}],
    "bangunan": [{"building_name": "Rumah tinggal", "ownership": "perorangan"}],
    "ukuran": [
        {
            "footprint": "120",
            "basement_floors": "0",
            "height": "4,5",
            "front_setback": "6",
            "green_area": "72",
        }
    ],
    "teknis": [
        {
            "structure": "beton",
            "wall_material": "Bata merah",
            "roof_material": "Genteng",
            "waste_water": "tangki_septik",
        }
    ],
}
CLASSES = {
    "b-0-kompleksitas": "sederhana",
    "b-0-permanensi": "permanen",
    "b-0-risiko_kebakaran": "rendah",
    "b-0-zona_gempa": "4",
    "b-0-kepadatan": "sedang",
    "b-0-ketinggian": "rendah",
    "b-0-waktu_penggunaan": "tetap",
}


class Walk:
    def __init__(self, portal):
        self.portal = portal
        self.applicant = Visitor(portal.url)
        self.desks, self.case = {}, ""

    # -- Steps 1 to 3 -----------------------------------------------------------------------
    def register(self):
        me = self.applicant
        page = me.submit(
            me.get("/akun/daftar/"),
            having="password1",
            name=NAME,
            email=EMAIL,
            phone=PHONE,
            password1=SECRET,
        )
        for address in (EMAIL, "+6281270001234"):
            if not any("code" in (node.get("name") or "") for node in page.doc.iter("input")):
                break
            page = me.submit(page, having="code", code=self.code_for(page, address))
        page = me.get("/identitas/")
        card = drawings.card(NAME, NIK)
        page = me.submit(
            page,
            having="nik",
            name=NAME,
            nik=NIK,
            address="Jl. Kesehatan 5",
            files={"ktp": ("ktp.jpg", io.BytesIO(card.read()), "image/jpeg")},
        )
        assert "3528014507900001" not in page.text

    def code_for(self, page, address):
        """Read the newest code on the demo's page of sent messages."""
        for wanted in (EMAIL, "+6281270001234"):
            if wanted.split("@")[0] in page.text or wanted[-4:] in page.text.replace(" ", ""):
                address = wanted
                break
        outbox = Visitor(self.portal.url).get(f"/demo/pesan/?alamat={address.replace('+', '%2B')}")
        return re.search(r"\b\d{8}\b", outbox.text).group()

    # -- Applicant --------------------------------------------------------------------------
    def open_case(self):
        me = self.applicant
        page = me.submit(me.get("/permohonan/baru/"), having="daerah", daerah=SLUG, holder="")
        self.case = re.search(r"/permohonan/([0-9a-f-]{36})/", page.url).group(1)

    def path(self, rest=""):
        return f"/permohonan/{self.case}/{rest}"

    def fill(self, *sections):
        for section in sections:
            for answers in ANSWERS[section]:
                page = self.applicant.get(self.path(f"isian/{section}/"))
                form = page.form(having="version")
                values = {
                    key: self.choice(form, key, value) if isinstance(value, int) else value
                    for key, value in answers.items()
                }
                self.applicant.submit(page, having="version", button=("simpan", "1"), **values)

    @staticmethod
    def choice(form, name, index):
        return [option for option in form.inputs[name].value_options if option][index]

    def upload_all(self, title=""):
        page = self.applicant.get(self.path("berkas/"))
        slots = [form.action for form in page.doc.forms if "/berkas/" in (form.action or "")]
        for action in slots:
            code = action.rstrip("/").rsplit("/", 1)[1]
            if code in (
                "bukti_hak",
                "pbb",
                "gambar_situasi",
                "gambar_arsitektur",
                "gambar_struktur",
            ):
                self.replace(code, title or code.replace("_", " "))

    def replace(self, code, title):
        page = self.applicant.get(self.path("berkas/"))
        self.applicant.submit(page, f"berkas/{code}/", files=upload(title, pages=3))

    def send(self):
        page = self.applicant.get(self.path("kirim/"))
        boxes = {
            n.get("name"): "on"
            for n in page.form(having="version").iter("input")
            if n.get("type") == "checkbox"
        }
        return self.applicant.submit(page, having="version", **boxes)

    def pay(self, amount):
        page = self.applicant.get(self.path("bayar/"))
        return self.applicant.submit(
            page,
            having="amount",
            files=upload(f"Bukti {amount}", pages=1),
            amount=str(amount),
            paid_on=time.strftime("%Y-%m-%d"),
            bank="Bank Daerah",
            reference=f"NTB-{amount}",
        )

    def answer_points(self):
        page = self.applicant.get(self.path("perbaikan/"))
        for action in [
            f.action for f in page.doc.forms if re.search(r"/perbaikan/\d+/", f.action or "")
        ]:
            fresh = self.applicant.get(self.path("perbaikan/"))
            if any((f.action or "") == action for f in fresh.doc.forms):
                form = fresh.form(action)
                field = next((n.get("name") for n in form.iter("textarea")), None)
                if field:
                    self.applicant.submit(
                        fresh, action, having=field, **{field: "Sudah diperbaiki."}
                    )

    def resend(self):
        page = self.applicant.get(self.path("perbaikan/"))
        return (
            self.applicant.submit(page, "perbaikan/kirim/")
            if page.doc.xpath("//form[contains(@action, 'perbaikan/kirim')]")
            else self.applicant.submit(
                self.applicant.get(self.path("perbaikan/kirim/")), having="version"
            )
        )

    # -- Office -----------------------------------------------------------------------------
    def desk(self, role):
        if role not in self.desks:
            visitor = Visitor(self.portal.url)
            visitor.log_in(f"{role}.{SLUG}@demo.test")
            self.desks[role] = visitor
        return self.desks[role]

    def at(self, role):
        return self.desk(role).get(f"/admin/permohonan/{self.case}/")

    def press(self, role, move, note=""):
        page = self.at(role)
        return self.desk(role).submit(page, f"langkah/{move}/", note=note)

    def judge_all(self, role):
        page = self.at(role)
        urls = dict.fromkeys(f.action for f in page.doc.forms if "/berkas/" in (f.action or ""))
        for url in urls:
            self.desk(role).submit(self.at(role), url, having="verdict", verdict="sesuai")

    def reject_document(self, role, label, reason):
        page = self.at(role)
        [shown] = page.doc.xpath(f"//li[@id='berkas-{label}']//a[contains(@href, 'tolak=1')]/@href")
        page = self.desk(role).get(urljoin(page.url, shown))
        self.desk(role).submit(page, having="reason", reason=reason)

    def record(self, role, kind, **values):
        page = self.desk(role).get(f"/admin/permohonan/{self.case}/isian/{kind}/")
        return self.desk(role).submit(page, having="version", **values)

    def numbers(self):
        return self.applicant.get(self.path()).text


def walk_to_the_end(walk):
    """Make every step in the document's order; returns what the applicant was asked to pay."""
    walk.register()  # 1, 2, 3
    walk.open_case()
    walk.fill("lokasi", "tanah", "rencana")
    walk.send()  # 4
    walk.record(
        "petugas",
        "krk",
        zone="Permukiman",
        allowed_use="Hunian",
        kdb_max="60",
        klb_max="180",
        kdh_min="20",
        gsb_min="5",
        floors_max="3",
    )
    walk.press("petugas", "issue_krk")  # 5
    walk.fill("bangunan", "ukuran", "teknis")
    walk.upload_all()  # 6
    walk.send()  # 7, 8, 9
    walk.reject_document("petugas", "pbb", "Halaman kedua SPPT belum terbaca.")
    walk.press("petugas", "return_incomplete")
    walk.replace("pbb", "SPPT PBB terbaca")
    walk.resend()
    walk.judge_all("petugas")
    walk.press("petugas", "accept")  # 10
    page = walk.desk("petugas").get(f"/admin/permohonan/{walk.case}/isian/pendataan/")
    walk.desk("petugas").submit(page, having="b-0-nama", **CLASSES)
    walk.press("petugas", "record_building")  # 11
    walk.press("tim_teknis", "endorse")  # 12
    walk.reject_document("tim_teknis", "gambar_situasi", "Jarak ke as jalan belum tertulis.")
    walk.press("tim_teknis", "request_revision")
    walk.replace("gambar_situasi", "Situasi dengan jarak ke as jalan")
    walk.resend()
    walk.judge_all("tim_teknis")
    walk.record(
        "tim_teknis",
        "penilaian",
        architecture="Lengkap.",
        structure="Cukup.",
        utilities="Ada.",
        conclusion="Dapat disetujui.",
    )
    walk.press("tim_teknis", "endorse")  # 13
    walk.press("tim_teknis", "approve_technical")  # 14
    walk.desk("petugas").submit(walk.at("petugas"), "hitung/")
    walk.press("petugas", "propose_skrd")  # 15
    walk.press("kepala", "issue_skrd")  # 16
    bill = walk.applicant.get(walk.path("bayar/"))
    amount = int(re.search(r"Rp\s?([\d.]+)", bill.text).group(1).replace(".", ""))
    walk.applicant.submit(bill, "langkah/report_payment/")  # 17
    walk.pay(amount - 1000)
    walk.press("bendahara", "refuse_payment", note="Jumlah kurang Rp1.000.")
    walk.pay(amount)  # 18
    walk.press("bendahara", "confirm_payment")
    walk.press("kepala", "issue_permit")  # 19
    walk.record("petugas", "pemutakhiran", register="BG-1", note="Sesuai izin.")
    walk.press("petugas", "endorse")  # 20
    walk.press("petugas", "update_building")  # 21
    shown = re.findall(r"\b\d{3} ?\d{3}\b", walk.applicant.get(walk.path("ambil/")).text)
    code = next(found for found in shown if found != KECAMATAN)
    walk.record("petugas", "serah_terima", code=code, receiver=NAME, relation="pemohon")
    walk.press("petugas", "hand_over")  # 22
    return amount
