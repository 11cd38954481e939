// The comparison pane: groups side by side, with the parts in pane.js, which stands before it. What is asked for
// is set in the model; Python finds, counts and cuts, and sends one page of each group, which is drawn here.

const KEYS = [
  ["↑ ↓ Home End", "from sentence to sentence"],
  ["← →", "to the next group"],
  ["Enter", "to its place in the review; of a covered one: uncover it"],
  ["Esc", "back to the lists"],
  ["n, p", "in a review: the next and the previous sentence asked for"],
  ["v", "sentences, or words in their context"],
  ["/", "look for words"],
  ["?", "show or hide these keys"],
];
const NAMES = { stage: "Stage", attitude: "Attitude", grade: "Gives away", device: "Device" };

function render({ model, el }) {
  const page = model.get("_page");
  const pane = makePane(model);
  const { uid } = pane;
  pane.say = (words) => (status.textContent = words);
  const status = make("div", { class: "rk-said", role: "status" });
  const help = makeHelp(pane, KEYS);
  const views = [makeView("sentences", "Sentences"), makeView("context", "In context")];
  const grouping = makeSelect("by", "Groups by", page.groupings);
  const chips = make("div", { class: "rk-chips", role: "group", "aria-label": "Groups side by side", click: choose });
  const filters = page.filters.map(({ name, options }) => {
    const any = { value: "", text: "any" };
    return makeSelect(name, NAMES[name], [any, ...options.map((o) => ({ ...o, text: `${o.text} (${o.n})` }))]);
  });
  const sorts = makeSelect("sort", "Sorted by", page.sorts);
  const words = make("input", {
    id: `${uid}-words`,
    type: "search",
    class: "rk-field",
    placeholder: "a word or a phrase",
    autocomplete: "off",
    spellcheck: "false",
    input: typed,
    keydown: leaveWords,
  });
  const clear = makeButton("Clear", "Clear all filters", clearAll);
  const summary = make("p", { class: "rk-sum" });
  const choice = makeVeilChoice(pane);
  const covered = make("span");
  const toggle = makeButton("", null, () => {
    model.set("_lifted", !model.get("_lifted"));
    model.save_changes();
  });
  const veil = make(
    "div",
    { class: "rk-veiled rk-quiet", role: "group", "aria-label": "Covered sentences" },
    covered,
    toggle,
    choice.button,
    choice.root,
  );
  const sides = make("div", { class: "rk-sides", role: "group", "aria-label": "Groups" });
  const article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` });
  const where = make("span", { class: "rk-where" });
  const from = make("span", { class: "rk-from" });
  const back = makeButton("‹ Back to the lists", "Back to the lists", close);
  const before = makeButton("‹", "Previous sentence", () => step(-1));
  const after = makeButton("›", "Next sentence", () => step(1));
  const review = make(
    "div",
    { class: "rk-place", hidden: true },
    make("div", { class: "rk-bar" }, back, from, make("div", { class: "rk-bar-tools" }, before, where, after)),
    article,
  );
  const limits = make("ul", { id: `${uid}-limits`, class: "rk-limits", hidden: true });
  const cannot = makeButton("What this cannot show", "What this cannot show", () => tellLimits(limits.hidden));
  cannot.setAttribute("aria-controls", limits.id);
  const caution = make("p", { class: "rk-caution" });
  const asks = make(
    "div",
    { class: "rk-asks", role: "group", "aria-label": "What is compared" },
    make("div", { class: "rk-asked" }, grouping.root, chips, sorts.root, clear),
    make(
      "div",
      { class: "rk-asked" },
      ...filters.map((filter) => filter.root),
      make("div", { class: "rk-asking rk-wordy" }, make("label", { for: words.id, text: "Words" }), words),
    ),
  );
  const root = make(
    "div",
    { class: "rk rk-pane rk-compare", role: "group", "aria-label": named("Comparison pane"), tabindex: -1 },
    make(
      "div",
      { class: "rk-bar" },
      drawWhose(page),
      make(
        "div",
        { class: "rk-bar-tools" },
        make("div", { class: "rk-views", role: "group", "aria-label": "View" }, ...views),
        help.button,
      ),
    ),
    help.panel,
    asks,
    make("div", { class: "rk-told" }, summary, veil),
    sides,
    review,
    make("div", { class: "rk-foot" }, caution, cannot, limits),
    status,
  );
  if (page.height) root.style.setProperty("--rk-height", page.height);
  let drawn = 0; // the number of what is on show
  let answered = 0; // the number of what was asked for
  let paged = null; // the group whose page is being turned
  let timer = 0;
  let waiting = 0;
  let goes = false; // whether the reader opened a review here, so that the focus goes along
  let refocus = null; // the cover that was asked for in a review
  let kept = { top: 0, focus: null }; // where one was in the lists

  function named(what) {
    return page.title ? `${what}: ${page.title}` : what;
  }
  function makeView(value, text) {
    const button = makeButton(text, text, () => ask("view", value));
    button.dataset.view = value;
    return button;
  }
  function makeSelect(name, label, options) {
    const id = `${uid}-${name}`;
    const select = make(
      "select",
      { id, class: "rk-field", "data-name": name, change: () => ask(name, select.value) },
      ...options.map((option) => make("option", { value: option.value, text: option.text })),
    );
    return { select, name, root: make("div", { class: "rk-asking" }, make("label", { for: id, text: label }), select) };
  }
  function ask(name, value) {
    if (model.get(name) === value) return;
    model.set(name, value);
    model.save_changes();
    paintAsks();
    wait();
  }
  function wait() {
    clearTimeout(waiting);
    sides.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => (summary.textContent = "Waiting for Python. If this stays, run the cell again."), WAIT);
  }
  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => ask("words", words.value), 200);
  }
  function leaveWords(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    clearTimeout(timer);
    if (event.key === "Escape") words.value = "";
    ask("words", words.value);
  }
  function clearAll() {
    clearTimeout(timer);
    words.value = "";
    for (const { name } of filters) model.set(name, "");
    model.set("words", "");
    model.save_changes();
    paintAsks();
    wait();
  }
  /** A group more or less; two at least, where there are two. */
  function choose(event) {
    const chip = event.target.closest("button");
    if (!chip) return;
    const name = chip.dataset.group;
    const now = model.get("columns");
    const { sizes } = model.get("_shown");
    const less = now.includes(name);
    if (less && now.length <= Math.min(2, sizes.length)) return refuse("Two groups at least: add another first.");
    if (!less && now.length >= page.most) return refuse(`${page.most} groups at most: take one away first.`);
    const wanted = less ? now.filter((other) => other !== name) : [...now, name];
    model.set("columns", sizes.map((each) => each.name).filter((each) => wanted.includes(each)));
    model.save_changes();
    paintAsks();
    wait();
  }
  function refuse(why) {
    summary.textContent = why;
    pane.say(why);
  }
  /** The controls show what is asked for. */
  function paintAsks() {
    for (const { select, name } of [grouping, ...filters, sorts]) {
      select.value = model.get(name);
      select.classList.toggle("rk-set", filters.some((f) => f.name === name) && select.value !== "");
    }
    if (root.ownerDocument.activeElement !== words) words.value = model.get("words");
    for (const view of views) view.setAttribute("aria-pressed", String(view.dataset.view === model.get("view")));
    sorts.root.hidden = model.get("view") !== "context";
    const now = model.get("columns");
    for (const chip of chips.children) chip.setAttribute("aria-pressed", String(now.includes(chip.dataset.group)));
    const empty = !model.get("words").trim() && filters.every(({ name }) => !model.get(name));
    clear.hidden = empty;
  }
  function drawChips(sizes) {
    chips.replaceChildren(
      ...sizes.map(({ name, text, reviews }) =>
        make(
          "button",
          {
            type: "button",
            class: "rk-button rk-chip",
            "data-group": name,
            "data-focus": `chip ${name}`,
            "aria-label": `${text}, ${plural(reviews, "review")}`,
          },
          make("bdi", { text }),
          make("span", { class: "rk-quiet", text: ` ${reviews}` }),
        ),
      ),
    );
  }
  function drawAll() {
    const shown = model.get("_shown");
    if (!shown.n || shown.n === drawn) return;
    clearTimeout(waiting);
    sides.removeAttribute("aria-busy");
    const at = root.ownerDocument.activeElement;
    const focus = root.contains(at) ? at.dataset.focus : null;
    drawChips(shown.sizes);
    sides.classList.toggle("rk-aligned", shown.view === "context");
    sides.classList.toggle("rk-many", shown.sides.length > 2 && shown.view !== "context");
    sides.style.setProperty("--rk-n", shown.sides.length);
    sides.replaceChildren(...shown.sides.map((side, n) => drawSide(side, n, shown)));
    drawTold(shown);
    paintAsks();
    if (drawn) pane.say(paged ? pageText(shown.sides.find((side) => side.name === paged)) : summary.textContent);
    if (shown.asks !== answered || paged) sides.scrollTop = 0;
    const leaf = paged && [...sides.children].find((side) => side.dataset.group === paged);
    const first = leaf?.querySelector(".rk-entry-row");
    if (first) first.focus();
    else if (focus) found(focus)?.focus({ preventScroll: true });
    answered = shown.asks;
    drawn = shown.n;
    paged = null;
  }
  function found(focus) {
    return [...root.querySelectorAll("[data-focus]")].find((node) => node.dataset.focus === focus);
  }
  function drawTold(shown) {
    const one = shown.sides.at(-1)?.match === 1;
    const what = shown.view === "context" ? (one ? "place" : "places") : one ? "sentence" : "sentences";
    const parts = shown.sides.map((side) => `${side.text} ${side.match.toLocaleString("en")}`);
    const nothing = shown.view === "context" && !model.get("words").trim();
    summary.textContent = nothing
      ? "Type a word or a phrase to see it in its context."
      : `${shown.filtered ? "Found" : "All sentences"}: ${parts.join(", ")} ${what}.`;
    const uncover = model.get("_lifted") ? "Cover again" : "Uncover all";
    covered.textContent = shown.veil || "Nothing is covered.";
    covered.title = shown.veil ? shown.misses : "";
    toggle.textContent = uncover;
    toggle.setAttribute("aria-label", uncover);
    toggle.hidden = !shown.veil;
    choice.paint(model.get("_veil"));
    caution.textContent = shown.limits.at(-1) ?? "";
    limits.replaceChildren(...shown.limits.slice(0, -1).map((text) => make("li", { text })));
    cannot.hidden = shown.limits.length < 2;
  }
  function tellLimits(open) {
    limits.hidden = !open;
    cannot.setAttribute("aria-expanded", String(open));
  }
  /** One group: its name, its counts, a page of its sentences. */
  function drawSide(side, n, shown) {
    const id = `${uid}-side${n}`;
    const rows = side.rows.map((row, at) => drawEntry(row, side, at === 0, shown));
    const list = make("ul", { class: "rk-found", "aria-labelledby": id }, ...rows);
    const name = make("h4", { id, class: "rk-side-name" }, make("bdi", { text: side.text }));
    return make(
      "section",
      { class: "rk-side", "aria-labelledby": id, "data-group": side.name },
      make("div", { class: "rk-side-head" }, name, ...drawCounts(side, shown)),
      side.rows.length ? list : make("p", { class: "rk-quiet rk-nothing", text: emptyText(shown) }),
      side.pages > 1 ? drawPager(side) : null,
    );
  }
  function emptyText(shown) {
    if (shown.view === "context") return model.get("words").trim() ? "Nobody here uses these words." : "No words yet.";
    return "No sentence here fits.";
  }
  /** Counts first, then the rate with its interval, in words and drawn on a line that all groups share. */
  function drawCounts(side, shown) {
    const context = shown.view === "context";
    const of = plural(side.reviews, "review");
    if (!shown.filtered) {
      const total = context ? plural(side.words, "word") : plural(side.sentences, "sentence");
      return [make("p", { class: "rk-count" }, make("span", { class: "rk-quiet", text: `${total} in ${of}` }))];
    }
    const what = context ? (side.match === 1 ? "time" : "times") : side.match === 1 ? "sentence" : "sentences";
    const number = (value) => value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const per = context ? "per 1,000 words" : "per 100 sentences";
    const sure = side.low == null ? "no interval" : `95 % interval ${number(side.low)} to ${number(side.high)}`;
    const rate = side.rate == null ? ["nothing to count in"] : [`${number(side.rate)} ${per}`, sure];
    const share = (value) => `${((100 * value) / (shown.top || 1)).toFixed(2)}%`;
    const line = make("div", { class: "rk-line", "aria-hidden": "true" });
    const style = `left: ${share(side.low)}; right: calc(100% - ${share(side.high)})`;
    if (side.low != null) line.append(make("span", { class: "rk-span", style }));
    if (side.rate != null) line.append(make("span", { class: "rk-dot", style: `left: ${share(side.rate)}` }));
    return [
      make(
        "p",
        { class: "rk-count" },
        make("span", { class: "rk-count-n", text: side.match.toLocaleString("en") }),
        make("span", { text: ` ${what}, in ${side.in.toLocaleString("en")} of ${of}` }),
      ),
      line,
      make("p", { class: "rk-rate rk-quiet" }, ...rate.map((text) => make("span", { text }))),
    ];
  }
  function drawEntry(row, side, first, shown) {
    const context = shown.view === "context";
    const about = [`review ${row.review}`, row.stars == null ? null : `${row.stars}★`, ...row.tags].filter(Boolean);
    const button = make("button", {
      type: "button",
      class: row.covered ? "rk-entry-row rk-under" : "rk-entry-row",
      tabindex: first ? 0 : -1,
      "data-at": row.at,
      "data-row": row.row,
      "data-covered": row.covered ? "yes" : null,
      "data-focus": `row ${side.name} ${row.at}`,
    });
    const told = make("span", { class: "rk-about rk-quiet" }, ...about.map((text) => make("span", { text })));
    const cover = row.covered ? make("span", { class: "rk-covering", text: row.covered }) : null;
    if (context) {
      button.dir = "auto";
      button.append(
        make("span", { class: "rk-n rk-quiet", title: about.join(", ") }, said("review "), String(row.review)),
        make("span", { class: "rk-left" }, make("span", {}, ...drawParts(row.left))),
        make("span", { class: "rk-word" }, ...drawParts(row.word)),
        make("span", { class: "rk-right" }, cover, ...drawParts(row.right)),
      );
    } else {
      button.append(cover ?? make("bdi", { class: "rk-says" }, ...drawParts(row.parts)), told);
    }
    const again = row.bare
      ? make("button", {
          type: "button",
          class: "rk-recover",
          "data-row": row.row,
          "data-again": "yes",
          "aria-label": "Cover this sentence again",
          text: "cover",
        })
      : null;
    return make("li", {}, button, again);
  }
  const said = (text) => make("span", { class: "rk-said", text });
  function drawParts(parts = []) {
    return parts.map((part) => {
      const { t: text, masked, hit } = part;
      if (masked) return make("span", { class: "rk-masked", role: "img", "aria-label": "name hidden", text });
      return hit ? make("mark", { class: "rk-hit", text }) : make("span", { text });
    });
  }
  function drawPager(side) {
    const turn = (by) => {
      paged = side.name;
      model.set("_pages", { ...model.get("_pages"), [side.name]: side.page + by });
      model.save_changes();
      wait();
    };
    const prev = makeButton("‹", `Previous page, ${side.text}`, () => side.page > 0 && turn(-1));
    const next = makeButton("›", `Next page, ${side.text}`, () => side.page < side.pages - 1 && turn(1));
    prev.setAttribute("aria-disabled", String(side.page === 0));
    next.setAttribute("aria-disabled", String(side.page === side.pages - 1));
    prev.dataset.focus = `prev ${side.name}`;
    next.dataset.focus = `next ${side.name}`;
    return make("div", { class: "rk-pager" }, prev, make("span", { class: "rk-quiet", text: pageText(side) }), next);
  }
  function pageText(side) {
    return `${side.first + 1} to ${side.first + side.rows.length} of ${side.match.toLocaleString("en")}`;
  }

  function inSides(event) {
    const again = event.target.closest("[data-again]");
    const row = event.target.closest(".rk-entry-row");
    if (again) return model.send({ type: "lift", row: Number(again.dataset.row), up: false });
    if (!row) return;
    oneStop(row.closest("ul"), ".rk-entry-row", row);
    if (row.dataset.covered) return model.send({ type: "lift", row: Number(row.dataset.row), up: true });
    row.setAttribute("aria-current", "true");
    goes = true;
    kept = { top: sides.scrollTop, focus: row.dataset.focus };
    model.set("_open", { group: row.closest(".rk-side").dataset.group, at: Number(row.dataset.at) });
    model.save_changes();
  }
  /** Put the review in the place of the lists, or the lists back. */
  function turned() {
    const current = model.get("_current");
    const open = Boolean(current.id) && current.open.group === model.get("_open").group;
    const was = !review.hidden;
    review.hidden = !open;
    sides.hidden = asks.hidden = open;
    summary.parentElement.hidden = open;
    if (open) drawReview(current, was);
    else if (was) returned();
  }
  function drawReview(current, was) {
    pane.list = { entries: [{ n: current.number }], at: () => 0 };
    article.replaceChildren(drawHead(pane, current), drawText(pane, current));
    for (const cover of article.querySelectorAll(".rk-cover, .rk-again")) cover.tabIndex = 0;
    const { group, at } = current.open;
    const side = model.get("_shown").sides.find(({ name }) => name === group);
    from.replaceChildren(make("bdi", { text: side?.text ?? "" }));
    where.textContent = `${at + 1} of ${current.of}`;
    before.setAttribute("aria-disabled", String(at === 0));
    after.setAttribute("aria-disabled", String(at === current.of - 1));
    const asked = `[data-again="${refocus}"], [data-cover="${refocus}"]`;
    const cover = refocus == null ? null : article.querySelector(asked);
    if (refocus == null) {
      article.scrollTop = 0;
      kept.focus = `row ${group} ${at}`;
      flash(article, [...article.querySelectorAll(".rk-aimed")], false);
      pane.say(`Review ${current.number}, ${from.textContent}, ${where.textContent}`);
    }
    refocus = null;
    if (cover) cover.focus({ preventScroll: true });
    else if (goes && !was) article.focus({ preventScroll: true });
  }
  function returned() {
    sides.scrollTop = kept.top;
    const row = kept.focus && found(kept.focus);
    if (row && goes) {
      oneStop(row.closest("ul"), ".rk-entry-row", row);
      row.focus({ preventScroll: true });
      reveal(sides, row, false);
    }
    for (const node of sides.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    goes = false;
  }
  function close() {
    model.set("_open", {});
    model.save_changes();
  }
  const step = (by) => model.send({ type: "step", by });
  function inArticle(event) {
    const cover = event.target.closest(".rk-cover, .rk-again");
    if (!cover) return;
    const up = cover.matches(".rk-cover");
    refocus = Number(up ? cover.dataset.cover : cover.dataset.again);
    model.send({ type: "lift", review_id: model.get("_current").id, at: refocus, up });
  }
  /** From row to row within a group, or to the same row of the group beside it. */
  function walk(by) {
    const row = root.ownerDocument.activeElement.closest(".rk-entry-row");
    const list = row ? row.closest("ul") : sides.querySelector("ul.rk-found");
    if (list) stepAmong(list, ".rk-entry-row", by);
  }
  function cross(by) {
    const row = root.ownerDocument.activeElement.closest(".rk-entry-row");
    const lists = [...sides.querySelectorAll("ul.rk-found")];
    const list = lists[lists.indexOf(row?.closest("ul")) + by];
    if (!row || !list) return;
    const rows = [...list.querySelectorAll(".rk-entry-row")];
    const n = [...row.closest("ul").querySelectorAll(".rk-entry-row")].indexOf(row);
    stepAmong(list, ".rk-entry-row", 0, { from: rows[Math.min(n, rows.length - 1)] });
  }
  function bindings({ target }) {
    const open = !review.hidden;
    const does = {
      "?": () => help.show(),
      Escape: () => (open && help.panel.hidden ? close() : help.show(false)),
    };
    if (open) {
      const cover = target.closest(".rk-cover, .rk-again");
      Object.assign(does, { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1) });
      if (cover) does.Enter = does[" "] = () => cover.click();
      return does;
    }
    Object.assign(does, {
      "/": () => words.focus(),
      v: () => ask("view", model.get("view") === "context" ? "sentences" : "context"),
      n: () => walk(1),
      j: () => walk(1),
      p: () => walk(-1),
      k: () => walk(-1),
    });
    if (target.closest(".rk-entry-row")) {
      does.ArrowDown = () => walk(1);
      does.ArrowUp = () => walk(-1);
      does.Home = () => walk(-Infinity);
      does.End = () => walk(Infinity);
      does.ArrowRight = () => cross(1);
      does.ArrowLeft = () => cross(-1);
    }
    return does;
  }

  guardKeys(root, bindings);
  sides.addEventListener("click", inSides);
  article.addEventListener("click", inArticle);
  cannot.setAttribute("aria-expanded", "false");
  const controls = ["by", "columns", "view", "sort", "words", ...filters.map(({ name }) => name)];
  const unwatch = watch(model, {
    ...Object.fromEntries(controls.map((name) => [`change:${name}`, paintAsks])),
    "change:_shown": drawAll,
    "change:_current": turned,
    "change:_open": turned,
  });
  el.append(root);
  drawAll();
  turned();
  return () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    unwatch();
    root.remove();
  };
}

export default { render };
