// The marks of one pane, whichever of its views they were made in: what they are now, what is not kept yet, what
// can be undone. An event is drawn first, then held by the browser, then sent; Python says when it is kept.

const NEWS = 2000; // milliseconds between two questions for news, while somebody looks
const SILENT = 3000; // without an answer for as long, a pane says so
const AGAIN = [1000, 2000, 4000, 8000, 15000]; // when to try again, the last of them from then on
const FIELDS = ["kind", "review_id", "layer", "label", "start", "end", "note", "quote", "text_sha"];

/** A version 4 UUID; crypto.randomUUID is not there on a page that came by plain http. */
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** What the browser holds of events that are not kept yet: one entry each, so that two tabs never collide. */
function makeHold(store) {
  const prefix = `reviewkit:${store || "unopened"}:`;
  const prefixes = [prefix, "reviewkit:unopened:"];
  function all() {
    const found = [];
    try {
      for (let n = 0; n < localStorage.length; n += 1) {
        const key = localStorage.key(n);
        if (!prefixes.some((one) => key.startsWith(one))) continue;
        const event = JSON.parse(localStorage.getItem(key));
        if (event?.event && event.mark && event.at) found.push(event);
      }
    } catch {
      // a browser that holds nothing
    }
    return found.sort((a, b) => (a.at < b.at ? -1 : 1));
  }
  function put(event) {
    try {
      localStorage.setItem(prefix + event.event, JSON.stringify(event));
      return true;
    } catch {
      return false;
    }
  }
  function drop(id) {
    try {
      for (const one of prefixes) localStorage.removeItem(one + id);
    } catch {
      // nothing was held
    }
  }
  return { all, put, drop };
}

