"""What a walk without a browser leaves in this process's database, and who walks it."""

from applicant import Applicant
from evidence import words
from family import Household
from officer import Desk
from posts import newest_code
from reader import Reader

from applications import clock
from applications.models import CaseDuty
from documents import rendering
from documents.models import Paper
from imbportal.demo import people
from notifications.models import Message
from retribusi import invariants, sheets

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Agent(Applicant, Reader):
    """Applies for an owner by a power of attorney."""

    name, relation = "Rudi Hartawan", "Penerima kuasa pemohon"


class Family(Household, Reader):
    """A household from registration on, which reads its codes where they were sent."""

    def __init__(self):
        super().__init__()
        self.post = self

    @staticmethod
    def code(address):
        sent = Message.objects.filter(address=address, template="kode")
        return newest_code([sent.latest("created_at").body])


class Officer(Desk, Reader):
    """One at his desk."""


def officers_of(slug, roles, *, at_the_door=True):
    """Let the demo's officers log in; or be in already, where other walks show the door."""
    users = people.officers(slug)
    officers = {role: Officer() for role in roles}
    for role, officer in officers.items():
        if at_the_door:
            officer.log_in(people.email(f"{role}.{slug}"), people.PASSWORD)
        else:
            officer.client.force_login(users[role], backend=BACKEND)
    return officers


def agent_and_officers(daerah, slug, roles):
    """Let the demo's agent begin a case for his principal, and the officers log in."""
    people.mandate()
    agent = Agent()
    agent.log_in(people.email("konsultan"), people.PASSWORD)
    agent.open_case(daerah, **{"Untuk siapa izin ini?": f"Untuk {people.OWNER[0]}"})
    return agent, officers_of(slug, roles)


def all_is_well(case, duties=4):
    """Four persons held the four duties, three where nothing is paid; no invariant is broken."""
    assert CaseDuty.objects.filter(application=case).count() == duties
    assert not [*invariants.faults()]


def reads(agent, paper, parts):
    """The agent opens the paper, and finds its number and these words on it."""
    assert rendering.render(paper.pk)
    printed = words(agent.client.get(f"/dokumen/{paper.pk}/").getvalue())
    for part in (paper.number, *parts):
        assert part in printed, f"{paper.kind} lacks {part}: {printed}"


def events(case):
    return [*case.events.order_by("seq")]


def charged(case):
    """Return the fee before its relief, the percentage, its source, and what is left to pay."""
    sums = sheets.lowered(case.assessments.first().result)
    return sums.before, 100 * sums.off // sums.before, sums.cite, sums.after


def told(case):
    """Return the moves at which the agent was told outside of the portal."""
    sent = Message.objects.filter(case=case.pk, user=case.applicant, channel="email")
    keys = {message.key.split(":")[1] for message in sent}
    return [event.move for event in events(case) if str(event.pk) in keys]


def promised(case):
    [running] = clock.totals(case, events(case))
    return running.end


def issued(case):
    return Paper.objects.filter(case=case.pk).exclude(number=None)


def numbered(case, paper):
    """Return the place in the history of the move that gave a paper its number."""
    said = f"{paper.title} {paper.number}"
    return next(event.seq for event in events(case) if said in event.data.get("papers", ()))
