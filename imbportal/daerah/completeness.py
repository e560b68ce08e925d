"""What a file must have: gates, duties and signatures per track, tariffs without a gap, patterns.

Each function yields (key, problem) in plain English.
"""

import datetime
import itertools
import re

from imbportal.daerah import corrections, interest, reliefs, sanctions
from imbportal.daerah.paper_kinds import PaperKind
from imbportal.daerah.references import Problems, links
from imbportal.daerah.rule import Cited
from imbportal.daerah.schema import Daerah, Fact
from imbportal.daerah.standard import TITLES
from imbportal.daerah.tariffs import Tariff
from imbportal.daerah.vocabulary import DUTIES, GATES, MAY_LACK
from imbportal.daerah.ways import OUTSIDE, Link

FIGURES = {"permen24": {"hsbg"}, "pp16": {"shst", "ilo"}, "datar": {"rate"}}
"""Figures that each formula cannot do without."""
ACCOUNTS = {"bangunan", "prasarana", "biaya", "bunga"}
ONE_DAY = datetime.timedelta(days=1)
CLAUSES = 6
"""What a permit decides beside the usual, at most: the labels end there."""
PLACES = {"n", "n3", "n4", "year", "month", "roman_month", "date", "kecamatan"}


def problems(daerah: Daerah) -> Problems:
    yield from _tracks(daerah)
    for path, link in links(daerah):
        yield from _signature(link, path)
    for code, paper in daerah.paper.items():
        yield from _pattern(paper, f"paper.{code}.pattern")
        if paper.clauses and code != "izin":
            yield f"paper.{code}.clauses", "only the permit (izin) decides anything"
        if len(paper.clauses) > CLAUSES:
            yield f"paper.{code}.clauses", f"at most {CLAUSES}"
    yield from _pattern(daerah.complaint.number, "complaint.number.pattern")
    if "permohonan" not in daerah.paper:
        yield "paper.permohonan", "missing: the number pattern of the application itself"
    yield from _tariffs(daerah)
    yield from reliefs.problems(daerah)
    yield from interest.problems(daerah)
    yield from corrections.problems(daerah)
    yield from sanctions.problems(daerah)
    yield from _samples(daerah)
    for index, example in enumerate(daerah.example):
        if set(example) != {"cite", "input", "total"}:
            yield f"example[{index}]", "has exactly cite, input and total"
    for index, component in enumerate(daerah.component):
        if component.code not in TITLES:
            yield f"component[{index}].code", f'"{component.code}" is none of the fourteen'


def _tracks(daerah: Daerah) -> Problems:
    *served, last = daerah.track or [""]
    if last != OUTSIDE:
        yield "track", f"the last must be {OUTSIDE}"
        return
    outside = daerah.track[last]
    if not outside.refuse:
        yield f"track.{last}.refuse", "missing: say where to go instead"
    if outside.when or outside.stage:
        yield f"track.{last}", "takes whoever matches no other: it has no condition and no stages"
    for code in served:
        yield from _track(daerah, code)
    for code in served[:-1]:
        if daerah.track[code].when is None:
            yield f"track.{code}.when", "missing: no later track is ever reached"


def _track(daerah: Daerah, code: str) -> Problems:
    track, chains = daerah.track[code], daerah.chains(code)
    if track.refuse:
        yield f"track.{code}.refuse", f"only {OUTSIDE} refuses"
    optional = MAY_LACK if track.fee else MAY_LACK | {"FEE"}
    for gate in GATES:
        if gate not in chains and gate not in optional:
            yield f"track.{code}.stage.{gate}", "missing: no track can do without it"
    if "FEE" not in chains and "SKRD_SIGNING" in chains:
        yield f"track.{code}.stage.SKRD_SIGNING", "must be lacking too where FEE is"
    every = [link for chain in chains.values() for link in chain]
    held = {link.duty for link in every}
    numbers = {number for link in every for number in link.steps}
    for number in sorted(numbers) if track.procedure else ():
        if number > len(track.procedure):
            yield f"track.{code}.procedure", f"lists no step {number}, which a link is"
    for duty in DUTIES:
        if duty not in held and (duty != "bayar" or track.fee):
            yield f"track.{code}", f'nobody holds the duty "{duty}"'
    for paper in ("izin", "penolakan"):
        if not any(link.act == "ttd" and paper in link.papers for link in every):
            yield f"track.{code}", f"nobody signs the paper {paper}"
        if not any(paper in link.issue for link in every):
            yield f"track.{code}", f"no link issues the paper {paper}"


def _signature(link: Link, path: str) -> Problems:
    """Hold ``keputusan`` together with the signature of the permit or of the refusal."""
    decides = link.act == "ttd" and bool({"izin", "penolakan"} & {*link.papers})
    if decides and link.duty != "keputusan":
        yield f"{path}.duty", "who signs the permit or the refusal holds keputusan"
    if link.duty == "keputusan" and not decides:
        yield f"{path}.duty", "keputusan belongs to the signature of the permit or the refusal"


