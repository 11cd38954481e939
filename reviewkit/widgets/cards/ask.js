// Question cards. Python sends questions, outcomes and tables as plain values; this module draws them as
// text nodes and real form controls, paints a change at once and tells Python afterwards.

const SETTLE = 600; // milliseconds after a commitment in which a click is the end of a double-click
const PATIENCE = 4000; // milliseconds without a word from Python, after which the card says so

/** Single keys stay in the card: in JupyterLab b inserts a cell and x cuts one. */
function guardKeys(root) {
  const runsCell = (event) => event.key === "Enter" && event.shiftKey && event.target.tagName !== "TEXTAREA";
  const ours = (event) => isPlain(event) && !runsCell(event);
  keepKeys(root, ours);
  root.addEventListener("keydown", (event) => ours(event) && event.stopPropagation());
}

function table({ caption, columns, numeric, rows }) {
  const cell = (tag, i, text, extra) =>
    make(tag, { class: numeric[i] ? "rk-ask-number" : null, ...extra }, text);
  return make("div", { class: "rk-ask-scroll", tabindex: "0", role: "group", "aria-label": caption || "Table" },
    make("table", {},
      caption ? make("caption", {}, caption) : null,
      make("thead", {}, make("tr", {}, ...columns.map((c, i) => cell("th", i, c, { scope: "col" })))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text, i) =>
        i === 0 ? cell("th", i, text, { scope: "row" }) : cell("td", i, text, {})))))));
}

/** Bring a node into view, without a ride for those who want none. */
function bring(node) {
  node.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
}

/** Which line this is, and the lines around it, folded away until asked for. */
function place(tag, lines) {
  return make("details", { class: "rk-ask-place" },
    make("summary", {}, make("span", { class: "rk-ask-tag" }, `${tag} · `), "its place"),
    make("ol", {}, ...lines.map(({ line, text, here }) =>
      make("li", { value: line, class: here ? "rk-ask-here" : null, "aria-current": here ? "true" : null },
        make("span", { class: "rk-ask-lineno", "aria-hidden": "true" }, String(line)),
        make("span", {}, text || "(an empty line)")))));
}

