// A chart that opens: Altair's own view of it, and around it what a reader needs who does not see it or does
// not point: the list of marks, the sentences of the one that is open, the data as a table. Everything is set
// as text. What is chosen shows at once, then Python is told. State lives in the model, so this may be
// rendered any number of times.

const WAIT = 600; // milliseconds without an answer, after which the panel says that it waits

/** The legend: each label's letters or shape in its colour, and its name. */
function drawSigns(signs) {
  if (!signs.length) return null;
  const items = signs.map((sign) => {
    const look = sign.code ? "rk-sign-code" : "rk-sign-glyph";
    const box = make("span", { class: look, "aria-hidden": "true", text: sign.code ?? sign.glyph });
    if (sign.code && sign.fill) box.style.background = sign.fill;
    box.style.color = sign.ink ?? sign.fill;
    return make("li", {}, box, make("bdi", { text: sign.name }));
  });
  return make("ul", { class: "rk-signs", "aria-label": "Signs in the chart" }, ...items);
}

/** The data as a plain table, behind a line that opens it. */
function drawTable(uid, page) {
  const { columns, rows, numeric, caption } = page.table;
  const head = make("tr", {}, ...columns.map((name) => make("th", { scope: "col", text: name.replaceAll("_", " ") })));
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((cell, n) => make("td", { class: numeric[n] ? "rk-number" : null }, make("bdi", { text: cell })))),
  );
  const label = `The data as a table: ${plural(page.marks.length, "row")}`;
  return make(
    "details",
    { class: "rk-data" },
    make("summary", { text: label }),
    make(
      "div",
      { class: "rk-scroll", tabindex: 0, role: "group", "aria-label": label },
      make(
        "table",
        {},
        make("caption", { class: caption ? null : "rk-said", text: caption || page.title }),
        make("thead", {}, head),
        make("tbody", {}, ...body),
      ),
    ),
  );
}

/** A list of all marks under their headings, to open one without pointing at it. */
function drawChoice(uid, page, pick) {
  const choice = make("select", { id: `${uid}-choice`, class: "rk-field", change: () => pick(Number(choice.value)) });
  choice.append(make("option", { value: -1, text: page.marks.length ? "none is open" : "there is none" }));
  let heading = null;
  let box = choice;
  page.marks.forEach(([group, name], n) => {
    if (group !== heading) {
      heading = group;
      box = group ? make("optgroup", { label: group }) : choice;
      if (group) choice.append(box);
    }
    box.append(make("option", { value: n, text: name }));
  });
  return choice;
}

