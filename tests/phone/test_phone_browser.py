"""In a real browser: drafts on the phone, lost connections, uploads with percent and cancel."""

import pytest

from imbportal.demo import drawings
from imbportal.demo.people import PASSWORD
from tests.waiting import PATIENCE, until

pytestmark = pytest.mark.browser
OFFLINE = "Tidak ada sambungan. Isian Anda tersimpan di ponsel ini; coba lagi."
RESTORED = "Isian Anda yang belum tersimpan dipulihkan"


@pytest.fixture
def phone(browser):
    """A phone of 360 px with nothing on it."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(PATIENCE * 1000)
    yield context
    context.close()


@pytest.fixture
def section(family):
    return f"{family.url}/permohonan/{family.cases['DRAFT'].pk}/isian/lokasi/"


@pytest.fixture
def slots(family):
    return f"{family.url}/permohonan/{family.cases['DRAFT'].pk}/berkas/"


def log_in(page, family, who="budi"):
    page.goto(family.url + "/akun/masuk/")
    page.fill("[name=login]", f"{who}@demo.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/permohonan/")


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('draf:')).length")


def type_address(page, words):
    page.fill("[name=address]", words)
    until(page, lambda: kept(page))


def test_what_was_typed_is_there_again_after_the_page_was_left(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section)
    type_address(page, "Jl. Kenanga 7 RT 3")
    page.goto(family.url)
    page.goto(section)
    page.get_by_text(RESTORED).wait_for()
    assert page.input_value("[name=address]") == "Jl. Kenanga 7 RT 3"
    raw = page.evaluate("JSON.stringify(localStorage)")
    assert "Kenanga" not in raw and "address" not in raw
    page.click("text=Buang isian ini")
    assert page.input_value("[name=address]") != "Jl. Kenanga 7 RT 3" and kept(page) == 0


def test_without_the_script_it_is_not(browser, family, section):
    """The control: the browser alone brings nothing back."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, family)
    page.goto(section)
    page.fill("[name=address]", "Jl. Kenanga 7 RT 3")
    page.goto(family.url)
    page.goto(section)
    assert page.input_value("[name=address]") != "Jl. Kenanga 7 RT 3"
    context.close()


def test_a_lost_connection_says_so_keeps_all_and_the_next_try_saves(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section)
    type_address(page, "Jl. Anggrek 12")
    phone.set_offline(True)
    page.click("button[name=simpan]")
    page.get_by_text(OFFLINE).wait_for()
    assert page.url == section and page.input_value("[name=address]") == "Jl. Anggrek 12"
    phone.set_offline(False)
    with page.expect_navigation():
        page.click("button[name=simpan]")
    page.locator(".notice--good").wait_for()
    assert page.input_value("[name=address]") == "Jl. Anggrek 12" and kept(page) == 0


def test_an_ended_session_brings_back_what_was_typed_after_the_login(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section)
    type_address(page, "Jl. Dahlia 3")
    phone.clear_cookies(name="sessionid")
    page.click("button[name=simpan]")
    page.get_by_text("Isian Anda kami simpan").wait_for()
    page.fill("[name=login]", "budi@demo.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(section)
    page.get_by_text(RESTORED).first.wait_for()
    assert page.input_value("[name=address]") == "Jl. Dahlia 3"
    with page.expect_navigation():
        page.click("button[name=simpan]")
    page.locator(".notice--good").wait_for()
    assert kept(page) == 0


def test_an_error_takes_the_reader_to_its_summary_and_on_to_the_field(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section.replace("/isian/lokasi/", "/isian/rencana/"))
    name = page.locator("input[inputmode]").first.get_attribute("name")
    page.fill(f"[name={name}]", "banyak sekali")
    page.click("button[name=simpan]")
    summary = page.locator(".errors")
    summary.wait_for()
    assert summary.evaluate("node => node === document.activeElement")
    summary.locator("a").first.click()
    until(page, lambda: page.evaluate("document.activeElement.name") == name)
    assert page.input_value(f"[name={name}]") == "banyak sekali"


def test_logging_out_takes_the_drafts_along(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section)
    type_address(page, "Jl. Rahasia 1")
    page.fill("[name=address]", "Jl. Rahasia 1 A")  # still on its way when he logs out
    page.click("summary.topbar__menu, .topbar__menu summary")
    page.click(".topbar__list button")
    page.wait_for_url(family.url + "/")
    assert kept(page) == 0


def test_another_person_on_the_same_phone_neither_sees_nor_can_read_them(phone, family, section):
    page = phone.new_page()
    log_in(page, family)
    page.goto(section)
    type_address(page, "Jl. Rahasia 2")
    phone.clear_cookies()  # gone without logging out
    log_in(page, family, "siti")
    assert page.goto(section).status == 404
    assert "Rahasia" not in page.evaluate("JSON.stringify(localStorage)")
    opened = page.evaluate(
        """async () => {
          const bytes = (t) => Uint8Array.from(atob(t), (c) => c.charCodeAt(0));
          const raw = bytes(document.body.dataset.kunci), half = raw.length / 2;
          const plain = raw.slice(half).map((b, i) => b ^ raw[i]);
          const key = await crypto.subtle.importKey("raw", plain, "AES-GCM", false, ["decrypt"]);
          const value = Object.entries(localStorage).find(([k]) => k.startsWith("draf:"))[1];
          const [iv, sealed] = value.split(".").map(bytes);
          try { await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed); return true; }
          catch { return false; }
        }"""
    )
    assert opened is False


# -- Uploads -------------------------------------------------------------------------------
def drawing(tmp_path, title="Sertifikat"):
    path = tmp_path / f"{title}.pdf"
    path.write_bytes(drawings.pdf(title, pages=2).read())
    return path


def test_a_file_of_the_wrong_kind_or_size_is_refused_before_it_is_sent(
    phone, family, slots, tmp_path
):
    page = phone.new_page()
    log_in(page, family)
    page.goto(slots)
    sent = []
    page.on("request", lambda request: sent.append(request.method == "POST"))
    field = page.locator("input[type=file]").first
    word = tmp_path / "denah.docx"
    word.write_bytes(b"x")
    field.set_input_files(word)
    page.get_by_text("Jenis berkas ini tidak diterima").first.wait_for()
    large = tmp_path / "besar.pdf"
    with large.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    field.set_input_files(large)
    page.get_by_text("Ukuran berkas melebihi 25 MB").first.wait_for()
    page.locator("form[data-tempat] button").first.click()
    assert not any(sent)
    assert field.evaluate("node => node === document.activeElement")


def test_a_slow_upload_shows_percent_can_be_cancelled_and_can_go_on(phone, family, slots, tmp_path):
    page = phone.new_page()
    log_in(page, family)
    page.goto(slots)
    network = phone.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 50, "downloadThroughput": -1, "uploadThroughput": 30_000},
    )
    large = tmp_path / "denah.pdf"
    large.write_bytes(drawing(tmp_path).read_bytes() + b"\n%" + b"x" * 600_000)
    form = page.locator("form[data-tempat]").first
    form.locator("input[type=file]").set_input_files(large)
    form.locator("button").click()
    until(page, lambda: page.evaluate("document.querySelector('progress')?.value > 0"))
    assert "denah.pdf" in form.locator("[role=status]").inner_text()
    assert form.locator("progress").get_attribute("aria-label") == "Unggahan denah.pdf"
    form.get_by_text("Batalkan").click()
    page.get_by_text("Unggahan dibatalkan. Berkas belum terkirim.").wait_for()
    assert page.locator("progress").count() == 0
    assert form.locator("button").evaluate("node => node === document.activeElement")


