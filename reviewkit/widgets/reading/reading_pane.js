// The reading pane, drawn with the parts in pane.js, which stands before it. What is chosen shows at once, then
// Python is told. State lives in the model, so this may be rendered any number of times.

const KEYS = [
  ["n or j", "next review"],
  ["p or k", "previous review"],
  ["↑ ↓ Home End", "in the list: move; in the text: scroll"],
  ["m, Shift+M", "next and previous mark"],
  ["Enter", "from marked words to their row, and back; uncover, cover again"],
  ["v, Shift+V", "next and previous covered sentence"],
  ["u", "uncover all of this review, or cover it again"],
  ["/", "search the reviews (Enter opens the first found, Esc clears)"],
  ["?", "show or hide these keys"],
];

const COVERS = ".rk-cover, .rk-again";
const coverAt = ({ dataset }) => (dataset.cover == null ? [Number(dataset.again), false] : [Number(dataset.cover), true]);

/** What is covered, said honestly, and the choices: from which grade up, by whose judgement. */
function makeVeil(pane) {
  const { model } = pane;
  const told = make("p", { class: "rk-veil-told" });
  const all = makeButton("", null, () => toggle());
  const choice = makeVeilChoice(pane);
  const root = make(
    "div",
    { class: "rk-veil", role: "group", "aria-label": "Covered sentences" },
    told,
    make("div", { class: "rk-veil-tools" }, all, choice.button),
    choice.root,
  );
  const unsearched = make("p", { class: "rk-quiet rk-none", text: "Covered words are not searched.", hidden: true });
  let sheet = {};

  function toggle() {
    if (!all.hidden) pane.lift(null, sheet.covered > 0 || Boolean(sheet.title_cover));
  }
  function repaint() {
    choice.paint(model.get("_veil"));
    paint(sheet);
    note();
  }
  function paint(current) {
    const veil = model.get("_veil");
    sheet = current;
    if (!current.id) return;
    const n = (current.covered ?? 0) + (current.title_cover ? 1 : 0);
    const what = current.title_cover ? "The title and " : "";
    const count = `${what}${current.covered} of ${plural(current.sentences ?? 0, "sentence")} covered ${veil.whose}`;
    const open = current.opened ? `; ${current.opened} uncovered` : "";
    const words = veil.grade
      ? [make("b", { text: `${count}, from grade ${veil.grade} up${open}.` }), ` ${veil.misses} ${veil.why}`]
      : [make("b", { text: "Nothing is covered." }), ` ${veil.why}`];
    told.replaceChildren(...words);
    all.hidden = !n && !current.opened;
    all.textContent = n ? "Uncover this review" : "Cover again";
  }
  /** Beside what was found: a search does not look under covers. */
  function note() {
    unsearched.hidden = !model.get("_veil").grade || model.get("_hits") == null;
  }
  pane.list.box.before(unsearched);
  return { root, paint, repaint, note, all: toggle };
}

