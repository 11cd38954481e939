// What stands beside the text or in its place: the rows of marks, the editor of one mark, the plain list of
// sentences. All of it is made of buttons, choices and fields, and does everything that the text does.

const STATES = { saving: "saving …", waiting: "not kept yet", kept: "kept" };

/** Make the children of `box` fit `items`: what is unchanged stays as it is, focus and all. */
function reconcile(box, items, keyOf, signOf, draw) {
  const old = new Map([...box.children].map((node) => [node.rkKey, node]));
  let place = box.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const sign = signOf(item);
    let node = old.get(key);
    old.delete(key);
    if (node?.rkSign !== sign) {
      const made = draw(item, node);
      if (node && node !== made) {
        if (place === node) place = made;
        node.replaceWith(made);
      }
      node = made;
      node.rkKey = key;
      node.rkSign = sign;
    }
    if (node === place) place = place.nextElementSibling;
    else box.insertBefore(node, place);
  }
  for (const node of old.values()) node.remove();
}

/** A choice of one among values: `[value, text]` each. */
const makeSelect = (name, options, value, change) => {
  const select = make(
    "select",
    { class: "rk-field", "aria-label": name, change: () => change(select.value) },
    ...options.map(([each, text]) => make("option", { value: each, text })),
  );
  select.value = value ?? "";
  return select;
};
const makeField = (text, control) =>
  make("label", { class: "rk-field-row" }, make("span", { class: "rk-field-name rk-quiet", text }), control);

/** Two choices of a word: where the marked words begin and where they end. */
function makeEdges(words, { start, end }, change) {
  const text = (word) => word.parts.map(({ part }) => part.t).join("");
  const numbered = words.map((word, n) => [n, `${n + 1} ${text(word)}`]);
  const at = (found, other) => (found < 0 ? other : found);
  let a = at(words.findIndex((word) => word.end > start), 0);
  let b = at(words.findLastIndex((word) => word.at < end), words.length - 1);
  const first = makeSelect("First word", numbered, a, (n) => moved(Number(n), Math.max(Number(n), b)));
  const last = makeSelect("Last word", numbered, b, (n) => moved(Math.min(a, Number(n)), Number(n)));
  function moved(from, to) {
    [a, b] = [from, to];
    first.value = a;
    last.value = b;
    change(words[a].at, words[b].end);
  }
  return [makeField("First word", first), makeField("Last word", last)];
}

/** One mark, to be changed: label, words, note; `pane.change(mark, fields)` and `pane.remove(mark)` do it. */
function makeEditor(pane, desk) {
  const root = make("div", { class: "rk-editor", role: "group", "aria-label": "Change this mark" });
  let id = null;
  let shown = "";
  let timer = 0;
  let writing = () => {};

  function open(mark, words) {
    leave();
    id = mark.mark;
    const labels = pane.labels(mark.layer).map((label) => [label.label, label.label]);
    const note = make("textarea", {
      class: "rk-field rk-note",
      rows: 2,
      maxlength: 4000,
      "aria-label": "Note",
      placeholder: "Why? A note for yourself",
      input: typing,
      change: tell,
      keydown: (event) => event.key === "Escape" && close(true),
    });
    note.value = mark.note ?? "";
    let said = note.value;
    function typing() {
      clearTimeout(timer);
      timer = setTimeout(tell, 1000);
    }
    function tell() {
      clearTimeout(timer);
      if (note.value === said) return;
      said = note.value;
      pane.change(mark.mark, { note: note.value.trim() ? note.value : null }, "note");
    }
    writing = tell;
    const relabel = (label) => pane.change(mark.mark, { label }, "label");
    const near = words.filter(({ at, end }) => at < mark.end + 400 && end > mark.start - 400);
    root.replaceChildren(
      makeField("Label", makeSelect("Label", labels, mark.label, relabel)),
      ...makeEdges(near, mark, (start, end) => pane.change(mark.mark, { start, end }, "words")),
      note,
      make(
        "div",
        { class: "rk-editor-tools" },
        makeButton("Delete", "Delete this mark", () => pane.remove(mark.mark)),
        makeButton("Done", "Close this mark", () => close(true)),
      ),
    );
    shown = signature(mark);
  }
  const signature = (mark) => [mark.label, mark.start, mark.end, mark.note].join("\u0001");
  /** Changed elsewhere, or by undo: the fields follow, unless somebody is writing in them. */
  function refresh(words) {
    const mark = desk.marks.get(id);
    if (!id || !mark || mark.what !== "set") return id ? close(false) : null;
    const active = root.ownerDocument.activeElement;
    if (signature(mark) === shown || (active?.matches("textarea") && root.contains(active))) return null;
    const name = root.contains(active) ? active.getAttribute("aria-label") : null;
    open(mark, words);
    if (name) root.querySelector(`[aria-label="${name}"]`)?.focus({ preventScroll: true });
    return null;
  }
  function leave() {
    writing();
    writing = () => {};
    clearTimeout(timer);
  }
  function close(focus) {
    leave();
    const mark = id;
    id = null;
    root.remove();
    pane.closed(mark, focus);
  }
  return { root, open, refresh, close, leave, mark: () => id, note: () => root.querySelector("textarea")?.focus() };
}

