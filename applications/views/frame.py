"""What every page of a case shows in its head, and what its forms carry."""

from django.urls import reverse

from applications import dossiers, news, papers, parents


def title(application):
    """Return how the applicant calls the case: building and place, or that it is a draft.

    A service says what it is before: the building is that of the permit too.
    """
    parts = (application.building_name, application.address)
    place, service = ", ".join(part for part in parts if part), parents.title(application)
    if service:
        return f"{service}: {place}" if place else service
    return place or "Permohonan baru"


def frame(application):
    """Return what every page of a case shows in its head."""
    return {
        "application": application,
        "rules": application.rules,
        "place": application.rules.name,
        "title": title(application),
        "location": papers.location(application),
        "news": news.of(application),
        "rules_mark": news.mark(application),
        "crumbs": (home(application), ("Permohonan ini", application.get_absolute_url())),
        "noted": dossiers.noted(application),
    }


def home(application):
    """Return the list from which the reader came: his own applications, or the counter's."""
    if application.by_counter:
        return "Loket", reverse("admin:counter") + f"?daerah={application.daerah}"
    return "Permohonan saya", reverse("applications:list")


def sent_version(request):
    """Return the version that a form carries; one that is no number fits no case."""
    text = request.POST.get("version", "")[:9]
    return int(text) if text.isdecimal() else -1
