/* Keys on the queue: J and K move over the rows, Enter opens, A takes. The page works without.
   One letter alone can be pressed by mistake, so they can be switched off, and are never heard
   while somebody types. */
"use strict";
(function () {
  const table = document.querySelector("[data-queue]");
  const words = document.querySelector("[data-keys]");
  if (!table || !words) return;
  const OFF = "tombol-antrian-mati";
  const rows = Array.from(table.tBodies[0].rows);
  const button = words.querySelector("[data-keys-switch]");
  let here = -1;

  function off() {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  }
  function say() {
    button.textContent = off() ? "Nyalakan tombol" : "Matikan tombol";
  }
  function go(to) {
    if (!rows.length) return;
    if (rows[here]) rows[here].classList.remove("is-here");
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows[here].classList.add("is-here");
    rows[here].querySelector(".queue__open").focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
  }
  function take() {
    const form = rows[here] && rows[here].querySelector("form");
    if (form) form.requestSubmit();
  }

  button.addEventListener("click", function () {
    try { localStorage.setItem(OFF, off() ? "0" : "1"); } catch { return; }
    say();
  });
  table.addEventListener("focusin", function (event) {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    if (rows[here]) rows[here].classList.remove("is-here");
    here = rows.indexOf(row);
    row.classList.add("is-here");
  });
  document.addEventListener("keydown", function (event) {
    if (off() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j") go(here + 1);
    else if (key === "k") go(here - 1);
    else if (key === "a") take();
    else return;  /* Enter opens the link that has the focus. */
    event.preventDefault();
  });
  words.hidden = false;
  say();
})();
