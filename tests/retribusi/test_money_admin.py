"""The office's lists of money are there to be read."""

import pytest
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("kepala@contoh.test", "rahasia-sekali", name="Kepala")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("model", ["assessment", "skrd", "payment"])
def test_not_even_a_superuser_types_money(chief, model):
    assert chief.get(reverse(f"admin:retribusi_{model}_changelist")).status_code == 200
    assert chief.get(reverse(f"admin:retribusi_{model}_add")).status_code == 403


def test_whoever_holds_no_posting_sees_no_money(client):
    user = User.objects.create_user("budi@contoh.test", name="Budi")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("admin:retribusi_payment_changelist")).status_code in (302, 403)
