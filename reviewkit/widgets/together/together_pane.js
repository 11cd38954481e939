// Labelling together: figures and matrices (together_parts.js), the places that divide a class, and what is
// decided on them. Decisions are events of marking_desk.js: painted first, then kept, and they can be undone.

const KEYS = [
  ["↑ ↓ Home End", "from sentence to sentence; in a matrix from cell to cell, with ← →"],
  ["Enter", "open what divides; of a covered one: uncover it"],
  ["n, p", "the next and the previous that divides"],
  ["1 to 9", "decide on that label, or on those words"],
  ["0", "decide that nothing is marked there"],
  ["r", "give a reason"],
  ["u, Shift+U", "undo, redo"],
  ["k", "show or hide the key's reading"],
  ["o", "open the review"],
  ["Esc", "back"],
  ["?", "show or hide these keys"],
];
const VIEWS = [
  ["sentences", "What divides"],
  ["agreement", "Agreement"],
  ["matrix", "Matrix"],
  ["people", "Who is there"],
];
const UNITS = { sentences: "sentence", spans: "passage", reviews: "review" };

function renderTogether({ model, el, desk }) {
  const page = model.get("_page");
  const pane = makePane(model);
  const { uid } = pane;
  const signs = new Map([...pane.legend.values()].map((label) => [`${label.layer}\u0001${label.label}`, label]));
  const status = make("div", { class: "rk-said", role: "status" });
  pane.say = (words) => (status.textContent = words);
  const help = makeHelp(pane, KEYS);
  const views = VIEWS.map(([value, text]) => {
    const button = makeButton(text, text, () => ask("view", value));
    button.dataset.view = value;
    return button;
  });
  const layers = makeSelect("layer", "Layer", page.layers, (value) => ask("layer", value));
  const names = page.people.map(({ source }) => ({ value: source, text: source }));
  const first = makeSelect("first", "Between", [{ value: "", text: "everybody" }, ...names], pairUp);
  const second = makeSelect("second", "and", names, pairUp);
  const only = makeSelect(
    "only",
    "Show",
    [
      ["all", "all that divides"],
      ["undecided", "undecided"],
      ["decided", "decided"],
    ].map(([value, text]) => ({ value, text })),
    (value) => ask("only", value),
  );
  const which = makeSelect(
    "matrix",
    "Matrix of",
    [
      ["labels", "label against label"],
      ["people", "person against person"],
    ].map(([value, text]) => ({ value, text })),
    (value) => ask("matrix", value),
  );
  const asks = make(
    "div",
    { class: "rk-asks", role: "group", "aria-label": "What is asked" },
    layers.root,
    first.root,
    second.root,
    only.root,
    which.root,
  );
  const narrow = make("p", { class: "rk-narrowed", hidden: true });
  const widen = makeButton("Show all", "Show all that divides", () => ask("_cell", {}));
  const there = make("span", {});
  const refused = page.refused.length
    ? makeButton(
        `${plural(page.refused.length, "file")} refused`,
        `${plural(page.refused.length, "file")} refused: see why`,
        () => ask("view", "people"),
      )
    : null;
  refused?.classList.add("rk-alert");
  const veil = make("p", { class: "rk-veiled rk-quiet" });
  const progress = make("span", { class: "rk-progress-said" });
  const bar = make("span", { class: "rk-progress", "aria-hidden": "true" }, make("span", {}));
  const undo = makeButton("Undo", "Undo", () => turn(desk.undo(), "Undone"));
  const redo = makeButton("Redo", "Redo", () => turn(desk.redo(), "Done again"));
  const save = makeButton("Write the key", "Write the key to my_work", () => model.send({ type: "save" }));
  const kept = make("span", { class: "rk-kept rk-quiet" });
  const written = make("span", { class: "rk-quiet" });
  const list = make("ul", { class: "rk-found", "aria-label": "What divides" });
  const empty = make("p", { class: "rk-quiet rk-nothing", hidden: true });
  const pager = make("div", { class: "rk-pager" });
  const left = make("div", { class: "rk-left-side" }, list, empty, pager);
  const place = make("article", { class: "rk-article rk-placed", tabindex: 0, "aria-label": "What divides" });
  const both = make("div", { class: "rk-both" }, left, place);
  const figures = make("div", { class: "rk-sheet", tabindex: 0, role: "group", "aria-label": "Figures" });
  const article = make("article", { class: "rk-article", tabindex: 0, "aria-labelledby": `${uid}-title` });
  const back = makeButton("‹ Back", "Back to what divides", () => ask("_reading", false));
  const from = make("span", { class: "rk-from" });
  const review = make(
    "div",
    { class: "rk-place", hidden: true },
    make("div", { class: "rk-bar" }, back, from),
    article,
  );
  const foot = make(
    "div",
    { class: "rk-foot" },
    make("div", { class: "rk-deciding" }, bar, progress, kept),
    make("div", { class: "rk-bar-tools" }, written, undo, redo, save),
  );
  const root = make(
    "div",
    {
      class: "rk rk-pane rk-together",
      role: "group",
      "aria-label": page.title ? `Labelling together: ${page.title}` : "Labelling together",
      tabindex: -1,
    },
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
    make("div", { class: "rk-report" }, there, refused, veil),
    asks,
    narrow,
    both,
    figures,
    review,
    foot,
    status,
  );
  if (page.height) root.style.setProperty("--rk-height", page.height);
  there.textContent = `${plural(page.people.length, "person", "people")}, ${plural(page.marks, "mark")} on ${plural(page.reviews, "review")}`;
  let drawn = 0; // the number of the list on show
  let placed = -1; // the place that is on show
  let goes = false; // whether the focus goes along to what is opened
  let waiting = 0;
  let timer = 0;
  let edges = null; // the words chosen freely
  let turned = false;
  let redrawing = false;

  function makeSelect(name, label, options, change) {
    const id = `${uid}-${name}`;
    const select = make(
      "select",
      { id, class: "rk-field", "data-name": name, "data-focus": name, change: () => change(select.value) },
      ...options.map((o) => make("option", { value: o.value, text: o.text })),
    );
    return { select, name, root: make("div", { class: "rk-asking" }, make("label", { for: id, text: label }), select) };
  }
  function ask(name, value) {
    if (JSON.stringify(model.get(name)) === JSON.stringify(value)) return;
    model.set(name, value);
    model.save_changes();
    paintAsks();
    clearTimeout(waiting);
    waiting = setTimeout(() => pane.say("Waiting for Python. If this stays, run the cell again."), WAIT);
  }
  function pairUp() {
    const one = first.select.value;
    if (!one) return ask("between", []);
    let other = second.select.value;
    if (!other || other === one) other = names.find(({ value }) => value !== one)?.value;
    second.select.value = other;
    ask("between", [one, other]);
  }
  function paintAsks() {
    const view = model.get("view");
    const reading = model.get("_reading");
    for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === view));
    for (const { select, name } of [layers, only, which]) select.value = model.get(name);
    const two = model.get("between");
    first.select.value = two[0] ?? "";
    if (two[1]) second.select.value = two[1];
    second.root.hidden = !two.length;
    first.root.hidden = names.length < 3;
    only.root.hidden = view !== "sentences";
    which.root.hidden = view !== "matrix";
    asks.hidden = view === "people" || reading;
    both.hidden = view !== "sentences" || reading;
    figures.hidden = view === "sentences" || reading;
    review.hidden = !reading || view !== "sentences";
    foot.hidden = view !== "sentences";
    paintNarrow(view);
  }
  function paintNarrow(view) {
    const cell = model.get("_cell");
    narrow.hidden = view !== "sentences" || !cell.of || model.get("_reading");
    if (narrow.hidden) return;
    const words = {
      labels: `Where ${cell.first} met ${cell.second}`,
      people: `Where ${cell.first} and ${cell.second} differ`,
      label: `Where somebody said ${cell.first}, and not all did`,
    };
    narrow.replaceChildren(
      make("bdi", { text: `${words[cell.of]}: ${model.get("_listed").match?.toLocaleString("en") ?? "…"}` }),
      widen,
    );
  }
  /** Open a number: its places in the list. */
  function openCell(cell) {
    model.set("only", "all");
    model.set("_cell", cell);
    model.set("view", "sentences");
    model.save_changes();
    goes = true;
    paintAsks();
  }
  function drawSheet() {
    const view = model.get("view");
    if (view === "sentences") return;
    const focus = root.ownerDocument.activeElement?.dataset?.cell;
    if (view === "people") figures.replaceChildren(...drawPeople(page));
    if (view === "agreement") {
      const told = model.get("_figures");
      const table = drawFigures(told, (row) => openCell(row.label === "all" ? {} : { of: "label", first: row.label }));
      const limits = make(
        "div",
        { class: "rk-limits" },
        make("h4", { text: "What this cannot show" }),
        make("ul", {}, ...(told.limits ?? []).map((text) => make("li", { text }))),
      );
      figures.replaceChildren(
        table,
        limits,
        drawOthers(model.get("_others"), model.get("layer"), (name) => ask("layer", name)),
      );
    }
    if (view === "matrix") {
      const matrix = model.get("_cells");
      if (!matrix.cells) return;
      const told = make("p", { class: "rk-matrix-said rk-quiet", text: matrixText(matrix) });
      const box = make(
        "div",
        { class: "rk-scrolls", tabindex: 0, role: "group", "aria-label": "Matrix" },
        drawMatrix(matrix, (a, b) => openCell({ of: matrix.of, first: a, second: b })),
      );
      figures.replaceChildren(told, box);
      if (focus) box.querySelector(`[data-cell="${focus}"]`)?.focus();
    }
  }
  function matrixText(matrix) {
    if (matrix.of === "people")
      return `${matrix.measure}, pair by pair; the darker a cell, the less the two agree. A cell opens to where they differ.`;
    const unit = UNITS[model.get("_listed").kind] ?? "sentence";
    if (matrix.between.length)
      return `Rows: ${matrix.between[0]}. Columns: ${matrix.between[1]}. How many ${unit}s; each cell opens to them.`;
    return `How often one person's label met another's, over all pairs of people. Each cell opens to its ${unit}s.`;
  }

  // the list of what divides

  function drawList() {
    const listed = model.get("_listed");
    paintProgress(listed);
    paintVeil(listed);
    paintNarrow(model.get("view"));
    if (!listed.n || listed.n === drawn) return;
    clearTimeout(waiting);
    const at = root.ownerDocument.activeElement;
    const focus = list.contains(at) ? at.dataset.row : null;
    list.replaceChildren(...listed.rows.map(drawEntry));
    empty.hidden = listed.rows.length > 0;
    empty.textContent = emptyText(listed);
    drawPager(listed);
    const open = model.get("_open");
    const now = list.querySelector(`[data-row="${open}"]`) ?? list.querySelector(".rk-entry-row");
    oneStop(list, ".rk-entry-row", now);
    if (drawn && turned)
      pane.say(
        `${listed.rows.length ? `${listed.leaf * 20 + 1} to ${listed.leaf * 20 + listed.rows.length} of ` : ""}${plural(listed.match, UNITS[listed.kind])}`,
      );
    if (focus) list.querySelector(`[data-row="${focus}"]`)?.focus({ preventScroll: true });
    else if (turned || (goes && open < 0)) now?.focus({ preventScroll: true });
    if (turned || !drawn) left.scrollTop = 0;
    if (goes && open < 0) goes = false;
    drawn = listed.n;
    turned = false;
    paintOpen();
  }
  function emptyText(listed) {
    if (model.get("_cell").of) return "Nothing stands behind this.";
    if (model.get("only") === "undecided") return "All is decided here.";
    if (model.get("only") === "decided") return "Nothing is decided yet.";
    return listed.agreed
      ? "Nothing divides these people here: all who read it agree."
      : "Nothing here was read by two or more.";
  }
  const signOfLabel = (layer, label) => signs.get(`${layer}\u0001${label}`);
  const layerNow = () =>
    model.get("_place").layer ?? { warnings: "spoilers" }[model.get("layer")] ?? model.get("layer");
  function drawEntry(row) {
    const event = desk.marks.get(row.mark);
    const decided = event ? decisionOf(event) : row.decided;
    const readers = row.counts.reduce((sum, { n }) => sum + n, 0);
    const button = make(
      "button",
      {
        type: "button",
        class: row.covered ? "rk-entry-row rk-under" : "rk-entry-row",
        tabindex: -1,
        "data-row": row.row,
        "data-at": row.at,
        "data-mark": row.mark,
      },
      make(
        "span",
        { class: "rk-split", "aria-hidden": "true" },
        ...row.counts.map(({ label, n }) =>
          make("span", {
            class: "rk-part",
            style: `flex-grow: ${n}; --rk-sign: var(--rk-mark-${signOfLabel({ warnings: "spoilers" }[model.get("layer")] ?? model.get("layer"), label)?.hue ?? 8})`,
            "data-none": label === "none" ? "yes" : null,
          }),
        ),
      ),
      row.covered
        ? make("span", { class: "rk-covering", text: row.covered })
        : make("bdi", { class: "rk-says" }, ...row.parts.map(drawBit)),
      make(
        "span",
        { class: "rk-about rk-quiet" },
        make("span", { class: "rk-counts", text: row.counts.map(({ label, n }) => `${label} ${n}`).join(", ") }),
        make("span", { text: `review ${row.review}` }),
        make("span", {
          text: `${Math.round(100 * row.division)} % apart`,
          title: `How far ${plural(readers, "reader")} are apart: 0 where all agree`,
        }),
      ),
      make("span", { class: "rk-decided", text: decided ? `✓ ${decided}` : "" }),
    );
    return make("li", {}, button);
  }
  function drawBit({ t: text, masked, hit }) {
    if (hit && !masked) return make("mark", { class: "rk-hit", text });
    return masked
      ? make("span", { class: "rk-masked", role: "img", "aria-label": "name hidden", text })
      : make("span", { text });
  }
  function drawPager(listed) {
    const go = (by) => {
      turned = true;
      model.set("_leaf", listed.leaf + by);
      model.save_changes();
    };
    const prev = makeButton("‹", "Previous page", () => listed.leaf > 0 && go(-1));
    const next = makeButton("›", "Next page", () => listed.leaf < listed.pages - 1 && go(1));
    prev.setAttribute("aria-disabled", String(listed.leaf === 0));
    next.setAttribute("aria-disabled", String(listed.leaf >= listed.pages - 1));
    pager.hidden = listed.pages < 2;
    const at = listed.leaf * 20;
    pager.replaceChildren(
      prev,
      make("span", {
        class: "rk-quiet",
        text: `${at + 1} to ${at + listed.rows.length} of ${listed.match.toLocaleString("en")}`,
      }),
      next,
    );
  }
  function paintOpen() {
    const open = model.get("_open");
    for (const node of list.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
    const row = list.querySelector(`[data-row="${open}"]`);
    if (!row) return;
    row.setAttribute("aria-current", "true");
    oneStop(list, ".rk-entry-row", row);
  }
  function inList(event) {
    const row = event.target.closest(".rk-entry-row");
    if (!row) return;
    oneStop(list, ".rk-entry-row", row);
    goes = true;
    const now = Number(row.dataset.row);
    if (model.get("_open") === now) return place.focus({ preventScroll: true });
    model.set("_open", now);
    model.save_changes();
    paintOpen();
  }
  function paintProgress(listed) {
    const { decided = 0, divided = 0 } = listed;
    progress.textContent = divided ? `${decided} of ${divided} decided` : "Nothing to decide";
    bar.firstChild.style.width = divided ? `${((100 * decided) / divided).toFixed(1)}%` : "0";
    bar.hidden = !divided;
  }
  function paintVeil(listed) {
    veil.hidden = !listed.veil;
    if (!listed.veil) return;
    const lifted = model.get("_lifted");
    const text = lifted ? "Cover again" : "Uncover all";
    const old = veil.lastChild;
    if (old?.textContent === text && veil.firstChild.textContent === listed.veil) return;
    const focus = old === root.ownerDocument.activeElement;
    const toggle = makeButton(text, text, () => ask("_lifted", !model.get("_lifted")));
    veil.replaceChildren(make("span", { text: listed.veil, title: listed.misses }), toggle);
    if (focus) toggle.focus();
  }

  // one place

  function drawPlace() {
    const told = model.get("_place");
    const open = model.get("_open");
    if (open < 0 || told.row == null || told.row !== open) {
      placed = -1;
      place.replaceChildren(
        make("p", { class: "rk-quiet rk-hint", text: "Open a sentence to see who said what, and to decide." }),
      );
      return;
    }
    clearTimeout(waiting);
    const anew = told.row !== placed;
    const at = root.ownerDocument.activeElement;
    const focus = place.contains(at) ? at.dataset.focus : null;
    const typed = place.querySelector("textarea");
    const half = !anew && typed && typed === at ? { value: typed.value, at: typed.selectionStart } : null;
    if (anew) edges = told.edges;
    placed = told.row;
    const top = place.scrollTop;
    redrawing = Boolean(half); // a field that is taken out while somebody writes says that it has changed
    place.replaceChildren(drawContext(told), drawSaid(told), drawKey(told), drawChoices(told));
    redrawing = false;
    if (half) {
      const area = place.querySelector("textarea");
      area.value = half.value;
      area.focus();
      area.setSelectionRange(half.at, half.at);
    } else if (focus)
      [...place.querySelectorAll("[data-focus]")]
        .find((node) => node.dataset.focus === focus)
        ?.focus({ preventScroll: true });
    else if (place.contains(at)) place.focus({ preventScroll: true });
    place.scrollTop = anew ? 0 : top;
    paintDecision();
    if (anew) {
      const where = told.at < 0 ? "" : `, ${told.at + 1} of ${told.of}`;
      pane.say(
        `Review ${told.number}${where}: ${told.said.map(({ label, people }) => `${label} ${people.length}`).join(", ")}`,
      );
      if (goes) {
        place.focus({ preventScroll: true });
        if (root.clientWidth < 720) place.scrollIntoView({ block: "nearest" });
      }
      goes = false;
    }
  }
  function drawContext(told) {
    const text = make("div", { class: "rk-text" });
    for (const parts of told.paragraphs) {
      text.append(
        make(
          "p",
          { class: "rk-paragraph", dir: "auto" },
          ...parts.map((part) => drawPiece(pane, part, new Map(), new Map())),
        ),
      );
    }
    for (const cover of text.querySelectorAll(".rk-cover, .rk-again")) cover.tabIndex = 0;
    for (const cover of text.querySelectorAll("[data-cover]")) cover.dataset.focus = `cover ${cover.dataset.cover}`;
    for (const cover of text.querySelectorAll("[data-again]")) cover.dataset.focus = `cover ${cover.dataset.again}`;
    text.addEventListener("click", (event) => {
      const cover = event.target.closest(".rk-cover, .rk-again");
      if (!cover) return;
      const up = cover.matches(".rk-cover");
      model.send({
        type: "lift",
        review_id: told.review_id,
        at: Number(up ? cover.dataset.cover : cover.dataset.again),
        up,
      });
    });
    const what = told.about
      ? `${told.about}: is it one, and which words?`
      : { sentences: "Which label fits this sentence?", reviews: "Which verdict fits this review?" }[told.kind];
    const prev = makeButton("‹", "The previous that divides", () => step(-1));
    const next = makeButton("›", "The next that divides", () => step(1));
    prev.dataset.focus = "prev";
    next.dataset.focus = "next";
    prev.setAttribute("aria-disabled", String(told.at <= 0));
    next.setAttribute("aria-disabled", String(told.at >= told.of - 1));
    const open = makeButton(`Review ${told.number} ›`, `Open review ${told.number} at this place`, openReview);
    open.dataset.focus = "review";
    const where = told.at < 0 ? "" : `${told.at + 1} of ${told.of}`;
    return make(
      "section",
      { class: "rk-context", "aria-label": "In its context" },
      make(
        "div",
        { class: "rk-place-bar" },
        make("h3", { class: "rk-asked", text: what }),
        make("div", { class: "rk-bar-tools" }, open, prev, make("span", { class: "rk-where", text: where }), next),
      ),
      text,
    );
  }
  function chip(layer, label) {
    const sign = signOfLabel(layer, label);
    if (!sign) return make("span", { class: "rk-named rk-no-sign" }, make("bdi", { text: label }));
    return make(
      "span",
      { class: "rk-named", style: `--rk-sign: var(--rk-mark-${sign.hue})` },
      make("span", { class: "rk-label-code", text: sign.code }),
      make("bdi", { class: "rk-mark", style: signOf(sign), text: label }),
    );
  }
  /** Who said what: a bar as long as their share, their pseudonyms, what they noted. */
  function drawSaid(told) {
    const total = told.said.reduce((sum, { people }) => sum + people.length, 0);
    const share = (label, part) => {
      const hue = signOfLabel(told.layer, label)?.hue;
      return make("span", {
        class: hue ? null : "rk-share-none",
        style: `width: ${(100 * part).toFixed(1)}%; --rk-sign: var(--rk-mark-${hue ?? 8})`,
      });
    };
    const rows = told.said.map(({ label, people }) => {
      const noted = people.filter(({ note }) => note);
      return make(
        "li",
        { class: "rk-reading" },
        make(
          "div",
          { class: "rk-reading-head" },
          chip(told.layer, label),
          make("b", { class: "rk-number", text: people.length }),
          make(
            "p",
            { class: "rk-who rk-quiet" },
            make("span", { class: "rk-share", "aria-hidden": "true" }, share(label, people.length / total)),
            make("bdi", { text: people.map(({ who }) => who).join(", ") }),
          ),
        ),
        ...noted.map(({ who, note }) =>
          make(
            "p",
            { class: "rk-noted" },
            make("bdi", { text: `“${note}”` }),
            make("span", { class: "rk-quiet", text: ` ${who}` }),
          ),
        ),
      );
    });
    const missing = told.missing
      ? make("p", { class: "rk-quiet", text: `${plural(told.missing, "person", "people")} did not label it.` })
      : null;
    return make(
      "section",
      { class: "rk-said-by", "aria-labelledby": `${uid}-said` },
      make("h4", { id: `${uid}-said`, text: "Who said what" }),
      make("ul", {}, ...rows),
      missing,
    );
  }
  function drawKey(told) {
    if (!page.has_key) return make("div", { hidden: true });
    const shown = model.get("key_shown");
    const toggle = makeButton(
      shown ? "Hide the key" : "Show the key's reading",
      shown ? "Hide the key's reading" : "Show the key's reading",
      () => ask("key_shown", !shown),
    );
    toggle.dataset.focus = "key";
    toggle.setAttribute("aria-expanded", String(shown));
    const rows = (told.key ?? []).map(({ source, label, quote, why }) =>
      make(
        "li",
        {},
        make("span", { class: "rk-source rk-quiet", text: source }),
        chip(told.layer, label),
        quote ? make("bdi", { class: "rk-quote", text: `“${quote}”` }) : null,
        why ? make("p", { class: "rk-why", text: why }) : null,
      ),
    );
    const none =
      shown && told.key && !rows.length
        ? make("p", { class: "rk-quiet", text: "The key says nothing of this place." })
        : null;
    return make("section", { class: "rk-key", "aria-label": "The key" }, toggle, make("ul", {}, ...rows), none);
  }
  /** What can be decided on: labels, or words; nothing; and a reason. */
  function drawChoices(told) {
    const hasNone = told.kind === "spans" || told.choices.some(({ value }) => value === "none");
    const buttons = [];
    const add = (choice, ...inside) => {
      const number = buttons.length + 1;
      const name = `${number}: ${choice.name}`;
      const button = make(
        "button",
        {
          type: "button",
          class: "rk-choice",
          "aria-pressed": "false",
          "data-focus": `choice ${choice.id}`,
          "data-choice": choice.id,
          "aria-label": name,
          click: () => decide(told, choice),
        },
        make("span", {
          class: "rk-digit",
          "aria-hidden": "true",
          text: number < 10 ? number : number === 10 && !hasNone ? 0 : "",
        }),
        ...inside,
      );
      button.choice = choice;
      buttons.push(button);
    };
    for (const { value, text, n } of told.choices) {
      if (value === "none") continue;
      add(
        { id: value, label: value, name: `${text}, ${n} of the class` },
        chip(told.layer, text),
        make("span", { class: "rk-n rk-quiet", text: n || "" }),
      );
    }
    for (const span of told.spans) {
      const by = span.name || plural(span.who.length, "person", "people");
      const quote = span.quote == null ? "covered" : `“${span.quote}”`;
      add(
        {
          id: `${span.start} ${span.end}`,
          label: told.about,
          start: span.start,
          end: span.end,
          name: `${span.quote ?? "covered"}: ${by}`,
        },
        make(
          "span",
          { class: "rk-words" },
          make("bdi", { class: span.quote == null ? "rk-row-covered" : "rk-row-quote", text: quote }),
          make("span", { class: "rk-quiet rk-by", text: span.who.length ? `${by}: ${span.who.join(", ")}` : by }),
        ),
      );
    }
    if (hasNone) {
      const n = told.said.find(({ label }) => label === "none")?.people.length ?? 0;
      const text =
        told.kind === "spans" ? `not ${told.about}` : told.layer === "spoilers" ? "none: gives nothing away" : "none";
      const button = make(
        "button",
        {
          type: "button",
          class: "rk-choice",
          "aria-pressed": "false",
          "data-focus": "choice none",
          "data-choice": "none",
          "aria-label": `0: ${text}, ${n} of the class`,
          click: () => decide(told, button.choice),
        },
        make("span", { class: "rk-digit", "aria-hidden": "true", text: "0" }),
        make("span", { class: "rk-named rk-no-sign", text }),
        make("span", { class: "rk-n rk-quiet", text: n || "" }),
      );
      button.choice = { id: "none", label: "none" };
      buttons.push(button);
    }
    const clear = makeButton("Take back", "Take this decision back", () => decide(told, null));
    clear.dataset.focus = "clear";
    clear.classList.add("rk-clear");
    const area = make("textarea", {
      id: `${uid}-why`,
      class: "rk-field rk-why-field",
      rows: 2,
      "data-focus": "why",
      placeholder: "What decided it? (you can leave it open)",
      input: reasoned,
      change: keepReason,
      keydown: leaveReason,
    });
    area.value = reasonNow(told);
    return make(
      "section",
      { class: "rk-decide", "aria-labelledby": `${uid}-decide` },
      make(
        "div",
        { class: "rk-decide-head" },
        make("h4", { id: `${uid}-decide`, text: "Decide" }),
        make("span", { class: "rk-state rk-quiet" }),
        clear,
      ),
      make(
        "div",
        { class: `rk-choices rk-choices-${told.kind}`, role: "group", "aria-label": "Decide on" },
        ...buttons,
      ),
      told.kind === "spans" ? drawEdges(told) : null,
      make("label", { class: "rk-why-label", for: area.id, text: "The reason" }),
      area,
    );
  }
  /** Free edges: each moved by a word. */
  function drawEdges(told) {
    const move = (side, by) => {
      const { starts, ends } = told.words;
      const [start, end] = edges ?? [told.start, told.end];
      const near = (list, value) =>
        list.reduce((best, each, n) => (Math.abs(each - value) < Math.abs(list[best] - value) ? n : best), 0);
      let [a, b] = [near(starts, start), near(ends, end)];
      if (side === "start") a = Math.max(0, Math.min(b, a + by));
      else b = Math.min(ends.length - 1, Math.max(a, b + by));
      edges = [starts[a], ends[b]];
      decide(told, { id: "free", label: told.about, start: edges[0], end: edges[1], name: "other words" });
    };
    const knob = (side, by, text, name) => {
      const button = makeButton(text, name, () => move(side, by));
      button.dataset.focus = `edge ${side} ${by}`;
      return button;
    };
    return make(
      "div",
      { class: "rk-edges", role: "group", "aria-label": "Other words" },
      make("span", { class: "rk-quiet", text: "Or other words. Begin" }),
      knob("start", -1, "‹", "Begin a word earlier"),
      knob("start", 1, "›", "Begin a word later"),
      make("span", { class: "rk-quiet", text: "End" }),
      knob("end", -1, "‹", "End a word earlier"),
      knob("end", 1, "›", "End a word later"),
    );
  }
  const decisionOf = (event) =>
    event.what !== "set" ? null : event.kind === "dispute" || !event.label ? "none" : event.label;
  const eventOf = (told) => {
    const event = desk.marks.get(told.mark);
    return event?.what === "set" ? event : null;
  };
  const reasonNow = (told) => eventOf(told)?.note ?? (eventOf(told) ? "" : (reasons.get(told.mark) ?? ""));
  const reasons = new Map(); // written before anything is decided
  function fieldsOf(told, choice, note) {
    const base = { review_id: told.review_id, layer: told.layer, note: note || null, text_sha: told.sha, quote: null };
    if (told.kind === "reviews") return { ...base, kind: "verdict", label: choice.label, start: null, end: null };
    const [start, end] = [choice.start ?? told.start, choice.end ?? told.end];
    if (choice.id === "none") return { ...base, kind: "dispute", label: told.about ?? null, start, end };
    return { ...base, kind: "mark", label: choice.label, start, end };
  }
  /** Paint, hold, send: the desk does all three; null takes the decision back. */
  function decide(told, choice) {
    const before = eventOf(told);
    if (!choice && !before) return;
    const note = place.querySelector("textarea")?.value.trim() ?? "";
    if (choice && choice.start != null) edges = [choice.start, choice.end];
    desk.act([[told.mark, choice ? fieldsOf(told, choice, note) : null]], choice?.label ?? "");
    pane.say(choice ? `Decided: ${choice.name ?? choice.label}` : "Taken back");
  }
  function reasoned() {
    clearTimeout(timer);
    timer = setTimeout(keepReason, 1200);
  }
  function keepReason() {
    if (redrawing) return;
    clearTimeout(timer);
    const told = model.get("_place");
    const area = place.querySelector("textarea");
    if (!area || told.row !== placed) return;
    const note = area.value.trim();
    const event = eventOf(told);
    reasons.set(told.mark, note);
    if (!event || (event.note ?? "") === note) return;
    const { kind, review_id, layer, label, start, end } = event;
    desk.act(
      [
        [
          told.mark,
          {
            kind,
            review_id,
            layer,
            label: label || null,
            start,
            end,
            note: note || null,
            text_sha: told.sha,
            quote: null,
          },
        ],
      ],
      label,
    );
  }
  function leaveReason(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    keepReason();
    place.focus({ preventScroll: true });
  }
  /** The chosen button, the chosen words, whether it is kept. */
  function paintDecision() {
    const told = model.get("_place");
    if (told.row !== placed || placed < 0) return;
    const event = eventOf(told);
    const id = !event
      ? null
      : event.kind === "dispute"
        ? "none"
        : told.kind === "spans"
          ? `${event.start} ${event.end}`
          : event.label;
    for (const button of place.querySelectorAll(".rk-choice"))
      button.setAttribute("aria-pressed", String(button.dataset.choice === id));
    place.querySelector(".rk-clear").hidden = !event;
    const state = event
      ? { kept: "kept", saving: "saving …", waiting: "not kept yet" }[desk.stateOf(told.mark)]
      : "open";
    place.querySelector(".rk-state").textContent = state;
    const lit = event && event.kind === "mark" && told.kind === "spans" ? [event.start, event.end] : null;
    for (const piece of place.querySelectorAll(".rk-context .rk-piece")) {
      const at = Number(piece.dataset.at);
      piece.classList.toggle("rk-chosen", Boolean(lit) && at >= lit[0] && at < lit[1]);
    }
  }
  function paintDesk() {
    const [can, again] = desk.can();
    undo.setAttribute("aria-disabled", String(!can));
    redo.setAttribute("aria-disabled", String(!again));
    const n = desk.count();
    const why = desk.trouble() || (desk.late() ? "Python does not answer: it is busy, or has stopped." : "");
    kept.textContent = why ? `${n ? `${n} not kept yet. ` : ""}${why}` : n ? "saving …" : "all kept";
    kept.classList.toggle("rk-trouble", Boolean(why));
    paintDecision();
    for (const row of list.querySelectorAll(".rk-entry-row")) {
      const event = desk.marks.get(row.dataset.mark);
      if (event) row.lastChild.textContent = event.what === "set" ? `✓ ${decisionOf(event)}` : "";
    }
  }
  function turn(action, words) {
    if (!action) return;
    pane.say(words);
    const told = model.get("_place");
    const area = place.querySelector("textarea");
    if (area && told.row === placed) area.value = reasonNow(told);
  }
  const step = (by) => {
    goes = place.contains(root.ownerDocument.activeElement) || list.contains(root.ownerDocument.activeElement);
    model.send({ type: "step", by });
  };
  function openReview() {
    goes = true;
    ask("_reading", true);
  }
  function drawReview() {
    const current = model.get("_current");
    paintAsks();
    if (!model.get("_reading")) {
      if (goes) place.querySelector("[data-focus=review]")?.focus({ preventScroll: true });
      goes = false;
      return;
    }
    if (!current.id) return;
    pane.list = { entries: [{ n: current.number }], at: () => 0 };
    const at = root.ownerDocument.activeElement;
    const cover = article.contains(at) ? (at.dataset.cover ?? at.dataset.again) : null;
    article.replaceChildren(drawHead(pane, current), drawText(pane, current));
    for (const node of article.querySelectorAll(".rk-cover, .rk-again")) node.tabIndex = 0;
    from.textContent = `Review ${current.number}`;
    const again = cover == null ? null : article.querySelector(`[data-again="${cover}"], [data-cover="${cover}"]`);
    if (again) again.focus({ preventScroll: true });
    else {
      flash(article, [...article.querySelectorAll(".rk-aimed")], false);
      if (goes) article.focus({ preventScroll: true });
    }
  }
  function closeReview() {
    goes = true;
    ask("_reading", false);
  }
  function inArticle(event) {
    const cover = event.target.closest(".rk-cover, .rk-again");
    if (!cover) return;
    const up = cover.matches(".rk-cover");
    model.send({
      type: "lift",
      review_id: model.get("_current").id,
      at: Number(up ? cover.dataset.cover : cover.dataset.again),
      up,
    });
  }
  function bindings({ target }) {
    const reading = !review.hidden;
    const does = {
      "?": () => help.show(),
      Escape: () => {
        if (!help.panel.hidden) help.show(false);
        else if (reading) closeReview();
        else if (place.contains(target)) list.querySelector(".rk-entry-row[tabindex='0']")?.focus();
        else if (model.get("_cell").of) ask("_cell", {});
      },
      u: () => turn(desk.undo(), "Undone"),
      U: () => turn(desk.redo(), "Done again"),
    };
    const cover = target.closest(".rk-cover, .rk-again");
    if (cover) does.Enter = does[" "] = () => cover.click();
    const cell = target.closest(".rk-cell");
    if (cell) {
      const table = cell.closest("table");
      Object.assign(does, {
        ArrowDown: () => crossMatrix(table, cell, 1, 0),
        ArrowUp: () => crossMatrix(table, cell, -1, 0),
        ArrowRight: () => crossMatrix(table, cell, 0, 1),
        ArrowLeft: () => crossMatrix(table, cell, 0, -1),
      });
    }
    if (reading || model.get("view") !== "sentences") return does;
    Object.assign(does, { n: () => step(1), j: () => step(1), p: () => step(-1) });
    if (target.closest(".rk-entry-row")) {
      Object.assign(does, {
        ArrowDown: () => stepAmong(list, ".rk-entry-row", 1),
        ArrowUp: () => stepAmong(list, ".rk-entry-row", -1),
        Home: () => stepAmong(list, ".rk-entry-row", -Infinity),
        End: () => stepAmong(list, ".rk-entry-row", Infinity),
      });
    }
    if (placed < 0) return does;
    Object.assign(does, {
      o: openReview,
      r: () => place.querySelector("textarea").focus(),
      k: () => page.has_key && ask("key_shown", !model.get("key_shown")),
    });
    for (let n = 1; n < 10; n += 1)
      does[n] = () => place.querySelectorAll(".rk-choice:not([data-choice=none])")[n - 1]?.click();
    does[0] = () =>
      (place.querySelector(".rk-choice[data-choice=none]") ?? place.querySelectorAll(".rk-choice")[9])?.click();
    return does;
  }
  function heard(content) {
    if (content?.type !== "saved") return;
    written.textContent = content.why ?? `Written: ${plural(content.rows, "label")} in ${content.folder}`;
    pane.say(written.textContent);
  }
  function news({ events = [] }) {
    if (
      model.get("_place").row === placed &&
      placed >= 0 &&
      events.some(({ mark }) => mark === model.get("_place").mark)
    ) {
      const area = place.querySelector("textarea");
      if (area && area !== root.ownerDocument.activeElement) area.value = reasonNow(model.get("_place"));
    }
    paintDesk();
  }
  news.seen = () => root.isConnected && root.clientHeight > 0;

  guardKeys(root, bindings);
  list.addEventListener("click", inList);
  article.addEventListener("click", inArticle);
  back.addEventListener("click", () => (goes = true), true);
  const unwatch = watch(model, {
    ...Object.fromEntries(["layer", "between", "only", "matrix", "_cell"].map((name) => [`change:${name}`, paintAsks])),
    "change:view": () => (paintAsks(), drawSheet()),
    "change:_figures": drawSheet,
    "change:_cells": drawSheet,
    "change:_others": drawSheet,
    "change:_listed": drawList,
    "change:_place": drawPlace,
    "change:_open": () => (paintOpen(), model.get("_open") < 0 && drawPlace()),
    "change:_current": drawReview,
    "change:_reading": drawReview,
    "msg:custom": heard,
  });
  const unheard = desk.watch(news);
  el.append(root);
  paintAsks();
  drawList();
  drawSheet();
  drawPlace();
  drawReview();
  paintDesk();
  return () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    unwatch();
    unheard();
    root.remove();
  };
}

export default () => {
  let desk;
  return {
    initialize({ model }) {
      desk = makeDesk(model);
      return () => desk.end();
    },
    render: ({ model, el }) => renderTogether({ model, el, desk }),
  };
};
