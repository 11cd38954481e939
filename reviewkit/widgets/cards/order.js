// A question whose answer is an order: buttons, arrow keys and dragging all move a sentence, and say where to.
// It stands before ask.js, whose `make` and `bring` it uses.

/** The list of one question; `say` takes the order as the values of its items, parted by blanks. */
function orderPart(q, name, say) {
  const first = q.items.map(({ value }) => value);
  const live = make("p", { class: "rk-said", role: "status", "aria-live": "polite" });
  const list = make("ol", { class: "rk-order-list", "aria-labelledby": `${name}-prompt` });
  const items = new Map(q.items.map(({ value, text }, i) => [value, item(value, text, `${name}-item-${i}`)]));
  let order = first;
  let locked = false;

  function item(value, text, id) {
    const button = (label, sign, step) => make("button", {
      type: "button", class: "rk-button rk-order-move", "aria-label": label, "aria-describedby": id,
      click: (event) => move(value, order.indexOf(value) + step, event.currentTarget),
    }, make("span", { "aria-hidden": "true" }, sign));
    return make("li", { class: "rk-order-item", "data-value": value, keydown: (event) => keys(event, value) },
      make("span", { class: "rk-order-grip", "aria-hidden": "true" }, "⠿"),
      make("span", { class: "rk-order-place", "aria-hidden": "true" }),
      make("span", { class: "rk-order-words" },
        make("span", { id }, text), make("small", { class: "rk-order-note", hidden: true })),
      make("span", { class: "rk-order-moves" }, button("Move up", "↑", -1), button("Move down", "↓", 1)));
  }

  /** The list as it is now: the nodes stay, so that a focused button is still there. */
  function draw(moved) {
    order.forEach((value, i) => {
      const node = items.get(value);
      if (list.children[i] !== node) list.insertBefore(node, list.children[i] ?? null);
      node.querySelector(".rk-order-place").textContent = String(i + 1);
      node.toggleAttribute("data-moved", value === moved);
      const [up, down] = node.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(i === 0));
      down.setAttribute("aria-disabled", String(i === order.length - 1));
    });
  }

  const placed = (value, at) => {
    const rest = order.filter((each) => each !== value);
    return [...rest.slice(0, at), value, ...rest.slice(at)];
  };

  /** Move by button or key: the button keeps the focus, and the new place is said. */
  function move(value, at, button) {
    if (locked) return;
    if (at < 0 || at >= order.length) {
      live.textContent = at < 0 ? "It is the first already." : "It is the last already.";
      return;
    }
    order = placed(value, at);
    draw(value);
    button.focus({ preventScroll: true });
    bring(items.get(value));
    told(value);
  }

  function told(value) {
    live.textContent = `Now ${order.indexOf(value) + 1} of ${order.length}.`;
    say(order.join(" "));
  }

  function keys(event, value) {
    const at = order.indexOf(value);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.target.tagName !== "BUTTON") return;
    event.preventDefault();
    move(value, to, event.target);
  }

  /** Dragging: a mouse may take the whole sentence, a finger the grip, so that the page can still be scrolled. */
  let held = null;
  list.addEventListener("pointerdown", (event) => {
    const node = event.target.closest(".rk-order-item");
    const byGrip = event.target.closest(".rk-order-grip");
    if (locked || !node || event.button !== 0 || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !byGrip) return;
    event.preventDefault();
    list.setPointerCapture(event.pointerId);
    held = { value: node.dataset.value, before: order.join(" ") };
    node.toggleAttribute("data-held", true);
  });
  list.addEventListener("pointermove", (event) => {
    if (!held) return;
    const boxOf = (value) => items.get(value).getBoundingClientRect();
    const others = order.filter((value) => value !== held.value).map(boxOf);
    const mine = boxOf(held.value);
    const at = others.filter((box) => {
      const middle = box.top + box.height / 2;
      return event.clientY > (box.top < mine.top ? middle : Math.max(middle, box.bottom - mine.height / 2));
    }).length;
    if (at === order.indexOf(held.value)) return;
    order = placed(held.value, at);
    draw(held.value);
  });
  const drop = () => {
    if (!held) return;
    const { value, before } = held;
    held = null;
    items.get(value).toggleAttribute("data-held", false);
    if (order.join(" ") !== before) told(value);
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) list.addEventListener(end, drop);

  const about = { "data-key": q.key, role: "group", "aria-labelledby": `${name}-prompt` };
  const part = make("div", { class: "rk-ask-question rk-order", ...about },
    make("span", { class: "rk-ask-prompt", id: `${name}-prompt` }, q.prompt),
    make("p", { class: "rk-order-how" }, q.how), list, live);

  /** What is answered, whether it can still be changed, and what is said of each item once it cannot. */
  part.paintOrder = (value, committed, notes) => {
    const said = String(value ?? "").split(" ");
    const whole = said.length === first.length && first.every((each) => said.includes(each));
    if (!held) order = whole ? said : first;
    locked = committed;
    part.toggleAttribute("data-locked", committed);
    for (const [each, node] of items) {
      node.querySelector(".rk-order-moves").hidden = committed;
      const note = node.querySelector(".rk-order-note");
      note.textContent = notes?.[each] ?? "";
      note.hidden = !note.textContent;
    }
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    draw(committed ? null : list.querySelector("[data-moved]")?.dataset.value);
    if (focused && !committed) focused.focus({ preventScroll: true });
  };
  part.paintOrder("", false, null);
  return part;
}
