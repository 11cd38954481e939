// What every pane and chart uses. It stands before a widget's own module: nothing here is exported.

/** An id that is surely free: each widget has a copy of its module, so that counting would not do. */
const newId = () => `rk-${Math.random().toString(36).slice(2, 10)}`;

/** An element with attributes (`text` is its text, a function a listener) and children. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") node.textContent = value;
    else if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Bring a node into the part of `box` that is seen, and then into the window. */
function reveal(box, node, outside = true) {
  const inner = box.getBoundingClientRect();
  const place = node.getBoundingClientRect();
  const scrolls = box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible";
  if (scrolls && (place.top < inner.top + 8 || place.bottom > inner.bottom - 24)) {
    const top = box.scrollTop + place.top - inner.top - box.clientHeight / 3;
    box.scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
  }
  if (!scrolls) node.scrollIntoView({ block: "nearest" });
  else if (outside) box.scrollIntoView({ block: "nearest" });
}

/** Whether a key is alone, or with Shift: such keys are the pane's; Ctrl, Cmd and Alt chords are the page's. */
const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

/** Keep a front end's shortcuts from the keys that are `ours`. JupyterLab hears a key after the pane, which then stops it;
 *  Notebook 7 hears it before, and is told by an attribute of the very node that has the focus, without which `:focus` still fits. */
function keepKeys(root, ours = isPlain) {
  const heard = (event) => event.target.toggleAttribute?.("data-lm-suppress-shortcuts", ours(event));
  const leave = () => window.removeEventListener("keydown", heard, true);
  root.addEventListener("focusin", () => window.addEventListener("keydown", heard, true));
  root.addEventListener("focusout", leave);
}