def test_files_one_after_the_other_keep_the_place_on_the_page(phone, family, slots, tmp_path):
    page = phone.new_page()
    log_in(page, family)
    page.goto(slots)
    shown = page.locator("form[data-tempat]").filter(visible=True)  # not what may not be needed
    last = shown.nth(2)
    last.locator("input[type=file]").set_input_files(drawing(tmp_path, "Ketiga"))
    second = shown.nth(1)
    place = second.get_attribute("data-tempat")
    second.locator("input[type=file]").set_input_files(drawing(tmp_path, "Kedua"))
    second.locator("button").click()
    slot = page.locator(f"#{place}")
    slot.get_by_text("sudah diunggah.").wait_for()
    assert slot.evaluate("node => node === document.activeElement")
    assert page.url == slots
    others = page.locator("form[data-tempat] input[type=file]")
    chosen = others.evaluate_all("nodes => nodes.map(node => node.files.length)")
    assert sum(chosen) == 1, "the file chosen for the other slot is gone"


def test_a_lost_connection_during_an_upload_can_be_tried_again(phone, family, slots, tmp_path):
    page = phone.new_page()
    log_in(page, family)
    page.goto(slots)
    form = page.locator("form[data-tempat]").first
    place = form.get_attribute("data-tempat")
    form.locator("input[type=file]").set_input_files(drawing(tmp_path, "Pertama"))
    phone.set_offline(True)
    form.locator("button").click()
    page.get_by_text("Tidak ada sambungan. Berkas belum terunggah; coba lagi.").wait_for()
    phone.set_offline(False)
    form.locator("button").click()
    page.locator(f"#{place}").get_by_text("sudah diunggah.").wait_for()


def test_photos_sent_together_show_percent_and_are_sorted(phone, family, slots, tmp_path):
    page = phone.new_page()
    log_in(page, family)
    page.goto(slots.replace("/berkas/", "/pilah/"))
    word = tmp_path / "denah.docx"
    word.write_bytes(b"x")
    field, form = page.locator("[name=files]"), page.locator("form:has([name=files])")
    field.set_input_files([drawing(tmp_path, "Meja"), word])
    page.get_by_text("denah.docx: Jenis berkas ini tidak diterima").wait_for()
    field.set_input_files([drawing(tmp_path, "Meja"), drawing(tmp_path, "Kursi")])
    phone.set_offline(True)
    form.locator("button").click()
    page.get_by_text("Tidak ada sambungan. Berkas belum terunggah; coba lagi.").wait_for()
    phone.set_offline(False)
    form.locator("button").click()
    page.get_by_role("heading", name="2 berkas menunggu dipilah").wait_for()
    page.get_by_text("Tidak ada kode QR yang menunjukkan tempat 2 berkas.").wait_for()
    for _ in range(2):
        with page.expect_navigation():
            page.locator("[name=buang]").first.click()
    page.get_by_text("Berkas sudah dibuang.").wait_for()


# -- On paper ------------------------------------------------------------------------------
def test_printed_pages_leave_out_frame_and_buttons_and_lay_open_what_is_folded(phone, family):
    page = phone.new_page()
    log_in(page, family)
    page.emulate_media(media="print")
    page.goto(f"{family.url}/permohonan/{family.cases['AWAITING_PAYMENT'].pk}/")
    for hidden in (".topbar", ".demobar", ".btn", ".foot"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    assert page.get_by_text("Waktu layanan").first.is_visible()
    page.goto(f"{family.url}/permohonan/{family.cases['AWAITING_PAYMENT'].pk}/bayar/")
    assert page.locator("thead").first.is_visible() and not page.locator("#bukti").is_visible()
    page.goto(f"{family.url}/pamekasan/")
    assert page.locator("#langkah h2").is_visible()
    assert not page.locator(".toc").is_visible()
