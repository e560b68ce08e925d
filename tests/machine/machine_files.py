"""The daerah files that the machine runs on: two real ones, and two made of the model file."""

import hashlib
import re

from imbportal.daerah import loader, registry
from imbportal.daerah.models import DaerahVersion

MODEL = "contoh"
WITHOUT_KRK = "tahap_kurang"
LONG = """SUBMITTED = [
  { steps = [4], role = "petugas", act = "periksa", duty = "verifikasi", needs = ["pemeriksaan"] },
  { steps = [5], role = "kasi", act = "disposisi" },
  { steps = [5], role = "sekretaris", act = "disposisi" },
]
RECORDING = []
ASSESSMENT = [
  { steps = [6], role = "petugas", act = "tinjau", needs = ["pendataan", "tinjau_lokasi"] },
  { steps = [7], role = "tim_teknis", act = "dengar", needs = ["penilaian"] },
  { steps = [7], role = "tim_teknis", act = "ttd", papers = [IT], issue = [IT], duty = "teknis" },
]
FEE = [
  { steps = [8], role = "petugas", act = "draf", papers = ["skrd", "izin"] },
  { steps = [8], role = "kasi", act = "periksa" },
]
SKRD_SIGNING = [
  { steps = [9], role = "kasi", act = "paraf", papers = ["skrd", "izin"] },
  { steps = [10], role = "sekretaris", act = "paraf", papers = ["skrd", "izin"] },
  { steps = [11], role = "kepala", act = "ttd", papers = ["skrd", "izin"], duty = "keputusan" },
  { steps = [12], role = "petugas", act = "serah" },
]
PERMIT_SIGNING = [{ steps = [14], role = "petugas", act = "nomor", issue = ["izin"] }]
""".replace("[IT]", '["persetujuan"]')
"""One chain signs bill and permit before payment; the number follows; RECORDING is lacking."""
SHORT = """KRK_REQUESTED = []
RECORDING = []
SKRD_SIGNING = []
ISSUED = []
FEE = [{ steps = [8], role = "petugas", act = "draf", papers = ["skrd"], needs = ["pendataan"] }]
"""
"""All that may lack is lacking."""
LIMITS = "".join(
    f'[[lapse]]\nstate = "{state}"\namount = {days}\nunit = "hari"\nremind = [7, 1]\n'
    'cite = "Contoh"\ncontoh = true\n\n'
    for state, days in [("KRK_INCOMPLETE", 20), ("KRK_ISSUED", 60), ("REVISION", 30)]
)
PAYING_OFFICE = '[on.submit_payment]\nrole = "bendahara"\n'


def version(name):
    """Return the slug of a file and the row of its text; None where it stands as it is."""
    if name in registry.slugs():
        return name, None
    text = (registry.FOLDER / f"{MODEL}.toml").read_text(encoding="utf-8")
    text = {"rantai_panjang": _long, "tahap_kurang": _short}[name](text)
    loader.load(text, f"{MODEL}.toml")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row, _ = DaerahVersion.objects.get_or_create(
        sha256=sha256, defaults={"slug": MODEL, "content": text}
    )
    return MODEL, row


def _long(text):
    text = re.sub(r"^\[track\.keagamaan.*?(?=^\[track\.rumah_kecil\])", "", text, flags=re.M | re.S)
    text = text.replace("[on.submit_payment]\n", PAYING_OFFICE)
    return _stages(text, LONG).replace("[stage]\n", f"{LIMITS}[stage]\n", 1)


def _short(text):
    return _stages(text, SHORT)


def _stages(text, chains):
    """Put whole stages in the place of the model file's."""
    head, rest = text.split("[stage]\n", 1)
    for gate in re.findall(r"^(\w+) = \[", chains, flags=re.M):
        rest = re.sub(rf"^{gate} = \[(?:[^\n]*\]|\n.*?^\])\n", "", rest, count=1, flags=re.M | re.S)
    return f"{head}[stage]\n{chains}{rest}"
