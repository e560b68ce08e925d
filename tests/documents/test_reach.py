# ruff: noqa: E501 - one payload a line
"""What an applicant writes must not make a paper read a file or call a host."""

import contextlib
import dataclasses
import io
import socket
import threading
import time

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from documents import typesetting
from documents.content import Section
from tests.documents.samples import SAMPLES

CANARY = "kenari-4711-rahasia"
SHAPES = (
    '<img src="{url}">',
    '<link rel=attachment href="{url}">',
    '<link rel=stylesheet href="{url}">',
    '<style>@import "{url}";</style>',
    "<style>@import url({url});</style>",
    '<p style="background: url({url})">x</p>',
    '<p style="list-style-image: url({url}); display: list-item">x</p>',
    "<style>@font-face {{ font-family: f; src: url({url}) }} p {{ font-family: f }}</style><p>x</p>",
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{url}" width="9" height="9"/></svg>',
    '<svg><use href="{url}#a"/></svg>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<iframe src="{url}"></iframe>',
    '<a rel=attachment href="{url}">x</a>',
    '<p style="content: url({url})">x</p>',
    "<style>@page {{ background: url({url}) }}</style>",
    '<base href="{url}"><img src="x">',
    "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    '<input type=image src="{url}">',
    "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{url}' width='9' height='9'/%3E%3C/svg%3E\">",
)


class Listener(threading.Thread):
    """A loopback server that counts who calls."""

    def __init__(self):
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"
        self.calls = 0

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                self.socket.accept()[0].close()
                self.calls += 1


@pytest.fixture
def listener():
    server = Listener()
    server.start()
    yield server
    server.socket.close()


@pytest.fixture
def urls(listener, tmp_path):
    """Two places to reach: our loopback server, and a private file."""
    secret = tmp_path / "rahasia.txt"
    secret.write_text(CANARY)
    return [listener.url, secret.as_uri()]


def clean(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return CANARY.encode() not in pdf and not reader.attachments


def test_forty_payloads_reach_nothing_even_unescaped(listener, urls):
    payloads = [shape.format(url=url) for shape in SHAPES for url in urls]
    assert len(payloads) == 40
    for payload in payloads:
        assert clean(typesetting.pdf(f"<html lang=id><title>x</title>{payload}", ("paper",)))
    assert listener.calls == 0


def test_the_listener_hears(listener):
    socket.create_connection(listener.socket.getsockname()).close()
    for _ in range(100):
        if listener.calls:
            break
        time.sleep(0.01)
    assert listener.calls == 1


@pytest.mark.django_db
def test_in_a_paper_they_are_plain_words(listener, urls, printed):
    payloads = tuple(shape.format(url=url) for shape in SHAPES for url in urls)
    content = dataclasses.replace(SAMPLES["krk"], sections=(Section(items=payloads),), purpose="")
    pdf = default_storage.open(printed("krk", content).file.name).read()
    assert clean(pdf) and listener.calls == 0
