// Predict, then look: what the marking pane has more when it is a look pane. Python sends the other reading with
// a review's sheet (`sheet.look`) once it is committed; before, there is nothing of it here to be found.

const LOOK_KEYS = [
  ["c", "commit your reading, and look"],
  ["d, Shift+D", "next and previous difference, once you have looked"],
  ["h", "hold to your reading of the difference that is chosen"],
];

const TASKS = {
  perspective: "what shows who is speaking",
  spoilers: "what is given away, warned of or withheld",
  structure: "the stage of each sentence",
  devices: "the devices",
  attitude: "the attitude of each sentence that comments",
};

/** What a look pane adds: `{ root, keys, bindings, beside, pressed, painted, begin, end }`. */
function extendMarking(pane, desk) {
  const { model, article, uid } = pane;
  const { whose, marking, verdicts } = desk.about.look;
  const root = make("section", { class: "rk-look-panel", role: "group", "aria-labelledby": `${uid}-look` });
  const alarm = make("p", { class: "rk-look-alarm", role: "alert" });
  const body = make("div", { class: "rk-look-body" });
  const fields = makeJudging(pane, desk, verdicts);
  const off = new Set(); // outcomes that are not shown
  const writing = new Map(); // reasons that are being written: review and row -> words
  let sheet = null;
  let drawn = null; // the sheet that the panel was drawn for
  let sure = ""; // the review for which the button was pressed although something is missing
  let pending = 0;
  let open = -1; // the row whose reason is being written
  let chosen = -1;
  root.append(make("h4", { id: `${uid}-look`, class: "rk-marks-title rk-look-title", tabindex: -1 }), alarm, body);
  if (!marking) root.append(fields.root);
  const heading = root.firstChild;

  const look = () => sheet?.look ?? {};
  const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

  /** What is still missing before a commitment, in words. */
  function missing() {
    if (!marking) return fields.missing(sheet.id);
    const mine = desk.here(sheet.id).filter((mark) => mark.layer === pane.layer());
    if (!mine.length) return { words: "You have marked nothing here.", may: true };
    if (pane.layer() !== "structure") return null;
    const bare = sheet.units.filter((unit) => !mine.some((mark) => mark.start < unit.end && unit.start < mark.end)).length;
    return bare ? { words: `${plural(bare, "sentence")} without a stage.`, may: true } : null;
  }
  function commit() {
    if (!sheet || look().committed || pending) return;
    fields.tell();
    const gap = missing();
    alarm.textContent = "";
    if (gap && (!gap.may || sure !== sheet.id)) {
      sure = gap.may ? sheet.id : "";
      alarm.textContent = gap.may ? `${gap.words} Press again to commit all the same.` : gap.words;
      return;
    }
    const review = sheet.id;
    const since = performance.now();
    paintBefore("Committing …");
    pending = setInterval(() => {
      if (desk.count() && performance.now() - since < 8000) return;
      pending = clearInterval(pending) ?? 0;
      if (desk.count()) return trouble("Your marks are not kept yet. Commit when they are.");
      model.send({ type: "commit", review_id: review });
      setTimeout(() => sheet?.id === review && !look().committed && !alarm.textContent && trouble("Python does not answer yet."), 8000);
    }, 40);
  }
  function trouble(words) {
    alarm.textContent = words;
    paintBefore();
  }
  function heard(content) {
    if (content?.type === "look trouble" && content.review_id === sheet?.id) trouble(content.why);
  }

  function painted(current) {
    const moved = sheet?.id !== current.id;
    if (moved) {
      chosen = open = -1;
      sure = alarm.textContent = "";
      pending = clearInterval(pending) ?? 0;
    }
    sheet = current;
    fields.paint(current.id);
    if (drawn === current) {
      if (!look().shown) paintWhat();
      return;
    }
    const news = !moved && drawn && !drawn.look.shown && current.look.shown;
    const focus = keepFocus();
    drawn = current;
    root.classList.toggle("rk-looked", Boolean(look().shown));
    if (look().shown) paintAfter();
    else paintBefore();
    if (news) {
      pending = clearInterval(pending) ?? 0;
      alarm.textContent = "";
      heading.focus({ preventScroll: true });
      root.parentElement.scrollTop = 0;
      pane.say(`${look().committed ? "Committed. " : ""}${heading.textContent}: ${told()}`, 300);
    } else focus();
  }
  /** The focused control of the panel is found again by its name. */
  function keepFocus() {
    const active = root.ownerDocument.activeElement;
    if (!body.contains(active)) return () => {};
    const name = active.dataset.at ?? active.getAttribute("aria-label");
    return () => {
      const all = [...body.querySelectorAll("button, textarea")];
      const same = all.find((node) => (node.dataset.at ?? node.getAttribute("aria-label")) === name);
      (same ?? heading).focus({ preventScroll: true });
    };
  }
  const told = () => look().counts.map(({ n, name }) => `${n} ${name}`).join(", ") || "nothing to set side by side";

  /** Before: what to do, the button, and that nothing is given away. */
  function paintBefore(state = "") {
    heading.textContent = marking ? "Predict, then look" : "Judge, then look";
    const what = make("p", { class: "rk-look-what" });
    const button = makeButton(state || "Commit and look", state || "Commit and look", commit);
    button.classList.add("rk-button-main");
    button.setAttribute("aria-keyshortcuts", "c");
    const far = look().of > 1 ? make("span", { class: "rk-quiet", text: `${look().done} of ${look().of} committed` }) : null;
    body.replaceChildren(what, make("div", { class: "rk-look-go" }, button, far));
    paintWhat();
  }
  function paintWhat() {
    const n = desk.here(sheet.id).filter((mark) => mark.layer === pane.layer()).length;
    const task = marking ? `As you read it, mark ${TASKS[pane.layer()]}${n ? `: ${plural(n, "mark")} so far` : ""}.` : "Say what you think, and why.";
    const words = `${task} What ${whose} ${whose === "the rules" ? "say" : "says"} is shown once you commit.`;
    const node = body.querySelector(".rk-look-what");
    if (node && node.textContent !== words) node.textContent = words;
  }

  /** After: counts, figure, and a row for each find. */
  function paintAfter() {
    const { committed, counts, figure, rows } = look();
    heading.textContent = `Yours beside ${whose}${whose === "the rules" ? "’" : "’s"}`;
    const list = make("ul", { class: "rk-rows rk-look-rows", "aria-labelledby": `${uid}-look` });
    list.append(...rows.filter((row) => !off.has(row.outcome)).map(drawFind));
    oneStop(list, ".rk-row", list.querySelector(`[data-at="${chosen}"]`) ?? undefined);
    const note = committed
      ? `Committed ${committed}. You can still change your ${marking ? "marks" : "mind"}; what you committed counts.`
      : "Opened by a teacher, without a commitment: this is your reading as it stood when the gate was opened.";
    const go = committed ? null : makeButton("Commit", "Commit your reading", commit);
    body.replaceChildren(
      ...[
        rows.length ? null : make("p", { class: "rk-look-what", text: `Neither you nor ${whose} marked anything here.` }),
        drawCounts(counts),
        drawFigure(figure, look().all ? "In this review" : ""),
        look().all ? drawFigure(look().all, `In your ${look().done} committed reviews`) : null,
        marking ? drawSigns() : null,
        list,
        make("p", { class: "rk-look-note rk-quiet", text: note }),
        go,
      ].filter(Boolean),
    );
  }
  function drawCounts(counts) {
    const chips = counts.map(({ outcome, sign, n, name }) => {
      const chip = make(
        "button",
        { type: "button", class: "rk-label rk-look-count", "aria-pressed": String(!off.has(outcome)), "aria-label": `${n} ${name}`, click: () => toggle(outcome) },
        make("span", { class: `rk-look-sign rk-look-${kind(outcome)}`, "aria-hidden": "true", text: sign }),
        make("span", { class: "rk-look-n", text: `${n} ${name}` }),
      );
      chip.title = "Show or hide";
      return chip;
    });
    return chips.length ? make("div", { class: "rk-legend", role: "group", "aria-label": "How they compare" }, ...chips) : null;
  }
  const kind = (outcome) => outcome.replace(" ", "-");
  function toggle(outcome) {
    if (!off.delete(outcome)) off.add(outcome);
    const focus = keepFocus();
    paintAfter();
    focus();
    pane.repaint();
  }
  function drawFigure({ rows, means, limits }, title) {
    if (!rows.length && !limits.length) return null;
    const lines = rows.map(({ name, value, between, of }) =>
      make(
        "div",
        { class: "rk-look-figure" },
        make("dt", { text: name }),
        make("dd", {}, make("b", { text: value }), make("span", { class: "rk-quiet", text: `${between ? ` (${between})` : ""} of ${of}` })),
      ),
    );
    const more = make("details", { class: "rk-look-limits" }, make("summary", { text: "What this means, and cannot show" }), ...[...means, ...limits].map((text) => make("p", { text })));
    return make("div", { class: "rk-look-figures" }, title ? make("p", { class: "rk-quiet", text: title }) : null, make("dl", {}, ...lines), more);
  }
  /** How the two readings are told apart in the text and in the rows. */
  function drawSigns() {
    return make(
      "p",
      { class: "rk-look-signs rk-quiet" },
      make("span", { class: "rk-part rk-part-mine", text: "underlined" }),
      ": yours; ",
      make("span", { class: "rk-part rk-part-theirs", text: "line above" }),
      `: ${whose}, with `,
      make("span", { text: "◇" }),
      " in the text",
    );
  }
  function drawFind(row) {
    const { mine, theirs, outcome } = row;
    const same = mine === theirs;
    const labels = same ? [make("b", { text: mine })] : [
      make("span", {}, "you: ", make("b", { text: mine ?? "nothing" })),
      make("span", {}, `${whose}: `, make("b", { text: theirs ?? "nothing" })),
    ];
    const quote = row.covered ? "covered" : null;
    const words = row.pieces.map(({ t, whose: owners }) => make("span", { class: ["rk-part", ...owners.map((one) => `rk-part-${one}`)].join(" "), text: t }));
    const button = make(
      "button",
      { type: "button", class: "rk-row rk-find", "data-at": row.row, tabindex: -1, "aria-current": chosen === row.row ? "true" : null, click: () => toWords(row) },
      make("span", { class: `rk-look-sign rk-look-${kind(outcome)}`, "aria-hidden": "true", text: row.sign }),
      make("span", { class: "rk-find-name", text: row.verdict ? `${row.layer}: ${row.name}` : row.name }),
      make("span", { class: "rk-find-labels" }, ...labels),
      row.said ? make("bdi", { class: "rk-find-said", text: `“${row.said}”` }) : null,
      quote || words.length ? make("bdi", { class: `rk-row-quote rk-find-quote${quote ? " rk-row-covered" : ""}` }, ...(quote ? [quote] : words)) : null,
    );
    return make("li", { class: "rk-find-item" }, button, drawWhy(row), outcome === "agreement" ? null : drawHold(row));
  }
  function drawWhy(row) {
    const two = row.mine && row.mine === row.second && row.mine !== row.theirs;
    const told = [
      row.moved ? `Yours ${row.moved}.` : null,
      two ? `${capital(whose)} says ${row.theirs}, and allows ${row.second} as a second.` : null,
      row.second && !two ? `A second label: ${row.second}.` : null,
      row.rule ? `Rule: ${row.rule}.` : null,
      row.reason ? `${capital(row.reason.name)}: ${row.reason.text}` : null,
      row.shared ? shares(row.shared, row.mine ? "reads it as you do" : "marked nothing here either", row.mine ? "read it as you do" : "marked nothing here either") : null,
      row.other_shared ? sharesTheirs(row) : null,
    ].filter(Boolean);
    if (!told.length) return null;
    return make("div", { class: "rk-find-why" }, ...told.map((text) => make("p", { text })));
  }
  const does = whose === "the rules" ? "do" : "does";
  const sharesTheirs = ({ other_shared: names, theirs }) =>
    theirs
      ? shares(names, `reads it as ${whose} ${does}`, `read it as ${whose} ${does}`)
      : shares(names, `marked no such thing here, like ${whose}`, `marked no such thing here, like ${whose}`);
  const shares = (names, one, many) => {
    const all = names.split(", ");
    return `${capital(all.join(" and "))} ${all.length > 1 ? many : one}.`;
  };
  /** One may hold to one's reading, with a reason. */
  function drawHold(row) {
    const key = `${sheet.id} ${row.row}`;
    if (open !== row.row) {
      const name = row.held ? "Change your reason" : "Hold to mine …";
      const button = makeButton(name, `${name.replace(" …", "")}: ${row.mine ?? "nothing here"}, against ${row.theirs ?? "nothing"}, ${row.row + 1}`, () => toHold(row.row));
      const held = row.held ? make("p", { class: "rk-held" }, make("b", { text: "You hold to yours: " }), make("bdi", { text: row.held })) : null;
      return make("div", { class: "rk-hold" }, held, button);
    }
    const area = make("textarea", { class: "rk-field rk-note", rows: 2, maxlength: 4000, "aria-label": "I hold to mine, because", placeholder: "because …", "data-hold": row.row });
    area.value = writing.get(key) ?? row.held ?? "";
    area.addEventListener("input", () => writing.set(key, area.value));
    area.addEventListener("keydown", (event) => event.key === "Escape" && toHold(-1));
    return make(
      "div",
      { class: "rk-hold" },
      make("p", { class: "rk-hold-name", text: "I hold to mine, because" }),
      area,
      make(
        "div",
        { class: "rk-look-go" },
        makeButton("Keep", "Keep this reason", () => keep(row, area.value)),
        makeButton("Cancel", "Cancel", () => toHold(-1)),
        row.held ? makeButton("Let go", "Let go: I do not hold to it any more", () => keep(row, "")) : null,
      ),
    );
  }
  function keep(row, reason) {
    const old = open;
    if (!reason.trim() && !row.held) return body.querySelector("textarea")?.focus();
    model.send({ type: "hold", review_id: sheet.id, row: row.row, reason });
    writing.delete(`${sheet.id} ${row.row}`);
    toHold(-1, old);
    return pane.say(reason.trim() ? "Your reason is kept." : "You have let go of it.", 300);
  }
  function toHold(row, back = open) {
    open = row;
    paintAfter();
    const to = row < 0 ? `[data-at="${back}"]` : "textarea";
    body.querySelector(to)?.focus({ preventScroll: row < 0 });
  }

  /** The words of a find: in the text, or in the list of sentences. */
  function toWords(row) {
    chosen = row.row;
    for (const node of body.querySelectorAll(".rk-find")) {
      if (Number(node.dataset.at) === chosen) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
    oneStop(body, ".rk-find", body.querySelector(`[data-at="${chosen}"]`));
    if (!row.at) return;
    const [start, end] = row.at;
    if (article.hidden) {
      const items = [...root.closest(".rk-pane").querySelectorAll(".rk-sentence")];
      const item = items.findLast((node) => Number(node.dataset.start) <= start);
      if (item) flash(item.closest(".rk-sentences"), [item], true);
      return;
    }
    const inside = ({ dataset }) => Number(dataset.at) >= start && Number(dataset.at) < end;
    flash(article, [...article.querySelectorAll(".rk-piece[data-at], .rk-cover")].filter(inside), true);
  }
  const differing = () => (look().rows ?? []).filter((row) => row.outcome !== "agreement" && !off.has(row.outcome));
  function step(by) {
    const rows = differing();
    if (!look().shown) return pane.say("Commit first: c.");
    if (!rows.length) return pane.say("There are no differences to go to.");
    const here = rows.findIndex((row) => row.row === chosen);
    const row = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : (here + by + rows.length) % rows.length];
    toWords(row);
    const node = body.querySelector(`[data-at="${row.row}"]`);
    node.focus({ preventScroll: true });
    return reveal(root.parentElement, node, false);
  }
  function bindings(does, { target }) {
    does.c = commit;
    does.d = () => step(1);
    does.D = () => step(-1);
    const find = target.closest(".rk-find");
    const at = find ? Number(find.dataset.at) : chosen;
    if (differing().some((row) => row.row === at)) does.h = () => toHold(at);
    if (!find) return;
    does.ArrowDown = () => stepAmong(body, ".rk-find", 1);
    does.ArrowUp = () => stepAmong(body, ".rk-find", -1);
  }
  /** The marks to draw: one's own, and the other's where their rows are shown. */
  function beside(marks) {
    const { rows, marks: theirs } = look();
    if (!theirs) return marks;
    const seen = theirs.filter(({ of }) => of.some((n) => !off.has(rows[n].outcome)));
    return [...marks, ...seen.map((mark) => ({ ...mark, quote: pane.quote(mark.start, mark.end), note: null, state: "kept" }))];
  }
  /** Whether one of the other's marks was pressed: then its row is shown. */
  function pressed(event) {
    const code = event.target.closest(".rk-code");
    let mark = event.target.closest(".rk-mark");
    while (!code && mark && Number(mark.dataset.row) < -1) {
      const outer = mark.parentElement.closest(".rk-mark");
      if (!outer) break;
      mark = outer;
    }
    const row = Number(code?.dataset.code ?? mark?.dataset.row ?? 0);
    if (row > -2) return false;
    const found = look().marks?.find((each) => each.row === row);
    const find = found && look().rows[found.of[0]];
    if (!find) return false;
    toWords(find);
    const node = body.querySelector(`[data-at="${find.row}"]`);
    if (node) reveal(root.parentElement, node, false);
    if (code) node?.focus({ preventScroll: true });
    return true;
  }
  model.on("msg:custom", heard);
  return {
    root,
    keys: LOOK_KEYS,
    name: "Look pane",
    className: marking ? "rk-looking" : "rk-looking rk-judgement",
    bindings,
    beside,
    pressed,
    painted,
    end() {
      fields.tell();
      clearInterval(pending);
      model.off("msg:custom", heard);
    },
  };
}

