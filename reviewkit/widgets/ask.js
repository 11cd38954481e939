// Question cards. Python sends questions, outcomes and tables as plain values; this module draws them as
// text nodes and real form controls, paints a change at once and tells Python afterwards.

/** Make an element: attributes and on-handlers from `props`, strings become text nodes. */
function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** Keep single keys from JupyterLab, where b inserts a cell and x cuts one; Ctrl, Cmd and Alt go through. */
function guardKeys(root) {
  root.addEventListener("keydown", (event) => {
    const runsCell = event.key === "Enter" && event.shiftKey && event.target.tagName !== "TEXTAREA";
    if (!event.ctrlKey && !event.metaKey && !event.altKey && !runsCell) event.stopPropagation();
  });
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

/** The lines around a line of the page, folded away until asked for. */
function place(lines) {
  return make("details", { class: "rk-ask-place" },
    make("summary", {}, "Its place on the page"),
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
  const status = make("p", { class: "rk-ask-status", role: "status", "aria-live": "polite" });
  const after = make("div", { class: "rk-ask-after", tabindex: "-1" });
  const adding = make("div", { class: "rk-ask-adding" });
  const root = make("div", { class: "rk rk-ask", role: "group", "aria-labelledby": `${view}-heading` },
    head, body, foot, status, after, adding);
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

  const say = (state, text) => {
    status.dataset.state = state;
    status.replaceChildren(text);
  };

  const answer = (key, value) => {
    model.set("answers", { ...model.get("answers"), [key]: value });
    if (!model.get("button")) say("saving", "saving …");
    else say("", "");
    model.save_changes();
  };

  const commit = () => {
    const said = model.get("answers");
    const open = model.get("questions").filter(({ key }) => !String(said[key] ?? "").trim());
    if (open.length === model.get("questions").length) {
      say("hint", "Answer first; a guess will do.");
      return;
    }
    const wrong = model.get("questions").find(({ key, kind }) =>
      kind === "number" && !/^[+-]?\d[\d.,\s]*%?$/.test(String(said[key]).trim()));
    if (wrong) {
      say("hint", "Give a number, in figures, such as 13.");
      return;
    }
    say("saving", "saving …");
    model.set("committed", true);
    model.save_changes();
    after.dataset.focus = "soon";
  };

  const question = (q) => {
    const name = `${view}-${q.key}`;
    const quoted = q.quote == null ? null : make("p", { class: "rk-ask-quote" },
      q.tag ? make("span", { class: "rk-ask-tag" }, q.tag) : null,
      make("q", { class: q.quote ? null : "rk-ask-nothing" }, q.quote || "(nothing stands on this line)"));
    const prompt = make("span", { id: `${name}-prompt` }, q.prompt);
    if (q.kind !== "choice") {
      const number = q.kind === "number";
      return make("div", { class: "rk-ask-question", "data-key": q.key, "data-kind": q.kind },
        quoted, make("label", { class: "rk-ask-prompt", for: name }, prompt),
        make(number ? "input" : "textarea", {
          id: name, class: "rk-field", autocomplete: "off",
          type: number ? "text" : null, inputmode: number ? "decimal" : null, rows: number ? null : "3",
          oninput: (event) => answer(q.key, event.target.value),
          onkeydown: (event) => { if (number && event.key === "Enter" && !event.shiftKey) commit(); },
        }));
    }
    return make("fieldset", { class: "rk-ask-question", "data-key": q.key, "data-layout": q.layout },
      make("legend", { class: q.hide ? "rk-said" : "rk-ask-prompt" }, prompt),
      quoted,
      make("div", { class: "rk-ask-options" }, ...q.options.map(({ value, label, note }) =>
        make("label", { class: "rk-ask-option" },
          make("input", { type: "radio", name, value, onchange: () => answer(q.key, value) }),
          make("span", {}, label, note ? make("small", {}, note) : null)))),
      make("p", { class: "rk-ask-verdict", hidden: true }),
      q.place ? place(q.place) : null);
  };

  on("kicker heading lede", () => {
    head.replaceChildren(
      make("p", { class: "rk-ask-kicker" }, model.get("kicker")),
      make("p", { class: "rk-ask-heading", id: `${view}-heading` }, model.get("heading") || model.get("kicker")),
      ...model.get("lede").map((text) => make("p", { class: "rk-ask-lede" }, text)));
    head.firstChild.hidden = !model.get("heading");
  });

  const paintAnswers = () => {
    const said = model.get("answers");
    for (const part of body.children) {
      const value = said[part.dataset.key];
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
      const verdict = part.querySelector(".rk-ask-verdict");
      const found = shown ? outcome[part.dataset.key] : null;
      if (verdict) {
        verdict.hidden = !found;
        verdict.dataset.sign = found?.sign ?? "";
        verdict.replaceChildren(...(found ? [make("b", {}, found.head), ` ${found.text}`] : []));
      }
    }
    foot.replaceChildren();
    if (model.get("button") && !committed) {
      foot.append(make("button", { type: "button", class: "rk-button rk-button-main", onclick: commit }, model.get("button")));
    } else if (model.get("button")) {
      foot.append(make("button", { type: "button", class: "rk-button", onclick: again }, "Clear my answer"));
    }
    after.hidden = !shown;
    after.replaceChildren(...(shown ? model.get("after") : []).map((block) =>
      block.kind === "table" ? table(block) : make("p", { class: `rk-ask-${block.kind}` }, block.text)));
    if (shown && after.dataset.focus) {
      delete after.dataset.focus;
      after.focus({ preventScroll: true });
    }
  };

  const again = () => {
    model.set("committed", false);
    model.set("shown", false);
    model.set("answers", {});
    model.save_changes();
    body.querySelector("input, textarea")?.focus();
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
    adding.replaceChildren(...addForm(model, view, say));
    if (within) body.querySelector("input:checked")?.focus();
  });

  return () => {
    for (const [name, paint] of listeners) model.off(name, paint);
  };
}

/** The folded form with which a page of one's own is added: a name, then a file or pasted text. */
function addForm(model, view, say) {
  const words = model.get("adding");
  if (!words.label) return [];
  const field = (part, label, node) => {
    node.id = `${view}-${part}`;
    return make("div", { class: "rk-ask-field" }, make("label", { for: node.id }, label), node);
  };
  const name = make("input", { type: "text", class: "rk-field", autocomplete: "off", maxlength: "60" });
  const file = make("input", { type: "file", class: "rk-ask-file rk-field" });
  const text = make("textarea", { class: "rk-field", rows: "6", spellcheck: "false" });
  const send = async () => {
    const chosen = file.files[0];
    if (chosen && chosen.size > words.most) {
      say("problem", words.too_large);
      return;
    }
    say("saving", "reading the page …");
    try {
      const buffers = chosen ? [await chosen.arrayBuffer()] : [];
      model.send({ type: "add", name: name.value, file: chosen?.name ?? "", text: text.value }, undefined, buffers);
    } catch {
      say("problem", "The browser could not read that file. Choose it again, or paste its text.");
    }
  };
  return [make("details", { class: "rk-ask-fold" },
    make("summary", {}, words.label),
    ...words.lede.map((line) => make("p", { class: "rk-ask-lede" }, line)),
    field("name", words.name, name),
    field("file", words.file, file),
    field("text", words.text, text),
    make("button", { type: "button", class: "rk-button rk-button-main", onclick: send }, words.button))];
}

export default { render };
