// The stage: one step at a time for the front of a classroom. Python sends steps and, when asked, what is
// revealed, as plain values; this module draws them as text nodes, paints first and tells Python afterwards.

const PATIENCE = 5000; // milliseconds without a word from Python, after which the stage says so
const KEYS = [
  ["→ Page Down Space", "on: show the answer, then the next step"],
  ["← Page Up", "back: hide the answer, then the step before"],
  ["1 … 9", "to the hands of that answer; ↑ and ↓ count, Enter leaves"],
  ["U", "hide the answer again"],
  ["V", "lift the covers, or put them down"],
  ["N", "the instructor's note"],
  ["B", "black screen"],
  ["L", "light or dark"],
  ["F", "fill the screen"],
];

/** Words to read: pieces, some marked, some under a cover. */
function passage({ tag, note, pieces, more }) {
  return make("figure", { class: "rk-stage-passage" },
    make("figcaption", {}, make("span", { text: tag }), note ? make("span", { text: ` · ${note}` }) : null),
    make("blockquote", {}, ...pieces.map((piece) =>
      piece.cover
        ? make("span", { class: "rk-stage-cover", text: `covered: ${piece.cover}` })
        : piece.mark
          ? make("mark", { "data-mark": piece.mark, text: piece.text })
          : make("span", { text: piece.text })), more ? make("span", { text: " …" }) : null));
}

function bars({ caption, rows }, open) {
  const most = Math.max(1, ...rows.map((row) => Math.max(row.of, row.n)));
  const body = rows.map((row) => {
    const within = [
      make("span", { class: "rk-stage-label", text: row.label }),
      make("span", { class: "rk-stage-track", "aria-hidden": "true", style: row.of ? `--of:${row.of / most}` : "--of:1" },
        make("span", { class: "rk-stage-fill", style: `--n:${row.n / (row.of || most)}` })),
      make("span", { class: "rk-stage-figure", text: row.figure }),
    ];
    return make("li", {}, row.words.length
      ? make("button", { type: "button", class: "rk-stage-bar", title: "Show the words behind it", click: () => open(row) }, ...within)
      : make("div", { class: "rk-stage-bar" }, ...within));
  });
  return make("div", { class: "rk-stage-bars", "data-many": rows.length > 6 },
    make("p", { class: "rk-stage-caption", text: caption }), make("ul", {}, ...body));
}

function weights({ tag, pieces, line }) {
  return make("div", { class: "rk-stage-weights" },
    tag ? make("p", { class: "rk-stage-caption", text: tag }) : null,
    make("p", { class: "rk-stage-scale" }, ...pieces.map((piece) => piece.weight
      ? make("span", { class: piece.up ? "rk-stage-up" : "rk-stage-down" },
        make("span", { text: piece.text }), make("small", { text: piece.weight }))
      : make("span", { text: piece.text }))),
    line ? make("p", { class: "rk-stage-line", text: line }) : null);
}

function strips({ rows, legend }) {
  const cell = ({ stage, text }, i) => make("li", {
    style: `--stage:var(--rk-stage-${stage});--ink:var(--rk-stage-ink-${stage})`,
  }, make("span", { class: "rk-said", text: `${i === undefined ? "" : `${i + 1}: `}${text}` }),
  make("span", { "aria-hidden": "true", text: text.slice(0, 2).toUpperCase() }));
  return make("div", { class: "rk-stage-strips" },
    ...rows.map(({ tag, cells }) => make("div", {},
      make("p", { class: "rk-stage-caption", text: tag }), make("ol", { "aria-label": tag }, ...cells.map(cell)))),
    make("ul", { class: "rk-stage-legend", "aria-label": "What the letters mean" }, ...legend.map((each) =>
      make("li", {}, make("ul", { "aria-hidden": "true" }, cell(each)), make("span", { text: each.text })))));
}

const cards = ({ items }) => make("ol", { class: "rk-stage-cards" }, ...items.map(([letter, text]) =>
  make("li", {}, make("b", { text: letter }), make("span", { text }))));

function block(part, open) {
  if (part.kind === "passage") return passage(part);
  if (part.kind === "bars") return bars(part, open);
  if (part.kind === "weights") return weights(part);
  if (part.kind === "strips") return strips(part);
  if (part.kind === "cards") return cards(part);
  return make("p", { class: "rk-stage-say", text: part.text });
}

