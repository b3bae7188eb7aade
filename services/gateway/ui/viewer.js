import { h } from "./dom.js";

/** Layers over the sheet: pictures as they are, or a colour cut out by a mask's brightness. */
const LAYERS = [
  ["overlay.svg", "result", "picture", "#0f6d7a"],
  ["boxes", "boxes", "boxes", "#0f6d7a"],
  ["pipe_mask.png", "pipes", "mask", "#1565c0"],
  ["node_mask.png", "symbols", "mask", "#ef6c00"],
  ["skeleton.png", "skeleton", "mask", "#c2185b"],
  ["junction_mask.png", "junctions", "mask", "#2e7d32"],
  ["bridge_mask.png", "bridges", "mask", "#6a1b9a"],
];

/** Boxes with a certainty below this are drawn apart. */
const UNSURE = 0.6;
const SVG = "http://www.w3.org/2000/svg";

/** Boxes of a COCO file over the sheet; what each is and how sure shows on hover. */
async function boxLayer(url) {
  const coco = await (await fetch(url)).json();
  const [image] = coco.images;
  const names = new Map(coco.categories.map((each) => [each.id, each.name]));
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "boxes");
  svg.setAttribute("viewBox", `0 0 ${image.width} ${image.height}`);
  for (const { bbox, category_id, score } of coco.annotations) {
    const rect = document.createElementNS(SVG, "rect");
    for (const [i, name] of ["x", "y", "width", "height"].entries()) rect.setAttribute(name, String(bbox[i]));
    if (score !== undefined && score < UNSURE) rect.setAttribute("class", "unsure");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${names.get(category_id)}${score === undefined ? "" : ` ${Math.round(score * 100)} %`}`;
    rect.append(title);
    svg.append(rect);
  }
  return svg;
}

/** The sheet with layers to switch and fade; wheel, pinch or +/- zoom, dragging moves. */
export function viewer(uid) {
  const href = (name) => `/api/diagrams/${uid}/artifacts/${name}`;
  const tools = h("div", { class: "tools" });
  const sheet = h("div", { class: "sheet" });
  const box = h(
    "div",
    { class: "stagebox", tabindex: "0", "aria-label": "sheet; plus and minus zoom, arrows move" },
    sheet,
  );
  const node = h("section", { class: "card viewer", hidden: true }, tools, box);
  const on = new Set(["overlay.svg"]);
  let chosen = false;
  let opacity = 0.85;
  let size = null;
  let known = "";
  let drawing = 0;
  const camera = panAndZoom(box, sheet, () => size);

  async function draw(artifacts) {
    const mine = ++drawing;
    const coco = ["annotations.json", "detections.json"].find((name) => artifacts[name]);
    // Before there is a result, what was detected is the thing to look at.
    if (!chosen) on[artifacts["overlay.svg"] ? "delete" : "add"]("boxes");
    const has = ([name]) => (name === "boxes" ? coco : artifacts[name]);
    const image = h("img", { src: href("sheet.png"), alt: "the sheet", decoding: "async" });
    image.addEventListener("load", () => {
      const first = size === null;
      size = { width: image.naturalWidth, height: image.naturalHeight };
      sheet.style.width = `${size.width}px`;
      sheet.style.height = `${size.height}px`;
      if (first) camera.fitSheet();
    });
    const layers = await Promise.all(
      LAYERS.filter((layer) => has(layer) && on.has(layer[0])).map(async ([name, , kind, colour]) => {
        if (kind === "boxes") return boxLayer(href(coco));
        if (kind === "picture") return h("img", { src: href(name), alt: "" });
        return h("div", {
          class: "mask",
          style: { backgroundColor: colour, maskImage: `url("${href(name)}")` },
        });
      }),
    );
    if (mine !== drawing) return;
    for (const layer of layers) layer.style.opacity = String(opacity);
    sheet.replaceChildren(image, ...layers);
    const fade = h("input", {
      type: "range",
      min: "0.1",
      max: "1",
      step: "0.05",
      value: String(opacity),
      "aria-label": "opacity of layers",
    });
    fade.addEventListener("input", () => {
      opacity = Number(fade.value);
      for (const layer of [...sheet.children].slice(1)) layer.style.opacity = fade.value;
    });
    tools.replaceChildren(
      ...LAYERS.filter(has).map(([name, label, , colour]) => {
        const tick = h("input", { type: "checkbox" });
        tick.checked = on.has(name);
        tick.addEventListener("change", () => {
          chosen = true;
          if (tick.checked) on.add(name);
          else on.delete(name);
          draw(artifacts);
        });
        return h(
          "label",
          null,
          tick,
          h("span", { class: "swatch", style: { backgroundColor: colour } }),
          label,
        );
      }),
      h("span", { class: "grow" }),
      h("label", { class: "dim" }, "fade", fade),
      h("button", { onclick: camera.fitSheet }, "Fit"),
    );
  }

  return {
    node,
    update(artifacts) {
      node.hidden = !artifacts["sheet.png"];
      const key = Object.entries(artifacts)
        .map(([name, ref]) => name + ref.digest)
        .join();
      if (node.hidden || key === known) return;
      known = key;
      draw(artifacts);
    },
  };
}

function panAndZoom(box, sheet, sizeOf) {
  let scale = 1;
  let x = 0;
  let y = 0;
  const apply = () => {
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };
  const zoom = (factor, cx, cy) => {
    const next = Math.min(8, Math.max(0.02, scale * factor));
    x = cx - ((cx - x) * next) / scale;
    y = cy - ((cy - y) * next) / scale;
    scale = next;
    apply();
  };
  const fitSheet = () => {
    const size = sizeOf();
    if (!size) return;
    scale = Math.min(box.clientWidth / size.width, box.clientHeight / size.height);
    x = (box.clientWidth - size.width * scale) / 2;
    y = (box.clientHeight - size.height * scale) / 2;
    apply();
  };
  box.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const place = box.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 400), event.clientX - place.left, event.clientY - place.top);
    },
    { passive: false },
  );
  const pointers = new Map();
  box.addEventListener("pointerdown", (event) => {
    box.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, event);
  });
  box.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const other = [...pointers.values()].find((each) => each.pointerId !== event.pointerId);
    if (other) {
      const place = box.getBoundingClientRect();
      const apart = (a) => Math.hypot(a.clientX - other.clientX, a.clientY - other.clientY) || 1;
      zoom(
        apart(event) / apart(before),
        (event.clientX + other.clientX) / 2 - place.left,
        (event.clientY + other.clientY) / 2 - place.top,
      );
    } else {
      x += event.clientX - before.clientX;
      y += event.clientY - before.clientY;
      apply();
    }
    pointers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"])
    box.addEventListener(end, (event) => pointers.delete(event.pointerId));
  box.addEventListener("keydown", (event) => {
    const middle = [box.clientWidth / 2, box.clientHeight / 2];
    const steps = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (event.key === "+" || event.key === "=") zoom(1.25, ...middle);
    else if (event.key === "-") zoom(0.8, ...middle);
    else if (event.key === "0") fitSheet();
    else if (steps[event.key]) {
      x += steps[event.key][0];
      y += steps[event.key][1];
      apply();
    } else return;
    event.preventDefault();
  });
  addEventListener("resize", fitSheet);
  return { fitSheet };
}
