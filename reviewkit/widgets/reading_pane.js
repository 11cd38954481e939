// The reading pane, drawn. Python has cut the text; every piece becomes a text node, nothing is parsed or
// counted here. What is chosen shows at once, then Python is told. State lives in the model, so this may
// be rendered any number of times.

const LINES = ["solid", "double", "dotted", "dashed", "wavy"]; // a label's second sign
const THICK = [1.5, 1.5, 2, 1.5, 1]; // each as heavy as the others to the eye
const KEYS = [
  ["n or j", "next review"],
  ["p or k", "previous review"],
  ["↑ ↓ Home End", "in the list: move; in the text: scroll"],
  ["m, Shift+M", "next and previous mark"],
  ["Enter", "from marked words to their row, and back"],
  ["/", "search the reviews (Enter opens the first found, Esc clears)"],
  ["?", "show or hide these keys"],
];
const WAIT = 600; // milliseconds without an answer, after which the pane says that it waits

let count = 0; // views so far, for ids

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

const stars = (n) => "★".repeat(Math.max(0, Math.min(5, n))) + "☆".repeat(Math.max(0, 5 - n));
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
      make("bdi", { class: "rk-entry-first", text: entry.first || "no text" }),
    ),
  );
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
  return { root: make("div", { class: "rk-list" }, search, box, none), box, search, entries, at, seen, move, paint, filter };
}