def _pattern(paper: PaperKind, path: str) -> Problems:
    """Check that a pattern never gives one number twice."""
    places = set(re.findall(r"{(\w*)}", paper.pattern))
    for place in sorted(places - PLACES):
        yield path, f'unknown place "{{{place}}}"'
    if set("{}") & {*re.sub(r"{\w*}", "", paper.pattern)}:
        yield path, "a brace that belongs to no place"
    if not places & {"n", "n3", "n4"}:
        yield path, "needs {n}, {n3} or {n4}"
    if paper.per == "kecamatan" and "kecamatan" not in places:
        yield path, "counts per kecamatan, so it needs {kecamatan}"
    if not places & ({"date"} if paper.reset == "day" else {"date", "year"}):
        yield path, f"starts anew every {paper.reset}, so it must tell which"
    if not (paper.cite or paper.contoh):
        yield path.replace("pattern", "cite"), "missing: every rule names its source"


def _tariffs(daerah: Daerah) -> Problems:
    if not daerah.tariff and any(track.fee for track in [*daerah.track.values()][:-1]):
        yield "tariff", "missing: a track has a fee"
    for index, tariff in enumerate(daerah.tariff):
        yield from _tariff(tariff, f"tariff[{index}]")
    yield from _periods(daerah.tariff)
    if daerah.tariff and "fee_day" not in daerah.model_fields_set:
        yield "fee_day", "missing: say which day decides the tariff (by), with its cite"


def _periods(tariffs: tuple[Tariff, ...]) -> Problems:
    """Ask for exactly one tariff on every day from the first one on; they come by ``berlaku``."""
    for index, (before, after) in enumerate(itertools.pairwise(tariffs)):
        path, ends = f"tariff[{index}].sampai", after.berlaku - ONE_DAY
        both = f"{_period(before)} and {_period(after)}"
        if before.berlaku == after.berlaku:
            yield f"tariff[{index + 1}].berlaku", f"{both} begin on one day, so they overlap"
        elif before.sampai is None or before.sampai > ends:
            yield path, f"{both} overlap: give {before.id} sampai = {ends}"
        elif before.sampai < ends:
            yield path, f"{both} leave a gap: no tariff from {before.sampai + ONE_DAY} to {ends}"
    if tariffs and tariffs[-1].sampai is not None:
        path = f"tariff[{len(tariffs) - 1}].sampai"
        yield path, f"{_period(tariffs[-1])} ends and none follows: add the one that does"


def _period(tariff: Tariff) -> str:
    until = f" until {tariff.sampai}" if tariff.sampai else ""
    return f"{tariff.id} ({tariff.berlaku}{until or ' on'})"


def _tariff(tariff: Tariff, path: str) -> Problems:
    if tariff.sampai and tariff.sampai < tariff.berlaku:
        yield f"{path}.sampai", "lies before berlaku"
    for figure in sorted(FIGURES[tariff.formula] - set(tariff.figure)):
        yield f"{path}.figure.{figure}", f"missing: the formula {tariff.formula} needs it"
    for account in sorted(set(tariff.kode_rekening) - ACCOUNTS):
        yield f"{path}.kode_rekening.{account}", f"unknown line, known are {sorted(ACCOUNTS)}"
    for code in sorted(set(tariff.belum_ditetapkan) & set(tariff.prasarana)):
        yield f"{path}.belum_ditetapkan.{code}", "has a price under prasarana"
    if ("kondisi" in tariff.index) != (tariff.kondisi_berlaku is not None):
        yield f"{path}.kondisi_berlaku", "must be given with the table index.kondisi, and only then"
    if not tariff.due_cite:
        yield f"{path}.due_cite", "missing: every rule names its source"
    if tariff.due_roll and not tariff.due_roll_cite:
        yield f"{path}.due_roll_cite", "missing: every rule names its source"
    for days in sorted(set(tariff.remind.days if tariff.remind else ())):
        if days >= tariff.due_days:
            yield f"{path}.remind.days", f"{days} is not before a due date of {tariff.due_days}"


def _samples(daerah: Daerah) -> Problems:
    """Ask every sample to say that it is one, in the words that readers see."""
    tables = (
        "fact", "statement", "requirement", "check", "lapse", "tariff", "component", "relief",
    )  # fmt: skip
    items: list[tuple[str, Cited | Fact]] = [("fee_day", daerah.fee_day)]
    items += (
        (f"tariff[{i}].kondisi_berlaku", tariff.kondisi_berlaku)
        for i, tariff in enumerate(daerah.tariff)
        if tariff.kondisi_berlaku
    )
    for table in tables:
        items += ((f"{table}[{i}]", item) for i, item in enumerate(getattr(daerah, table)))
    for path, item in items:
        if item.contoh and "contoh" not in f"{item.cite} {item.note}".lower():
            yield f"{path}.note", "a sample says so: put the word contoh here"
