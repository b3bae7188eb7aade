import { Refused } from "./api.js";
import { h } from "./dom.js";
import { bytes } from "./format.js";

/** A place to drop drawings, with the one choice that matters: who looks at them in between. */
export function dropZone(declared, onDone) {
  const chooser = h("input", {
    type: "file",
    multiple: true,
    hidden: true,
    accept: "image/*,.pdf,.tif,.tiff,.svg",
    onchange: () => take(chooser.files),
  });
  const review = h(
    "select",
    { "aria-label": "review" },
    ...[
      ["none", "no review"],
      ["auto", "review when uncertain"],
      ["manual", "review every gate"],
    ].map(([value, text]) => h("option", { value }, text)),
  );
  const progress = h("ul", { hidden: true });
  const zone = h(
    "section",
    { class: "drop", "aria-label": "hand in drawings" },
    h(
      "p",
      null,
      h("b", null, "Drop drawings here"),
      h(
        "span",
        { class: "dim" },
        `  PNG, JPEG, TIFF, WebP, SVG or PDF, up to ${Math.round(declared.uploadMaxBytes / 1024 / 1024)} MB`,
      ),
    ),
    review,
    h("button", { class: "primary", onclick: () => chooser.click() }, "Choose files"),
    chooser,
    progress,
  );
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    take(event.dataTransfer.files);
  });

  async function take(files) {
    progress.hidden = false;
    for (const file of [...files]) {
      const bar = h("i");
      const state = h("span", { class: "dim" }, bytes(file.size));
      const line = h(
        "li",
        null,
        h("span", { class: "grow" }, file.name),
        h("div", { class: "bar grow" }, bar),
        state,
      );
      progress.append(line);
      try {
        const done = await upload(file, review.value, (fraction) => {
          bar.style.width = `${Math.round(fraction * 100)}%`;
        });
        line.replaceChildren(
          h("a", { href: `#/diagrams/${done.uid}`, class: "grow" }, file.name),
          h("span", { class: "state green" }, "✔ taken"),
        );
        setTimeout(() => line.remove(), 8000);
      } catch (error) {
        line.replaceChildren(
          h("span", { class: "grow" }, file.name),
          h("span", { class: "state red" }, `✘ ${error.message}`),
        );
      }
      onDone();
    }
    chooser.value = "";
  }
  return zone;
}

/** XMLHttpRequest, because fetch does not tell how far an upload is. */
function upload(file, review, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.set("review", review);
    form.set("file", file);
    request.open("POST", "/api/diagrams");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded / (event.total || 1));
    request.onerror = () => reject(new Error("the gateway does not answer"));
    request.onload = () =>
      request.status === 202
        ? resolve(request.response)
        : reject(new Refused(request.response ?? {}, request.status));
    request.send(form);
  });
}
