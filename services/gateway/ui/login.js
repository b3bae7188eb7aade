import { h } from "./dom.js";

let asking;

/** Asks for the gateway's token once, however many calls want it. */
export function askToken() {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

function ask() {
  return new Promise((resolve) => {
    const input = h("input", {
      type: "password",
      name: "token",
      required: true,
      autocomplete: "current-password",
      "aria-label": "token",
    });
    const wrong = h("span", { class: "state red", hidden: true }, "That is not the token.");
    const submit = async (event) => {
      event.preventDefault();
      const response = await fetch("/api/session", {
        method: "POST",
        body: JSON.stringify({ token: input.value }),
        headers: { "content-type": "application/json" },
      });
      if (!response.ok) {
        wrong.hidden = false;
        return;
      }
      dialog.remove();
      resolve();
    };
    const dialog = h(
      "dialog",
      null,
      h("h2", null, "This gateway wants a token"),
      h("form", { onsubmit: submit }, input, wrong, h("button", { class: "primary" }, "Continue")),
    );
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
}
