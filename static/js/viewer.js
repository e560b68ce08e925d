/* Makes the officers' viewer smoother; every link of it works without this file.
   Keys n, p and the arrows turn the pages; links of the viewer change it in place, so that what
   was typed beside it stays; a click on a page marks the spot of a remark. */
(function () {
  "use strict";
  const TYPING = "input, textarea, select, [contenteditable]";
  let asked = 0;

  function viewer() { return document.querySelector("[data-viewer]"); }
  function form() { return document.querySelector("[data-remark]"); }

  /* Put another page of the same document in place, as the server draws it. */
  async function turn(link) {
    const now = ++asked;
    const url = new URL(link.href);
    url.searchParams.set("hanya", "dokumen");
    url.hash = "";
    let answer;
    try {
      answer = await fetch(url, { credentials: "same-origin" });
    } catch (error) {
      window.location = link.href;
      return;
    }
    if (now !== asked) return;
    if (!answer.ok || answer.redirected) { window.location = link.href; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-viewer]");
    if (!fresh) { window.location = link.href; return; }
    const label = link.textContent;
    const held = viewer().contains(document.activeElement);
    viewer().replaceWith(document.adoptNode(fresh));
    window.history.replaceState(null, "", link.href.split("#")[0]);
    begin();
    follow();
    if (held) {
      const same = [...viewer().querySelectorAll("a")].find((item) => item.textContent === label);
      (same || viewer().querySelector(".viewer")).focus();
    }
  }

  /* Let the form for remarks follow the page that is seen; a spot belongs to its page. */
  function follow() {
    const select = form() && form().elements.page;
    if (!select) return;
    const page = viewer().querySelector("[data-page]").dataset.page;
    if (viewer().querySelector("[data-mark]")) select.value = page;
    forget();
  }

  function forget() {
    if (!form()) return;
    form().elements.x.value = form().elements.y.value = "";
    form().querySelector("[data-spot]").hidden = true;
    const mark = viewer().querySelector(".marker--new");
    if (mark) mark.remove();
  }

  /* Mark the spot under the pointer, in thousandths of the page, whichever way it is turned. */
  function mark(event) {
    const picture = event.target.closest("[data-mark]");
    if (!picture || !form()) return;
    const image = picture.querySelector("image");
    const place = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(image.getScreenCTM().inverse());
    const width = image.width.baseVal.value;
    const height = image.height.baseVal.value;
    if (place.x < 0 || place.y < 0 || place.x > width || place.y > height) return;
    forget();
    form().elements.x.value = Math.round(1000 * place.x / width);
    form().elements.y.value = Math.round(1000 * place.y / height);
    form().elements.page.value = viewer().querySelector("[data-page]").dataset.page;
    form().querySelector("[data-spot]").hidden = false;
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    circle.setAttribute("class", "marker--new");
    circle.setAttribute("cx", place.x);
    circle.setAttribute("cy", place.y);
    circle.setAttribute("r", picture.dataset.radius);
    image.parentNode.append(circle);
    form().closest("details").open = true;
    form().querySelector("textarea").focus();
  }

  function begin() {
    const keys = viewer() && viewer().querySelector("[data-keys]");
    if (keys) keys.hidden = false;
  }

  document.addEventListener("keydown", (event) => {
    if (!viewer() || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest(TYPING)) return;
    const scrolls = event.target.closest(".viewer--large");
    const key = { n: "n", p: "p", ArrowRight: scrolls ? "" : "n", ArrowLeft: scrolls ? "" : "p" }[event.key];
    const link = key && viewer().querySelector(`a[data-key="${key}"]`);
    if (!link) return;
    event.preventDefault();
    turn(link);
  });

  document.addEventListener("click", (event) => {
    if (!viewer() || !viewer().contains(event.target)) return;
    const link = event.target.closest("a");
    if (!link) { mark(event); return; }
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!plain || link.target || "load" in link.dataset || !link.search) return;
    event.preventDefault();
    turn(link);
  });

  document.addEventListener("change", (event) => {
    if (form() && event.target === form().elements.page) forget();
  });

  begin();
})();