function render({ model, el }) {
  const get = (name) => model.get(name);
  const view = newId();
  let black = false;
  let note = false;
  let waiting;

  const button = (text, key, onclick, extra = "") => make("button", {
    type: "button", class: `rk-button ${extra}`, "aria-keyshortcuts": key, click: onclick,
  }, make("span", { text }), key.length === 1 ? make("kbd", { "aria-hidden": "true", text: key }) : null);

  const root = make("section", { class: "rk rk-stage", tabindex: "-1", "aria-label": `Demonstration: ${get("title")}` });
  const ways = make("ol", { class: "rk-stage-steps" });
  const lift = button("Lift covers", "V", () => toggleCovers());
  const noted = button("Note", "N", () => toggleNote());
  const more = make("details", { class: "rk-stage-more" },
    make("summary", { class: "rk-button", text: "More" }),
    make("div", {},
      make("table", {}, make("caption", { text: "Keys" }), make("tbody", {}, ...KEYS.map(([key, what]) =>
        make("tr", {}, make("th", { scope: "row", text: key }), make("td", { text: what }))))),
      button("Black screen", "B", () => toggleBlack()),
      button("Light or dark", "L", () => toggleDark()),
      button("Fill the screen", "F", () => fill()),
      make("button", { type: "button", class: "rk-button", click: afresh, text: "Begin afresh with another class" })));
  const head = make("header", { class: "rk-stage-head" },
    make("p", { class: "rk-stage-title" }, make("b", { text: get("title") }), make("span", { text: get("about") })),
    make("nav", { "aria-label": "Steps" }, ways), make("div", { class: "rk-stage-tools" }, lift, noted, more));
  const main = make("div", { class: "rk-stage-main" });
  const hint = make("aside", { class: "rk-stage-note", "aria-label": "For the instructor", hidden: true });
  const back = button("Back", "ArrowLeft", () => go(-1));
  const hide = button("Hide the answer", "U", () => undo());
  const next = button("Next", "ArrowRight", () => go(1), "rk-button-main");
  const status = make("p", { class: "rk-stage-status", role: "status" });
  const live = make("p", { class: "rk-said", "aria-live": "polite" });
  const foot = make("footer", { class: "rk-stage-foot" }, back, status, hide, next);
  const dark = make("button", { type: "button", class: "rk-stage-black", hidden: true, click: () => toggleBlack() },
    make("span", { class: "rk-said", text: "The screen is black. Press B, or click, to bring it back." }));
  const drawer = make("dialog", { class: "rk-stage-drawer", "aria-labelledby": `${view}-words` });
  root.append(head, main, hint, foot, live, drawer, dark);
  el.append(root);

  const alone = () => document.body.dataset.voila === "voila";
  root.toggleAttribute("data-alone", alone());

  const step = () => get("steps")[get("at")];
  const shown = () => Math.min(get("shown")[step().key] ?? 0, step().parts);

  function tell(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
    clearTimeout(waiting);
    waiting = setTimeout(() => said({ state: "problem",
      text: "Not kept: the program behind this page does not answer. Reload the page." }), PATIENCE);
  }

  function said({ state, text }) {
    status.dataset.state = state ?? "";
    status.textContent = text ?? "";
  }

  function go(by) {
    const at = get("at");
    const now = shown();
    if (by > 0 && now < step().parts) reveals(now + 1);
    else if (by < 0 && now > 0) reveals(now - 1);
    else if (at + by >= 0 && at + by < get("steps").length) tell({ at: at + by });
  }

  const reveals = (many) => tell({ shown: { ...get("shown"), [step().key]: many } });
  const undo = () => shown() && reveals(0);
  const toggleCovers = () => tell({ lifted: !get("lifted") });

  function toggleNote() {
    note = !note;
    paintTools();
  }

  function toggleBlack() {
    black = !black;
    dark.hidden = !black;
    if (black) dark.focus();
    else main.querySelector("h2")?.focus({ preventScroll: true });
  }

  function toggleDark() {
    const now = getComputedStyle(root).colorScheme.includes("dark");
    root.dataset.scheme = now ? "light" : "dark";
  }

  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => said({ state: "problem", text: "The browser refuses: press F11." }));
  }

  function afresh({ currentTarget: asked }) {
    const sure = asked.toggleAttribute("data-sure");
    asked.textContent = sure ? "Sure? All hands are forgotten. Press again" : "Begin afresh with another class";
    if (sure) return;
    more.open = false;
    model.send({ type: "afresh" });
  }

  function open(row) {
    const close = make("button", { type: "button", class: "rk-button rk-button-main", text: "Close", click: () => drawer.close() });
    drawer.replaceChildren(
      make("header", {}, make("h3", { id: `${view}-words`, text: `${row.label}: ${row.figure}` }), close),
      make("div", { class: "rk-stage-words", tabindex: "0", role: "group", "aria-label": "The words behind it" },
        ...row.words.map(passage),
        row.words.length < row.n ? make("p", { class: "rk-quiet", text: `The first ${row.words.length} of ${row.n}.` }) : null));
    drawer.showModal();
    close.focus();
  }

  // ---- hands ----

  const counts = () => step().options.map((_, i) => get("hands")[step().key]?.[i] ?? 0);

  function count(i, n) {
    const told = counts();
    told[i] = Math.max(0, Math.min(999, Math.round(n) || 0));
    tell({ hands: { ...get("hands"), [step().key]: told } });
    paintHands();
  }

  function hands() {
    const locked = shown() > 0;
    const rows = step().options.map((label, i) => {
      const field = make("input", { type: "number", class: "rk-field", id: `${view}-${i}`, min: "0", max: "999",
        inputmode: "numeric", disabled: locked, input: () => count(i, field.value), focus: () => field.select() });
      const change = (text, by, said) => make("button", { type: "button", class: "rk-button", tabindex: "-1",
        disabled: locked, "aria-label": `${said}: ${label}`, text, click: () => count(i, counts()[i] + by) });
      return make("li", { "data-i": i },
        make("label", { for: field.id }, make("kbd", { "aria-hidden": "true", text: String(i + 1) }), make("span", { text: label })),
        make("div", { class: "rk-stage-count" }, change("−", -1, "One hand fewer"), field, change("+", 1, "One hand more")),
        make("div", { class: "rk-stage-track", "aria-hidden": "true" }, make("span", { class: "rk-stage-fill" })),
        make("p", { class: "rk-stage-holds" }));
    });
    return make("div", { class: "rk-stage-hands", role: "group", "aria-label": "Show of hands", "data-many": rows.length > 5 },
      make("ul", {}, ...rows), make("p", { class: "rk-stage-total" }));
  }

  function paintHands() {
    const box = main.querySelector(".rk-stage-hands");
    if (!box) return;
    const told = counts();
    const total = told.reduce((sum, n) => sum + n, 0);
    const most = Math.max(1, ...told);
    for (const row of box.querySelectorAll("li")) {
      const n = told[Number(row.dataset.i)];
      const field = row.querySelector("input");
      if (document.activeElement !== field || Number(field.value) !== n) field.value = n || "";
      row.querySelector(".rk-stage-fill").style.setProperty("--n", n / most);
    }
    box.querySelector(".rk-stage-total").textContent = total ? plural(total, "hand") : "Show of hands";
    const parts = revealed();
    for (const row of box.querySelectorAll("li")) {
      const i = Number(row.dataset.i);
      const whose = [...new Set(parts.filter((part) => part.holds.includes(i)).map((part) => part.whose))];
      row.toggleAttribute("data-holds", whose.length > 0);
      row.querySelector(".rk-stage-holds").textContent = whose.length ? `✓ ${whose.join(", ")}` : "";
    }
  }

  // ---- painting ----

  const revealed = () => (get("parts")[step().key] ?? []).slice(0, shown());

  let drawn = "";
  function paint() {
    if (get("problem") || !get("steps").length) {
      main.replaceChildren(make("h2", { text: "This page cannot be shown" }), make("p", { class: "rk-stage-say", text: get("problem") }));
      for (const part of [foot, head.querySelector("nav"), head.querySelector(".rk-stage-tools")]) part.hidden = true;
      return;
    }
    const here = step();
    const parts = revealed();
    const within = main.contains(document.activeElement);
    const exhibit = [...parts].reverse().find((part) => part.blocks.length)?.blocks ?? here.blocks;
    const heading = make("h2", { tabindex: "-1", text: here.ask });
    const says = parts.map((part, i) => make("p", { class: "rk-stage-says", "data-last": i === parts.length - 1, text: part.says }));
    if (parts.length < shown()) says.push(make("p", { class: "rk-stage-says", "data-last": true, text: "…" }));
    const left = make("div", { class: "rk-stage-see" }, ...says, ...exhibit.map((each) => block(each, open)));
    main.replaceChildren(heading, make("div", { class: "rk-stage-columns" }, left, here.options.length ? hands() : null));
    main.dataset.kind = here.options.length ? "question" : "talk";
    const mark = `${here.key} ${parts.length}`;
    if (mark !== drawn) main.scrollTop = 0;
    if (within && mark !== drawn) heading.focus({ preventScroll: true });
    if (drawn && mark !== drawn) {
      live.textContent = parts.length ? parts.at(-1).says : `Step ${get("at") + 1} of ${get("steps").length}: ${here.ask}`;
    }
    drawn = mark;
    scrollable();
    paintHands();
    paintWays();
    paintTools();
  }

  /** What does not fit can be reached with the keyboard. */
  function scrollable() {
    const over = main.scrollHeight > main.clientHeight + 2;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", "The step"]]) {
      if (over) main.setAttribute(name, value);
      else main.removeAttribute(name);
    }
  }

  function paintWays() {
    const at = get("at");
    ways.replaceChildren(...get("steps").map(({ key, name, parts }, i) => make("li", {},
      make("button", { type: "button", "aria-current": i === at ? "step" : null, title: name,
        "data-done": parts > 0 && (get("shown")[key] ?? 0) >= parts, click: () => tell({ at: i }),
        "aria-label": `Step ${i + 1}: ${name}` },
      make("span", { text: String(i + 1) }), i === at ? make("span", { class: "rk-stage-name", text: name }) : null))));
  }

  function paintTools() {
    const here = step();
    const on = shown() < here.parts;
    const last = get("at") === get("steps").length - 1;
    next.firstChild.textContent = on ? (shown() ? "Show more" : "Show the answer") : "Next";
    next.disabled = !on && last;
    back.disabled = get("at") === 0 && !shown();
    hide.hidden = !shown();
    lift.firstChild.textContent = get("lifted") ? "Put covers down" : "Lift covers";
    lift.setAttribute("aria-pressed", String(get("lifted")));
    noted.setAttribute("aria-pressed", String(note));
    hint.hidden = !note;
    hint.replaceChildren(make("b", { text: "Note " }), make("span", { text: here.note || "Nothing on this step." }));
  }

  // ---- keys ----

  function onKey(event) {
    if (!isPlain(event) || get("problem")) return;
    if (!alone()) event.stopPropagation();
    if (drawer.open) return;
    const { key, target } = event;
    const field = target.tagName === "INPUT";
    const control = field || ["BUTTON", "SUMMARY"].includes(target.tagName);
    const low = key.length === 1 ? key.toLowerCase() : key;
    if (black) {
      if (!["Tab", "Shift"].includes(key)) {
        event.preventDefault();
        toggleBlack();
      }
      return;
    }
    const does = {
      PageDown: () => go(1), PageUp: () => go(-1),
      ArrowRight: field ? null : () => go(1), ArrowLeft: field ? null : () => go(-1),
      " ": control ? null : () => go(1),
      Enter: field ? () => main.querySelector("h2").focus({ preventScroll: true }) : control ? null : () => go(1),
      b: toggleBlack, ".": toggleBlack, n: toggleNote, v: toggleCovers, u: undo, l: toggleDark, f: fill,
      "?": () => { more.open = !more.open; },
      Escape: more.open ? () => { more.open = false; } : null,
      ArrowDown: field ? null : () => main.scrollBy({ top: main.clientHeight / 3 }),
      ArrowUp: field ? null : () => main.scrollBy({ top: -main.clientHeight / 3 }),
    }[low];
    const wanted = does ?? (!field && /^[1-9]$/.test(key)
      ? () => main.querySelectorAll(".rk-stage-hands input")[Number(key) - 1]?.focus() : null);
    if (!wanted) return;
    event.preventDefault();
    wanted();
  }

  const ear = alone() ? document : root;
  if (!alone()) keepKeys(root);
  ear.addEventListener("keydown", onKey);
  const watch = new ResizeObserver(() => scrollable());
  watch.observe(main);

  const listeners = [["change:steps", paint], ["change:at", paint], ["change:shown", paint], ["change:parts", paint],
    ["change:lifted", paint], ["change:hands", paintHands], ["change:problem", paint],
    ["change:status", () => { clearTimeout(waiting); said(get("status")); }]];
  for (const [name, does] of listeners) model.on(name, does);
  said(get("status"));
  paint();
  if (alone()) main.querySelector("h2")?.focus({ preventScroll: true });

  return () => {
    clearTimeout(waiting);
    watch.disconnect();
    ear.removeEventListener("keydown", onKey);
    for (const [name, does] of listeners) model.off(name, does);
  };
}

export default { render };
