# ruff: noqa: E501 - one payload a line
"""What an applicant writes must not make a paper read a file or call a host."""

import contextlib
import io
import re
import socket
import threading
import xml.etree.ElementTree as ET

import pytest
import tinyhtml5
from pypdf import PdfReader

from documents import typesetting
from tests.documents import layout
from tests.documents.nasty_papers import typeset

XMLNS = "{http://www.w3.org/2000/xmlns/}"
CANARY = "kenari-4711-rahasia"
SHAPES = (
    '<img src="{url}">',
    '<link rel=attachment href="{url}">',
    '<link rel=stylesheet href="{url}">',
    '<style>@import "{url}";</style>',
    "<style>@import url({url}) print;</style>",
    '<p style="background: url({url})">x</p>',
    '<p style="list-style-image: url({url}); display: list-item">x</p>',
    "<style>@font-face {{ font-family: f{n}; src: url({url}) }} .f{n} {{ font-family: f{n} }}</style><p class=f{n}>x</p>",
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="{url}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<a rel=attachment href="{url}">x</a>',
    '<p style="content: url({url})">x</p>',
    "<style>@page {{ background: url({url}) }}</style>",
    "<style>@page {{ @top-center {{ content: url({url}) }} }}</style>",
    "<style>.b{n}::before {{ content: url({url}) }}</style><p class=b{n}>x</p>",
    '<input type=image src="{url}">',
    "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Cimage href='{url}' width='9' height='9'/%3E%3C/svg%3E\">",
    "<link rel=stylesheet href=\"data:text/css,@import url('{url}');\">",
    "<style>@import url('data:text/css,p%7Bbackground:url({url})%7D');</style>",
    '<p style="border-image: url({url}) 1">x</p>',
    '<p style="background-image: url({url}), url({url}); background: \\75rl({url})">x</p>',
    '<p style="mask-image: url({url}); cursor: url({url}); filter: url({url})">x</p>',
    '<p style="background: image-set(url({url}) 1x)">x</p>',
    '<img srcset="{url} 1x, {url} 2x">',
    '<picture><source srcset="{url}"><img alt=x></picture>',
    '<video src="{url}" poster="{url}"></video><audio src="{url}"></audio>',
    '<meta http-equiv=refresh content="0;url={url}">',
    '<form action="{url}"><button formaction="{url}">x</button></form>',
    '<script src="{url}"></script><script>fetch("{url}")</script>',
    '<link rel=icon href="{url}"><link rel=preload as=image href="{url}">',
    '<svg width="9" height="9"><style>@import "{url}";</style><rect fill="url({url}#a)" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><foreignObject><img src="{url}"></foreignObject><script href="{url}"/></svg>',
    "<img src=\"data:image/svg+xml,%3C!DOCTYPE svg [%3C!ENTITY e SYSTEM '{url}'%3E]%3E%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Ctext%3E&e;%3C/text%3E%3C/svg%3E\">",
    "<img src=\"data:image/svg+xml,%3C?xml-stylesheet href='{url}'?%3E%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E\">",
    '<table background="{url}"><tr><td background="{url}">x</td></tr></table>',
    '<img src="{redirect}">',
    '<base href="{url}/"><img src="x">',
)
"""The base comes last: it holds for all that is asked for in its document."""
IN_PAPERS = ("izin", "skrd", "formulir")
"""Their parts are those of all papers; test_nasty.py has markup in every one."""
HEARD = 20
"""So many at least reach out where nothing holds them back; WeasyPrint knows no way for the rest."""


class Listener(threading.Thread):
    """A loopback server that writes down what is asked for; some answers lead on."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.asked = []

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                call = self.socket.accept()[0]
                threading.Thread(target=self._answer, args=(call,), daemon=True).start()

    def _answer(self, call):
        with call, contextlib.suppress(OSError, IndexError):
            self.asked.append("(a connection)")
            path = call.recv(4096).decode().split()[1]
            self.asked[-1:] = [path]
            code, more = (
                (302, f"Location: {self.host}/from{path}") if "lead" in path else (404, "X: y")
            )
            call.sendall(
                f"HTTP/1.1 {code} x\r\n{more}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
            )


@pytest.fixture
def listener():
    server = Listener()
    server.start()
    yield server
    server.socket.close()


@pytest.fixture
def payloads(listener, tmp_path):
    """Each shape twice: towards our loopback server, and towards a private file."""
    secret = tmp_path / "rahasia.txt"
    secret.write_text(CANARY)

    def made(n, shape, url):
        return shape.format(
            n=n, url=url, redirect=url if "file:" in url else f"{listener.host}/lead/{n}"
        )

    hosts = [made(n, shape, f"{listener.host}/{n}") for n, shape in enumerate(SHAPES)]
    return [made(n + 100, shape, secret.as_uri()) for n, shape in enumerate(SHAPES)] + hosts


def document(payloads):
    return f"<html lang=id><title>x</title>{''.join(payloads)}</html>"


def leaks(pdf):
    """Return whether the canary stands anywhere in a PDF, attached or written."""
    reader = PdfReader(io.BytesIO(pdf))
    attached = any(
        CANARY.encode() in file for files in reader.attachments.values() for file in files
    )
    return attached or CANARY.encode() in pdf or CANARY in layout.read(pdf)


def heard(listener):
    """Return the numbers of the shapes that asked for something."""
    return {number for path in listener.asked for number in re.findall(r"\d+", path)[:1]}


def test_forty_payloads_reach_nothing_even_unescaped(listener, payloads):
    assert len(SHAPES) == 40
    elements = tinyhtml5.parse(document(payloads), namespace_html_elements=False)
    for element in elements.iter():  # tostring writes them anew
        for name in [name for name in element.attrib if name.startswith(XMLNS)]:
            del element.attrib[name]
    page = ET.tostring(elements, encoding="unicode")
    assert len(list(elements.iter())) > len(payloads)
    assert not leaks(typesetting.pdf(page, ("paper",)))
    assert listener.asked == []


def test_where_nothing_holds_them_back_they_are_heard_and_leak(listener, payloads):
    from weasyprint import HTML

    assert leaks(HTML(string=document(payloads)).write_pdf())
    assert len(heard(listener)) >= HEARD


@pytest.mark.parametrize("template", IN_PAPERS)
def test_in_a_paper_they_are_plain_words(template, listener, payloads):
    some = payloads[IN_PAPERS.index(template) :: len(IN_PAPERS)]
    pdf = typeset(template, some)
    assert not leaks(pdf) and listener.asked == []
    assert layout.altered(pdf, some) == []
