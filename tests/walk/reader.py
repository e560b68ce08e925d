"""A person without a browser, in this very process: every page by its words, through HTTP alone.

Does what ``person.Person`` does at a window, so one procedure serves both.
"""

import re
from urllib.parse import urljoin

from django.test import Client
from lxml import html
from person import labelled, starting

BUTTON = ".//button | .//input[@type='submit']"
ME = "http://testserver"


def text(node):
    return " ".join(node.text_content().split())


def name_of(node):
    """Return the name by which a screen reader calls a link, a button or a field."""
    return " ".join((node.get("aria-label") or node.text_content()).split())


class Reader:
    """One person with his own cookies. ``doc`` is the page before him."""

    def __init__(self):
        self.client, self.pages, self.url, self.doc = Client(), 0, "/", None
        self.files = {}

    # -- Looking ----------------------------------------------------------------------------
    @property
    def main(self):
        return self.doc.find(".//main")

    @property
    def words(self):
        return text(self.main)

    @property
    def banner(self):
        return self.doc.find(".//header")

    @property
    def source(self):
        return html.tostring(self.doc, encoding="unicode")

    words_of = staticmethod(text)

    def sees(self, *parts):
        for part in parts:
            assert part in self.words, f"{self.url} lacks {part!r}: {self.words[:1500]}"

    # -- Going ------------------------------------------------------------------------------
    def go(self, path):
        self._arrive(self.client.get(urljoin(self.url, path).split("#")[0], follow=True))

    def _arrive(self, response, status=200):
        chain = getattr(response, "redirect_chain", None)
        self.url = chain[-1][0] if chain else response.request["PATH_INFO"]
        self.pages, self.files = self.pages + 1, {}
        self.doc = html.fromstring(response.content)
        self.doc.make_links_absolute(urljoin(ME, self.url), resolve_base_href=False)
        assert response.status_code == status, f"{self.url} {response.status_code}: {self.words}"

    def follow(self, name, within=None):
        """Follow the first link that starts with these words, or fits this pattern."""
        name = name if isinstance(name, re.Pattern) else starting(name)
        scope = self.main if within is None else within
        links = [link for link in scope.iter("a") if name.search(name_of(link))]
        assert links, f"{self.url} has no link {name.pattern}: {self._names('a')}"
        self.go(links[0].get("href").removeprefix(ME))

    def press(self, name, within=None, status=200):
        """Press the button of this very name."""
        found = [one for one in self._buttons(within) if name_of(one) == name]
        assert found, f"{self.url} has no button {name!r}: {self._names('button')}"
        self.click(found[0], status)

    def click(self, button, status=200):
        """Send the form of a button, with the files that were chosen in it."""
        assert button.get("disabled") is None, f"{name_of(button)} cannot be pressed: {self.words}"
        form = next(button.iterancestors("form"))
        empty = {
            one.name
            for one in form.xpath(".//input[@type='radio'][@value='']")
            if one.get("checked") is not None
        }  # a browser sends these as they are, lxml as "on"
        pairs = [(key, "" if key in empty else value) for key, value in form.form_values()]
        if button.get("name"):
            pairs.append((button.get("name"), button.get("value") or ""))
        target = (button.get("formaction") or form.action or self.url).removeprefix(ME)
        data = {}
        for key, value in pairs:
            data.setdefault(key, []).append(value)
        if form.method == "GET":
            self._arrive(self.client.get(target.split("#")[0], data, follow=True), status)
            return
        mine = {key: file for (owner, key), file in self.files.items() if owner is form}
        self._arrive(self.client.post(target.split("#")[0], data | mine, follow=True), status)

    def _buttons(self, within=None):
        scope = self.main if within is None else within
        return [
            one for one in scope.xpath(BUTTON) if next(one.iterancestors("form"), None) is not None
        ]

    def _names(self, tag):
        return [name_of(one) for one in self.main.iter(tag)]

    def press_each(self, pattern):
        """Press every button of such a name that is not pressed yet."""
        while True:
            named = [one for one in self._buttons() if pattern.search(name_of(one))]
            left = [one for one in named if one.get("aria-pressed") != "true"]
            if not left:
                return
            self.click(left[0])

    def menu(self, name):
        [bar] = self.doc.xpath("//nav[@aria-label='Meja kerja']")
        self.follow(name, bar)

    def see_picture(self, name):
        """Do without: pictures are for windows."""

    def unfold(self, name, within=None):
        """Return what stands folded under these words."""
        scope = self.main if within is None else within
        for block in reversed([*scope.iter("details")]):
            if starting(name).search(name_of(block.find("summary"))):
                return block
        raise AssertionError(f"{self.url} has nothing folded under {name!r}: {self.words[:900]}")

    def move(self, name, reason=""):
        """Make a move by its button, answering what is asked before it."""
        folded = [one for one in self.main.iter("summary") if starting(name).search(name_of(one))]
        if not folded:
            return self.press(name)
        block = folded[-1].getparent()
        if reason:
            next(block.iter("textarea")).value = reason
        self.click(self._buttons(block)[-1])

    # -- Filling ----------------------------------------------------------------------------
    def fill(self, answers, within=None):
        """Answer fields by their labels: type, choose, or tick."""
        for label, answer in answers.items():
            self._answer(self.main if within is None else within, label, answer)

    def _answer(self, scope, label, answer):
        for group in scope.iter("fieldset"):
            legend = group.find("legend")
            if legend is not None and labelled(label).search(text(legend)):
                return self._choose(self._field(group, re.compile(rf"^{re.escape(answer)}$")))
        field = self._field(scope, labelled(label))
        if field.tag == "select":
            options = [(text(option), option.get("value")) for option in field.iter("option")]
            field.value = self._option(options, answer)
        elif answer is True:
            field.checked = True
        elif field.get("type") == "file":
            self.files[next(field.iterancestors("form")), field.name] = answer
        else:
            field.value = str(answer)

    @staticmethod
    def _choose(field):
        for other in next(field.iterancestors("form")).iter("input"):
            if other.name == field.name and other.get("type") == "radio":
                other.checked = other is field
        field.checked = True

    def _field(self, scope, pattern):
        for label in scope.iter("label"):
            if pattern.search(text(label)):
                inside = label.xpath(".//input | .//select | .//textarea")
                return inside[0] if inside else self.doc.get_element_by_id(label.get("for"))
        shown = [text(label) for label in scope.iter("label")]
        raise AssertionError(f"{self.url} asks nothing like {pattern.pattern}: {shown}")

    @staticmethod
    def _option(options, answer):
        """Return the value of a choice: by number, by all its words, or by some of them."""
        if isinstance(answer, int):
            return options[answer][1]
        exact = [value for words, value in options if words == answer]
        return (exact or [value for words, value in options if answer in words])[0]

    def tick_all(self):
        for box in self.main.xpath(".//input[@type='checkbox']"):
            box.checked = True

    # -- What lies in a case ----------------------------------------------------------------
    def slot(self, title):
        """Return the part of the page under the heading of a requirement, or of a note about it."""
        wanted = re.compile(rf"{re.escape(title)}(, halaman \d+)?$")
        for heading in self.main.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
            if wanted.search(text(heading)):
                return next(heading.iterancestors("section"))
        raise AssertionError(f"{self.url} has no part called {title!r}: {self.words[:900]}")

    def has_slot(self, title):
        headings = self.main.xpath(".//section//h3")
        return any(text(heading) == title for heading in headings)

    def attach(self, place, drawing):
        """Choose a file in a part of the page and send it."""
        field = next(one for one in place.xpath(".//input[@type='file']"))
        form = next(field.iterancestors("form"))
        self.files[form, field.name] = drawing
        self.click(form.xpath(BUTTON)[0])
        self.sees(drawing.name)

    # -- Accounts ---------------------------------------------------------------------------
    def log_in(self, login, secret):
        self.go("/akun/masuk/")
        self.fill({"Surel atau nomor HP": login, "Kata sandi": secret})
        self.press("Masuk")
