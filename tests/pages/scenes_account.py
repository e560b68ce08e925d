"""Registration with its codes, login, identity, powers of attorney, addresses, second factor."""

import base64
import hashlib
import hmac
import re
import struct
import time

from imbportal.demo import drawings

NAME, EMAIL, PHONE = "Laras Widyaningrum", "laras@keluarga.test", "0812 7000 4321"
SECRET = "sawah dan sungai kecil"


def registration(tour):
    """A new person: sign-up, both codes, the identity, the power of attorney."""
    tour.see("daftar", "/akun/daftar/")
    if not tour.wants("alur-daftar"):
        return
    page = tour.open("/akun/daftar/", "?laras")
    tour.send(page, name="", email="bukan surel", phone="12", password1="abc")
    tour.show("daftar-salah", page)
    page.goto("/akun/daftar/")
    tour.send(page, name=NAME, email=EMAIL, phone=PHONE, password1=SECRET)
    for name, address in (("nomor", "+6281270004321"), ("surel", EMAIL)):
        tour.show(f"daftar-kode-{name}", page)
        if name == "nomor":
            tour.send(page, "main form:has([name=code])", code="00000000")
            tour.show("daftar-kode-salah", page)
        tour.send(page, "main form:has([name=code])", code=tour.code(address))
    page.goto("/identitas/")
    tour.show("identitas-kosong", page)
    tour.send(page, "main form:has([name=nik])", name=NAME, nik="123", address="")
    tour.show("identitas-salah", page)
    card = {"name": "ktp.jpg", "mimeType": "image/jpeg"}
    card["buffer"] = drawings.card(NAME, "3528015507900002").read()
    tour.send(page, "main form:has([name=nik])", name=NAME, nik="3528015507900002",
              address="Jl. Sawo 5", ktp=card)  # fmt: skip
    tour.show("identitas-tersimpan", page)
    for name, path in (("permohonan-kosong", "/permohonan/"), ("pesan-kosong", "/pesan/"),
                       ("kuasa-kosong", "/kuasa/")):  # fmt: skip
        page.goto(path)
        tour.show(name, page)


def login(tour):
    tour.see("masuk", "/akun/masuk/")
    if tour.wants("masuk-salah"):
        page = tour.open("/akun/masuk/")
        tour.show("masuk-salah", tour.send(page, login="budi@demo.test", password="bukan-ini"))
    if tour.wants("masuk-nonaktif"):
        page = tour.open("/akun/masuk/", "?berhenti")
        tour.send(page, login="berhenti@demo.test", password="rumah-kayu-jati")
        tour.show("masuk-nonaktif", page)
    tour.see("akun-nonaktif", "/akun/nonaktif/")
    tour.see("lupa-sandi", "/akun/lupa-sandi/")
    tour.see("lupa-sandi-selesai", "/akun/lupa-sandi/selesai/")
    if tour.wants("alur-lupa-sandi"):
        page = tour.open("/akun/lupa-sandi/", "?lupa")
        tour.send(page, email="siti@demo.test")
        tour.show("lupa-sandi-kode", page)
        tour.send(page, "main form:has([name=code])", code="00000000")
        tour.show("lupa-sandi-kode-salah", page)
        tour.send(page, "main form:has([name=code])", code=tour.code("siti@demo.test"))
        tour.show("lupa-sandi-ganti", page)


def own_account(tour):
    for name, path in (
        ("akun", "/akun/"), ("keluar", "/akun/keluar/"), ("identitas", "/identitas/"),
        ("akun-surel", "/akun/surel/"), ("akun-nomor-surel", "/akun/nomor/surel/"),
        ("kuasa-tambah", "/kuasa/tambah/"), ("pesan", "/pesan/"),
    ):  # fmt: skip
        tour.see(name, path, "budi")
    tour.see("identitas-badan", "/identitas/", "usaha")
    tour.see("kuasa", "/kuasa/", "konsultan")
    tour.see("kuasa-akhiri", f"/kuasa/{tour.gallery.holds['mandate']}/akhiri/", "konsultan")
    tour.see("kuasa-pemilik", f"/kuasa/{tour.gallery.holds['mandate']}/pemilik/", "konsultan")
    tour.see("kuasa-perbarui", f"/kuasa/{tour.gallery.holds['mandate']}/perbarui/", "konsultan")
    tour.see("pesan-demo", "/demo/pesan/")
    tour.see("pesan-demo-kosong", "/demo/pesan/?alamat=tidak@ada.test")
    if tour.wants("akun-sandi-salah"):
        page = tour.open("/akun/sandi/", "budi")
        tour.show("akun-sandi", page)
        fields = page.locator("main input[type=password]")
        for number in range(fields.count()):
            fields.nth(number).fill("x")
        tour.show("akun-sandi-salah", tour.send(page, "main form:has([type=password])"))
    if tour.wants("kuasa-tambah-salah"):
        page = tour.open("/kuasa/tambah/", "budi")
        tour.show("kuasa-tambah-salah", tour.send(page, "main form:has([name=nik])", nik="1"))
    if tour.wants("akun-surel-salah"):
        page = tour.send(
            tour.open("/akun/surel/", "dewi"), "main form:has([name=email])", email="x"
        )
        tour.show("akun-surel-salah", page)
    if tour.wants("alur-nomor"):
        page = tour.open("/akun/nomor/", "dewi")
        tour.send(page, "main form:has([name=send])")
        tour.show("akun-nomor-kode", page)
        tour.send(page, "main form:has([name=code])", code=tour.code("dewi@demo.test"))
        tour.show("akun-nomor-ganti", page)


def second_factor(tour):
    """The authenticator app: set up, use, recovery codes, take off."""
    if not tour.wants("alur-pengaman"):
        return
    page = tour.open("/akun/pengaman/", "auditor.pamekasan")
    tour.show("pengaman", page)
    page.goto("/akun/pengaman/pasang/")
    if page.locator("main [type=password]").count():
        tour.show("ketik-kata-sandi", page)
        tour.send(page, "main form:has([type=password])", password="rumah-kayu-jati")
    tour.show("pengaman-pasang", page)
    tour.send(page, "main form:has([name=code])", code="000000")
    tour.show("pengaman-pasang-salah", page)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.content()).group()
    tour.send(page, "main form:has([name=code])", code=totp(secret))
    for name, path in (("pengaman-terpasang", ""), ("pengaman-cadangan", "cadangan/"),
                       ("pengaman-cadangan-baru", "cadangan/baru/"),
                       ("pengaman-lepas", "lepas/"), ("pengaman-ulang", "ulang/")):  # fmt: skip
        page.goto(f"/akun/pengaman/{path}")
        tour.show(name, page)
    again = tour.open("/akun/masuk/", "?auditor")
    tour.send(again, login="auditor.pamekasan@demo.test", password="rumah-kayu-jati")
    tour.show("pengaman-kode", again)


def totp(secret):
    """Return the code that an authenticator app shows now."""
    message = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), message, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


SCENES = (registration, login, own_account, second_factor)
LAST = ()
