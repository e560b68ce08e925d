"""Goes through the pages of a gallery as the demo's people, and shows each state to a looker."""

import re
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from imbportal.demo.people import PASSWORD
from tests.waiting import PATIENCE, sent

SIZES = {"360": (360, 740), "1280": (1280, 800)}
DESK = {"width": 1280, "height": 800}
"""The size at which each page begins."""
HARMLESS = re.compile(r"the server responded with a status of (4\d\d|50[03])")


class Tour:
    """``look(name, page)`` is called for each state; ``wants(name)`` leaves states out."""

    def __init__(self, gallery, browser, look, wants=lambda name: True):
        self.gallery, self.browser, self.look, self.wants = gallery, browser, look, wants
        self.contexts, self.complaints, self.routes, self.hears = {}, [], set(), True
        self.names, self.templates, self.status = {}, set(), 200
        """Names of the states seen, each with the templates of its page."""
        self.idle = {}
        """For each person a window that was looked at: its process has compiled the scripts."""
        self.fetched = True
        """Whether the page can be asked for again."""
        self.answer = None
        """What the server answered last, where that is a page."""

    # -- People -----------------------------------------------------------------------------
    def context(self, who):
        if who not in self.contexts:
            context = self.browser.new_context(
                base_url=self.gallery.url, locale="id-ID", timezone_id="Asia/Jakarta",
                viewport=DESK, reduced_motion="reduce",
            )  # fmt: skip
            self.contexts[who] = context
            if who and not who.startswith("?"):
                self._log_in(context, who)
        return self.contexts[who]

    def _log_in(self, context, who):
        login = self.gallery.url + "/akun/masuk/"
        found = re.search(
            r'name="csrfmiddlewaretoken" value="(\w+)"', context.request.get(login).text()
        )
        form = {
            "csrfmiddlewaretoken": found.group(1),
            "login": f"{who}@demo.test",
            "password": PASSWORD,
        }
        answer = context.request.post(login, form=form, headers={"Referer": login})
        assert "/akun/masuk/" not in answer.url, f"{who} cannot log in"

    # -- Pages ------------------------------------------------------------------------------
    def open(self, path, who="", status=200):
        """Return a page of this person at this address, which nobody else has."""
        page = self.idle.pop(who, None) or self._window(who)
        page.set_viewport_size(DESK)
        answer = page.goto(path)
        assert answer.status == status, f"{who} {path}: {answer.status}, not {status}"
        return page

    def _window(self, who):
        page = self.context(who).new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self._hear(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._note)
        return page

    def _hear(self, page, message):
        if self.hears and message.type == "error" and not HARMLESS.search(message.text):
            self.complaints.append(f"{page.url}: {message.text}")

    def _note(self, answer):
        """Write down which templates and which addresses of the portal a page took."""
        if answer.request.resource_type in ("document", "xhr"):
            names = answer.headers.get("x-templates", "")
            self.status, self.templates = answer.status, set(filter(None, names.split(",")))
            self.fetched = answer.request.method == "GET"
            self.answer = answer if answer.request.resource_type == "document" else None
        try:
            self.routes.add(resolve(urlsplit(answer.url).path).view_name)
        except Resolver404:
            return

    def show(self, name, page):
        assert name not in self.names, f"two states are called {name}"
        self.names[name] = self.templates
        page.wait_for_load_state()
        self.hears = False  # what a looker does to a page is no fault of the page
        self.look(name, page)
        self.hears = True

    def see(self, name, path, who="", status=200):
        """Show one address as it stands, where it is wanted."""
        if self.wants(name):
            page = self.open(path, who, status)
            self.show(name, page)
            if who in self.idle:
                page.close()
            else:
                self.idle[who] = page

    def without_script(self, page):
        """Return the HTML of a page: what is there before a script."""
        known = self.answer and self.answer.url == page.url.partition("#")[0]
        return (self.answer if known else page.request.get(page.url)).text()

    def send(
        self, page, form="main form:not([action*=keluar])", button="button", status=None, **values
    ):
        """Fill and send a form, whatever the browser itself would object to."""
        found = page.locator(form).first
        for name, value in values.items():
            field = found.locator(f"[name='{name}']").first
            if isinstance(value, dict):
                field.set_input_files(value)
            elif value is True:
                field.check()
            else:
                field.fill(value)
        found.evaluate("form => { form.noValidate = true }")
        with sent(page, found.element_handle()):
            found.locator(button).last.evaluate("button => button.click()")
        if status:
            assert self.status == status, f"{page.url}: {self.status}, not {status}"
        return page

    def code(self, address):
        """Return the newest code that went to an address, from the demo's own messages."""
        context = self.context("?pesan")
        text = context.request.get("/demo/pesan/", params={"alamat": address}).text()
        return re.search(r"\b\d{8}\b", re.sub(r"<[^>]+>", " ", text)).group()

    def close(self):
        for context in self.contexts.values():
            context.close()
