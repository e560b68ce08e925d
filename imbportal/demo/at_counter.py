"""What the counter of each daerah took: a paper dossier, and a draft for somebody with a login."""

import datetime
from types import SimpleNamespace

from accounts import identity, walk_ins
from accounts.models import Identity, User
from applications import counter, filing
from applications.dossiers import Paper
from imbportal import uploads
from imbportal.daerah import calendar, registry
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver

NAME, ADDRESS = "Sukarni Wiryo", "Dusun Krajan RT 02 RW 01"
LOGIN = "dewi"
"""An applicant with a login who came to the counter all the same."""
AWAY = 3
"""Days ago when the portal could not be opened."""
SERIAL = 71
"""First serial of the NIK of those who stood at a counter, one for each daerah."""


class AtCounter(Driver):
    """Drives the case of somebody for whom an officer fills, uploads and sends."""

    def __init__(self, slug: str, person: User, officer: User, paper: Paper | None = None):
        super().__init__(slug, officer)
        self.person, self.paper = person, paper

    def open(self) -> None:
        self.case = filing.begin(self.person, self.slug, by=self.applicant, paper=self.paper)


def take(slug: str) -> None:
    """Let an officer of the counter enter one paper dossier and begin one draft."""
    officer = people.officer(slug, min(counter.roles(registry.current(slug))))
    day = calendar.today(slug) - datetime.timedelta(days=AWAY)
    paper = Paper(day, "TT-017", "Jaringan kantor terputus sejak pukul 09.00.")
    dossier = AtCounter(slug, walk_in(slug, officer), officer, paper)
    dossier.open()
    dossier.send()
    draft = AtCounter(slug, people.applicant(LOGIN), officer)
    draft.open()
    draft.half()


def walk_in(slug: str, officer: User) -> User:
    """Return somebody without a login whom an officer entered."""
    serial = SERIAL + registry.slugs().index(slug)
    person = Identity(name=NAME, address=ADDRESS, nik=people.nik(serial))
    card = uploads.accept(drawings.card(NAME, person.nik))
    form = SimpleNamespace(instance=person, store=lambda: identity.store(person, ktp=card))
    return walk_ins.enter(form, email="", phone="+6281200000099", by=officer)