/** The review itself: what is known of it, and its paragraphs with their marks. */
function drawReview(pane, current) {
  const { uid, legend } = pane;
  const n = pane.list.entries[pane.list.at(current.id)]?.n;
  const about = [
    current.stars == null
      ? null
      : make("span", { class: "rk-fact", role: "img", "aria-label": `${current.stars} of 5 stars`, text: stars(current.stars) }),
    ...(current.given ?? []).map((text) => make("span", { class: "rk-fact", text })),
  ].filter(Boolean);
  const missing = current.missing?.length
    ? make("p", { class: "rk-missing rk-quiet", text: `Not given: ${current.missing.join(", ")}` })
    : null;
  const head = make(
    "header",
    { class: "rk-head" },
    make("h3", { id: `${uid}-title`, class: "rk-title" }, make("bdi", { text: current.title ?? (n ? `Review ${n}` : "No review") })),
    about.length ? make("p", { class: "rk-facts rk-quiet" }, ...about) : null,
    missing,
  );
  const lanes = laneOf(current.marks.filter((mark) => !pane.isHidden(mark.key)));
  const ends = new Map(); // the last piece drawn of each mark
  const text = make("div", { class: "rk-text" });
  current.paragraphs.forEach((parts, number) => {
    const paragraph = make("p", { class: "rk-paragraph", dir: "auto", "data-n": number + 1 });
    for (const part of parts) {
      const piece = drawPiece(pane, current, part, lanes);
      for (const row of part.rows ?? []) ends.set(row, piece);
      paragraph.append(piece);
    }
    text.append(paragraph);
  });
  if (!current.paragraphs.length) text.append(make("p", { class: "rk-quiet", text: "This review has no text." }));
  current.marks.forEach((mark, number) => {
    const last = ends.get(mark.row);
    if (last && lanes.has(mark.row)) last.after(drawCode(mark, number, legend.get(mark.key), current.marks.length));
  });
  return [head, text];
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

/** A piece of text inside one element for each mark that covers it: each underlines it in its own way. */
function drawPiece(pane, current, part, lanes) {
  const rows = (part.rows ?? []).filter((row) => lanes.has(row));
  let node = make("span", { class: "rk-piece", "data-at": part.at, text: part.t });
  if (part.masked) {
    node.classList.add("rk-masked");
    node.setAttribute("role", "img");
    node.setAttribute("aria-label", "name hidden");
  }
  if (part.aimed) node.classList.add("rk-aimed");
  for (const row of rows.sort((a, b) => lanes.get(b) - lanes.get(a))) {
    const label = pane.legend.get(current.marks.find((mark) => mark.row === row).key);
    node = make("span", { class: "rk-mark", "data-row": row, style: signOf(label, lanes.get(row)) }, node);
  }
  return node;
}

const signOf = (label, lane = 0) =>
  `--rk-sign: var(--rk-mark-${label.hue}); text-decoration-style: ${LINES[label.line]};` +
  `text-underline-offset: ${(0.19 + 0.21 * Math.min(lane, 3)).toFixed(2)}em; --rk-thick: ${THICK[label.line]}px`;

/** The label's code behind the marked words, like the number of a footnote; it is the way in by keyboard. */
function drawCode(mark, number, label, total) {
  const name = `${label.code}, ${label.label}, mark ${number + 1} of ${total}: ${mark.quote}`;
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

/** What the marks say, one row each, and above them the labels that are present. */
function drawMarks(pane, current) {
  const { uid, legend } = pane;
  const here = new Map();
  for (const mark of current.marks) here.set(mark.key, (here.get(mark.key) ?? 0) + 1);
  const labels = [...legend.values()].filter((label) => here.has(label.key));
  const toggles = labels.map((label) => {
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
  const rows = current.marks.filter((mark) => !pane.isHidden(mark.key)).map((mark, n) => {
    const label = legend.get(mark.key);
    const told = [["rule", mark.rule], [mark.source === "key" ? "why" : "cues", mark.cues], ["by", mark.source]].filter(([, value]) => value);
    return make(
      "li",
      {},
      make(
        "button",
        {
          type: "button",
          class: "rk-row",
          "data-to": mark.row,
          tabindex: n ? -1 : 0,
          "aria-current": pane.selected() === mark.row ? "true" : null,
          style: `--rk-sign: var(--rk-mark-${label.hue})`,
        },
        make("span", { class: "rk-row-code", text: label.code }),
        make("span", { class: "rk-row-label", text: pane.nameOf(label) }),
        make("bdi", { class: "rk-row-quote", text: mark.quote ? `“${mark.quote}”` : "no words" }),
        told.length
          ? make("span", { class: "rk-row-told rk-quiet" }, ...told.map(([name, value]) => make("span", { text: `${name}: ${value}` })))
          : null,
      ),
    );
  });
  const off = current.marks.length - rows.length;
  const title = `Marks in this review: ${current.marks.length}${off ? `, ${off} hidden` : ""}`;
  return [
    make("h4", { id: `${uid}-marks`, class: "rk-marks-title", text: title }),
    labels.length ? make("div", { class: "rk-legend", role: "group", "aria-label": "Labels" }, ...toggles) : null,
    make("ul", { class: "rk-rows", "aria-labelledby": `${uid}-marks` }, ...rows),
  ].filter(Boolean);
}

function render({ model, el }) {
  const uid = `rk${++count}`;
  const page = model.get("_page");
  const labels = model.get("_legend");
  const pane = {
    model,
    uid,
    legend: new Map(labels.map((label) => [label.key, label])),
    nameOf: ({ layer, label }) => (labels.filter((other) => other.label === label).length > 1 ? `${layer}: ${label}` : label),
    isHidden: (key) => model.get("hidden_labels").includes(key),
    selected: () => model.get("_selected"),
    open,
    place,
    say: (words) => (status.textContent = words),
  };
  const list = (pane.list = makeList(pane));
  const article = (pane.article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` }));
  const marks = make("div", { class: "rk-marks", role: "group", "aria-label": "Marks", hidden: !labels.length });
  const status = make("div", { class: "rk-said", role: "status" });
  const where = make("span", { class: "rk-where" });
  const button = (text, name, click) => make("button", { type: "button", class: "rk-button", "aria-label": name, text, click });
  const back = button("‹", "Previous review", () => list.move(-1));
  const on = button("›", "Next review", () => list.move(1));
  const help = button("Keys", "Keys", () => showKeys());
  const keys = make("div", { id: `${uid}-keys`, class: "rk-keys", hidden: true }, makeKeys());
  help.setAttribute("aria-expanded", "false");
  help.setAttribute("aria-controls", keys.id);
  const root = make(
    "div",
    { class: "rk rk-pane", role: "group", "aria-label": `Reading pane${page.title ? `: ${page.title}` : ""}`, tabindex: -1 },
    make(
      "div",
      { class: "rk-bar" },
      make(
        "div",
        { class: "rk-bar-text" },
        page.title ? make("bdi", { class: "rk-page", text: page.title }) : null,
        page.invented ? make("span", { class: "rk-invented", text: "These reviews were invented for this kit." }) : null,
      ),
      make("div", { class: "rk-bar-tools" }, back, where, on, help),
    ),
    keys,
    make("div", { class: "rk-columns" }, list.root, article, marks),
    status,
  );
  if (page.height) root.style.setProperty("--rk-height", page.height);
  let drawn = null; // the review on show
  let waiting = 0;
  let ended = false;
  let revealed = 0; // the last target that was gone to

  function open(id, quietly = false) {
    if (id === model.get("review_id")) return;
    model.set("review_id", id);
    if (!quietly) model.save_changes();
  }
  function opened() {
    list.paint();
    place();
    clearTimeout(waiting);
    if (drawn === model.get("review_id")) return;
    article.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      article.replaceChildren(make("p", { class: "rk-quiet", text: "Waiting for Python. If this stays, run the cell again." }));
      marks.replaceChildren();
      drawn = null;
    }, WAIT);
  }
  function place() {
    const { entries } = list;
    const seen = list.seen();
    const now = list.at(model.get("review_id"));
    where.textContent = now < 0 ? "no review" : `${entries[now].n} of ${entries.length}`;
    for (const [tool, off] of [[back, !seen.some((n) => n < now)], [on, !seen.some((n) => n > now)]]) {
      tool.setAttribute("aria-disabled", String(off));
    }
  }
  function drawAll() {
    const current = model.get("_current");
    if (current.id !== model.get("review_id")) return; // an answer that has been overtaken
    clearTimeout(waiting);
    article.removeAttribute("aria-busy");
    const moved = drawn !== current.id;
    article.replaceChildren(...drawReview(pane, current));
    marks.replaceChildren(...drawMarks(pane, current));
    article.querySelector(".rk-code")?.setAttribute("tabindex", "0");
    if (moved) {
      article.scrollTop = 0;
      marks.scrollTop = 0;
      if (drawn !== null) {
        if (article.getBoundingClientRect().top < 0) article.scrollIntoView({ block: "nearest" });
        pane.say(`Review ${where.textContent}`);
      }
    }
    drawn = current.id;
    paintSelected();
    goToTarget();
  }
  function paintSelected() {
    const row = model.get("_selected");
    for (const node of root.querySelectorAll(".rk-on")) node.classList.remove("rk-on");
    for (const node of root.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    if (row < 0) return;
    for (const node of root.querySelectorAll(`[data-row="${row}"], [data-code="${row}"]`)) node.classList.add("rk-on");
    root.querySelector(`[data-to="${row}"]`)?.setAttribute("aria-current", "true");
    const code = root.querySelector(`[data-code="${row}"]`);
    if (code) oneStop(article, ".rk-code", code);
    const button = root.querySelector(`[data-to="${row}"]`);
    if (button) oneStop(marks, ".rk-row", button);
  }
  function oneStop(box, selector, node) {
    for (const other of box.querySelectorAll(selector)) other.tabIndex = other === node ? 0 : -1;
  }
  function select(row) {
    model.set("_selected", row);
    paintSelected();
    model.save_changes();
  }
  function flash(nodes, outside) {
    if (!nodes.length) return;
    reveal(article, nodes[0], outside);
    for (const node of nodes) {
      node.classList.remove("rk-flash");
      void node.offsetWidth; // so that a second flash starts anew
      node.classList.add("rk-flash");
    }
  }
  function toWords(row) {
    select(row);
    flash([...article.querySelectorAll(`[data-row="${row}"]`)], true);
    article.querySelector(`[data-code="${row}"]`)?.focus({ preventScroll: true });
  }
  function toRow(row, focus) {
    select(row);
    const button = marks.querySelector(`[data-to="${row}"]`);
    if (!button) return;
    if (getComputedStyle(marks).overflowY !== "visible" || focus) reveal(marks, button, false);
    if (focus) button.focus({ preventScroll: true });
    const mark = model.get("_current").marks.find((other) => other.row === row);
    pane.say(`${pane.legend.get(mark.key).label}: ${mark.quote}`);
  }
  function goToTarget() {
    const target = model.get("_target");
    if (!target.n || target.n === revealed || target.review_id !== drawn) return;
    revealed = target.n;
    const selector = target.row >= 0 ? `[data-row="${target.row}"]` : ".rk-aimed";
    flash([...article.querySelectorAll(selector)], false);
    if (target.row >= 0) toRowQuietly(target.row);
  }
  function toRowQuietly(row) {
    const button = marks.querySelector(`[data-to="${row}"]`);
    if (button && getComputedStyle(marks).overflowY !== "visible") reveal(marks, button, false);
  }
  function showKeys(open = keys.hidden) {
    keys.hidden = !open;
    help.setAttribute("aria-expanded", String(open));
  }
  /** From mark to mark, in the order of the text. */
  function step(by) {
    const codes = [...article.querySelectorAll(".rk-code")];
    if (!codes.length) return;
    const focused = codes.indexOf(root.ownerDocument.activeElement);
    const from = focused >= 0 ? focused : codes.findIndex((code) => code.classList.contains("rk-on"));
    const code = codes[from < 0 ? (by > 0 ? 0 : codes.length - 1) : (from + by + codes.length) % codes.length];
    oneStop(article, ".rk-code", code);
    reveal(article, code);
    code.focus({ preventScroll: true });
  }
  function stepRow(from, by) {
    const rows = [...marks.querySelectorAll(".rk-row")];
    const row = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(from) + by))];
    oneStop(marks, ".rk-row", row);
    reveal(marks, row, false);
    row.focus({ preventScroll: true });
  }

  // Unmodified keys stay inside the pane: outside, `b` would insert a cell. Ctrl and Cmd pass.
  function keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.type !== "keydown" || event.defaultPrevented || event.isComposing) return;
    if (event.target.matches("input")) return;
    const code = event.target.closest(".rk-code");
    const row = event.target.closest(".rk-row");
    const does = {
      n: () => list.move(1),
      j: () => list.move(1),
      p: () => list.move(-1),
      k: () => list.move(-1),
      m: () => step(1),
      M: () => step(-1),
      "/": () => list.search.focus(),
      "?": () => showKeys(),
      Escape: () => showKeys(false),
    };
    if (code) {
      does.ArrowRight = () => step(1);
      does.ArrowLeft = () => step(-1);
      does.Enter = does[" "] = () => toRow(Number(code.dataset.code), true);
    }
    if (row) {
      does.ArrowDown = () => stepRow(row, 1);
      does.ArrowUp = () => stepRow(row, -1);
      does.Home = () => stepRow(row, -Infinity);
      does.End = () => stepRow(row, Infinity);
    }
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  }
  /** Marked words lead to their row; where marks overlap, clicking again goes on to the next one. */
  function clicked(event) {
    const code = event.target.closest(".rk-code");
    const selection = root.ownerDocument.getSelection();
    if (code) return toRow(Number(code.dataset.code), false);
    if (selection && !selection.isCollapsed && article.contains(selection.anchorNode)) return; // reading, copying
    const rows = [];
    for (let node = event.target.closest(".rk-mark"); node; node = node.parentElement.closest(".rk-mark")) {
      rows.push(Number(node.dataset.row));
    }
    if (rows.length) toRow(rows[(rows.indexOf(model.get("_selected")) + 1) % rows.length], false);
  }
  function inMarks(event) {
    const row = event.target.closest(".rk-row");
    const label = event.target.closest(".rk-label");
    if (row) toWords(Number(row.dataset.to));
    if (!label) return;
    const key = Number(label.dataset.key);
    const hidden = model.get("hidden_labels");
    model.set("hidden_labels", hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key]);
    model.save_changes();
    marks.querySelector(`[data-key="${key}"]`)?.focus();
  }
  function relabelled() {
    const top = article.scrollTop;
    drawAll();
    article.scrollTop = top;
  }
  function searched() {
    if (list.search.value !== model.get("_query") && root.ownerDocument.activeElement !== list.search) {
      list.search.value = model.get("_query");
    }
  }

  /** Once there is room to scroll in: a view may be made before it is put into the page. */
  function whenSeen(does, tries = 120) {
    if (ended || tries === 0) return;
    if (root.clientHeight) does();
    else requestAnimationFrame(() => whenSeen(does, tries - 1));
  }

  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keyed);
  article.addEventListener("click", clicked);
  marks.addEventListener("click", inMarks);
  const watched = {
    "change:review_id": opened,
    "change:_current": drawAll,
    "change:_selected": paintSelected,
    "change:_target": goToTarget,
    "change:hidden_labels": relabelled,
    "change:_hits": list.filter,
    "change:_query": searched,
  };
  for (const [event, does] of Object.entries(watched)) model.on(event, does);
  el.append(root);
  place();
  if (model.get("_hits")) list.filter();
  drawAll();
  whenSeen(() => {
    list.paint();
    revealed = 0;
    goToTarget();
  });
  return () => {
    ended = true;
    clearTimeout(waiting);
    for (const [event, does] of Object.entries(watched)) model.off(event, does);
    root.remove();
  };
}

function makeKeys() {
  return make("dl", { class: "rk-keys-list" }, ...KEYS.flatMap(([key, does]) => [make("dt", { text: key }), make("dd", { text: does })]));
}

export default { render };
