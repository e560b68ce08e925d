"""A person at a browser without JavaScript: reads pages, fills the forms that they hold."""

import io
from urllib.parse import urljoin

import requests
from lxml import html

from imbportal.demo import drawings
from imbportal.demo.people import PASSWORD


class Page:
    """One answer: its status, its words, its forms."""

    def __init__(self, response):
        self.status, self.url, self.content = response.status_code, response.url, response.content
        self.is_html = "html" in response.headers.get("content-type", "")
        self.doc = html.fromstring(response.content) if self.is_html and response.content else None

    @property
    def text(self):
        main = self.doc.find(".//main")
        return " ".join((main if main is not None else self.doc).text_content().split())

    def form(self, action="", having=""):
        """Return the first form whose action ends so and that has such a field or button."""
        for form in self.doc.forms:
            if not (form.action or self.url).split("#")[0].rstrip("/").endswith(action.rstrip("/")):
                continue
            names = {
                node.get("name") for node in form.iter("input", "select", "textarea", "button")
            }
            if not having or having in names:
                return form
        actions = [form.action for form in self.doc.forms]
        raise AssertionError(
            f"no form to {action} with {having!r} on {self.url}: {actions}\n{self.text[:900]}"
        )

    def has_enabled(self, action):
        """Return whether a form to this action stands there with a button that can be pressed."""
        for form in self.doc.forms:
            if (form.action or "").rstrip("/").endswith(action.rstrip("/")):
                return any(button.get("disabled") is None for button in form.iter("button"))
        return False

    def links(self, part):
        return [a.get("href") for a in self.doc.iter("a") if part in (a.get("href") or "")]


class Visitor:
    """One person with his own cookies."""

    def __init__(self, base):
        self.base, self.session = base, requests.Session()
        self.session.trust_env = False

    def get(self, path, status=200):
        page = Page(self.session.get(urljoin(self.base, path), timeout=60))
        assert page.status == status, f"{path}: {page.status}\n{page.text[:900]}"
        return page

    def submit(self, page, action="", *, having="", button=None, files=None, status=200, **values):
        """Fill a form of the page as it stands, press its button, and return what follows."""
        form = page.form(action, having)
        data = [(k, v) for k, v in form.form_values() if k not in values]
        for key, value in values.items():
            data += [(key, item) for item in (value if isinstance(value, list) else [value])]
        if button:
            data.append(button)
        target = urljoin(page.url, form.action or page.url)
        headers = {"Referer": page.url}
        answer = Page(
            self.session.post(target, data=data, files=files, headers=headers, timeout=120)
        )
        assert answer.status == status, f"POST {target}: {answer.status}\n{answer.text[:1500]}"
        return answer

    def log_in(self, login, password=PASSWORD):
        page = self.submit(self.get("/akun/masuk/"), having="login", login=login, password=password)
        assert "/akun/masuk/" not in page.url, page.text[:600]
        return page


def upload(title, pages=2, field="file"):
    """Return what ``files`` takes: a drawing of several pages."""
    drawing = drawings.pdf(title, pages=pages)
    return {field: (drawing.name, io.BytesIO(drawing.read()), "application/pdf")}
