"""A NUL reaches no database: an address with one leads nowhere, a query or form answers 400."""

import pytest

from documents.models import new_token

TOKENS = ("verifikasi", "periksa-skrd", "survei", "pengaduan")
"""Addresses of the public that end in a token."""
ODD = ("%00", "%FF%FE", "%0A", "%E2%80%AE", "%C0%80", "%2e%2e%2f", "%F0%9F%98%80", "a" * 900)


@pytest.mark.parametrize("page", TOKENS)
@pytest.mark.django_db
def test_no_odd_byte_in_a_token_is_anything_but_not_found(client, page):
    for odd in ODD:
        for token in (odd, f"{new_token()}{odd}"):
            answer = client.get(f"/{page}/{token}/", REMOTE_ADDR="10.9.8.7")
            assert answer.status_code == 404, (odd, token)


@pytest.mark.parametrize("number", ["a\x00b", ["a\x00b", "c"]])
@pytest.mark.django_db
def test_a_nul_in_a_query_or_form_is_a_bad_request(client, number):
    assert client.get("/%00/").status_code == 404
    assert client.get("/lacak/?nomor=%00").status_code == 400
    assert client.post("/lacak/", {"number": number, "secret": "x"}).status_code == 400
