"""The page on which an applicant takes a request back that waits for its decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from applications.views.frame import frame, sent_version


def page(request, application, rows, withdraw, *, said, **words):
    """Ask before the newest of some rows is taken back, then take it back by ``withdraw``.

    ``words`` are those of the page (``heading``, ``question``, ``text``), ``said`` what it tells
    then.
    """
    last = rows.order_by("-pk").first()
    if last is None or (request.method != "POST" and last.state not in last.OPEN):
        raise Http404
    if request.method != "POST":
        return render(request, "retribusi/tarik.html", frame(application) | words)
    withdraw(last, by=request.user, version=sent_version(request))
    messages.success(request, said)
    return redirect(application)
