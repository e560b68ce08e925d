"""What the access tests keep of whole offices: digests, files of cases, coats of arms."""

from django.core.files.base import ContentFile

from applications.casefile import orders
from applications.chains import digests, telling
from documents import emblems
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.demo import drawings, people


def digests_of(world):
    """Give each daerah the digest of its chains, which its overseers alone may meet."""
    for slug in ("pamekasan", "contoh"):
        here = people.officers(slug)
        readers = [here["admin"], here["auditor"], here[registry.current(slug).head]]
        made = digests.make(slug)
        world.known(made.grouped, "hash of a digest", readers)
        mark = world.mark("sheet of a digest", readers)
        paper = telling.paper_of(made)
        paper.file.save("x.pdf", ContentFile(b"%PDF-1.7\n%" + mark.encode()), save=False)
        Paper.objects.filter(pk=paper.pk).update(file=paper.file.name, file_sha256="0" * 64)
    return made


def case_files(world):
    """Let the officer on turn and the applicants take files of cases along; return the first."""
    made = []
    for state in ("ASSESSMENT", "READY", "AWAITING_PAYMENT", "FEE"):
        case = world.case(state)
        for user, audience in ((world.users["turn"], "kantor"), (case.applicant, "pemohon")):
            order = orders.ask(case, user, audience)
            orders.make(str(order.pk))
            made.append(order)
    return made[0]


def emblems_of(world):
    """Give each daerah a coat of arms that its admin has handed in; return the last."""
    for slug in ("pamekasan", "contoh"):
        admin, file = people.officers(slug)["admin"], drawings.arms()
        file.name = world.mark("name of an emblem", [admin])
        made = emblems.take(file, daerah=slug, by=admin)
    return made
