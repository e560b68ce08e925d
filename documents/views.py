"""Check of a paper by anybody who holds it: by its code, or by the file itself."""

from functools import wraps

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.lockout import client_ip
from documents import further, verification
from documents.forms import CodeForm, FileForm

PAGE = "documents/verifikasi.html"


def guarded(looks):
    """Refuse whoever looks more often than this limit, and keep the pages out of search engines."""

    def guard(view):
        @wraps(view)
        @require_http_methods(["GET", "HEAD", "POST"])
        def wrapper(request, *args, **kwargs):
            counted = request.method == "POST" or bool(kwargs)
            if counted and looks.count(client_ip(request)):
                response = render(request, "429.html", status=429)
                response["Retry-After"] = str(looks.window)
            else:
                response = view(request, *args, **kwargs)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Cache-Control"] = "no-store"
            return response

        return wrapper

    return guard


@guarded(verification.LOOKS)
def check(request):
    """Ask for a code or a file, and lead to the paper."""
    if request.method != "POST":
        return _ask(request)
    if "file" in request.FILES or "compare" in request.POST:
        return _check_file(request)
    codes = CodeForm(request.POST)
    if codes.is_valid():
        return redirect("documents:paper", token=codes.cleaned_data["code"])
    return _ask(request, status=422, codes=codes)


def _check_file(request):
    files = FileForm(request.POST, request.FILES)
    if not files.is_valid():
        return _ask(request, status=422, files=files)
    paper = verification.by_file(files.cleaned_data["file"])
    if paper is None:
        return _ask(request, result=verification.UNKNOWN_FILE)
    return _show(request, paper, result=verification.compare(paper, files.cleaned_data["file"]))


@guarded(verification.LOOKS)
def paper(request, token):
    """Show what the public may know of one paper, and compare a file with it."""
    found = verification.by_token(token)
    if found is None:
        return _ask(request, status=404, unknown=True)
    if request.method != "POST":
        return _show(request, found)
    files = FileForm(request.POST, request.FILES)
    if not files.is_valid():
        return _show(request, found, status=422, files=files)
    return _show(request, found, result=verification.compare(found, files.cleaned_data["file"]))


def _ask(request, *, status=200, **context):
    context = {"codes": CodeForm(), "files": FileForm()} | context
    return render(request, PAGE, context, status=status)


def _show(request, paper, *, status=200, **context):
    context = {
        "paper": paper,
        "standing": verification.standing(paper),
        "facts": verification.shown(paper),
        "links": further.links(paper),
        "files": FileForm(),
    } | context
    return render(request, "documents/surat.html", context, status=status)
