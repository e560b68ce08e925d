/* Asks every two seconds how far a piece of work is, and shows the answer in place. Without it the
   page has a link that loads it again. */
"use strict";
(function () {
  const SECONDS = 2;
  const place = document.querySelector("[data-progress]");
  if (!place || "done" in place.dataset) return;

  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-progress]");
      if (!fresh) return;
      place.replaceChildren(...fresh.childNodes);
      if ("done" in fresh.dataset) return;
    } catch { /* The network is away for a moment: ask again. */ }
    setTimeout(look, SECONDS * 1000);
  }
  setTimeout(look, SECONDS * 1000);
})();