function makeDesk(model) {
  const about = model.get("_desk");
  const hold = makeHold(about.store);
  const marks = new Map(); // the last event of each mark
  const rows = new Map(); // a number for each mark, to draw it by
  const queue = new Map(); // events that are not kept yet, each with what it followed
  const views = new Set();
  const done = [];
  const undone = [];
  let trouble = about.trouble;
  let unheld = false; // the browser has no room, or holds nothing
  let asked = 0; // when Python was last asked for news, and has not answered
  let sent = 0; // when events were last sent, and have not been answered
  let tries = 0;
  let retry = 0;
  let ticker = 0;

  /** Take in an event, if it is later than what is known of its mark. */
  function fold(event) {
    const last = marks.get(event.mark);
    if (last && (last.event === event.event || last.at > event.at)) return false;
    if (!rows.has(event.mark)) rows.set(event.mark, rows.size);
    marks.set(event.mark, event);
    return true;
  }
  const tell = (what) => views.forEach((view) => view(what));
  const all = (event) => Object.fromEntries(FIELDS.map((field) => [field, event[field]]));
  const fieldsOf = (event) => (event?.what === "set" ? all(event) : null);

  function makeEvent(mark, fields) {
    const last = marks.get(mark);
    const time = Math.max(Date.now(), last ? Date.parse(last.at) + 1 : 0);
    const what = fields ? "set" : "drop";
    const at = new Date(time).toISOString();
    const { corpus, who } = about;
    return { ...(fields ?? all(last)), corpus, who, event: newUuid(), mark, what, at };
  }
  /** Draw, hold, send: in this order. `states` are pairs of a mark and its fields, null to drop it. */
  function write(states) {
    const events = states.map(([mark, fields]) => {
      const event = makeEvent(mark, fields);
      queue.set(event.event, { event, before: marks.get(mark) });
      fold(event);
      return event;
    });
    tell({ events });
    for (const event of events) unheld = !hold.put(event) || unheld;
    send(events);
  }
  function send(events) {
    sent ||= performance.now();
    try {
      model.send({ type: "marks", events });
    } catch {
      // a kernel that is gone; sent again when the pane is drawn anew
    }
    setTimeout(look, SILENT + 50);
  }
  function look() {
    if (queue.size && sent && performance.now() - sent > SILENT) tell({});
  }
  function resend() {
    retry = 0;
    if (queue.size) send([...queue.values()].map(({ event }) => event));
  }
  function heard(content) {
    if (content?.type === "kept") kept(content.events);
    if (content?.type === "not kept") failed(content.why);
    if (content?.type === "refused") refused(content.events, content.why);
    if (content?.type === "news") news(content);
  }
  function kept(ids) {
    const events = [];
    for (const id of ids) {
      if (queue.has(id)) events.push(queue.get(id).event);
      queue.delete(id);
      hold.drop(id);
    }
    answered();
    trouble = "";
    tries = 0;
    tell({ events, kept: events });
  }
  function failed(why) {
    answered();
    const first = trouble !== why;
    trouble = why;
    retry ||= setTimeout(resend, AGAIN[Math.min(tries, AGAIN.length - 1)]);
    tries += 1;
    tell({ events: [...queue.values()].map(({ event }) => event), trouble: first ? why : null });
  }
  /** What can never be kept is taken back, and that is said. */
  function refused(ids, why) {
    answered();
    const events = [];
    for (const id of ids.filter((one) => queue.has(one))) {
      const { event, before } = queue.get(id);
      queue.delete(id);
      hold.drop(id);
      if (marks.get(event.mark)?.event === id) marks.set(event.mark, before ?? { ...event, what: "drop" });
      events.push(event);
    }
    trouble = `A mark could not be kept and was taken back: ${why}`;
    tell({ events, trouble });
  }
  function answered() {
    sent = queue.size ? performance.now() : 0;
  }
  function news(content) {
    asked = 0;
    const events = content.events.filter(fold);
    for (const { event } of content.events) {
      if (queue.delete(event)) hold.drop(event); // kept from another window
    }
    if ("trouble" in content && !queue.size && trouble !== about.trouble) trouble = content.trouble;
    tell({ events });
  }
  function tick() {
    if (document.visibilityState !== "visible" || ![...views].some((view) => view.seen())) return;
    if (queue.size && !retry && performance.now() - sent > 4 * NEWS) resend();
    if (asked && performance.now() - asked < 15000) return;
    asked = performance.now();
    try {
      model.send({ type: "news?" });
    } catch {
      // as above
    }
  }

  function act(states, name) {
    const changes = states.map(([mark, fields]) => [mark, fieldsOf(marks.get(mark)), fields]);
    done.push({ changes, name });
    undone.length = 0;
    write(states);
  }
  const back = ({ changes }) => changes.map(([mark, before]) => [mark, before]).reverse();
  const forth = ({ changes }) => changes.map(([mark, , after]) => [mark, after]);
  /** Take the last change back, or make it again: gives it, or nothing if there is none. */
  function turn(from, to, states) {
    const action = from.pop();
    if (!action) return null;
    to.push(action);
    write(states(action).filter(([mark, fields]) => fields || marks.get(mark)?.what === "set"));
    return action;
  }

  model.get("_own").forEach(fold);
  for (const event of hold.all()) {
    if (event.corpus !== about.corpus) continue; // its own pane sends it
    const { corpus, who } = event;
    queue.set(event.event, { event, before: marks.get(event.mark) });
    if (who === about.who && corpus === about.corpus) fold(event);
  }
  model.on("msg:custom", heard);
  if (queue.size) setTimeout(resend, 0);

  return {
    about,
    marks,
    row: (mark) => rows.get(mark),
    markOf: (row) => [...rows].find(([, n]) => n === row)?.[0],
    here(id, kind = "mark") {
      return [...marks.values()].filter((m) => m.review_id === id && m.kind === kind && m.what === "set");
    },
    /** Whether a mark is `kept`, is being saved (`saving`) or waits (`waiting`) for the disk or for Python. */
    stateOf(mark) {
      if (![...queue.values()].some(({ event }) => event.mark === mark)) return "kept";
      return this.late() || trouble ? "waiting" : "saving";
    },
    late: () => Boolean(queue.size && sent && performance.now() - sent > SILENT),
    count: () => queue.size,
    trouble: () => trouble,
    unheld: () => unheld,
    act,
    undo: () => turn(done, undone, back),
    redo: () => turn(undone, done, forth),
    can: () => [done.length > 0, undone.length > 0],
    retry: resend,
    watch(view) {
      views.add(view);
      ticker ||= setInterval(tick, NEWS);
      return () => {
        views.delete(view);
        if (!views.size) ticker = clearInterval(ticker) ?? 0;
      };
    },
    end() {
      clearInterval(ticker);
      clearTimeout(retry);
      model.off("msg:custom", heard);
    },
  };
}
