"""An issued permit: frozen by two heads at once, issued anew by two heads at once."""

from bouts import KINDS, Bout, colleague, events
from django.urls import reverse

from documents.models import Paper

WHY = {"reason": "Menyimpang dari gambar.", "basis": "Berita acara 1", "yakin": "1"}


def frozen(driver):
    return _against(driver, "pembekuan", "freeze_paper")


def superseded(driver):
    return _against(driver, "penggantian", "replace_paper")


def _against(driver, kind, move):
    driver.to("READY")
    case = driver.fresh()
    permit = Paper.objects.get(case=case.pk, kind="izin")
    hands = (driver.officers["kepala"], colleague("kepala"))
    url = reverse("admin:sanction_act", args=[permit.pk, kind])
    form = WHY | {"version": case.version}
    return Bout("", case, move, hands, case.version, events(case, move), url, form)


KINDS["sanctions"] = (frozen, superseded)