function render({ model, el }) {
  // Each widget has a copy of this module, and may be shown more than once: a name that is surely free.
  const view = `rk-ask-${Math.random().toString(36).slice(2)}`;
  const head = make("div", { class: "rk-ask-head" });
  const body = make("div", { class: "rk-ask-body" });
  const foot = make("div", { class: "rk-ask-foot" });
  const live = () => make("p", { class: "rk-ask-status", role: "status", "aria-live": "polite" });
  const status = live();
  const after = make("div", { class: "rk-ask-after", tabindex: "-1" });
  const adding = make("div", { class: "rk-ask-adding" });
  const added = live();
  const end = make("div", { class: "rk-ask-end" });
  const root = make("div", { class: "rk rk-ask", role: "group", "aria-labelledby": `${view}-heading` },
    head, body, foot, status, after, adding, added, end);
  guardKeys(root);
  el.append(root);

  const listeners = [];
  const on = (names, paint) => {
    for (const name of names.split(" ")) {
      model.on(`change:${name}`, paint);
      listeners.push([`change:${name}`, paint]);
    }
    paint();
  };

  let spot = status; // where the card speaks: below its questions, or below the form
  let waiting = 0;
  let committedAt = -SETTLE;

  const say = (state, text) => {
    clearTimeout(waiting);
    for (const line of [status, added]) {
      line.dataset.state = line === spot ? state : "";
      line.replaceChildren(line === spot ? text : "");
    }
    if (spot === added && text) bring(added);
  };

  /** Say what is under way; if Python never answers, nobody is there to answer. */
  const wait = (text) => {
    say("saving", text);
    waiting = setTimeout(() => {
      say("problem", "Not kept: the kernel is not running this cell. Run the cell again.");
    }, PATIENCE);
  };

  const answer = (key, value) => {
    model.set("answers", { ...model.get("answers"), [key]: value });
    spot = status;
    if (!model.get("button")) wait("saving …");
    else say("", "");
    model.save_changes();
  };

  const commit = () => {
    const said = model.get("answers");
    const open = model.get("questions").filter(({ key }) => !String(said[key] ?? "").trim());
    if (open.length === model.get("questions").length) {
      const order = model.get("questions").every(({ kind }) => kind === "order");
      say("hint", order ? "Move a sentence first; a guess will do." : "Answer first; a guess will do.");
      return;
    }
    const wrong = model.get("questions").find(({ key, kind }) =>
      kind === "number" && !/^[+-]?\d[\d.,\s]*%?$/.test(String(said[key]).trim()));
    if (wrong) {
      say("hint", "Give a number, in figures, such as 13.");
      return;
    }
    wait("saving …");
    committedAt = performance.now();
    model.set("committed", true);
    model.save_changes();
    after.dataset.focus = "soon";
  };

  const question = (q) => {
    const name = `${view}-${q.key}`;
    if (q.kind === "order") return orderPart(q, name, (value) => answer(q.key, value)); // order.js, put before
    const quoted = q.quote == null ? null : make("p", { class: "rk-ask-quote" },
      q.tag && !q.place ? make("span", { class: "rk-ask-tag" }, q.tag) : null,
      make("q", { class: q.quote ? null : "rk-ask-nothing" }, q.quote || "(an empty line)"));
    const prompt = make("span", { id: `${name}-prompt` }, q.prompt);
    if (q.kind !== "choice") {
      const number = q.kind === "number";
      return make("div", { class: "rk-ask-question", "data-key": q.key, "data-kind": q.kind },
        quoted, make("label", { class: "rk-ask-prompt", for: name }, prompt),
        make(number ? "input" : "textarea", {
          id: name, class: "rk-field", autocomplete: "off",
          type: number ? "text" : null, inputmode: number ? "decimal" : null, rows: number ? null : String(q.rows ?? 3),
          input: (event) => answer(q.key, event.target.value),
          keydown: (event) => { if (number && event.key === "Enter" && !event.shiftKey) commit(); },
        }));
    }
    return make("fieldset", { class: "rk-ask-question", "data-key": q.key, "data-layout": q.layout },
      make("legend", { class: q.hide ? "rk-said" : "rk-ask-prompt" }, prompt),
      q.place ? place(q.tag, q.place) : null,
      quoted,
      make("div", { class: "rk-ask-options" }, ...q.options.map(({ value, label, note }) =>
        make("label", { class: "rk-ask-option" },
          make("input", { type: "radio", name, value, change: () => answer(q.key, value) }),
          make("span", {}, label, note ? make("small", {}, note) : null)))),
      make("p", { class: "rk-ask-verdict", hidden: true }));
  };

  on("kicker heading lede", () => {
    head.replaceChildren(
      make("p", { class: "rk-ask-kicker" }, model.get("kicker")),
      make("p", { class: "rk-ask-heading", id: `${view}-heading` }, model.get("heading") || model.get("kicker")),
      ...model.get("lede").map((text) => make("p", { class: "rk-ask-lede" }, text)));
    head.firstChild.hidden = !model.get("heading");
  });

  const paintOrder = (part) => {
    const found = model.get("shown") ? model.get("outcome")[part.dataset.key] : null;
    part.paintOrder?.(model.get("answers")[part.dataset.key], model.get("committed"), found?.notes);
  };

  const paintAnswers = () => {
    const said = model.get("answers");
    for (const part of body.children) {
      const value = said[part.dataset.key];
      paintOrder(part);
      for (const input of part.querySelectorAll("input, textarea")) {
        if (input.type === "radio") input.checked = input.value === value;
        else if (input !== document.activeElement) input.value = value ?? "";
      }
    }
  };

  const paintOutcome = () => {
    const shown = model.get("shown");
    const committed = model.get("committed");
    const outcome = model.get("outcome");
    root.dataset.committed = String(committed);
    for (const part of body.children) {
      for (const input of part.querySelectorAll("input, textarea")) input.disabled = committed;
      paintOrder(part);
      const verdict = part.querySelector(".rk-ask-verdict");
      const found = shown ? outcome[part.dataset.key] : null;
      if (verdict) {
        verdict.hidden = !found;
        verdict.dataset.sign = found?.sign ?? "";
        verdict.replaceChildren(...(found ? [make("b", {}, found.head), ` ${found.text}`] : []));
      }
    }
    const button = (kind, does, text) => make("button", { type: "button", class: `rk-button ${kind}`, click: does }, text);
    const asks = Boolean(model.get("button"));
    foot.replaceChildren(...(asks && !committed ? [button("rk-button-main", commit, model.get("button"))] : []));
    end.replaceChildren(...(asks && committed ? [button("rk-ask-link", again, wayBack())] : []));
    after.hidden = !shown;
    after.replaceChildren(...(shown ? model.get("after") : []).map((block) =>
      block.kind === "table" ? table(block) : make("p", { class: `rk-ask-${block.kind}` }, block.text)));
    if (shown && after.dataset.focus) {
      delete after.dataset.focus;
      after.focus({ preventScroll: true });
      bring(after);
    }
  };

  const written = () => model.get("keeps") || model.get("questions").some(({ kind }) => kind === "text");
  const wayBack = () => {
    if (written()) return "Change my answer";
    return `Forget my answer${model.get("questions").length > 1 ? "s" : ""} and ask again`;
  };
  const again = () => {
    if (performance.now() - committedAt < SETTLE) return;
    model.set("committed", false);
    model.set("shown", false);
    if (!written()) model.set("answers", {});
    model.save_changes();
    body.querySelector("input, textarea, .rk-order button")?.focus();
  };

  on("questions", () => {
    const held = document.activeElement;
    const back = body.contains(held) ? [held.name, held.value] : null;
    body.replaceChildren(...model.get("questions").map(question));
    paintAnswers();
    paintOutcome();
    if (back) {
      [...body.querySelectorAll("input, textarea")].find((i) => i.name === back[0] && i.value === back[1])?.focus();
    }
  });
  on("answers", paintAnswers);
  on("shown committed outcome after button", paintOutcome);
  on("status", () => say(model.get("status").state ?? "", model.get("status").text ?? ""));
  on("adding", () => {
    const within = adding.contains(document.activeElement);
    adding.replaceChildren(...addForm(model, view, (state, text) => {
      spot = added;
      if (state === "saving") wait(text);
      else say(state, text);
    }));
    if (within) adding.querySelector("summary")?.focus({ preventScroll: true });
    if (added.textContent) bring(added);
  });

  return () => {
    clearTimeout(waiting);
    for (const [name, paint] of listeners) model.off(name, paint);
  };
}

