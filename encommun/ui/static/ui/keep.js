/* <en-keep key="…" save="…">a form</en-keep>: nothing typed is lost.

   Every field is kept in this browser within a second of a pause and at once when the page is left; and posted to
   `save` (the whole form; the answer is {version} in JSON) within five seconds. What was kept is put back
   after a crash, a closed tab, a lost session or an error. Attributes:

   key       names the form in this browser
   save      where to post a draft; left out: kept in the browser only
   clears    key of another form, whose kept text is forgotten once it was sent
   unsaved   the page shows a text that the server refused: keep it before anything else
   said-saved, said-kept, said-offline, said-restored, said-older, said-use: sentences; {time} is the time

   Not kept in the browser: hidden fields, passwords, addresses (autocomplete="email"), fields with data-not-kept. */

const PREFIX = "encommun.keep.";
const PAUSE = 400, POST_AFTER = 3000, RETRY_AFTER = 10000, LIVES = 30 * 24 * 3600 * 1000;

export class Keep extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.stop) return;
    this.status = document.createElement("p");
    this.status.className = "kept meta";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    this.forgetSent(this.getAttribute("clears"));
    this.restore();
    const leaving = new AbortController();
    this.stop = leaving;
    const on = (target, type, act) => target.addEventListener(type, act, { signal: leaving.signal });
    on(this.form, "input", () => this.typed());
    on(this.form, "change", () => this.typed());
    on(this.form, "submit", () => this.sent());
    on(window, "pagehide", () => this.dirty && this.keep());
    on(document, "visibilitychange", () => document.hidden && this.dirty && this.keep());
    on(window, "online", () => this.dirty && this.plan(0));
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

  set values(values) {
    for (const field of this.fields) {
      if (!(field.name in values)) continue;
      if (field.type === "radio") field.checked = field.value === values[field.name];
      else if (field.type === "checkbox") field.checked = values[field.name];
      else field.value = values[field.name];
    }
    this.form.dispatchEvent(new Event("keep:restored", { bubbles: true }));
  }

  get version() { return Number(this.form.elements.version?.value ?? 0); }

  typed() {
    this.dirty = true;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.keep(), PAUSE);
    if (this.hasAttribute("save") && !this.refused) this.plan(POST_AFTER);
  }

  keep(more = {}) {
    clearTimeout(this.pause);
    const kept = { values: this.values, version: this.version, at: Date.now(), ...more };
    write(this.getAttribute("key"), kept);
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
    if (this.form.elements.version) this.form.elements.version.value = version;
    if (JSON.stringify(this.values) === before) {
      this.dirty = false;
      forget(this.getAttribute("key"));
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
    if (this.hasAttribute("unsaved")) { this.dirty = true; this.keep(); return; }
    const kept = read(this.getAttribute("key"));
    if (!kept) return;
    if (kept.sent && this.version > kept.version) { forget(this.getAttribute("key")); return; }
    if (Object.entries(kept.values).every(([name, value]) => !(name in this.values) || this.values[name] === value)) return;
    if (this.version > kept.version) { this.offer(kept); return; }
    this.values = kept.values;
    this.dirty = true;
    this.say("said-restored", clock(kept.at));
    if (this.hasAttribute("save")) this.plan(POST_AFTER);
  }

  /** An older text of this browser: it is shown when asked for, and nothing is overwritten meanwhile. */
  offer(kept) {
    const box = document.createElement("div");
    box.className = "notice is-warning";
    const text = document.createElement("p");
    text.textContent = this.sentence("said-older", clock(kept.at));
    const use = document.createElement("button");
    use.type = "button";
    use.className = "button is-quiet";
    use.textContent = this.sentence("said-use");
    use.addEventListener("click", () => { this.values = kept.values; box.remove(); this.typed(); });
    box.append(text, use);
    this.prepend(box);
  }

  /** Forget the text of a form that led here. */
  forgetSent(key) {
    if (key && read(key)?.sent) forget(key);
  }

  say(name, time = clock(Date.now())) { this.tell(this.sentence(name, time)); }

  /** Only when it changes: screen readers read it out each time. */
  tell(sentence) { if (this.status.textContent !== sentence) this.status.textContent = sentence; }

  sentence(name, time = clock(Date.now())) { return (this.getAttribute(name) ?? "").replace("{time}", time); }
}

function clock(at) {
  const date = new Date(at), minutes = String(date.getMinutes()).padStart(2, "0");
  return document.documentElement.lang.startsWith("fr") ? `${date.getHours()}\u00a0h\u00a0${minutes}` : `${date.getHours()}:${minutes}`;
}

/* localStorage answers at once, even while the page is being closed; a browser that refuses it keeps the form as it is. */
function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + key));
    if (kept && Date.now() - kept.at > LIVES) { forget(key); return null; }
    return kept;
  } catch { return null; }
}

function write(key, kept) {
  try { localStorage.setItem(PREFIX + key, JSON.stringify(kept)); } catch { /* full or refused: the server's draft remains */ }
}

function forget(key) {
  try { localStorage.removeItem(PREFIX + key); } catch { /* nothing was kept */ }
}

customElements.define("en-keep", Keep);
