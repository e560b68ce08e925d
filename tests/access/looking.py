"""Every object's address asked by every actor, each answer searched for strings of others."""

import json
import re
from collections import Counter, defaultdict
from urllib.parse import unquote, urlsplit

from access_cast import ACTORS
from django.urls import Resolver404, resolve
from every_address import everything

SHUT = {"note", "unsent point", "record", "file", "file name", "slip", "letter", "KTP photo",
        "NIK", "pick-up code", "tracking secret", "token", "paper", "page picture"}  # fmt: skip
"""What not even the superuser meets: he reads lists, and no case without a posting."""
LOOKING = [actor for actor in ACTORS if actor != "role"]
"""The auditor sees what an officer of another role sees."""
MARK = re.compile(rb"Zq[a-z]{12}")


def whole(response) -> bytes:
    """Return every byte of an answer, its headers and cookies before its body."""
    body = b"".join(response) if response.streaming else response.content
    heads = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    return f"{heads}\n{response.cookies}\n".encode() + body


def meeting(world):
    """Return a function that gives the canaries within some bytes."""
    made = {canary.text.encode(): canary for canary in world.canaries}
    other = {mark: canary for mark, canary in made.items() if not MARK.fullmatch(mark)}

    def stands(mark, text):
        """Whether a number or code stands there, not as the tail of a longer one."""
        return mark in text and re.search(rb"(?<![\w-])" + re.escape(mark) + rb"(?![\w-])", text)

    def within(text):
        met = [made[mark] for mark in set(MARK.findall(text)) & made.keys()]
        return met + [canary for mark, canary in other.items() if stands(mark, text)]

    return within


def sweep(world, undone, actors, urls):
    """Return the violations (actor, what, url) and how many readers met what is theirs."""
    found, rightly, within = [], 0, meeting(world)
    for number, actor in enumerate(actors):
        for url in urls(number) if callable(urls) else urls:
            answer = undone(actor, "GET", url)
            assert answer.status_code < 500, (actor, url)
            for canary in within(whole(answer)):
                if world.may_meet(actor, canary):
                    rightly += 1
                elif canary.text not in unquote(url) and not lists(actor, canary, url):
                    found.append((actor, canary.what, url))
    return found, rightly


def lists(actor, canary, url):
    """Whether this is the superuser reading one of the admin's lists."""
    return actor == "super" and url.startswith("/admin/") and canary.what not in SHUT


def _kind(url):
    """Return the name of an address, or the address itself where it leads nowhere."""
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return url


def in_turn(urls):
    """Return a function that gives each actor every second object of each kind of address.

    What stands alone at its kind of address everybody asks for.
    """
    kinds = defaultdict(list)
    for url in urls:
        kinds[_kind(url)].append(url)

    def of(number):
        for objects in kinds.values():
            yield from objects[number % 2 :: 2] if len(objects) > 1 else objects

    return of


def look_everywhere(world, undone, actors=LOOKING, choose=lambda urls: lambda number: urls):
    urls = everything(world)
    chosen = choose(urls)
    found, met = sweep(world, undone, actors, chosen)
    asked = sum(len(list(chosen(number))) for number in range(len(actors)))
    figures = {"cases": len(world.cases), "requests": asked, "urls": len(urls),
               "rightly met": met, "canaries": len(world.canaries),
               "violations": len(found)}  # fmt: skip
    print(json.dumps(figures))  # noqa: T201
    assert not found, "\n".join(map(str, Counter(found).most_common(60)))
    assert met > 300, "the canaries are nowhere to be seen: the sweep proves nothing"
