"""What is looked at on each state of a tour: axe, the width, targets for a thumb, no script."""

import json
from collections import Counter

from axe_playwright_python.sync_playwright import Axe
from gallery import ROOT
from lxml import html

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": list(RULES), "resultTypes": ["violations"]}
REPORTS = ROOT / "reports"
NARROW = ((320, 640), (640, 400))
"""320 CSS pixels, and a screen of 1280 at 200 %."""
THUMB = 44
TARGETS = """least => {
  const small = [];
  for (const at of document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    let box = at.getBoundingClientRect();
    if (!box.width || !box.height || box.right < 0 || at.closest('.hidden-visually')) continue;
    if (at.disabled || at.closest('[hidden]')) continue;
    const words = at.textContent.trim().length, around = at.parentElement.textContent.trim().length;
    const inSentence = at.tagName === 'A' && around > words + 3
      && getComputedStyle(at).display === 'inline';
    if (inSentence) continue;
    if (['radio', 'checkbox'].includes(at.type) && at.labels.length)
      box = at.labels[0].getBoundingClientRect();
    if (box.height < least - .5) small.push([Math.round(box.height), at.outerHTML.slice(0, 140)]);
  }
  return small;
}"""
ALIKE = r"""() => {
  const ids = new Map(), styles = new Map(), seen = new Set();
  const id = text => ids.get(text) ?? ids.set(text, ids.size).get(text);
  const style = at => {
    if (!at) return 0;
    if (!styles.has(at)) {
      const around = style(at.parentElement), s = getComputedStyle(at);
      const apart = s.position !== 'static' || s.float !== 'none' || s.transform !== 'none';
      const off = at.matches(':disabled, [aria-disabled=true], [inert], [aria-hidden=true]');
      styles.set(at, around === null || apart ? null : id([
        around, off, at.tagName, at.className, s.color, s.backgroundColor, s.backgroundImage,
        s.opacity, s.fontSize, s.fontWeight, s.display, s.visibility, s.filter, s.textShadow,
        s.overflowX].join('|')));
    }
    return styles.get(at);
  };
  for (const at of document.querySelectorAll('[data-alike]')) at.removeAttribute('data-alike');
  const texts = 'body *:not([id], label, label *, input, select, textarea)';
  for (const at of document.querySelectorAll(texts)) {
    const words = [...at.childNodes].some(n => n.nodeType === 3 && /[\p{L}\d]{2}/u.test(n.data));
    const key = words && at.checkVisibility() ? style(at) : null;
    if (key === null) continue;
    if (seen.has(key)) at.setAttribute('data-alike', '');
    seen.add(key);
  }
  axe.configure({rules: [{id: 'color-contrast', selector: '*:not([data-alike])'}]});
}"""
"""Leaves one text for the contrast of all that stand in the flow and are of one style up to the
page itself: measuring it takes two thirds of axe's time."""
HIDDEN = "//main//*[@hidden and not(@data-keys)]//*[self::button or self::input]"
SCRIPT = Axe().axe_script


def violations(page):
    """Return rule and element of each violation."""
    if not page.evaluate("'axe' in window"):  # it stays through a change of the size
        page.evaluate(SCRIPT)
    page.evaluate(ALIKE)
    found = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]


def targets(page):
    """Return height and element of what is lower than a thumb wants it."""
    return [(f"{height} px", element) for height, element in page.evaluate(TARGETS, THUMB)]


def too_wide(page):
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [(f"{width} px too wide", page.url)] if width > 0 else []


def controls(text):
    """Return the forms of a page with their fields and buttons, counted."""
    found = Counter()
    for form in html.fromstring(text).forms:
        for node in form.iter("input", "select", "textarea", "button"):
            found[form.get("action"), node.tag, node.get("name"), node.get("type")] += 1
    return found


def needs_script(page, plain):
    """Return what a page offers that its HTML, before a script, lacks or keeps hidden."""
    if not page.locator("script[src]").count():
        return []
    there, here = controls(page.content()), controls(plain)
    lacking = [(str(key), page.url) for key in there - here]
    hidden = html.fromstring(plain).xpath(HIDDEN)
    return lacking + ([("hidden without script", page.url)] if hidden else [])


class Looker:
    """Keeps what ``check`` finds at these sizes; ``turns`` takes one of them after the other."""

    def __init__(self, check, sizes, turns=False, skip=lambda page: False):
        self.check, self.sizes, self.turns, self.skip = check, list(sizes), turns, skip
        self.found, self.looks = {}, 0

    def __call__(self, name, page):
        if self.skip(page):
            return
        for width, height in (
            [self.sizes[self.looks % len(self.sizes)]] if self.turns else self.sizes
        ):
            page.set_viewport_size({"width": width, "height": height})
            self.looks += 1
            for what, where in self.check(page):
                self.found.setdefault((what, where), []).append(f"{name} at {width}")

    def report(self):
        return "\n".join(
            f"{what}: {where} ({len(names)} times, first {names[0]})"
            for (what, where), names in self.found.items()
        )


def in_office(page):
    return "/admin/" in page.url


def write(name, **figures):
    """Print the figures as one line and keep them."""
    REPORTS.mkdir(exist_ok=True)
    line = json.dumps({"figure": name, **figures}, ensure_ascii=False)
    (REPORTS / f"{name}.json").write_text(line + "\n")
    print(line)  # noqa: T201
