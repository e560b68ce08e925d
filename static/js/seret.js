/* Lets a file be dropped on a form marked data-seret: it is sent for comparison at once. Without
   it the file is chosen as everywhere. */
"use strict";

(() => {
  const OVER = "seret--di-atas";

  for (const form of document.querySelectorAll("[data-seret]")) {
    const input = form.querySelector("input[type=file]");
    const words = form.querySelector("[data-seret-kata]");
    if (!input || !form.requestSubmit) continue;
    if (!matchMedia("(any-pointer: fine)").matches) continue;  // no finger drags a file
    form.classList.add("seret");
    if (words) words.hidden = false;

    form.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      form.classList.add(OVER);
    });
    form.addEventListener("dragleave", (event) => {
      if (!form.contains(event.relatedTarget)) form.classList.remove(OVER);
    });
    form.addEventListener("drop", (event) => {
      const [file] = event.dataTransfer.files;
      if (!file) return;
      event.preventDefault();
      form.classList.remove(OVER);
      const one = new DataTransfer();
      one.items.add(file);  // what falls beside the first is left alone
      input.files = one.files;
      form.requestSubmit(form.querySelector("button[name=compare]"));
    });
  }
})();