function render({ model, el }) {
  const uid = newId();
  const page = model.get("_page");
  const holder = make("div", { class: "rk-drawing", style: `--rk-least: ${page.least}px; --rk-tall: ${page.tall}px` });
  const status = make("div", { class: "rk-said", role: "status" });
  const choice = drawChoice(uid, page, (mark) => open(mark));
  const button = (text, name, click) => make("button", { type: "button", class: "rk-button", "aria-label": name, text, click });
  const back = button("‹", `Previous ${page.aMark}`, () => step(-1));
  const on = button("›", `Next ${page.aMark}`, () => step(1));
  const name = make("h4", { id: `${uid}-open`, class: "rk-open-name" });
  const hint = make("p", { class: "rk-quiet rk-hint", hidden: true });
  const list = make("ol", { class: "rk-behind", "aria-labelledby": `${uid}-open` });
  const more = make("p", { class: "rk-quiet rk-hint", hidden: true });
  const words = make("div", { class: "rk-words" }, name, hint, list, more);
  const root = make(
    "div",
    { class: "rk rk-linked", role: "group", "aria-labelledby": `${uid}-title` },
    make("h3", { id: `${uid}-title`, class: "rk-linked-title", text: page.title }),
    drawSigns(page.signs),
    holder,
    make(
      "div",
      { class: "rk-opener" },
      make("label", { for: choice.id, text: `Open a ${page.aMark}` }),
      make("span", { class: "rk-opener-tools" }, choice, back, on),
    ),
    words,
    make(
      "div",
      { class: "rk-told" },
      make("p", { class: "rk-description" }, make("bdi", { text: page.description })),
      ...page.notes.map((text) => make("p", { class: "rk-quiet rk-note" }, make("bdi", { text }))),
      drawTable(uid, page),
    ),
    status,
  );
  let waiting = 0;
  let ended = false;
  let view = null; // Altair's view of the chart
  let clicked = false; // whether the open mark was clicked: then its sentences may be far from the eye
  let here = 0; // the row that the Tab key comes to

  function open(mark) {
    if (mark === model.get("chosen")) return;
    model.set("chosen", mark);
    model.save_changes();
  }
  function step(by) {
    const last = page.marks.length - 1;
    const now = model.get("chosen");
    if (last >= 0) open(Math.max(0, Math.min(last, now < 0 && by < 0 ? last : now + by)));
  }
  function opened() {
    const mark = model.get("chosen");
    choice.value = mark;
    const last = page.marks.length - 1;
    back.setAttribute("aria-disabled", String(mark === 0 || last < 0));
    on.setAttribute("aria-disabled", String(mark === last));
    name.textContent = mark < 0 ? "" : page.marks[mark].filter(Boolean).join(": ");
    clearTimeout(waiting);
    if (model.get("_words").mark === mark || mark < 0) return drawWords();
    list.replaceChildren();
    more.hidden = true;
    words.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      hint.textContent = "Waiting for Python. If this stays, run the cell again.";
      hint.hidden = false;
    }, WAIT);
  }
  function drawWords() {
    const mark = model.get("chosen");
    const behind = model.get("_words");
    if (mark >= 0 && behind.mark !== mark) return; // an answer that has been overtaken
    clearTimeout(waiting);
    words.removeAttribute("aria-busy");
    const rows = mark < 0 ? [] : behind.rows;
    here = 0;
    list.replaceChildren(...rows.map(drawRow));
    list.hidden = !rows.length;
    list.scrollTop = 0;
    more.hidden = mark < 0 || !behind.more;
    more.textContent = behind.more ?? "";
    hint.hidden = rows.length > 0;
    hint.textContent = mark < 0
      ? `Click a ${page.aMark} in the chart, or choose one from the list, to read the sentences behind it.`
      : page.nothing;
    if (mark < 0) return;
    const told = rows.length ? plural(behind.count, "sentence") : page.nothing;
    status.textContent = `${name.textContent}: ${told}`;
    if (clicked) reveal();
    clicked = false;
  }
  function drawRow(row, n) {
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "rk-behind-row", tabindex: n === here ? 0 : -1, "data-n": n, "aria-current": model.get("_row") === n ? "true" : null },
        make("bdi", { class: row.quote ? "rk-quote" : "rk-quote rk-quiet", text: row.quote ? `“${row.quote}”` : page.noWords }),
        make(
          "span",
          { class: "rk-place rk-quiet" },
          make("bdi", { text: row.place }),
          ...row.beside.map((text) => make("bdi", { text })),
        ),
      ),
    );
  }
  /** Open the mark that was clicked: Vega keeps with each shape the row of data that it draws. */
  function pick(event) {
    for (let node = event.target; node && node !== holder; node = node.parentNode) {
      const mark = node.__data__?.datum?.mark;
      if (!Number.isInteger(mark)) continue;
      clicked = mark !== model.get("chosen");
      if (clicked) open(mark);
      else reveal();
      return;
    }
  }
  /** After a click, bring the sentences into view: below a tall chart nobody would see them open. */
  function reveal() {
    words.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }
  function activate(row) {
    model.set("_row", row);
    paintRow();
    model.save_changes();
    status.textContent = model.get("_page").opens ? "Shown in the reading pane" : "This sentence is now .selection";
  }
  function paintRow() {
    for (const node of list.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    list.querySelector(`[data-n="${model.get("_row")}"]`)?.setAttribute("aria-current", "true");
  }
  function toRow(to) {
    const rows = [...list.querySelectorAll(".rk-behind-row")];
    here = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, n) => (row.tabIndex = n === here ? 0 : -1));
    rows[here]?.focus();
  }

  // Unmodified keys stay inside: outside, `b` would insert a cell. Ctrl and Cmd pass.
  function keyed(event) {
    if (!isPlain(event)) return;
    event.stopPropagation();
    const row = event.target.closest?.(".rk-behind-row");
    if (event.type !== "keydown" || !row) return;
    const at = Number(row.dataset.n);
    const does = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity };
    if (!(event.key in does)) return;
    event.preventDefault();
    toRow(does[event.key]);
  }
  holder.addEventListener("click", pick);
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".rk-behind-row");
    if (row) activate(Number(row.dataset.n));
  });
  keepKeys(root);
  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keyed);

  // A chart is as wide as its place when it is drawn and when the window changes; a sidebar does neither.
  const fit = () => holder.clientWidth && window.dispatchEvent(new Event("resize"));
  let wide = 0;
  const watchWidth = new ResizeObserver(() => {
    if (holder.clientWidth === wide) return;
    wide = holder.clientWidth;
    requestAnimationFrame(fit);
  });
  // What scrolls sideways can be reached by the Tab key, and has a name.
  const watchChart = new MutationObserver(() => {
    const scrolls = holder.scrollWidth > holder.clientWidth + 1;
    for (const [name, value] of [["tabindex", 0], ["role", "group"], ["aria-label", `${page.title}: the chart`]]) {
      if (scrolls) holder.setAttribute(name, value);
      else holder.removeAttribute(name);
    }
  });
  async function drawChart() {
    const manager = model.widget_manager;
    const chart = await manager.get_model(model.get("_chart").slice("IPY_MODEL_".length));
    const made = await manager.create_view(chart);
    if (ended) return made.remove();
    view = made;
    holder.replaceChildren(view.el);
    watchWidth.observe(holder);
    watchChart.observe(holder, { childList: true, subtree: true, attributeFilter: ["width"] });
    fit();
  }

  model.on("change:chosen", opened);
  model.on("change:_words", drawWords);
  model.on("change:_row", paintRow);
  el.append(root);
  opened();
  drawChart();

  return () => {
    ended = true;
    clearTimeout(waiting);
    watchWidth.disconnect();
    watchChart.disconnect();
    model.off("change:chosen", opened);
    model.off("change:_words", drawWords);
    model.off("change:_row", paintRow);
    view?.remove();
  };
}

export default { render };