function render({ model, el }) {
  const page = model.get("_page");
  const pane = makePane(model);
  const { uid } = pane;
  Object.assign(pane, { open, place, lift, say: (words) => (status.textContent = words) });
  const list = (pane.list = makeList(pane));
  const article = (pane.article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` }));
  const marks = make("div", { class: "rk-marks", role: "group", "aria-label": "Marks", hidden: !pane.legend.size });
  const status = make("div", { class: "rk-said", role: "status" });
  const where = make("span", { class: "rk-where" });
  const back = makeButton("‹", "Previous review", () => list.move(-1));
  const on = makeButton("›", "Next review", () => list.move(1));
  const help = makeHelp(pane, KEYS);
  const veil = makeVeil(pane);
  const strip = makeStrip(pane, toSentence);
  const root = make(
    "div",
    { class: "rk rk-pane", role: "group", "aria-label": `Reading pane${page.title ? `: ${page.title}` : ""}`, tabindex: -1 },
    make(
      "div",
      { class: "rk-bar" },
      drawWhose(page),
      make("div", { class: "rk-bar-tools" }, back, where, on, help.button),
    ),
    help.panel,
    veil.root,
    make("div", { class: page.strip ? "rk-columns rk-with-strip" : "rk-columns" }, list.root, strip.root, article, marks),
    status,
  );
  if (page.height) root.style.setProperty("--rk-height", page.height);
  let drawn = null; // the review on show
  let sheet = { marks: [], paragraphs: [] }; // as Python cut it
  let lifted = null; // where a cover was that has just been asked for
  let waiting = 0;
  let following = 0;
  let ended = false;
  let revealed = 0; // the last target that was gone to

  function open(id, quietly = false) {
    if (id === model.get("review_id")) return;
    model.set("review_id", id);
    if (!quietly) model.save_changes();
  }
  /** The open review's sheet, if it is there: Python sends its neighbours ahead. */
  function found() {
    const id = model.get("review_id");
    return [model.get("_current"), ...model.get("_ahead")].find((other) => other.id === id);
  }
  function opened() {
    list.paint();
    place();
    clearTimeout(waiting);
    if (drawn === model.get("review_id")) return;
    if (found()) return drawAll();
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
  /** The answer from Python: what was sent ahead is not drawn a second time. */
  function answered() {
    const current = model.get("_current");
    if (current.id !== drawn || current.n !== sheet.n) drawAll();
  }
  function drawAll() {
    const current = found();
    if (!current) return; // an answer that has been overtaken
    clearTimeout(waiting);
    article.removeAttribute("aria-busy");
    const moved = drawn !== current.id;
    const top = article.scrollTop;
    const inside = [article, marks].find((box) => box !== document.activeElement && box.contains(document.activeElement));
    sheet = current;
    article.replaceChildren(drawHead(pane, current), drawText(pane, current), strip.words);
    marks.replaceChildren(...drawMarks(pane, current));
    oneStop(article, ".rk-code");
    oneStop(article, COVERS);
    veil.paint(current);
    strip.paint(current);
    followed();
    if (!moved) article.scrollTop = top;
    if (moved) {
      lifted = null;
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
    if (lifted != null) backTo(lifted);
    // What had the focus is gone; were it lost, the next key would reach the notebook.
    if (inside && !root.contains(document.activeElement)) article.focus({ preventScroll: true });
  }
  const paintSelected = () => paintChosen(root, model.get("_selected"));
  function select(row) {
    model.set("_selected", row);
    paintSelected();
    model.save_changes();
  }
  function toWords(row) {
    select(row);
    flash(article, [...article.querySelectorAll(`[data-row="${row}"]`)], true);
    article.querySelector(`[data-code="${row}"]`)?.focus({ preventScroll: true });
  }
  function toRow(row, focus) {
    select(row);
    const button = marks.querySelector(`[data-to="${row}"]`);
    if (!button) return;
    if (getComputedStyle(marks).overflowY !== "visible" || focus) reveal(marks, button, false);
    if (focus) button.focus({ preventScroll: true });
    const mark = sheet.marks.find((other) => other.row === row);
    pane.say(`${pane.legend.get(mark.key).label}: ${mark.covered ? "covered" : mark.quote}`);
  }
  function goToTarget() {
    const target = model.get("_target");
    if (!target.n || target.n === revealed || target.review_id !== drawn) return;
    revealed = target.n;
    const selector = target.row >= 0 ? `[data-row="${target.row}"]` : ".rk-aimed";
    flash(article, [...article.querySelectorAll(selector)], false);
    if (target.row >= 0) toRowQuietly(target.row);
  }
  function toRowQuietly(row) {
    const button = marks.querySelector(`[data-to="${row}"]`);
    if (button && getComputedStyle(marks).overflowY !== "visible") reveal(marks, button, false);
  }
  /** Ask for covered words, or cover them again; `at` is where they start, null for the whole review. */
  function lift(at, up) {
    lifted = at;
    model.send({ type: "lift", review_id: drawn, at, up });
    if (at === null) pane.say(up ? "All of this review is uncovered" : "Covered again");
  }
  /** Once Python has sent the words, or taken them back: the focus stays at their place. */
  function backTo(at) {
    const again = article.querySelector(`[data-again="${at}"]`);
    const node = again ?? article.querySelector(`[data-cover="${at}"]`);
    lifted = null;
    if (!node) return;
    oneStop(article, COVERS, node);
    node.focus({ preventScroll: true });
    pane.say(again ? `Uncovered: ${barePieces(node)}` : "Covered again");
  }
  /** The words in front of a button that covers them again. */
  function barePieces(again) {
    if (again.closest(".rk-head")) return sheet.title ?? "";
    const parts = sheet.paragraphs.flat();
    const end = parts.findIndex((part) => part.again === Number(again.dataset.again));
    const from = parts.findIndex((part) => part.at === Number(again.dataset.again));
    return parts.slice(from, end).map((part) => part.t).join("");
  }
  /** To a sentence, from its cell in the strip. */
  function toSentence(cell) {
    const inside = ({ dataset }) => Number(dataset.at) >= cell.at && Number(dataset.at) < cell.end;
    flash(article, [...article.querySelectorAll("[data-at]")].filter(inside), true);
    pane.say(inWords(cell));
  }
  /** Where the reader is, once in each frame at most. */
  function followed() {
    cancelAnimationFrame(following);
    following = requestAnimationFrame(strip.follow);
  }
  /** From mark to mark, in the order of the text. */
  function step(by) {
    const focused = root.ownerDocument.activeElement;
    const from = focused.matches(".rk-code") && root.contains(focused) ? focused : article.querySelector(".rk-code.rk-on");
    stepAmong(article, ".rk-code", by, { from, around: true });
  }
  function bindings({ target }) {
    const code = target.closest(".rk-code");
    const row = target.closest(".rk-row");
    const cover = target.closest(COVERS);
    const does = {
      n: () => list.move(1),
      j: () => list.move(1),
      p: () => list.move(-1),
      k: () => list.move(-1),
      m: () => step(1),
      M: () => step(-1),
      v: () => stepAmong(article, COVERS, 1, { around: true }),
      V: () => stepAmong(article, COVERS, -1, { around: true }),
      u: () => veil.all(),
      "/": () => list.search.focus(),
      "?": () => help.show(),
      Escape: () => help.show(false),
    };
    if (code) {
      does.ArrowRight = () => step(1);
      does.ArrowLeft = () => step(-1);
      does.Enter = does[" "] = () => toRow(Number(code.dataset.code), true);
    }
    if (cover) {
      does.ArrowRight = does.v;
      does.ArrowLeft = does.V;
      does.Enter = does[" "] = () => lift(...coverAt(cover));
    }
    if (row) {
      does.ArrowDown = () => stepAmong(marks, ".rk-row", 1);
      does.ArrowUp = () => stepAmong(marks, ".rk-row", -1);
      does.Home = () => stepAmong(marks, ".rk-row", -Infinity);
      does.End = () => stepAmong(marks, ".rk-row", Infinity);
    }
    return does;
  }
  /** Marked words lead to their row; where marks overlap, clicking again goes on to the next one. */
  function clicked(event) {
    const code = event.target.closest(".rk-code");
    const selection = root.ownerDocument.getSelection();
    const cover = event.target.closest(COVERS);
    if (code) return toRow(Number(code.dataset.code), false);
    if (cover) return lift(...coverAt(cover));
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
  function retold() {
    list.retell();
    judgeOn();
  }
  /** First words that a rule has not read yet are asked for a few at a time, so that nobody waits for them. */
  function judgeOn(from = list.unread()) {
    if (from >= 0 && from < list.entries.length) model.send({ type: "firsts", from });
  }
  function heard(content) {
    if (content?.type !== "firsts" || ended) return;
    list.tellFirsts(content.firsts, content.from);
    judgeOn(content.from + content.firsts.length);
  }
  function filtered() {
    list.filter();
    veil.note();
  }
  function searched() {
    if (list.search.value !== model.get("_query") && root.ownerDocument.activeElement !== list.search) {
      list.search.value = model.get("_query");
    }
  }

  guardKeys(root, bindings);
  article.addEventListener("click", clicked);
  marks.addEventListener("click", inMarks);
  const resized = new ResizeObserver(followed);
  if (page.strip) {
    article.addEventListener("scroll", followed, { passive: true });
    document.addEventListener("scroll", followed, { passive: true, capture: true });
    resized.observe(article);
  }
  const unwatch = watch(model, {
    "change:review_id": opened,
    "change:_current": answered,
    "change:_reviews": retold,
    "change:_veil": veil.repaint,
    "msg:custom": heard,
    "change:_selected": paintSelected,
    "change:_target": goToTarget,
    "change:hidden_labels": drawAll,
    "change:_hits": filtered,
    "change:_query": searched,
  });
  el.append(root);
  veil.repaint();
  place();
  if (model.get("_hits")) filtered();
  drawAll();
  whenSeen(root, () => {
    if (ended) return;
    list.paint();
    revealed = 0;
    goToTarget();
    judgeOn();
  });
  return () => {
    ended = true;
    document.removeEventListener("scroll", followed, { capture: true });
    resized.disconnect();
    cancelAnimationFrame(following);
    clearTimeout(waiting);
    unwatch();
    root.remove();
  };
}

export default { render };