/** Verdicts on the whole review, each with a reason in one's own words. */
function makeJudging(pane, desk, verdicts) {
  const root = make("div", { class: "rk-judging" });
  let review = null;
  let timers = new Map();
  const parts = verdicts.map(({ layer, labels }) => {
    const select = makeSelect(`Your verdict: ${layer}`, [["", "not said"], ...labels.map((each) => [each, each])], "", () => tell());
    const area = make("textarea", { class: "rk-field rk-note", rows: 2, maxlength: 4000, "aria-label": `Why: ${layer}`, placeholder: "Why? Point to what the reviewer says.", change: () => tell() });
    area.addEventListener("input", () => {
      clearTimeout(timers.get(layer));
      timers.set(layer, setTimeout(tell, 1000));
    });
    const state = make("span", { class: "rk-state rk-quiet" });
    root.append(make("div", { class: "rk-judge" }, make("div", { class: "rk-verdict" }, makeField(layer, select), state), area));
    return { layer, select, area, state };
  });
  const said = (layer) => desk.here(review, "verdict").find((event) => event.layer === layer);
  /** Keep what has changed. A reason without a verdict waits for one. */
  function tell() {
    for (const timer of timers.values()) clearTimeout(timer);
    timers = new Map();
    if (!review) return;
    for (const { layer, select, area } of parts) {
      const now = said(layer);
      const note = area.value.trim() ? area.value : null;
      if (select.value === (now?.label ?? "") && (!select.value || note === (now?.note ?? null))) continue;
      const fields = select.value ? { ...pane.verdictPlace(layer), label: select.value, note } : null;
      desk.act([[pane.verdictId(layer), fields]], `verdict on ${layer}`);
    }
  }
  function paint(id) {
    const moved = id !== review;
    review = id;
    const active = root.ownerDocument.activeElement;
    for (const { layer, select, area, state } of parts) {
      const now = said(layer);
      select.value = now?.label ?? "";
      if (moved || (area !== active && now)) area.value = now?.note ?? "";
      const kept = now ? desk.stateOf(now.mark) : "";
      state.textContent = STATES[kept] ?? "";
      state.className = `rk-state rk-state-${kept} rk-quiet`;
    }
  }
  /** What must still be said, and whether one may commit without. */
  function missing() {
    const bare = parts.filter(({ select }) => !select.value).map(({ layer }) => layer);
    if (bare.length) return { words: `Choose a verdict first: ${bare.join(", ")}.`, may: false };
    const mute = parts.filter(({ area }) => !area.value.trim()).map(({ layer }) => layer);
    return mute.length ? { words: `You have given no reason: ${mute.join(", ")}.`, may: true } : null;
  }
  return { root, tell, paint, missing };
}
