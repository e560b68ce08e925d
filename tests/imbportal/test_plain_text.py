"""A NUL reaches no database: address, query and form answer 400."""

import pytest


@pytest.mark.parametrize("path", ["/verifikasi/%00/", "/lacak/?nomor=%00", "/%00/"])
@pytest.mark.django_db
def test_a_nul_in_the_address_is_a_bad_request(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.django_db
def test_a_nul_in_a_form_is_a_bad_request(client):
    assert client.post("/lacak/", {"number": "a\x00b", "secret": "x"}).status_code == 400
