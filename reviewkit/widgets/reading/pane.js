// What every pane that shows reviews is built from: the list, the text with its marks, the rows of marks, the
// keys. It stands behind looks/shared.js and before a pane's own module, and exports nothing. Python has cut
// the text; every piece becomes a text node, nothing is parsed or counted here.

const LINES = ["solid", "double", "dotted", "dashed", "wavy"]; // a label's second sign
const THICK = [1.5, 1.5, 2, 1.5, 1]; // each as heavy as the others to the eye
const WAIT = 600; // milliseconds without an answer, after which a pane says that it waits

const stars = (n) => "★".repeat(Math.max(0, Math.min(5, n))) + "☆".repeat(Math.max(0, 5 - n));

/** What the drawing functions below ask of a pane; a pane adds `open`, `place`, `say` and what else it needs. */
function makePane(model) {
  const labels = model.get("_legend");
  return {
    model,
    uid: newId(),
    legend: new Map(labels.map((label) => [label.key, label])),
    nameOf: ({ layer, label }) => (labels.filter((other) => other.label === label).length > 1 ? `${layer}: ${label}` : label),
    isHidden: (key) => model.get("hidden_labels").includes(key),
    selected: () => model.get("_selected"),
    say: () => {},
    open: () => {},
    place: () => {},
  };
}

/** The list of reviews: one stop for the Tab key, arrows within; what is searched for narrows it. */
function makeList(pane) {
  const { model, uid } = pane;
  const entries = model.get("_reviews");
  const options = entries.map((entry, at) =>
    make(
      "li",
      { role: "option", id: `${uid}-r${at}`, class: "rk-entry", "aria-selected": "false" },
      make("span", { class: "rk-entry-n", text: entry.n }),
      make(
        "span",
        { class: "rk-entry-about rk-quiet" },
        make("span", { text: entry.date ?? "no date" }),
        entry.stars == null
          ? null
          : make("span", { role: "img", "aria-label": plural(entry.stars, "star"), text: `${entry.stars}★` }),
        make("span", { class: "rk-entry-words", text: plural(entry.words, "word") }),
      ),
      make("bdi", { class: "rk-entry-first" }),
    ),
  );
  /** The first words of the entries from `from` on: covered ones say so, unread ones wait. */
  function tellFirsts(firsts, from = 0) {
    firsts.forEach((first, n) => {
      const node = options[from + n]?.lastChild;
      if (!node) return;
      node.textContent = first === null ? "covered" : first === undefined ? "…" : first || "no text";
      node.classList.toggle("rk-entry-covered", first == null);
    });
  }
  const known = (entry) => (entry.judged === false ? undefined : entry.first);
  /** Where the first entry stands whose first words are still to come, or -1. */
  const unread = () => model.get("_reviews").findIndex((entry) => entry.judged === false);
  const retell = () => tellFirsts(model.get("_reviews").map(known));
  retell();
  const box = make(
    "ul",
    { role: "listbox", class: "rk-entries", tabindex: 0, "aria-label": "Reviews", click: pick, keydown: keys },
    ...options,
  );
  const search = make("input", {
    type: "search",
    class: "rk-field rk-search",
    placeholder: "Search the reviews",
    "aria-label": "Search the reviews",
    autocomplete: "off",
    spellcheck: "false",
    input: ask,
    keydown: leave,
  });
  const none = make("p", { class: "rk-quiet rk-none", text: "No review has all of these words.", hidden: true });
  search.value = model.get("_query");
  let timer = 0;

  function ask() {
    clearTimeout(timer);
    timer = setTimeout(tell, 150);
  }
  function tell() {
    clearTimeout(timer);
    model.set("_query", search.value);
    model.save_changes();
  }
  function leave(event) {
    if (event.key === "Escape" && search.value) {
      search.value = "";
      ask();
    } else if (event.key === "Escape" || event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      if (event.key === "Enter" && search.value.trim()) {
        tell();
        model.send({ type: "first", query: search.value });
      }
      box.focus();
    }
  }
  function pick(event) {
    const option = event.target.closest("[role=option]");
    if (option) pane.open(entries[options.indexOf(option)].id);
  }
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(box.clientHeight / 60));
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key === "Enter" || event.key === " ") pane.article.focus();
    else if (event.key in steps) move(steps[event.key]);
    else return;
    event.preventDefault();
  }
  function seen() {
    const hits = model.get("_hits");
    return hits ?? entries.map((_, at) => at);
  }
  /** Open the review that many further on among those listed. */
  function move(steps) {
    const places = seen();
    const here = places.indexOf(at(model.get("review_id")));
    const from = here < 0 ? (steps > 0 ? -1 : 0) : here;
    const to = Math.max(0, Math.min(places.length - 1, from + steps));
    if (places.length && to !== here) pane.open(entries[places[to]].id);
  }
  const at = (id) => entries.findIndex((entry) => entry.id === id);
  function paint() {
    const now = at(model.get("review_id"));
    box.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (now < 0) return;
    const option = options[now];
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    const [top, bottom] = [option.offsetTop, option.offsetTop + option.offsetHeight];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }
  function filter() {
    const hits = model.get("_hits");
    const kept = new Set(hits ?? []);
    options.forEach((option, n) => (option.hidden = hits != null && !kept.has(n)));
    none.hidden = hits == null || hits.length > 0;
    pane.place();
    if (hits) pane.say(`${hits.length} of ${plural(entries.length, "review")} found`);
    paint();
  }
  const root = make("div", { class: "rk-list" }, search, box, none);
  return { root, box, search, none, entries, at, seen, move, paint, filter, retell, tellFirsts, unread };
}

