/**
 * Makes an element. Text is always text, never markup, so nothing a user wrote can become a script.
 * @param {string} tag
 * @param {Record<string, unknown> | null} [props] attributes; `on…` are listeners, `class` a string
 * @param {...(Node | string | number | null | undefined | false)} children
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(node.style, value);
    else if (name in node && name !== "list" && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(
    ...children
      .flat()
      .filter((child) => child !== null && child !== undefined && child !== false)
      .map((child) => (child instanceof Node ? child : String(child))),
  );
  return node;
}

let hiding;

/** Says something for a few seconds. */
export function toast(text) {
  const node = document.getElementById("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    node.hidden = true;
  }, 6000);
}

/** Runs something that may fail because a button was pressed; the button rests meanwhile. */
export function action(work, done) {
  return async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await work();
      if (done) toast(done);
    } catch (error) {
      toast(error.message);
    } finally {
      button.disabled = false;
    }
  };
}
