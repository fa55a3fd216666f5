/* <en-keep key="…" save="…">a form</en-keep>: nothing typed is lost.

   Every field is kept in this browser within a second of a pause and at once when the page is left; and posted to
   `save` (the whole form; the answer is {version} in JSON) within five seconds. What was kept is put back
   after a crash, a closed tab, a lost session or an error; two tabs never overwrite each other: the later text is
   put back, the other is offered. Attributes:

   key       names the form in this browser
   save      where to post a draft; left out: kept in the browser only
   counts    name of the field that holds the version; «version» when left out
   unsaved   the page shows a text that the server refused: keep it before anything else
   said-saved, said-kept, said-offline, said-restored, said-older, said-use: sentences; {time} is the time

   <en-kept key="…" said-typed="…" said-forget="…">: where writing is over, the texts that this browser still keeps, to be copied.
   <… data-arrived="KEY">: the server has what was sent from the form KEY; its texts that were sent are forgotten.

   Not kept in the browser: hidden fields, passwords, addresses (autocomplete="email"), fields with data-not-kept. */

const PAUSE = 400, POST_AFTER = 3000, RETRY_AFTER = 10000, LIVES = 30 * 24 * 3600 * 1000;

/* Two places, under the same names. localStorage answers at once, even while the page is being closed, but reaches the
   disk many seconds later: a browser that is killed forgets it. IndexedDB reaches the disk at once, but answers later. */
const PREFIX = "encommun.keep.", DATABASE = "encommun", ROOM = "kept";

const nameOf = (key, tab) => `${PREFIX}${key}#${tab}`;

const database = new Promise((resolve) => {
  try {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(ROOM);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => resolve(null);
  } catch { resolve(null); }
});

/** What a killed browser had not yet written to localStorage is copied back to it. */
const recovered = database.then((found) => found && new Promise((resolve) => {
  try {
    const rooms = found.transaction(ROOM).objectStore(ROOM);
    const names = rooms.getAllKeys(), texts = rooms.getAll();
    rooms.transaction.oncomplete = () => {
      names.result.forEach((name, n) => {
        if ((read(name)?.at ?? 0) < texts.result[n].at) remember(name, texts.result[n]);
      });
      resolve();
    };
    rooms.transaction.onerror = rooms.transaction.onabort = () => resolve();
  } catch { resolve(); }
}));

function onDisk(act) {
  database.then((found) => {
    try { if (found) act(found.transaction(ROOM, "readwrite").objectStore(ROOM)); } catch { /* closed or refused: localStorage remains */ }
  });
}

function remember(name, kept) {
  try { localStorage.setItem(name, JSON.stringify(kept)); } catch { /* full or refused: IndexedDB and the server's draft remain */ }
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
}

function write(name, kept) {
  remember(name, kept);
  onDisk((rooms) => rooms.put(kept, name));
}

function forget(name) {
  try { localStorage.removeItem(name); } catch { /* nothing was kept */ }
  onDisk((rooms) => rooms.delete(name));
}

/** The texts kept for a form, latest first: [name, {values, version, at, sent}]. */
function keptFor(key) {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(nameOf(key, "")))) {
      const kept = read(name);
      if (kept && Date.now() - kept.at < LIVES) found.push([name, kept]);
      else forget(name);
    }
  } catch { /* refused: nothing is kept */ }
  return found.sort(([, one], [, other]) => other.at - one.at);
}