/** What is known of a review: its title, what the page tells of it, and what the page does not. */
function drawHead(pane, current) {
  const n = pane.list?.entries[pane.list.at(current.id)]?.n;
  const about = [
    current.stars == null
      ? null
      : make("span", { class: "rk-fact", role: "img", "aria-label": `${current.stars} of 5 stars`, text: stars(current.stars) }),
    ...(current.given ?? []).map((text) => make("span", { class: "rk-fact", text })),
  ].filter(Boolean);
  const missing = current.missing?.length
    ? make("p", { class: "rk-missing rk-quiet", text: `Not given: ${current.missing.join(", ")}` })
    : null;
  const name = current.title ?? (n ? `Review ${n}` : "No review");
  const again = current.title_bare ? drawAgain({ again: -1, of: "title" }) : null;
  return make(
    "header",
    { class: "rk-head" },
    make("h3", { id: `${pane.uid}-title`, class: "rk-title" }, make("bdi", { text: name }), again),
    current.title_cover ? make("p", { class: "rk-title-cover" }, drawCover(current.title_cover)) : null,
    about.length ? make("p", { class: "rk-facts rk-quiet" }, ...about) : null,
    missing,
  );
}

/** A review's paragraphs, cut as Python cut them, with its marks (or those given) and their codes. */
function drawText(pane, current, marks = current.marks) {
  const { legend } = pane;
  const lanes = laneOf(marks.filter((mark) => !pane.isHidden(mark.key)));
  const keys = new Map(marks.map((mark) => [mark.row, mark.key]));
  const ends = new Map(); // the last piece drawn of each mark
  const text = make("div", { class: "rk-text" });
  current.paragraphs.forEach((parts, number) => {
    const paragraph = drawParagraph(parts, number);
    for (const part of parts) {
      const piece = drawPiece(pane, part, lanes, keys);
      for (const row of part.rows ?? []) ends.set(row, piece);
      paragraph.append(piece);
    }
    text.append(paragraph);
  });
  if (!current.paragraphs.length) text.append(make("p", { class: "rk-quiet", text: "This review has no text." }));
  marks.forEach((mark, number) => {
    const last = ends.get(mark.row);
    if (last && lanes.has(mark.row)) last.after(drawCode(mark, number, legend.get(mark.key), marks.length));
  });
  return text;
}

