"""A person at a real browser, who finds everything by its words; each page is looked at."""

import re
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from tests.waiting import comes

PATIENCE = 120
"""Seconds for a page on a busy machine, and for what a worker does."""
ABORTED = "net::ERR_ABORTED"
"""What a download looks like to the page on which it was asked for."""


def labelled(words):
    """Return a pattern for a label: these words, perhaps with a unit, a star, a colon."""
    return re.compile(rf"^\s*{_literally(words)}(\s*\([^)]*\))?\s*[:*]*\s*$")


def starting(words):
    return re.compile(rf"^\s*{_literally(words)}")


def _literally(words):
    return re.escape(words).replace("/", r"\/")  # Playwright puts patterns between slashes


def as_file(upload):
    """Return what a file input of the browser takes."""
    return {"name": upload.name, "mimeType": upload.content_type, "buffer": upload.read()}


class Person:
    """One browser window with cookies of its own. ``faults`` holds what went wrong unseen."""

    def __init__(self, context, base):
        self.base, self.faults, self.pages = base, [], 0
        context.set_default_timeout(PATIENCE * 1000)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._response)
        context.on("requestfailed", self._failed)
        self.page = context.new_page()

    def _console(self, message):
        if message.type == "error" or "Content Security Policy" in message.text:
            self.faults.append(f"console: {message.text} {message.location.get('url', '')}")

    def _response(self, response):
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")

    def _failed(self, request):
        if request.failure != ABORTED:
            self.faults.append(f"{request.failure}: {request.url}")

    # -- Looking ----------------------------------------------------------------------------
    @property
    def main(self):
        return self.page.locator("main")

    @property
    def words(self):
        return " ".join(self.main.inner_text().split())

    @property
    def url(self):
        return self.page.url

    @property
    def banner(self):
        return self.page.get_by_role("banner")

    @property
    def source(self):
        return self.page.content()

    @staticmethod
    def words_of(place):
        return " ".join(place.inner_text().split())

    def look(self):
        """Fail where the page is wider than the window, or anything went wrong on the way."""
        self.pages += 1
        needs, has = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if needs > has:
            self.faults.append(f"{needs} pixels wide in a window of {has}")
        assert not self.faults, f"{self.page.url}: {self.faults}\n{self.words[:600]}"

    def sees(self, *parts):
        for part in parts:
            assert part in self.words, f"{self.page.url} lacks {part!r}: {self.words[:1500]}"

    # -- Going ------------------------------------------------------------------------------
    def go(self, path):
        self.page.goto(urljoin(self.base, path))
        self.look()

    @contextmanager
    def leaving(self):
        """Expect what is done inside to lead to another page, or to this one anew."""
        self.page.evaluate("window.left = true")
        yield
        there = "!window.left && document.readyState === 'complete'"
        arrived = comes(self.page, lambda: self.page.evaluate(there), PATIENCE)
        assert arrived, f"still on {self.page.url}: {self.words[:900]}"
        self.look()

    def follow(self, name, within=None):
        """Follow the first link that starts with these words, or fits this pattern."""
        name = name if isinstance(name, re.Pattern) else starting(name)
        link = (within or self.main).get_by_role("link", name=name, include_hidden=True).first
        self.reveal(link)
        with self.leaving():
            link.click()

    @staticmethod
    def reveal(target):
        """Open what the target stands folded in."""
        folded = target.locator("xpath=ancestor::details[not(@open)]")
        while folded.count():
            folded.first.locator("summary").first.click()

    def press(self, name, within=None):
        """Press the button of this very name."""
        with self.leaving():
            (within or self.main).get_by_role("button", name=name, exact=True).click()

    def press_each(self, pattern):
        """Press every button of such a name that is not pressed yet."""
        while True:
            left = [
                button
                for button in self.main.get_by_role("button", name=pattern).all()
                if button.get_attribute("aria-pressed") != "true"
            ]
            if not left:
                return
            with self.leaving():
                left[0].click()

    def menu(self, name):
        self.follow(name, self.page.get_by_role("navigation", name="Meja kerja"))

    def see_picture(self, name):
        """Wait until the worker has drawn a picture of this name."""
        self.until(lambda: self.main.get_by_role("img", name=starting(name)).count())

    def unfold(self, name, within=None):
        """Open what stands folded under these words; return it."""
        summary = self.page.locator("summary").filter(has_text=starting(name))
        block = (within or self.main).locator("details").filter(has=summary).last
        if block.get_attribute("open") is None:
            block.locator("summary").first.click()
        return block

    def move(self, name, reason=""):
        """Make a move by its button, answering what is asked before it."""
        asked = self.main.locator("summary").filter(has_text=starting(name))
        if not asked.count():
            return self.press(name)
        block = self.unfold(name)
        if reason:
            block.get_by_role("textbox").fill(reason)
        with self.leaving():
            block.get_by_role("button").click()

    # -- Filling ----------------------------------------------------------------------------
    def fill(self, answers, within=None):
        """Answer fields by their labels: type, choose, or tick."""
        for label, answer in answers.items():
            self._answer(within or self.main, label, answer)

    def _answer(self, scope, label, answer):
        group = scope.get_by_role("group", name=labelled(label))
        if group.count():
            return group.get_by_label(answer, exact=True).check()
        field = scope.get_by_label(labelled(label)).first
        kind = field.evaluate("field => field.type")
        if kind == "select-one":
            return field.select_option(index=self._option(field, answer))
        if answer is True:
            return field.check()
        if kind == "file":
            return field.set_input_files(as_file(answer))
        return field.fill(answer)

    @staticmethod
    def _option(field, answer):
        """Return the place of a choice: by number, by all its words, or by some of them."""
        if isinstance(answer, int):
            return answer
        words = [" ".join(text.split()) for text in field.locator("option").all_inner_texts()]
        if answer in words:
            return words.index(answer)
        return next(place for place, text in enumerate(words) if answer in text)

    def until(self, there):
        """Load the page anew until it shows what a worker makes."""
        end = time.monotonic() + PATIENCE
        while not there():
            assert time.monotonic() < end, f"{self.page.url} does not show it: {self.words[:900]}"
            time.sleep(0.5)
            self.page.reload()
            self.look()

    def tick_all(self):
        for box in self.main.get_by_role("checkbox").all():
            box.check()

    # -- What lies in a case ----------------------------------------------------------------
    def slot(self, title):
        """Return the part of the page under the heading of a requirement, or of a note about it."""
        heading = self.page.get_by_role(
            "heading", name=re.compile(rf"{re.escape(title)}(, halaman \d+)?$")
        )
        return self.main.locator("section").filter(has=heading).last

    def attach(self, place, drawing):
        """Choose a file and send it: it is shown in place, or on the page that comes anew."""
        place.get_by_label(re.compile("^Pilih berkas")).set_input_files(as_file(drawing))
        place.get_by_role("button", name="Unggah", exact=True).click()
        place.get_by_role("link", name=drawing.name).first.wait_for()
        self.page.wait_for_load_state()
        self.look()

    # -- Fetching ---------------------------------------------------------------------------
    def download(self, name, within=None):
        """Save what a link offers, waiting until the worker has printed it; return its bytes."""
        name = re.compile(f"{starting(f'Unduh {name}').pattern}.*PDF")
        offered = (within or self.main).get_by_role("link", name=name, include_hidden=True)
        self.until(offered.count)
        self.reveal(offered.first)
        with self.page.expect_download() as waiting:
            offered.first.click(modifiers=["Alt"])  # a plain click shows it in the browser
        self.look()
        return Path(waiting.value.path()).read_bytes()