/** The folded form with which a page of one's own is added: a name, then a file or pasted text. */
function addForm(model, view, say) {
  const words = model.get("adding");
  if (!words.label) return [];
  const field = (part, label, node, ...more) => {
    node.id = `${view}-${part}`;
    return make("div", { class: "rk-ask-field" }, make("label", { for: node.id }, label), node, ...more);
  };
  const name = make("input", { type: "text", class: "rk-field", autocomplete: "off", maxlength: "60" });
  const file = make("input", { type: "file", class: "rk-ask-file rk-field", change: () => (out.hidden = !file.files.length) });
  const out = make("button", { type: "button", class: "rk-button rk-ask-link", hidden: true, click: () => {
    file.value = "";
    out.hidden = true;
    file.focus();
  } }, "Take the file out");
  const text = make("textarea", { class: "rk-field", rows: "6", spellcheck: "false" });
  const send = async () => {
    const chosen = file.files[0];
    if (chosen && text.value.trim()) {
      say("problem", words.both);
      return;
    }
    if (chosen && chosen.size > words.most) {
      say("problem", words.too_large);
      return;
    }
    say("saving", "reading the page …");
    let buffers;
    try {
      buffers = chosen ? [await chosen.arrayBuffer()] : [];
    } catch {
      say("problem", "The browser could not read that file. Choose it again, or paste its text.");
      return;
    }
    model.send({ type: "add", name: name.value, file: chosen?.name ?? "", text: text.value }, undefined, buffers);
  };
  return [make("details", { class: "rk-ask-fold" },
    make("summary", {}, words.label),
    ...words.lede.map((line) => make("p", { class: "rk-ask-lede" }, line)),
    field("name", words.name, name),
    field("file", words.file, file, out),
    field("text", words.text, text),
    make("button", { type: "button", class: "rk-button rk-button-main", click: send }, words.button))];
}

export default { render };
