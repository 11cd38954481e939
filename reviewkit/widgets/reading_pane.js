// The reading pane, drawn with the parts in pane.js, which stands before it. What is chosen shows at once, then
// Python is told. State lives in the model, so this may be rendered any number of times.

const KEYS = [
  ["n or j", "next review"],
  ["p or k", "previous review"],
  ["↑ ↓ Home End", "in the list: move; in the text: scroll"],
  ["m, Shift+M", "next and previous mark"],
  ["Enter", "from marked words to their row, and back"],
  ["/", "search the reviews (Enter opens the first found, Esc clears)"],
  ["?", "show or hide these keys"],
];

function render({ model, el }) {
  const page = model.get("_page");
  const pane = makePane(model);
  const { uid } = pane;
  Object.assign(pane, { open, place, say: (words) => (status.textContent = words) });
  const list = (pane.list = makeList(pane));
  const article = (pane.article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` }));
  const marks = make("div", { class: "rk-marks", role: "group", "aria-label": "Marks", hidden: !pane.legend.size });
  const status = make("div", { class: "rk-said", role: "status" });
  const where = make("span", { class: "rk-where" });
  const back = makeButton("‹", "Previous review", () => list.move(-1));
  const on = makeButton("›", "Next review", () => list.move(1));
  const help = makeHelp(pane, KEYS);
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
    article.replaceChildren(drawHead(pane, current), drawText(pane, current));
    marks.replaceChildren(...drawMarks(pane, current));
    oneStop(article, ".rk-code");
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
    const mark = model.get("_current").marks.find((other) => other.row === row);
    pane.say(`${pane.legend.get(mark.key).label}: ${mark.quote}`);
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
  /** From mark to mark, in the order of the text. */
  function step(by) {
    const focused = root.ownerDocument.activeElement;
    const from = focused.matches(".rk-code") && root.contains(focused) ? focused : article.querySelector(".rk-code.rk-on");
    stepAmong(article, ".rk-code", by, { from, around: true });
  }
  function bindings({ target }) {
    const code = target.closest(".rk-code");
    const row = target.closest(".rk-row");
    const does = {
      n: () => list.move(1),
      j: () => list.move(1),
      p: () => list.move(-1),
      k: () => list.move(-1),
      m: () => step(1),
      M: () => step(-1),
      "/": () => list.search.focus(),
      "?": () => help.show(),
      Escape: () => help.show(false),
    };
    if (code) {
      does.ArrowRight = () => step(1);
      does.ArrowLeft = () => step(-1);
      does.Enter = does[" "] = () => toRow(Number(code.dataset.code), true);
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

  guardKeys(root, bindings);
  article.addEventListener("click", clicked);
  marks.addEventListener("click", inMarks);
  const unwatch = watch(model, {
    "change:review_id": opened,
    "change:_current": drawAll,
    "change:_selected": paintSelected,
    "change:_target": goToTarget,
    "change:hidden_labels": relabelled,
    "change:_hits": list.filter,
    "change:_query": searched,
  });
  el.append(root);
  place();
  if (model.get("_hits")) list.filter();
  drawAll();
  whenSeen(root, () => {
    if (ended) return;
    list.paint();
    revealed = 0;
    goToTarget();
  });
  return () => {
    ended = true;
    clearTimeout(waiting);
    unwatch();
    root.remove();
  };
}

export default { render };