/** A level for each mark's underline, so that overlapping ones stand below each other. */
function laneOf(marks) {
  const lanes = new Map();
  const busy = []; // where each level is free again
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    let lane = busy.findIndex((end) => end <= mark.start);
    if (lane < 0) lane = busy.length;
    busy[lane] = mark.end;
    lanes.set(mark.row, lane);
  }
  return lanes;
}

/** A numbered paragraph, still empty; its height is guessed from its length until it is drawn. */
function drawParagraph(pieces, n) {
  const length = pieces.reduce((sum, { t, fill }) => sum + (t ?? fill ?? "").length, 0);
  const style = `--rk-tall: ${(Math.ceil(length / 64) * 1.64).toFixed(2)}em`;
  return make("p", { class: "rk-paragraph", dir: "auto", "data-n": n + 1, style });
}

/** A piece of text inside one element for each mark that covers it: each underlines it in its own way. */
function drawPiece(pane, part, lanes, keys) {
  if (part.cover != null) return drawCover(part);
  if (part.again != null) return drawAgain(part);
  const rows = (part.rows ?? []).filter((row) => lanes.has(row));
  let node = make("span", { class: "rk-piece", "data-at": part.at, "data-kind": part.kind, "data-word": part.word, text: part.t });
  if (part.masked) {
    node.classList.add("rk-masked");
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", "name hidden");
  }
  if (part.aimed) node.classList.add("rk-aimed");
  if (part.bare) node.classList.add("rk-bare");
  for (const row of rows.sort((a, b) => lanes.get(b) - lanes.get(a))) {
    const label = pane.legend.get(keys.get(row));
    node = make("span", { class: "rk-mark", "data-row": row, style: signOf(label, lanes.get(row)) }, node);
  }
  return node;
}

/** A covered sentence: a block of its length, made of blanks that Python counted; its words are not here. */
function drawCover(part) {
  return make(
    "span",
    {
      class: part.aimed ? "rk-cover rk-aimed" : "rk-cover",
      role: "button",
      tabindex: -1,
      "data-cover": part.cover,
      "data-at": part.at,
      "aria-label": `${part.says}. Uncover`,
    },
    make("span", { class: "rk-cover-says", "aria-hidden": "true", text: part.shown ?? part.says }),
    make("span", { class: "rk-cover-fill", "aria-hidden": "true", text: part.fill }),
  );
}

/** Behind a sentence that was uncovered: the way to cover it again. */
const drawAgain = (part) =>
  make("span", {
    class: "rk-again",
    role: "button",
    tabindex: -1,
    "data-again": part.again,
    "aria-label": `Cover this ${part.of ?? "sentence"} again`,
    text: "cover",
  });

const signOf = (label, lane = 0) =>
  `--rk-sign: var(--rk-mark-${label.hue}); text-decoration-style: ${LINES[label.line]};` +
  `text-underline-offset: ${(0.19 + 0.21 * Math.min(lane, 3)).toFixed(2)}em; --rk-thick: ${THICK[label.line]}px`;

/** The label's code behind the marked words, like the number of a footnote; it is the way in by keyboard. */
function drawCode(mark, number, label, total) {
  const name = `${label.code}, ${label.label}, mark ${number + 1} of ${total}: ${mark.covered ? "covered" : mark.quote}`;
  return make("span", {
    class: "rk-code",
    role: "button",
    tabindex: -1,
    "data-code": mark.row,
    "aria-label": name,
    style: `--rk-sign: var(--rk-mark-${label.hue})`,
    text: label.code,
  });
}

