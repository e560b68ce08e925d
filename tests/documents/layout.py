"""What can be seen of a PDF's layout: where each word stands, and what is not as it should be."""

import html
import re
import subprocess
import unicodedata
from dataclasses import dataclass

from documents.snapshot import UNPRINTABLE

WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.S
)
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
FOOT = 804
"""Points from the top of A4 to what the foot of each page says."""
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp"}
"""Categories of what has no shape of its own, or none in our fonts."""


@dataclass(frozen=True)
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str


@dataclass(frozen=True)
class Page:
    """Width and height in points, words from the top left corner."""

    width: float
    height: float
    words: list[Word]

    @property
    def text(self):
        return " ".join(word.text for word in self.words)


def _poppler(pdf, *options):
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def pages(pdf):
    return [
        Page(float(width), float(height), [_word(found) for found in WORD.findall(body)])
        for width, height, body in PAGE.findall(_poppler(pdf, "-bbox"))
    ]


def _word(found):
    *edges, text = found
    return Word(*map(float, edges), html.unescape(text))


def outside(page, side, edge=10):
    """Return the words beyond the margins of a page, in points."""
    return [
        word
        for word in page.words
        if word.left < side or word.right > page.width - side
        or word.top < edge or word.bottom > page.height - edge
    ]  # fmt: skip


def overprinted(page):
    """Return the pairs of words of one line that stand upon each other."""
    lines = sorted(page.words, key=lambda word: (word.top + word.bottom) / 2)
    found = []
    for n, one in enumerate(lines):
        middle = (one.top + one.bottom) / 2
        for other in lines[n + 1 :]:
            if (other.top + other.bottom) / 2 - middle > 3:
                break
            if min(one.right, other.right) - max(one.left, other.left) > 2:
                found.append((one.text, other.text))
    return found


def bare(text):
    """Return what of a text can be compared: no blanks, no marks without a shape."""
    text = unicodedata.normalize("NFKC", UNPRINTABLE.sub("", text))
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in UNSEEN)


def read(pdf, foot=FOOT):
    """Return the comparable text over the foot of all pages, in the order of the fields."""
    return bare(_poppler(pdf, "-raw", "-x", "0", "-y", "0", "-W", "900", "-H", str(foot)))


def altered(pdf, texts, foot=FOOT):
    """Return what of these texts does not stand on a paper as they were typed."""
    text = read(pdf, foot)
    return [one for one in map(bare, texts) if one not in text and not _turned(one, text)]


def _turned(one, text):
    """Return whether all letters are there of a text that is written to the left."""
    to_the_left = {unicodedata.bidirectional(letter) for letter in one} & {"R", "AL"}
    return bool(to_the_left) and set(one) <= set(text)
