// Beside the text: what each sentence does, what it gives away, how its words weigh, and where the reader is. Python
// sends a number for everything; it is drawn as elements and, for the line, as an SVG of nodes.

const TELLS = ["", "the premise", "a secret", "the end"]; // what is given away, by grade
const GRADE_SIGNS = ["", "·", "◆", "◆"];

function makeSvg(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const signed = (score) => `${score < 0 ? "−" : score > 0 ? "+" : ""}${Math.abs(score).toFixed(2)}`;

/** A cell in words: its sentence's number, stage, what it gives away, its sentiment. */
function inWords(cell) {
  const told = [cell.stage, cell.grade ? `gives away ${TELLS[cell.grade]}` : null];
  if (cell.score != null) told.push(`sentiment ${signed(cell.score)}`);
  return `Sentence ${cell.n}: ${told.filter(Boolean).join(", ") || "nothing marked"}`;
}

/** The line of sentiment, downwards or across: one point for each sentence, 0 in the middle. */
function drawLine(cells, across) {
  const known = cells.filter((cell) => cell.score != null);
  const point = ({ n, score }) => (across ? [n - 0.5, 1 - score] : [1 + score, n - 0.5]);
  const [width, height] = across ? [cells.length, 2] : [2, cells.length];
  const zero = across ? { x1: 0, x2: width, y1: 1, y2: 1 } : { x1: 1, x2: 1, y1: 0, y2: height };
  return makeSvg(
    "svg",
    {
      class: `rk-strip-line rk-strip-line-${across ? "across" : "down"}`,
      viewBox: `0 0 ${width} ${height}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    makeSvg("line", { class: "rk-strip-zero", "vector-effect": "non-scaling-stroke", ...zero }),
    makeSvg("polyline", {
      class: "rk-strip-score",
      "vector-effect": "non-scaling-stroke",
      points: known.map((cell) => point(cell).join(",")).join(" "),
    }),
  );
}

/** The strip of the open review: `{ root, words, paint(sheet), follow() }`; `go(cell)` leads to a sentence. */
function makeStrip(pane, go) {
  const { uid } = pane;
  const box = make("div", {
    class: "rk-strip-cells",
    role: "listbox",
    tabindex: 0,
    "aria-label": "Sentences, with what each does. Enter goes to one.",
    click: (event) => choose([...box.children].indexOf(event.target.closest(".rk-cell")), true),
    keydown: keyed,
  });
  const lines = make("div", { class: "rk-strip-lines" });
  const here = make("div", { class: "rk-strip-here", "aria-hidden": "true" });
  const scroll = make("div", { class: "rk-strip-scroll" }, box, lines, here);
  const root = make("div", { class: "rk-strip", role: "group", "aria-label": "Strip", hidden: true }, scroll);
  const list = make("ol", { class: "rk-strip-list" });
  const words = make("details", { class: "rk-strip-words", hidden: true }, make("summary", { text: "The strip in words" }), list);
  let cells = [];
  let at = 0;

  function paint(sheet) {
    const strip = sheet.beside;
    root.hidden = words.hidden = !strip;
    if (!strip) return;
    cells = strip.cells;
    at = 0;
    root.style.setProperty("--rk-cells", cells.length);
    box.replaceChildren(...cells.map(drawCell));
    lines.replaceChildren(...(strip.scores ? [drawLine(cells, false), drawLine(cells, true)] : []));
    lines.hidden = !strip.scores;
    list.replaceChildren(
      ...cells.map((cell) =>
        make("li", {}, make("button", { type: "button", class: "rk-strip-word", text: inWords(cell), click: () => go(cell) })),
      ),
    );
    choose(0, false);
  }
  function drawCell(cell, n) {
    const before = cells[n - 1];
    const same = before && before.stage === cell.stage;
    return make(
      "div",
      {
        class: `rk-cell${same ? " rk-cell-same" : ""}`,
        role: "option",
        id: `${uid}-cell${n}`,
        "aria-label": inWords(cell),
        "aria-selected": "false",
        title: inWords(cell),
      },
      make("span", {
        class: "rk-cell-stage",
        style: cell.hue ? `background: var(--rk-stage-${cell.hue}); color: var(--rk-stage-ink-${cell.hue})` : null,
        text: cell.code,
      }),
      make("span", { class: `rk-cell-grade rk-cell-grade-${cell.grade}`, text: cell.grade ? `${GRADE_SIGNS[cell.grade]}${cell.grade}` : "" }),
    );
  }
  function choose(n, goes) {
    if (n < 0 || n >= cells.length) return;
    at = n;
    box.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    const node = box.children[n];
    node.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", node.id);
    if (goes) go(cells[n]);
  }
  function keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity, PageDown: 10, PageUp: -10 };
    if (event.key === "Enter" || event.key === " ") choose(at, true);
    else if (event.key in steps) {
      choose(Math.max(0, Math.min(cells.length - 1, at + steps[event.key])), false);
      intoView(box.children[at]);
    } else return;
    event.preventDefault();
  }
  function intoView(node) {
    const [outer, inner] = [scroll.getBoundingClientRect(), node.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) scroll.scrollTop += inner.top - outer.top - outer.height / 2;
    if (inner.left < outer.left || inner.right > outer.right) scroll.scrollLeft += inner.left - outer.left - outer.width / 2;
  }
  /** Show which sentences are in the reader's view. */
  function follow() {
    if (root.hidden || !cells.length) return;
    const article = pane.article.getBoundingClientRect();
    const top = Math.max(article.top, 0);
    const bottom = Math.min(article.bottom, innerHeight);
    const starts = new Map(); // where each sentence begins on the screen
    for (const piece of pane.article.querySelectorAll("[data-at]")) starts.set(Number(piece.dataset.at), piece);
    let [first, last] = [cells.length, -1];
    cells.forEach((cell, n) => {
      const piece = starts.get(cell.at);
      if (!piece) return;
      const { top: from } = piece.getClientRects()[0] ?? piece.getBoundingClientRect();
      if (from < bottom - 8) last = n;
      if (from < top) first = n;
      else if (first === cells.length) first = n;
    });
    here.hidden = last < 0;
    if (here.hidden && !root.contains(document.activeElement)) scroll.scrollTo(0, 0);
    here.style.setProperty("--rk-from", Math.min(first, last) / cells.length);
    here.style.setProperty("--rk-to", (last + 1) / cells.length);
    if (!here.hidden && !root.contains(document.activeElement)) intoView(here);
  }
  return { root, words, paint, follow };
}
