/* Keeps what was typed on this phone until the portal has saved it. The page works without.
   Each form's record is sealed (AES-GCM) with a key that only this person's pages bring, so that
   nobody else on the same phone can read it; it goes at logout. */
"use strict";

window.draf = (() => {
  const PREFIX = "draf:";
  const DAYS = 14;
  const NEVER = /nik|sandi|password|kode|code|token|secret|csrf/i;
  const WAIT = 300;
  const { orang: person, kunci: masked } = document.body.dataset;
  const able = Boolean(person && window.crypto && crypto.subtle && storage());
  const timers = new WeakMap();
  let sealing;
  let era = 0; // what was begun before something was forgotten writes nothing any more

  function storage() {
    try { return window.localStorage; } catch { return null; }
  }

  // -- Sealing --------------------------------------------------------------------------------
  function bytes(text) { return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); }
  function text(buffer) { return btoa(String.fromCharCode(...new Uint8Array(buffer))); }

  function key() {
    if (!sealing) {
      const raw = bytes(masked);
      const half = raw.length / 2;
      const plain = raw.slice(half).map((byte, i) => byte ^ raw[i]);
      sealing = crypto.subtle.importKey("raw", plain, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
    return sealing;
  }

  async function seal(record) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(record));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
    return `${text(iv)}.${text(sealed)}`;
  }

  async function open(value) {
    try {
      const [iv, sealed] = value.split(".").map(bytes);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key(), sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch { return null; }
  }

  // -- Fields ---------------------------------------------------------------------------------
  function name(form) { return `${PREFIX}${person}:${new URL(form.action).pathname}`; }

  function fields(form) {
    return [...form.elements].filter((el) => el.name && !NEVER.test(el.name)
      && !["hidden", "password", "file", "submit", "button"].includes(el.type)
      && el.autocomplete !== "one-time-code");
  }

  function shown(el) {
    if (el.type === "radio") return el.checked ? el.value : null;
    return el.type === "checkbox" ? String(el.checked) : el.value;
  }

  function base(el) {
    if (el.type === "radio") return el.defaultChecked ? el.value : null;
    if (el.type === "checkbox") return String(el.defaultChecked);
    if (el.tagName !== "SELECT") return el.defaultValue;
    const chosen = [...el.options].find((option) => option.defaultSelected) || el.options[0];
    return chosen ? chosen.value : "";
  }

  function read(form, of) {
    const values = {};
    for (const el of fields(form)) {
      const value = of(el);
      if (value !== null) values[el.name] = value;
      else if (!(el.name in values)) values[el.name] = "";
    }
    return values;
  }

  function set(form, field, value) {
    for (const el of fields(form).filter((one) => one.name === field)) {
      if (el.type === "radio") el.checked = el.value === value;
      else if (el.type === "checkbox") el.checked = value === "true";
      else el.value = value;
    }
  }

  // -- Keeping and giving back ----------------------------------------------------------------
  async function keep(form) {
    if (!able || era === Infinity) return false;
    const begun = era;
    const known = (await stored(form))?.fields || {};
    const typed = read(form, shown);
    const before = read(form, base);
    const changed = {};
    for (const field of Object.keys(typed)) {
      const first = field in known ? known[field][1] : before[field];
      if (typed[field] !== first) changed[field] = [typed[field], first];
    }
    try {
      const sealed = await seal({ at: Date.now(), fields: changed });
      if (begun !== era) return false;
      if (Object.keys(changed).length === 0) localStorage.removeItem(name(form));
      else localStorage.setItem(name(form), sealed);
      return true;
    } catch { return false; }
  }

  async function stored(form) {
    const value = localStorage.getItem(name(form));
    const record = value ? await open(value) : null;
    if (record && Date.now() - record.at < DAYS * 864e5) return record;
    if (value) localStorage.removeItem(name(form));
    return null;
  }

  function forget(form) {
    era += 1;
    clearTimeout(timers.get(form));
    if (able) localStorage.removeItem(name(form));
  }

  function clear() {
    era = Infinity;
    const all = storage();
    if (!all) return;
    for (const item of Object.keys(all)) if (item.startsWith(PREFIX)) all.removeItem(item);
  }

  async function restore(form) {
    const record = able && await stored(form);
    if (!record) return;
    const now = read(form, base);
    const wanting = Object.entries(record.fields)
      .filter(([field, [value]]) => field in now && now[field] !== value);
    if (wanting.length === 0) return;
    const elsewhere = wanting.filter(([field, [, first]]) => now[field] !== first);
    for (const [field, [value]] of wanting) set(form, field, value);
    form.before(notice(form, wanting, elsewhere.map(([field]) => label(form, field))));
  }

  function label(form, field) {
    const el = fields(form).find((one) => one.name === field);
    const group = el.closest("fieldset, .mb-3");
    const named = (group && group.querySelector("legend, label")) || (el.labels && el.labels[0]);
    return named ? named.textContent.replace("*", "").trim() : field;
  }

  function notice(form, wanting, changed) {
    const box = document.createElement("div");
    box.className = "notice notice--due";
    box.setAttribute("role", "status");
    box.dataset.dipulihkan = "";
    const words = document.createElement("p");
    words.textContent = "Isian Anda yang belum tersimpan dipulihkan. Periksa, lalu tekan Simpan."
      + (changed.length ? ` Di portal sementara itu berubah: ${changed.join(", ")}.` : "");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-small";
    button.textContent = "Buang isian ini";
    button.addEventListener("click", () => {
      const before = read(form, base);
      for (const [field] of wanting) set(form, field, before[field]);
      forget(form);
      box.remove();
      (fields(form)[0] || form).focus();
    });
    box.append(words, button);
    return box;
  }

  // -- Events ---------------------------------------------------------------------------------
  function later(event) {
    const form = event.target.form;
    if (!form || !form.hasAttribute("data-simpan")) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), WAIT));
  }

  function start() {
    return Promise.all([...document.querySelectorAll("form[data-simpan]")].map(restore));
  }

  document.addEventListener("input", later);
  document.addEventListener("change", later);
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action).pathname.endsWith("/keluar/")) clear();
  });
  start();
  return { able, clear, forget, keep, start };
})();
