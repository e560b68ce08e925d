/* Sends forms marked data-kirim without leaving the page before the answer is there: percent and
   cancel for files, plain words where the connection is lost. The page works without. */
"use strict";

(() => {
  const OFFLINE = "Tidak ada sambungan. ";
  const KEPT = "Isian Anda tersimpan di ponsel ini; coba lagi.";
  const OPEN = "Jangan tutup halaman ini; coba lagi.";
  const NO_FILE = "Berkas belum terunggah; coba lagi.";
  const AWAY = "Portal sedang tidak menjawab. ";
  const TIMEOUT = 120000;
  const SPOKEN = 25;
  const running = new WeakMap();

  // -- Before sending -------------------------------------------------------------------------
  function refusal(input) {
    const { pilih, banyak, terlaluBanyak, semua, semuaTerlaluBesar } = input.dataset;
    const files = Array.from(input.files);
    if (!files.length) return pilih || "";  // a file that may be left out has no such words
    if (banyak && files.length > Number(banyak)) return terlaluBanyak;
    if (semua && sizeOf(files) > Number(semua)) return semuaTerlaluBesar;
    for (const file of files) {
      const words = wrong(file, input.dataset);
      if (words) return files.length > 1 ? `${file.name}: ${words}` : words;
    }
    return "";
  }

  function sizeOf(files) { return files.reduce((sum, file) => sum + file.size, 0); }

  function wrong(file, { jenis, salahJenis, heic, batas, terlaluBesar, kosong }) {
    const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    if (["heic", "heif"].includes(ending)) return heic;
    if (ending && !jenis.split(" ").includes(ending)) return salahJenis;
    if (file.size === 0) return kosong;
    return file.size > Number(batas) ? terlaluBesar : "";
  }

  function show(input, words) {
    const id = `${input.id}-diperiksa`;
    let line = document.getElementById(id);
    if (!line) {
      line = document.createElement("p");
      line.id = id;
      line.className = "error";
      line.setAttribute("role", "alert");
      input.after(line);
    }
    line.textContent = words;
    line.hidden = !words;
    input.toggleAttribute("aria-invalid", Boolean(words));
    if (words) input.setAttribute("aria-describedby", id);
    else input.removeAttribute("aria-describedby");
  }

  function fileOf(form) { return form.querySelector("input[type=file][data-jenis]"); }

  // -- While sending --------------------------------------------------------------------------
  function status(form) {
    let box = form.querySelector(".kirim");
    if (!box) {
      box = document.createElement("div");
      box.className = "kirim";
      box.append(document.createElement("p"));
      box.firstChild.setAttribute("role", "status");
      form.append(box);
    }
    return box;
  }

  function say(form, words, bad) {
    const box = status(form);
    box.classList.toggle("error", Boolean(bad));
    box.firstChild.textContent = words;
    for (const part of box.querySelectorAll("progress, button")) part.remove();
  }

  function progress(form, request, name) {
    const box = status(form);
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `Unggahan ${name}`);
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "btn btn-small";
    cancel.textContent = "Batalkan";
    cancel.addEventListener("click", () => request.abort());
    box.append(bar, cancel);
    let spoken = -1;
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.floor((event.loaded / event.total) * 100);
      bar.value = percent;
      bar.textContent = `${percent}%`;
      const step = Math.floor(percent / SPOKEN);
      if (step === spoken) return;
      spoken = step;
      box.firstChild.textContent = percent < 100
        ? `Mengunggah ${name}: ${percent}%` : `${name} terkirim, sedang diperiksa …`;
    });
  }

  function send(form, submitter) {
    if (running.has(form)) return;
    const input = fileOf(form);
    const words = input ? refusal(input) : "";
    const files = input ? Array.from(input.files) : [];
    const name = files.length > 1 ? `${files.length} berkas` : files.length && files[0].name;
    if (input) show(input, words);
    if (words) { input.focus(); return; }
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    const request = new XMLHttpRequest();
    running.set(form, request);
    request.open("POST", form.action);
    request.timeout = name ? 0 : TIMEOUT;
    request.setRequestHeader("X-Kirim", "1");
    request.addEventListener("load", () => { running.delete(form); answer(form, request); });
    request.addEventListener("abort", () => stopped(form, "Unggahan dibatalkan. Berkas belum terkirim."));
    for (const kind of ["error", "timeout"]) {
      request.addEventListener(kind, () => lost(form, OFFLINE, Boolean(name)));
    }
    say(form, name ? `Mengunggah ${name} …` : "Menyimpan …");
    if (name) progress(form, request, name);
    request.send(data);
  }

  // -- After sending --------------------------------------------------------------------------
  function stopped(form, words) {
    running.delete(form);
    say(form, words, true);
    const button = form.querySelector("button:not([type=button])");
    if (button) button.focus();
  }

  async function lost(form, why, file) {
    const kept = form.hasAttribute("data-simpan") && window.draf && await window.draf.keep(form);
    const words = kept ? KEPT : OPEN;
    stopped(form, why + (file ? NO_FILE + (kept ? ` ${KEPT}` : "") : words));
  }

  function answer(form, request) {
    const type = request.getResponseHeader("Content-Type") || "";
    if (request.status === 200 && type.includes("json")) return saved(form, JSON.parse(request.responseText));
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    if (!type.includes("html") || !page.querySelector("main#isi")) return lost(form, AWAY, Boolean(fileOf(form)));
    return refused(form, page);
  }

  async function saved(form, { lanjut, tersimpan }) {
    if (tersimpan && window.draf) window.draf.forget(form);
    else if (window.draf && form.hasAttribute("data-simpan")) await window.draf.keep(form);
    const { tempat } = form.dataset;
    if (tersimpan && tempat) return renew(form, lanjut, tempat);
    const here = new URL(lanjut, location.href);
    const same = here.pathname === location.pathname && here.search === location.search;
    location.assign(here);
    if (same && here.hash) location.reload();  // else it only scrolls there
    return undefined;
  }

  /* Shows one slot of the list anew: the place on the page and other uploads stay. */
  async function renew(form, url, place) {
    let page;
    try {
      const response = await fetch(url);
      page = new DOMParser().parseFromString(await response.text(), "text/html");
    } catch { return location.reload(); }
    const news = page.querySelector(".notice--good, .notice--due[role=status]");
    for (const id of [place, "ringkasan-berkas", "lanjut-berkas"]) swap(page, id);
    const slot = document.getElementById(place);
    const line = document.createElement("p");
    line.className = "small strong";
    line.setAttribute("role", "status");
    slot.append(line);
    slot.focus({ preventScroll: true });
    line.textContent = news ? news.textContent : "Berkas sudah diunggah.";
    return undefined;
  }

  function swap(page, id) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.importNode(fresh, true));
  }

  /* Shows the page with what is wrong; what was typed stands in it. */
  function refused(form, page) {
    const { tempat } = form.dataset;
    const only = tempat && page.getElementById(tempat);
    if (only) for (const id of [tempat, "ringkasan-berkas"]) swap(page, id);
    else {
      document.querySelector("main").replaceWith(document.importNode(page.querySelector("main"), true));
      document.title = page.title;
    }
    const scope = only ? document.getElementById(tempat) : document.querySelector("main");
    const first = scope.querySelector(".error[tabindex], .errors") || scope.querySelector("h1") || scope;
    first.tabIndex = -1;
    first.focus();
    if (window.draf) window.draf.start();
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-kirim")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file][data-jenis]")) show(event.target, refusal(event.target));
  });
})();