/** The labels that are present, each a switch that shows or hides its marks; null where there is none. */
function drawLegend(pane, current) {
  const here = new Map();
  for (const mark of current.marks) here.set(mark.key, (here.get(mark.key) ?? 0) + 1);
  const labels = [...pane.legend.values()].filter((label) => here.has(label.key));
  const switches = labels.map((label) => {
    const n = here.get(label.key);
    const text = pane.nameOf(label);
    return make(
      "button",
      {
        type: "button",
        class: "rk-label",
        "data-key": label.key,
        "aria-pressed": String(!pane.isHidden(label.key)),
        "aria-label": `${label.code} ${text} ${n}: ${plural(n, "mark")} here, ${label.total} in all`,
        title: `Show or hide: ${label.layer}, ${label.label}`,
        style: `--rk-sign: var(--rk-mark-${label.hue})`,
      },
      make("span", { class: "rk-label-code", text: label.code }),
      make("span", { class: "rk-mark", style: signOf(label), text }),
      make("span", { class: "rk-label-n", text: n }),
    );
  });
  return labels.length ? make("div", { class: "rk-legend", role: "group", "aria-label": "Labels" }, ...switches) : null;
}

/** One mark's row: its code, label, words, and what is told of it; `more` are nodes of the pane's own. */
function drawRow(pane, mark, first, ...more) {
  const label = pane.legend.get(mark.key);
  const why = mark.source === "key" ? "why" : "cues";
  const told = [["rule", mark.rule], [why, mark.cues], ["by", mark.source]].filter(([, value]) => value);
  const quote = mark.covered ? "covered" : mark.quote ? `“${mark.quote}”` : "no words";
  return make(
    "li",
    {},
    make(
      "button",
      {
        type: "button",
        class: "rk-row",
        "data-to": mark.row,
        tabindex: first ? 0 : -1,
        "aria-current": pane.selected() === mark.row ? "true" : null,
        style: `--rk-sign: var(--rk-mark-${label.hue})`,
      },
      make("span", { class: "rk-row-code", text: label.code }),
      make("span", { class: "rk-row-label", text: pane.nameOf(label) }),
      make("bdi", { class: mark.covered ? "rk-row-quote rk-row-covered" : "rk-row-quote", text: quote }),
      told.length
        ? make("span", { class: "rk-row-told rk-quiet" }, ...told.map(([name, value]) => make("span", { text: `${name}: ${value}` })))
        : null,
    ),
    ...more,
  );
}

/** What the marks say, one row each, under a heading that counts them and the labels that are present. */
function drawMarks(pane, current) {
  const seen = current.marks.filter((mark) => !pane.isHidden(mark.key));
  const off = current.marks.length - seen.length;
  const title = `Marks in this review: ${current.marks.length}${off ? `, ${off} hidden` : ""}`;
  return [
    make("h4", { id: `${pane.uid}-marks`, class: "rk-marks-title", text: title }),
    drawLegend(pane, current),
    make(
      "ul",
      { class: "rk-rows", "aria-labelledby": `${pane.uid}-marks` },
      ...seen.map((mark, n) => drawRow(pane, mark, n === 0)),
    ),
  ].filter(Boolean);
}

/** Among the nodes that `selector` finds in `box`, the Tab key stops at this one only. */
function oneStop(box, selector, node = box.querySelector(selector)) {
  for (const other of box.querySelectorAll(selector)) other.tabIndex = other === node ? 0 : -1;
}

/** Go on among such nodes: the one that many further, from the focused one (`from`); around the end or not. */
function stepAmong(box, selector, by, { from = document.activeElement, around = false } = {}) {
  const nodes = [...box.querySelectorAll(selector)];
  if (!nodes.length) return null;
  const here = nodes.indexOf(from);
  const start = here < 0 && by < 0 ? nodes.length : here;
  const to = around ? (start + by + nodes.length) % nodes.length : Math.max(0, Math.min(nodes.length - 1, start + by));
  oneStop(box, selector, nodes[to]);
  reveal(box, nodes[to]);
  nodes[to].focus({ preventScroll: true });
  return nodes[to];
}

/** Show which mark is chosen: its words, its code and its row. */
function paintChosen(root, row) {
  for (const node of root.querySelectorAll(".rk-on")) node.classList.remove("rk-on");
  for (const node of root.querySelectorAll(".rk-row[aria-current]")) node.removeAttribute("aria-current");
  if (row < 0) return;
  for (const node of root.querySelectorAll(`[data-row="${row}"], [data-code="${row}"]`)) node.classList.add("rk-on");
  for (const [part, selector] of [["code", ".rk-code"], ["to", ".rk-row"]]) {
    const node = root.querySelector(`[data-${part}="${row}"]`);
    if (!node) continue;
    oneStop(root, selector, node);
    if (part === "to") node.setAttribute("aria-current", "true");
  }
}

