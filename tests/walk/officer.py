"""Officers at their desks: the queue, a case, its records, verdicts and buttons."""

import base64
import hmac
import re
import struct
import time

from person import Person, labelled

from imbportal import indonesia

PLAIN = {
    "Kompleksitas": "Sederhana",
    "Permanensi": "Permanen",
    "Risiko kebakaran": "Rendah",
    "Zona gempa": "Zona IV (sedang)",
    "Lokasi (kepadatan bangunan)": "Sedang",
    "Ketinggian": "Rendah",
    "Waktu penggunaan": "Tetap",
}
"""How the office classes a plain building, where the fee follows the national indices."""


class Desk:
    """What every officer does with a case, at a browser or without one."""

    def desk(self, name="Antrian"):
        """Go to the queue, which comes first, or on to another page of the menu."""
        self.go("/admin/")
        if name != "Antrian":
            self.menu(name)

    def open(self, number, menu="Antrian"):
        """Open a case from the queue, or from the list of all."""
        self.desk(menu)
        self.follow(number)

    def record(self, answers, name=""):
        """Fill in what the step asks to be written down, from the open case."""
        self.follow(re.compile(f"^(Isi|Ubah|Periksa) {name}".rstrip()))
        self.fill(answers)
        self.press("Simpan")

    def approve_documents(self):
        """Find in order whatever may be judged and is not yet."""
        self.press_each(re.compile("Sesuai$"))

    def approve_cards(self):
        """Hold each identity card against what its owner stated, and find it in order."""
        if "bandingkan dengan isian" in self.words:
            self.follow("Bandingkan dengan foto KTP")
            self.press_each(re.compile("^KTP.*: Sesuai$"))

    def reject_document(self, title, reason):
        """Look at a document beside the checklist, and write what is wrong on its second page."""
        self.follow(f"{title}: Tidak")
        self.see_picture(f"{title}, versi")
        remark = self.unfold("Tulis apa yang tidak sesuai")
        self.fill({"Apa yang harus diperbaiki?": reason, "Halaman": "2"}, remark)
        self.press("Catat tidak sesuai", remark)


class Officer(Desk, Person):
    """An officer at a browser, who logs in with a second factor or joins by invitation."""

    def log_in(self, login, secret, post=None):
        """Log in, give the code by e-mail and set up the authenticator where that is asked for."""
        self.go("/admin/")
        self.fill({"Surel atau nomor HP": login, "Kata sandi": secret})
        self.press("Masuk")
        if "kode delapan angka" in self.words:
            self.fill({"Kode (8 angka)": post.code(login)})
            self.press("Lanjut")
        if "Ketik kata sandi Anda" in self.words:
            self.fill({"Kata sandi": secret})
            self.press("Lanjut")
        if "aplikasi autentikator" in self.words:
            code = totp(self.main.locator("code").inner_text())
            self.main.get_by_label(re.compile("^Kode")).fill(code)
            self.press("Pasang")
        self.desk()

    def join(self, login, secret, post):
        """Choose a first password by the code that comes by e-mail, as the invitation says."""
        self.go("/akun/masuk/")
        self.follow("Lupa kata sandi?")
        self.fill({"Surel atau nomor HP": login})
        self.press("Kirim kode")
        self.fill({"Kode (8 angka)": post.code(login)})
        self.press("Lanjut")
        self.fill({"Kata sandi baru": secret, "Kata sandi baru, sekali lagi": secret})
        self.press("Simpan kata sandi")
        self.log_in(login, secret, post)

    # -- The administrator ------------------------------------------------------------------
    def add_officer(self, name, email):
        self.desk("Data induk")
        self.follow("Pengguna")
        self.follow("Tambah")
        self.fill({"Nama": name, "Surel": email, "NIP": "19800101 200501 1 001"})
        self.press("Simpan")
        self.sees(name)

    def post(self, email, daerah, role, kind="Definitif", instead_of="", until=""):
        """Give an officer a role, since today."""
        self.desk("Data induk")
        self.follow("Penempatan")
        self.follow("Tambah")
        self.fill({"Surel atau nomor HP petugas": email, "Sifat": kind})
        seat = self.main.locator(f'optgroup[label="{daerah}"] option').filter(has_text=role)
        self.main.get_by_label(labelled("Peran")).select_option(seat.first.get_attribute("value"))
        if instead_of:
            self.fill({"Menggantikan": instead_of})
        self.fill({"Sejak": indonesia.today().strftime("%d-%m-%Y"), "Sampai": until})
        self.press("Simpan")
        self.sees("berhasil")


def totp(secret):
    """Return what an authenticator app shows now for a secret key."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"