/** The rows of marks: a button for each that opens its editor. */
function drawMarkRow(pane, mark, chosen) {
  const row = drawRow(pane, mark, false);
  const button = row.querySelector(".rk-row");
  button.tabIndex = chosen ? 0 : -1;
  button.setAttribute("aria-expanded", String(chosen));
  button.append(make("span", { class: `rk-state rk-state-${mark.state} rk-quiet`, text: STATES[mark.state] }));
  if (mark.note) button.append(make("bdi", { class: "rk-row-told rk-row-note", text: mark.note }));
  row.dataset.row = mark.row;
  return row;
}

/** The plain list of sentences: each with its marks and a button that opens the labels for it. */
function makeSentences(pane) {
  const list = make("ol", { class: "rk-sentences-list" });
  const root = make("section", { class: "rk-sentences", "aria-label": "Sentences", hidden: true, tabindex: -1 }, list);
  let opened = -1; // start of the sentence whose labels are open
  let span = null; // the words of it that are to be labelled

  function paint(sheet, marks, words) {
    const items = sheet.units.map((unit, n) => {
      const cover = sheet.paragraphs[unit.p]?.find((part) => part.cover === unit.start);
      const here = marks.filter((mark) => mark.start < unit.end && unit.start < mark.end);
      return { unit, n, cover, here, inside: words.filter(({ at, end }) => at >= unit.start && end <= unit.end) };
    });
    const signOf = ({ unit, cover, here }) =>
      [cover ? "covered" : "", unit.start === opened ? `${span.start}.${span.end}.${pane.layer()}` : "", sheet.n]
        .concat(here.map((m) => [m.row, m.key, m.start, m.end, m.state, m.note, m.mark === pane.active()])).join("|");
    const focus = keepFocus();
    reconcile(list, items, ({ unit }) => unit.start, signOf, draw);
    focus();
  }
  /** The focused control is found again by its name when its sentence is made anew. */
  function keepFocus() {
    const active = root.ownerDocument.activeElement;
    const item = active?.closest(".rk-sentence");
    if (!item || !root.contains(item) || active.closest(".rk-editor")) return () => {};
    const name = active.getAttribute("aria-label") ?? active.textContent;
    const key = item.rkKey;
    return () => {
      if (active.isConnected) return;
      const now = [...list.children].find((node) => node.rkKey === key);
      const all = [...(now?.querySelectorAll("button, select") ?? [])];
      const same = all.find((node) => (node.getAttribute("aria-label") ?? node.textContent) === name);
      (same ?? all[0])?.focus({ preventScroll: true });
    };
  }
  function draw({ unit, n, cover, here, inside }) {
    const head = make("span", { class: "rk-sentence-n rk-quiet", text: n + 1 });
    const at = { class: "rk-sentence", "data-start": unit.start };
    if (cover) return make("li", at, head, make("div", { class: "rk-sentence-main" }, drawCover(cover)));
    const text = pane.quote(unit.start, unit.end);
    const button = makeButton("Label", `Label sentence ${n + 1}`, () => toggle(unit));
    button.setAttribute("aria-expanded", String(unit.start === opened));
    const chips = here.map((mark) => drawChip(mark));
    return make(
      "li",
      at,
      head,
      make(
        "div",
        { class: "rk-sentence-main" },
        make("p", { class: "rk-sentence-text", dir: "auto", text }),
        make("div", { class: "rk-sentence-tools" }, button, ...chips),
        unit.start === opened ? drawLabels(unit, inside) : null,
      ),
    );
  }
  function drawChip(mark) {
    const label = pane.legend.get(mark.key);
    const text = `${label.label}${mark.state === "kept" ? "" : `, ${STATES[mark.state]}`}`;
    return make(
      "button",
      {
        type: "button",
        class: "rk-chip",
        "data-chip": mark.row,
        "aria-label": `${label.label}: ${mark.quote}${mark.note ? `, note: ${mark.note}` : ""}. Change`,
        "aria-expanded": String(mark.mark === pane.active()),
        title: mark.quote,
        style: `--rk-sign: var(--rk-mark-${label.hue})`,
        click: () => pane.edit(mark.mark),
      },
      make("span", { class: "rk-mark", style: signOf(label), text }),
    );
  }
  function drawLabels(unit, inside) {
    const labels = pane.labels(pane.layer());
    const buttons = labels.map((label, n) => drawGive(pane, label, n, pane.has(label, span), () => give(label)));
    const edges = inside.length ? makeEdges(inside, span, (start, end) => limited(unit, inside, start, end)) : [];
    return make(
      "div",
      { class: "rk-sentence-labels", role: "group", "aria-label": "Labels for this sentence" },
      make("div", { class: "rk-edges" }, ...edges),
      make("div", { class: "rk-palette" }, ...buttons),
    );
  }
  /** Words from first to last are the whole sentence, with the signs around them. */
  function limited(unit, inside, start, end) {
    const all = start === inside[0].at && end === inside.at(-1).end;
    span = all ? unit : { start, end };
    pane.repaint();
  }
  function give(label) {
    pane.give(label, span);
  }
  function toggle(unit) {
    opened = opened === unit.start ? -1 : unit.start;
    span = unit;
    pane.repaint();
  }
  const unitOf = (node) => {
    const start = node.closest(".rk-sentence")?.dataset.start;
    return start === undefined ? null : Number(start);
  };
  function close() {
    opened = -1;
  }
  return { root, list, paint, unitOf, close, opened: () => opened, span: () => span };
}