export class Keep extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.stop) return;
    this.name = nameOf(this.getAttribute("key"), Math.random().toString(36).slice(2, 10));
    this.status = document.createElement("p");
    this.status.className = "kept meta";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    const leaving = new AbortController();
    this.stop = leaving;
    const on = (target, type, act) => target.addEventListener(type, act, { signal: leaving.signal });
    on(this.form, "input", () => this.typed());
    on(this.form, "change", () => this.typed());
    on(this.form, "submit", () => this.sent());
    on(window, "pagehide", () => this.dirty && this.keep());
    on(document, "visibilitychange", () => document.hidden && this.dirty && this.keep());
    on(window, "online", () => this.dirty && this.hasAttribute("save") && this.plan(0));
    this.restore();
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.stop = null;
    clearTimeout(this.pause);
    clearTimeout(this.posting);
  }

  /** Fields that are kept: what a person typed or chose. */
  get fields() {
    return [...this.form.elements].filter((field) => field.name && !field.closest(".trap") && field.dataset.notKept === undefined
      && field.autocomplete !== "email" && !["hidden", "password", "email", "file", "submit", "button", "fieldset"].includes(field.type));
  }

  get values() {
    const values = {};
    for (const field of this.fields) {
      if (field.type === "radio") values[field.name] = field.checked ? field.value : values[field.name] ?? "";
      else values[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    return values;
  }

  /** What the server wrote in the form, whatever the browser put there since (it fills forms again when one goes back). */
  get written() {
    const values = {};
    for (const field of this.fields) {
      if (field.type === "radio") values[field.name] = field.defaultChecked ? field.value : values[field.name] ?? "";
      else if (field.type === "checkbox") values[field.name] = field.defaultChecked;
      else if (field.options) values[field.name] = ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
      else values[field.name] = field.defaultValue;
    }
    return values;
  }

  set values(values) {
    for (const field of this.fields) {
      if (!(field.name in values)) continue;
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else if (field.type === "checkbox") field.checked = values[field.name];
      else field.value = values[field.name];
    }
    this.form.dispatchEvent(new Event("keep:restored", { bubbles: true }));
  }

  get version() { return Number(this.form.elements[this.getAttribute("counts") ?? "version"]?.value ?? 0); }

  typed() {
    this.dirty = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.keep(), PAUSE);
    if (this.hasAttribute("save") && !this.refused) this.plan(POST_AFTER);
  }

  keep(more = {}) {
    clearTimeout(this.pause);
    write(this.name, { values: this.values, version: this.version, at: Date.now(), ...more });
    if (!this.hasAttribute("save")) this.say("said-kept");
  }

  /** The form leaves for the server: what is kept stays until a later page tells that it arrived. */
  sent() {
    clearTimeout(this.posting);
    this.keep({ sent: true });
    this.dirty = false;
  }

  plan(after) {
    if (this.posting || this.busy) return;
    this.posting = setTimeout(() => { this.posting = null; this.post(); }, after);
  }

  async post() {
    const before = JSON.stringify(this.values);
    this.busy = true;
    try {
      const answer = await fetch(this.getAttribute("save"), {
        method: "POST", body: new URLSearchParams(new FormData(this.form)), headers: { Accept: "application/json" }, credentials: "same-origin",
      });
      const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
      if (answer.ok) this.saved(said, before);
      else this.notSaved(answer.status, said);
    } catch {
      this.say("said-offline");
      this.busy = false;
      this.plan(RETRY_AFTER);
    } finally {
      this.busy = false;
    }
    if (this.again) { this.plan(this.again); this.again = 0; }
  }

  saved({ version }, before) {
    const counted = this.form.elements[this.getAttribute("counts") ?? "version"];
    if (counted) counted.value = version;
    if (JSON.stringify(this.values) === before) {
      this.dirty = false;
      forget(this.name);
    } else {
      this.again = POST_AFTER;
    }
    this.say("said-saved");
  }

  notSaved(status, { detail }) {
    this.keep();
    if (status === 409 || status === 403 || status === 404) this.refused = true;
    if (status >= 500) this.again = RETRY_AFTER;
    this.tell(`${detail ?? ""} ${this.sentence("said-kept")}`.trim());
  }

  /** Put back what this browser kept, unless the server knows a later text: then offer it. */
  restore() {
    if (this.hasAttribute("unsaved") || !holds(this.written, this.values)) { this.dirty = true; this.keep(); }
    const shown = [this.values];
    for (const [name, kept] of keptFor(this.getAttribute("key"))) {
      if (name === this.name) continue;
      if (kept.sent && this.version > kept.version || shown.some((values) => holds(values, kept.values))) { forget(name); continue; }
      if (this.dirty || this.version > kept.version) this.offer(name, kept);
      else this.putBack(name, kept);
      shown.push(kept.values);
    }
  }

  putBack(name, kept) {
    this.values = kept.values;
    this.dirty = true;
    this.keep();
    forget(name);
    this.say("said-restored", clock(kept.at));
    if (this.hasAttribute("save")) this.plan(POST_AFTER);
  }

  /** Another text of this browser: it is put in the form when asked for, and takes the place of the one that was there. */
  offer(name, kept) {
    const box = document.createElement("div");
    box.className = "notice is-warning";
    const text = document.createElement("p");
    text.textContent = this.sentence("said-older", clock(kept.at));
    const use = document.createElement("button");
    use.type = "button";
    use.className = "button is-quiet";
    use.textContent = this.sentence("said-use");
    use.addEventListener("click", () => {
      const before = { values: this.values, version: this.version, at: Date.now() };
      this.values = kept.values;
      write(name, before);
      kept = before;
      text.textContent = this.sentence("said-older", clock(kept.at));
      this.typed();
    });
    box.append(text, use);
    this.prepend(box);
  }

  say(name, time = clock(Date.now())) { this.tell(this.sentence(name, time)); }

  /** Only when it changes: screen readers read it out each time. */
  tell(sentence) { if (this.status.textContent !== sentence) this.status.textContent = sentence; }

  sentence(name, time = clock(Date.now())) { return (this.getAttribute(name) ?? "").replace("{time}", time); }
}

export class Kept extends HTMLElement {
  connectedCallback() {
    for (const [name, kept] of keptFor(this.getAttribute("key"))) {
      const texts = Object.values(kept.values).filter((value) => typeof value === "string" && value.trim());
      const heading = document.createElement("p");
      heading.textContent = this.getAttribute("said-typed").replace("{time}", clock(kept.at));
      const box = document.createElement("div");
      box.className = "notice is-warning";
      const gone = document.createElement("button");
      gone.type = "button";
      gone.className = "button is-quiet";
      gone.textContent = this.getAttribute("said-forget");
      gone.addEventListener("click", () => { forget(name); box.remove(); });
      box.append(heading, ...texts.map((text) => this.readOnly(text, heading.textContent)), gone);
      this.append(box);
    }
  }

  readOnly(text, label) {
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.rows = Math.min(8, text.split("\n").length + Math.ceil(text.length / 80));
    area.value = text;
    area.setAttribute("aria-label", label);
    return area;
  }
}

function holds(values, kept) {
  return Object.entries(kept).every(([name, value]) => !(name in values) || values[name] === value);
}

function clock(at) {
  const date = new Date(at), minutes = String(date.getMinutes()).padStart(2, "0");
  return document.documentElement.lang.startsWith("fr") ? `${date.getHours()}\u00a0h\u00a0${minutes}` : `${date.getHours()}:${minutes}`;
}

Promise.race([recovered, new Promise((resolve) => { setTimeout(resolve, 1000); })]).then(() => {
  for (const { dataset } of document.querySelectorAll("[data-arrived]")) {
    for (const [name, kept] of keptFor(dataset.arrived)) if (kept.sent) forget(name);
  }
  customElements.define("en-keep", Keep);
  customElements.define("en-kept", Kept);
});
