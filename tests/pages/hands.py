"""A person at the keyboard alone: Tab, Enter, Space, arrows; looks where the focus is."""

from tests.waiting import comes, sent

FOCUS = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const first = at.getClientRects()[0] || box;
  // The middle of the part in view: what is longer or wider than the screen never is as a whole.
  const left = Math.max(first.left, 0), right = Math.min(first.right, innerWidth);
  const top = Math.max(first.top, 0), bottom = Math.min(first.bottom, innerHeight);
  const over = document.elementFromPoint(
    (left + right) / 2, top + Math.min((bottom - top) / 2, 20));
  return {
    what: at.outerHTML.slice(0, 120), body: at === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !over || ![at, ...(at.labels || [])].some(one => one.contains(over))
      && !over.contains(at),
    over: over ? over.outerHTML.slice(0, 120) : 'nothing',
    top: box.top + scrollY, height: box.height, main: !!at.closest('main'),
  };
}"""
MOST = 200
ROW = 24
"""Pixels by which what stands in one row may lie higher than what came before."""
SCROLLING = 3
"""Seconds in which a page has scrolled to what has the focus."""


def _in_view(at):
    return at["seen"] and not at["covered"]


class Hands:
    def __init__(self, page, columns=1):
        self.page, self.columns = page, columns

    def tab(self, key="Tab"):
        """Go to the next element; it must be in view, with a ring around it."""
        self.page.keyboard.press(key)
        at = self.page.evaluate(FOCUS)
        if not (at["body"] or _in_view(at)):  # what scrolls on its own may still be on its way
            comes(self.page, lambda: _in_view(self.page.evaluate(FOCUS)), SCROLLING)
            at = self.page.evaluate(FOCUS)
        if not at["body"]:
            assert at["ring"], f"no ring around {at['what']}"
            assert at["seen"], f"out of view: {at['what']}"
            assert not at["covered"], f"{at['what']} is covered by {at['over']}"
        return at

    def to(self, selector):
        """Press Tab until the focus is on such an element; it goes down the page on the way."""
        lowest = 0
        for _ in range(MOST):
            at = self.tab()
            if at["main"] and self.columns == 1:
                assert at["top"] + at["height"] + ROW > lowest, f"backwards to {at['what']}"
                lowest = max(lowest, at["top"])
            if self.at(selector):
                return
        raise AssertionError(f"no way by Tab to {selector} on {self.page.url}")

    def at(self, selector):
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def led_to(self, selector):
        """Return whether the page brings the focus to such an element: it may do so only when
        it is drawn, which is after it was loaded."""
        return comes(self.page, lambda: self.at(selector))

    def write(self, selector, text):
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def enter(self, selector, key="Enter"):
        """Press a link or button, and wait for the page that follows, or the answer within it."""
        self.to(selector)
        form = self.page.evaluate_handle("document.activeElement.closest('form')")
        with sent(self.page, form):
            self.page.keyboard.press(key)

    def round(self):
        """Press Tab until the page is through; return how many stops it had."""
        for stops in range(MOST):
            if self.tab()["body"]:
                return stops
        raise AssertionError(f"the focus never leaves {self.page.url}")