/** Bring words into view, and let them light up. */
function flash(box, nodes, outside) {
  if (!nodes.length) return;
  reveal(box, nodes[0], outside);
  for (const node of nodes) {
    node.classList.remove("rk-flash");
    void node.offsetWidth; // so that a second flash starts anew
    node.classList.add("rk-flash");
  }
}

/** Unmodified keys stay inside the pane: outside, `b` would insert a cell. Ctrl and Cmd chords pass.
 *  `bindings(event)` gives what each key does where the event happened: `{ n: () => ... }`, or null. */
function guardKeys(root, bindings) {
  function keyed(event) {
    if (!isPlain(event)) return;
    event.stopPropagation();
    if (event.type !== "keydown" || event.defaultPrevented || event.isComposing) return;
    if (event.target.matches("input, textarea, select")) return;
    const does = bindings(event) ?? {};
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key](event);
  }
  keepKeys(root);
  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keyed);
}

/** Listen to the model; gives what ends the listening. */
function watch(model, watched) {
  for (const [event, does] of Object.entries(watched)) model.on(event, does);
  return () => {
    for (const [event, does] of Object.entries(watched)) model.off(event, does);
  };
}

/** Once there is room to scroll in: a view may be made before it is put into the page. */
function whenSeen(root, does, tries = 120) {
  if (root.clientHeight) does();
  else if (tries) requestAnimationFrame(() => whenSeen(root, does, tries - 1));
}

/** The button "Keys" and the table of keys that it opens: `{ button, panel, show(open) }`. */
function makeHelp(pane, keys) {
  const pairs = keys.flatMap(([key, does]) => [make("dt", { text: key }), make("dd", { text: does })]);
  const panel = make("div", { id: `${pane.uid}-keys`, class: "rk-keys", hidden: true }, make("dl", { class: "rk-keys-list" }, ...pairs));
  const button = makeButton("Keys", "Keys", () => show());
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", panel.id);
  function show(open = panel.hidden) {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  return { button, panel, show };
}

const makeButton = (text, name, click) =>
  make("button", { type: "button", class: "rk-button", "aria-label": name, text, click });

/** From which grade up and by whose judgement sentences are covered, to be changed: `{ button, root, paint(veil) }`. */
function makeVeilChoice(pane) {
  const ask = () => pane.model.send({ type: "veil", judge: judge.value, grade: Number(grade.value) });
  const grade = make("select", { class: "rk-field rk-veil-choice", "aria-label": "Cover", change: ask });
  const judge = make("select", { class: "rk-field rk-veil-choice", "aria-label": "As judged", change: ask });
  const label = make("span", { class: "rk-quiet", text: "Cover" });
  const root = make("div", { class: "rk-veil-choices", id: `${pane.uid}-veil`, hidden: true }, label, grade, judge);
  const button = makeButton("Change", "Change what is covered", () => show());
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", root.id);
  function show(open = root.hidden) {
    root.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  function paint(veil) {
    grade.replaceChildren(...veil.grades.map((one) => make("option", { value: one.grade, text: one.text })));
    judge.replaceChildren(...veil.judges.map((one) => make("option", { value: one.judge, text: one.text })));
    grade.value = veil.grade;
    judge.value = veil.judge;
    judge.hidden = veil.grade === 0;
  }
  return { button, root, paint };
}

/** Whose reviews these are, and that they are invented where they are. */
function drawWhose(page) {
  return make(
    "div",
    { class: "rk-bar-text" },
    page.title ? make("bdi", { class: "rk-page", text: page.title }) : null,
    page.invented ? make("span", { class: "rk-invented", text: "These reviews were invented for this kit." }) : null,
  );
}
