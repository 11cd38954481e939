// The marking pane: choose words, give them a label. What is marked shows in the next frame; the desk sends it
// to Python and says when it is kept. Drawn with the parts in pane.js and the other marking_*.js before it.

function render({ model, el }, desk) {
  const page = model.get("_page");
  const pane = makePane(model);
  const { uid, legend } = pane;
  const keyOf = new Map([...legend.values()].map((label) => [`${label.layer}\u0001${label.label}`, label.key]));
  let layer = desk.about.layer;
  let every = false; // marks of all layers, not only of the open one
  let active = null; // the mark that is chosen
  let drawn = null; // the review on show
  let sheet = { marks: [], paragraphs: [], units: [] };
  let revealed = 0; // the last words that Python wanted to be looked at
  let waiting = 0;
  let speech = 0;
  let ended = false;
  let painting = ""; // "now", or "again" where something has changed meanwhile
  let swift = false; // a new mark is being made: its words first, the rest in the next frame
  let narrow = false; // a page of one column
  let plain = false; // the list of sentences instead of the text

  const list = (pane.list = makeList(pane));
  const article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` });
  Object.assign(pane, {
    article,
    open,
    place,
    say,
    chosen: (choice) => tools.prompt(choice),
    quote: (start, end) => text.quote(start, end),
    labels: (name) => [...legend.values()].filter((label) => label.layer === name && label.given),
    layer: () => layer,
    active: () => active,
    has: (label, span) => Boolean(sameSpan(span).find((mark) => mark.key === label.key)),
    choice: () => text.choice(),
    letGo: () => text.clear(),
    short,
    /** Where the labels stand: over the text, or on a narrow page under the words that are chosen. */
    seat(node, choice) {
      if (narrow && choice && !plain) text.paragraphOf(choice.start).after(node);
      else if (node.parentElement !== board) board.prepend(node);
    },
    moving: () => editor.mark(),
    verdictId: (name) => sheet.verdict_ids[name],
    verdictPlace: (name) => ({ kind: "verdict", review_id: drawn, layer: name, text_sha: sheet.sha }),
    given,
    give,
    change,
    remove,
    edit,
    closed,
    repaint,
  });
  const text = makeText(pane);
  const sentences = makeSentences(pane);
  const editor = makeEditor(pane, desk);
  const more = typeof extendMarking === "function" ? extendMarking(pane, desk) : null; // a pane that does more
  const help = makeHelp(pane, [...KEYS, ...(more?.keys ?? [])]);
  const status = make("div", { class: "rk-said", role: "status" });
  const where = make("span", { class: "rk-where" });
  const back = makeButton("‹", "Previous review", () => list.move(-1));
  const on = makeButton("›", "Next review", () => list.move(1));
  const undo = makeButton("Undo", "Undo", () => turn(desk.undo(), "Undone"));
  const redo = makeButton("Redo", "Redo", () => turn(desk.redo(), "Done again"));
  const layers = makeSelect("Layer", desk.about.layers.map((name) => [name, name]), layer, toLayer);
  const asText = makeButton("Text", "Text", () => show(false));
  const asList = makeButton("Sentences", "Sentences", () => show(true));
  const tools = makeTools(pane, desk);
  const { choosing, palette, meanings, meaning } = tools;
  const veil = make("p", { class: "rk-veil-told rk-quiet", hidden: true });
  const rows = make("ul", { class: "rk-rows", "aria-labelledby": `${uid}-marks` });
  const title = make("h4", { id: `${uid}-marks`, class: "rk-marks-title" });
  const others = makeButton("", null, () => {
    every = !every;
    repaint();
  });
  const verdicts = makeVerdicts(pane, desk);
  const marksBox = make(
    "div",
    { class: "rk-marks", role: "group", "aria-label": "Your marks" },
    more?.root,
    make("div", { class: "rk-marks-head" }, title, others),
    rows,
    more ? null : verdicts.root,
    drawLost(desk.about.lost),
  );
  const top = make(
    "div",
    { class: "rk-tools" },
    make("div", { class: "rk-tool" }, layers.length > 1 ? makeField("Layer", layers) : null, meaning),
    make("div", { class: "rk-tool", role: "group", "aria-label": "View" }, asText, asList),
    make("div", { class: "rk-tool" }, undo, redo),
  );
  const board = make("div", { class: "rk-board" }, choosing, veil, article, sentences.root);
  const of = page.title ? `: ${page.title}` : "";
  const root = make(
    "div",
    { class: `rk rk-pane rk-marking ${more?.className ?? ""}`, role: "group", "aria-label": `${more?.name ?? "Marking pane"}${of}`, tabindex: -1 },
    make(
      "div",
      { class: "rk-bar" },
      drawWhose(page),
      make("div", { class: "rk-bar-tools" }, tools.state, back, where, on, help.button),
    ),
    help.panel,
    top,
    meanings,
    tools.alarm,
    make("div", { class: "rk-columns" }, list.root, board, marksBox),
    status,
  );
  if (page.height) root.style.setProperty("--rk-height", page.height);
  undo.setAttribute("aria-keyshortcuts", "u");
  redo.setAttribute("aria-keyshortcuts", "Shift+U");

  /** Said politely, once things have come to rest: not for every key. */
  function say(words, wait = 250) {
    clearTimeout(speech);
    speech = setTimeout(() => (status.textContent = words), wait);
  }
  function open(id) {
    if (id === model.get("review_id")) return;
    editor.leave();
    model.set("review_id", id);
    model.save_changes();
  }
  const sheets = () => [model.get("_current"), ...model.get("_ahead")];
  const found = () => sheets().find((other) => other.id === model.get("review_id"));
  function opened() {
    list.paint();
    place();
    clearTimeout(waiting);
    if (drawn === model.get("review_id")) return;
    if (found()?.units) return drawAll();
    article.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      const words = "Waiting for Python. If this stays, run the cell again.";
      article.replaceChildren(make("p", { class: "rk-quiet", text: words }));
      drawn = null;
    }, WAIT);
  }
  function place() {
    const now = list.at(model.get("review_id"));
    const seen = list.seen();
    where.textContent = now < 0 ? "no review" : `${list.entries[now].n} of ${list.entries.length}`;
    for (const [tool, off] of [[back, !seen.some((n) => n < now)], [on, !seen.some((n) => n > now)]]) {
      tool.setAttribute("aria-disabled", String(off));
    }
  }
  function answered() {
    const current = model.get("_current");
    if (current.units && (current.id !== drawn || current.n !== sheet.n)) drawAll();
  }
  function drawAll() {
    const current = found();
    if (!current?.units) return;
    clearTimeout(waiting);
    article.removeAttribute("aria-busy");
    const moved = drawn !== current.id;
    const scrolled = article.scrollTop;
    choosing.remove(); // it may stand in the text
    sheet = current;
    if (moved) {
      active = null;
      editor.close(false);
      sentences.close();
      text.toCursor(0, false);
    }
    drawn = current.id;
    article.replaceChildren(drawHead(pane, current), text.draw(current, visible()));
    board.prepend(choosing);
    oneStop(article, COVERS);
    article.scrollTop = moved ? 0 : scrolled;
    if (moved) say(`Review ${where.textContent}`);
    veil.hidden = !current.covered && !current.opened;
    veil.replaceChildren(
      `${plural(current.covered, "sentence")} of ${current.sentences} covered ${model.get("_veil").whose}. `,
      "Uncover what you want to mark. ",
      makeButton(current.covered ? "Uncover all" : "Cover again", null, () => lift(null, current.covered > 0)),
    );
    repaint();
    tools.prompt(null);
    goToTarget();
  }
  /** Words that Python wants to be looked at. */
  function goToTarget() {
    const target = model.get("_target");
    if (!target.n || target.n === revealed || target.review_id !== drawn || plain) return;
    revealed = target.n;
    flash(article, [...article.querySelectorAll(".rk-aimed")], false);
  }

  /** The marks of the open review, ready to be drawn. */
  function all() {
    const known = desk.here(drawn).filter((mark) => keyOf.has(`${mark.layer}\u0001${mark.label}`));
    return known.map(ready).sort((a, b) => a.start - b.start || a.end - b.end);
  }
  function ready(mark) {
    const quote = text.quote(mark.start, mark.end);
    const covered = text.isCovered(mark.start, mark.end);
    const key = keyOf.get(`${mark.layer}\u0001${mark.label}`);
    return { ...mark, row: desk.row(mark.mark), key, quote, covered, state: desk.stateOf(mark.mark) };
  }
  const among = (marks) => marks.filter((mark) => every || mark.layer === layer);
  const visible = () => among(all());
  const sameSpan = (span) => desk.here(drawn).filter((m) => m.start === span.start && m.end === span.end).map(ready);

  /** Show things as they are; what happens meanwhile, such as a field that loses the focus, is shown next. */
  function repaint() {
    if (!drawn) return;
    if (painting) {
      painting = "again";
      return;
    }
    painting = "now";
    try {
      paint();
    } finally {
      const again = painting === "again";
      painting = "";
      if (again) repaint();
    }
  }
  /** A new mark is seen in this very frame; what stands around the text follows in the next one. */
  function paintWords() {
    const marks = visible();
    text.patch(more?.beside(marks) ?? marks);
    paintChosen(article, desk.row(active));
    requestAnimationFrame(() => requestAnimationFrame(() => ended || repaint()));
  }
  function paint() {
    const { activeElement } = root.ownerDocument;
    const held = editor.root.contains(activeElement) ? activeElement : null;
    const here = all();
    const marks = among(here);
    more?.painted(sheet); // before the text, in which it may have marks
    if (plain) sentences.paint(sheet, marks, text.words());
    text.patch(more?.beside(marks) ?? marks);
    const signOf = (m) => [m.key, m.quote, m.note, m.state, m.mark === active].join("|");
    reconcile(rows, marks, (mark) => mark.mark, signOf, (mark, old) => {
      const made = drawMarkRow(pane, mark, mark.mark === active);
      const focused = old?.querySelector(".rk-row") === root.ownerDocument.activeElement;
      if (old?.contains(editor.root) && mark.mark === editor.mark()) return replaceButton(old, made, focused);
      if (focused) requestAnimationFrame(() => made.querySelector(".rk-row").focus({ preventScroll: true }));
      return made;
    });
    if (!rows.querySelector('.rk-row[tabindex="0"]')) oneStop(rows, ".rk-row");
    paintChosen(article, active ? desk.row(active) : -1);
    const total = here.length;
    title.textContent = `Your marks here: ${marks.length}`;
    others.hidden = !every && total === marks.length;
    others.textContent = every ? `Only ${layer}` : `Show ${total - marks.length} in other layers`;
    if (!marks.length && !rows.childElementCount) title.textContent = "No marks here yet";
    verdicts.paint(drawn);
    tools.paintState([undo, redo]);
    settleEditor();
    if (held && editor.root.isConnected) held.focus({ preventScroll: true });
    editor.refresh(text.words());
  }
  /** A row's button made anew while its editor, in which somebody may be writing, stays. */
  function replaceButton(row, made, focused) {
    const button = made.querySelector(".rk-row");
    row.querySelector(".rk-row").replaceWith(button);
    if (focused) button.focus({ preventScroll: true });
    return row;
  }
  function settleEditor() {
    const id = editor.mark();
    marksBox.classList.toggle("rk-editing", Boolean(id));
    if (!id) return;
    const row = desk.row(id);
    const inList = plain && sentences.list.querySelector(`[data-chip="${row}"]`)?.closest(".rk-sentence-main");
    const home = inList || rows.querySelector(`li[data-row="${row}"]`);
    if (home && editor.root.parentElement !== home) home.append(editor.root);
  }
  /** The label was pressed: for the chosen words, or else for the sentence in which the cursor is. */
  function given(label) {
    const choice = text.choice();
    const clicked = choice?.open && choice.a === choice.b; // a word was clicked, no more: its sentence is meant
    const span = clicked && label.alone ? text.unitAt() : (choice ?? text.unitAt());
    if (!span) return say("Choose words first.");
    give(label, { start: span.start, end: span.end });
    text.clear();
  }
  function give(label, span) {
    const here = sameSpan(span).filter((mark) => mark.layer === label.layer);
    const same = here.find((mark) => mark.key === label.key);
    const other = label.alone && here.find((mark) => legend.get(mark.key).alone);
    if (same) return remove(same.mark);
    if (other) return change(other.mark, { label: label.label }, "label");
    const mark = newUuid();
    active = mark;
    const quote = text.quote(span.start, span.end);
    const place = { review_id: drawn, start: span.start, end: span.end, quote, text_sha: sheet.sha };
    swift = !plain;
    desk.act([[mark, { kind: "mark", layer: label.layer, label: label.label, note: null, ...place }]], label.label);
    swift = false;
    return undefined;
  }
  function change(mark, fields, name) {
    const now = desk.marks.get(mark);
    const { layer: of, label, note, start, end } = now;
    const next = { kind: "mark", review_id: drawn, layer: of, label, note, start, end, ...fields, text_sha: sheet.sha };
    if (["label", "start", "end", "note"].every((each) => (next[each] ?? null) === (now[each] ?? null))) return;
    desk.act([[mark, { ...next, quote: text.quote(next.start, next.end) }]], name);
    text.clear();
  }
  function remove(mark) {
    const { label } = desk.marks.get(mark);
    const focused = [rows, sentences.root].some((box) => box.contains(root.ownerDocument.activeElement));
    if (active === mark) active = null;
    if (editor.mark() === mark) editor.close(false);
    desk.act([[mark, null]], `${label} deleted`);
    const lost = focused && !root.contains(root.ownerDocument.activeElement);
    if (lost) (plain ? sentences.root : article).focus({ preventScroll: true });
    say(`${label} deleted`);
  }
  function turn(action, words) {
    if (!action) return say("There is nothing more.");
    const [[mark]] = action.changes;
    const { review_id: review, layer: name, kind, what, start } = desk.marks.get(mark);
    if (review !== drawn) open(review);
    else if (kind === "mark" && what === "set") {
      if (name !== layer && !every) toLayer(name);
      choose(mark);
      text.cursorTo(start);
    }
    return say(`${words}: ${action.name}`);
  }
  /** Show a mark as the chosen one. */
  function choose(mark, { rowToo = true } = {}) {
    active = mark;
    repaint();
    const row = rows.querySelector(`li[data-row="${desk.row(mark)}"]`);
    if (row && rowToo && getComputedStyle(marksBox).overflowY !== "visible") reveal(marksBox, row, false);
  }
  function edit(mark) {
    if (editor.mark() === mark) return editor.close(true);
    active = mark;
    editor.open(desk.marks.get(mark), text.words());
    choose(mark);
    return undefined;
  }
  function closed(mark, focus) {
    if (ended || !mark || !focus) return;
    const row = desk.row(mark);
    const chip = plain && sentences.list.querySelector(`[data-chip="${row}"]`);
    const home = chip || rows.querySelector(`[data-to="${row}"]`);
    (home ?? article).focus({ preventScroll: true });
  }
  /** From mark to mark, in the order of the text. */
  function step(by) {
    const marks = visible();
    if (!marks.length) return say("There are no marks here.");
    const here = marks.findIndex((mark) => mark.mark === active);
    const next = marks[(here < 0 ? (by > 0 ? 0 : marks.length - 1) : here + by + marks.length) % marks.length];
    toWords(next);
    return say(`${next.label}: ${short(next.quote)}`);
  }
  function toWords(mark) {
    choose(mark.mark);
    text.cursorTo(mark.start);
    if (plain) sentences.list.querySelector(`[data-chip="${mark.row}"]`)?.focus();
    else flash(article, [...article.querySelectorAll(`[data-row="${mark.row}"]`)], true);
  }
  /** Move an edge of the chosen mark by a word. */
  function nudge(edge, by) {
    const mark = active && desk.marks.get(active);
    if (!mark || mark.what !== "set") return say("Choose a mark first: m.");
    const words = text.words();
    const a = words.findIndex((word) => word.end > mark.start) + (edge === "start" ? by : 0);
    const b = words.findLastIndex((word) => word.at < mark.end) + (edge === "end" ? by : 0);
    if (a < 0 || b >= words.length || a > b) return undefined;
    const [start, end] = edge === "start" ? [words[a].at, mark.end] : [mark.start, words[b].end];
    change(active, { start, end }, "words");
    return say(text.quote(start, end), 500);
  }
  function lift(at, up) {
    model.send({ type: "lift", review_id: drawn, at, up });
  }
  function toLayer(name) {
    layer = name;
    layers.value = name;
    tools.paint();
    repaint();
    say(`Layer ${name}`);
  }
  function show(asPlain) {
    plain = asPlain;
    article.hidden = plain;
    choosing.hidden = plain;
    sentences.root.hidden = !plain;
    asText.setAttribute("aria-pressed", String(!plain));
    asList.setAttribute("aria-pressed", String(plain));
    repaint();
  }

  function bindings({ target }) {
    const row = target.closest(".rk-row");
    const cover = target.closest(COVERS);
    const does = {
      n: () => list.move(1),
      j: () => list.move(1),
      p: () => list.move(-1),
      k: () => list.move(-1),
      m: () => step(1),
      M: () => step(-1),
      u: () => turn(desk.undo(), "Undone"),
      U: () => turn(desk.redo(), "Done again"),
      l: () => {
        show(!plain);
        (plain ? sentences.list.querySelector("button") ?? sentences.root : article).focus();
      },
      e: () => active && (editor.mark() === active || edit(active), editor.note()),
      "[": () => nudge("start", -1),
      "{": () => nudge("start", 1),
      "]": () => nudge("end", 1),
      "}": () => nudge("end", -1),
      Delete: () => active && remove(active),
      Backspace: () => active && remove(active),
      "/": () => list.search.focus(),
      "?": () => help.show(),
      Escape: () => {
        if (!help.panel.hidden) help.show(false);
        else if (text.choice()) text.clear();
        else if (editor.mark()) editor.close(true);
        else if (active) choose((active = null));
      },
    };
    pane.labels(layer).slice(0, 10).forEach((label, n) => (does[(n + 1) % 10] = () => digit(label, target)));
    if (target === article) Object.assign(does, text.keys());
    if (cover) does.Enter = does[" "] = () => lift(...coverAt(cover));
    if (row) {
      does.ArrowDown = () => stepAmong(rows, ".rk-row", 1);
      does.ArrowUp = () => stepAmong(rows, ".rk-row", -1);
    }
    if (plain && target.closest(".rk-sentence")) {
      does.ArrowDown = () => stepButtons(target, 1);
      does.ArrowUp = () => stepButtons(target, -1);
    }
    more?.bindings(does, { target });
    return does;
  }
  function stepButtons(from, by) {
    const items = [...sentences.list.children];
    const to = items[items.indexOf(from.closest(".rk-sentence")) + by];
    to?.querySelector("button, [role=button]")?.focus();
  }
  function digit(label, target) {
    const start = plain ? sentences.unitOf(target) : null;
    if (start === null) return given(label);
    const unit = sheet.units.find((each) => each.start === start);
    return give(label, sentences.opened() === start ? sentences.span() : unit);
  }
  function clicked(event) {
    const code = event.target.closest(".rk-code");
    const cover = event.target.closest(COVERS);
    if (cover) return lift(...coverAt(cover));
    if (more?.pressed(event)) return undefined;
    if (code) return edit(desk.markOf(Number(code.dataset.code)));
    const mark = event.target.closest(".rk-mark");
    if (mark && !plain && !editor.mark()) choose(desk.markOf(Number(mark.dataset.row)));
    return undefined;
  }
  function inRows(event) {
    const row = event.target.closest(".rk-row");
    if (!row) return;
    const mark = all().find((each) => each.row === Number(row.dataset.to));
    edit(mark.mark);
    if (!plain && editor.mark()) flash(article, [...article.querySelectorAll(`[data-row="${mark.row}"]`)], false);
  }
  /** The desk has something: paint it at once, and say what was kept. */
  function told({ events = [], kept, trouble }) {
    if (ended) return;
    if (swift && !painting) paintWords();
    else if (events.some((event) => event.review_id === drawn)) repaint();
    else tools.paintState([undo, redo]);
    const last = kept?.at(-1);
    if (trouble) return;
    if (last?.what === "set") say(`${last.label}${last.quote ? `: ${short(last.quote)}` : ""}, kept`, 400);
  }
  guardKeys(root, bindings);
  article.addEventListener("click", clicked);
  sentences.root.addEventListener("click", (event) => event.target.closest(COVERS) && clicked(event));
  rows.addEventListener("click", inRows);
  const unwatch = watch(model, {
    "change:review_id": opened,
    "change:_current": answered,
    "change:_target": goToTarget,
    "change:_hits": list.filter,
    "change:_reviews": () => list.retell?.(),
  });
  const view = Object.assign(told, { seen: () => root.isConnected && root.offsetParent !== null });
  const unheard = desk.watch(view);
  const size = new ResizeObserver(([{ contentRect }]) => (narrow = contentRect.width < 720));
  size.observe(root);
  el.append(root);
  tools.paint();
  place();
  if (model.get("_hits")) list.filter();
  show(false);
  drawAll();
  whenSeen(root, () => ended || list.paint());
  return () => {
    ended = true;
    editor.leave();
    clearTimeout(waiting);
    clearTimeout(speech);
    more?.end();
    text.end();
    size.disconnect();
    unheard();
    unwatch();
    root.remove();
  };
}

/** One desk for all views of a pane: they show the same marks, and undo the same changes. */
export default () => {
  let desk = null;
  return {
    initialize({ model }) {
      desk = makeDesk(model);
      return () => desk.end();
    },
    render: (context) => render(context, desk),
  };
};
