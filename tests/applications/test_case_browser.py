"""The viewer in a real browser: keys turn the pages, what was typed stays, a click marks a spot."""

import pytest

from imbportal.demo import people
from tests.applications.office_cast import BACKEND, draw

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("files_drawn_once")]


@pytest.fixture
def desk(drive, server, client, context, page):
    """An officer's browser at a case whose pages are drawn; broken scripts fail the test."""
    case = drive("SUBMITTED").case
    draw()
    client.force_login(people.officers("contoh")["petugas"], backend=BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value,
                          "url": server}])  # fmt: skip
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda note: wrong.append(note.text) if note.type == "error" else None)
    page.goto(f"{server}/admin/permohonan/{case.pk}/")
    page.case = case
    yield page
    assert not wrong


def wait_for_page(page, number):
    page.wait_for_selector(f'[data-page="{number}"]')


def test_keys_turn_the_pages_and_leave_what_was_typed(desk):
    desk.fill("#alasan-teks", "Belum selesai ditulis")
    desk.locator("#alasan-teks").press("n")
    wait_for_page(desk, 1)
    assert desk.input_value("#alasan-teks").endswith("n"), "typing turns no page"
    desk.locator("#dokumen .viewer").focus()
    for key, number in (("n", 2), ("p", 1), ("ArrowRight", 2), ("ArrowRight", 2), ("ArrowLeft", 1)):
        desk.keyboard.press(key)
        wait_for_page(desk, number)
    desk.keyboard.press("n")
    wait_for_page(desk, 2)
    assert "halaman=2" in desk.url
    assert desk.input_value("#alasan-teks") == "Belum selesai ditulisn"
    assert desk.input_value("#alasan-halaman") == "2", "the form follows the page"


def test_the_keyboard_alone_reaches_size_side_and_back(desk):
    link = desk.get_by_role("link", name="200\N{NO-BREAK SPACE}%")
    link.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".viewer--large svg[width='1600']")
    assert desk.evaluate("document.activeElement.textContent") == "200\N{NO-BREAK SPACE}%"
    desk.get_by_role("link", name="Putar").press("Enter")
    desk.wait_for_selector("g[transform*='rotate(90)']")
    desk.reload()
    assert desk.locator("g[transform*='rotate(90)']").count() == 1, "the address says it all"


def test_a_click_on_a_turned_page_marks_the_spot_of_the_remark(desk):
    desk.get_by_role("link", name="Putar").click()
    desk.wait_for_selector("g[transform*='rotate(90)']")
    picture = desk.locator("svg[data-mark]")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    desk.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.4)
    desk.wait_for_selector(".marker--new")
    assert desk.get_by_text("tempatnya ditandai").is_visible()
    desk.keyboard.type("Jarak belum tertulis.")
    desk.get_by_role("button", name="Catat tidak sesuai").click()
    desk.wait_for_selector(".marker circle")
    point = desk.case.points.get()
    # Turned by a quarter, the picture's left is its top: x runs down, y runs leftwards.
    assert point.page == 1 and point.text == "Jarak belum tertulis."
    assert abs(point.x - 400) < 15 and abs(point.y - 250) < 15


def test_without_javascript_the_same_links_do_it(desk, browser, server):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(desk.context.cookies())
    page = context.new_page()
    page.goto(f"{server}/admin/permohonan/{desk.case.pk}/")
    page.get_by_role("link", name="Halaman berikutnya").click()
    assert page.get_by_text("halaman 2 dari 2").is_visible()
    page.get_by_role("link", name="dokumen berikutnya").click()
    assert page.get_by_text("halaman 1 dari 2").is_visible()
    context.close()
