# ruff: noqa: E501 - one payload a line
"""What an applicant writes must not make a paper read a file or call a host."""

import dataclasses
import socket
import threading

import pytest
from django.core.files.storage import default_storage

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


@pytest.fixture
def listener():
    """Listen on loopback and count who calls."""
    server = socket.create_server(("127.0.0.1", 0))
    calls = []

    def listen():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            calls.append(connection.recv(100))
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    server.calls = calls
    yield server
    server.close()


@pytest.fixture
def urls(listener, tmp_path):
    """Two places to reach: our loopback server, and a private file."""
    secret = tmp_path / "rahasia.txt"
    secret.write_text(CANARY)
    return [f"http://127.0.0.1:{listener.getsockname()[1]}/x", secret.as_uri()]


def clean(pdf):
    import io

    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf))
    return CANARY.encode() not in pdf and not reader.attachments


def test_forty_payloads_reach_nothing_even_unescaped(listener, urls):
    payloads = [shape.format(url=url) for shape in SHAPES for url in urls]
    assert len(payloads) == 40
    for payload in payloads:
        assert clean(typesetting.pdf(f"<html lang=id><title>x</title>{payload}", ("paper",)))
    assert listener.calls == []


@pytest.mark.django_db
def test_in_a_paper_they_are_plain_words(listener, urls, printed):
    payloads = tuple(shape.format(url=url) for shape in SHAPES for url in urls)
    content = dataclasses.replace(SAMPLES["krk"], sections=(Section(items=payloads),), purpose="")
    pdf = default_storage.open(printed("krk", content).file.name).read()
    assert clean(pdf) and listener.calls == []
