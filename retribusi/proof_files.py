"""The filed slip itself, for whoever may see its case."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_safe

from applications.models import Application
from imbportal import uploads
from retribusi.models import PaymentProof, StrdProof

KINDS = {b"%PDF": ("application/pdf", "pdf"), b"\xff\xd8\xff": ("image/jpeg", "jpg")}


@login_required
@require_safe
def proof(request, pk):
    """Serve one slip inline; 404 to whoever may not see the case."""
    cases = Application.objects.visible_to(request.user)
    found = PaymentProof.objects.filter(pk=pk, skrd__application__in=cases).first()
    found = found or StrdProof.objects.filter(pk=pk, strd__application__in=cases).first()
    if found is None:
        raise Http404
    if found.scan != PaymentProof.Scan.CLEAN:
        return uploads.held(request, found.scan, "/masuk/")
    mime, ending = _kind(found.file)
    return uploads.respond(found.file, name=f"bukti-{found.pk}.{ending}", mime=mime, inline=True)


def _kind(file):
    """Return the type of our own safe copy by its first bytes."""
    with file.open("rb") as content:
        start = content.read(4)
    return next(
        (kind for head, kind in KINDS.items() if start.startswith(head)), ("image/png", "png")
    )
