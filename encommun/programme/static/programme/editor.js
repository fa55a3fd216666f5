// The draft on a grid: rooms by time. Sessions are dragged, resized, placed from the list, by mouse, finger or keyboard.
// Each move carries the version of the session that it began from; others' moves arrive every five seconds.
// Without this file the page shows the same draft as tables, with forms.

const EVERY = 5000;
const STEP = 15;

const csrf = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
const pad = (n) => String(n).padStart(2, "0");
const local = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
const clock = (text) => text.slice(11, 16).replace(":", " h ");
const plus = (text, minutes) => local(new Date(new Date(text).getTime() + minutes * 60000));
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text ?? "" });

class ProgrammeEditor extends HTMLElement {
  connectedCallback() {
    if (!window.EventCalendar) return;
    this.words = JSON.parse(this.dataset.words);
    this.tag = "";
    this.seen = 0;
    this.day = this.dataset.day;
    this.grid = this.querySelector(".editor-grid");
    this.list = this.querySelector(".editor-list");
    this.status = this.querySelector("[role=status]");
    this.panel = this.querySelector("dialog.editor-panel");
    this.conflict = this.querySelector("dialog.editor-conflict");
    this.querySelector(".editor-live").hidden = false;
    this.showGrid(localStorage.getItem("programme-as-table") !== "1");
    this.listen();
    this.fetchState().then(() => this.tick());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    if (this.calendar) window.EventCalendar.destroy(this.calendar);
  }

  tick() {
    this.timer = setTimeout(async () => {
      if (!document.hidden && !this.dragging) await this.fetchState().catch(() => {});
      this.tick();
    }, EVERY);
  }

  showGrid(yes) {
    this.toggleAttribute("data-grid", yes);
    this.querySelector(".editor-main").hidden = !yes;
    this.querySelector(".editor-plain").hidden = yes;
    this.querySelector("[data-as-table]").setAttribute("aria-pressed", String(!yes));
    localStorage.setItem("programme-as-table", yes ? "0" : "1");
  }

  listen() {
    for (const tab of this.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => this.showDay(tab.dataset.tab));
    this.querySelector("[data-as-table]").addEventListener("click", () => this.showGrid(!this.hasAttribute("data-grid")));
    this.querySelector("[data-search]").addEventListener("input", () => this.drawList());
    for (const form of this.querySelectorAll("form[data-turn]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.send(form.action, {}).then((answer) => this.say(answer.detail));
      });
    }
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select, dialog")) return;
      const turn = event.key === "z" && !event.shiftKey ? "undo" : event.key === "y" || (event.key === "Z" && event.shiftKey) ? "redo" : "";
      if (turn) {
        event.preventDefault();
        this.querySelector(`form[data-turn=${turn}]`).requestSubmit();
      }
    });
    for (const kind of ["dragover", "drop"]) this.grid.addEventListener(kind, (event) => this.dropping(event));
    this.panel.querySelector("form").addEventListener("submit", (event) => this.submitPanel(event));
    this.grid.addEventListener("keydown", (event) => this.key(event));
    for (const close of this.querySelectorAll("[data-close]")) close.addEventListener("click", () => close.closest("dialog").close());
    window.addEventListener("hashchange", () => this.reveal(location.hash));
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#s-"]');
      if (link && this.hasAttribute("data-grid")) this.reveal(link.hash);
    });
  }

  // The draft

  async fetchState() {
    const answer = await fetch(this.dataset.state, { headers: this.tag ? { "If-None-Match": this.tag } : {}, cache: "no-store" });
    if (answer.status === 304 || !answer.ok) return;
    this.tag = answer.headers.get("ETag");
    this.state = await answer.json();
    this.byCode = new Map(this.state.sessions.map((one) => [one.code, one]));
    this.tellOthers();
    this.draw();
  }

  /** What others moved since the last look. */
  tellOthers() {
    const news = this.state.moves.filter((move) => move.entry > this.seen && String(move.by) !== this.dataset.me);
    const first = this.seen === 0;
    this.seen = Math.max(this.seen, ...this.state.moves.map((move) => move.entry));
    if (first) return;
    for (const move of news.reverse()) {
      const one = this.byCode.get(move.code);
      if (one && move.name) this.say(this.words.other_moved.replace("{name}", move.name).replace("{title}", one.title).replace("{place}", this.place(one)));
    }
  }

  room(id) {
    return this.state.rooms.find((room) => room.id === Number(id));
  }

  place(one) {
    return one.room ? `${clock(one.start)}, ${this.room(one.room)?.name ?? ""}` : this.words.nowhere;
  }

  say(text) {
    this.status.textContent = text;
  }

  dayOf(text) {
    return plus(text, -300).slice(0, 10); // a day ends at five in the morning
  }

  // Drawing

  draw() {
    const events = this.events();
    const resources = this.state.rooms.map((room) => ({ id: room.id, title: room.name, extendedProps: room }));
    const [first, last] = this.hours();
    const options = { events, resources, slotMinTime: first, slotMaxTime: last };
    if (this.calendar) for (const [name, value] of Object.entries(options)) this.calendar.setOption(name, value);
    else {
      this.calendar = window.EventCalendar.create(this.grid, this.options(options));
      new MutationObserver(() => this.mendRoles()).observe(this.grid, { childList: true, subtree: true });
    }
    this.mendRoles();
    this.drawList();
    this.drawWarnings();
    this.markTabs();
    if (this.focused) requestAnimationFrame(() => this.grid.querySelector(`[data-code="${this.focused}"]`)?.closest(".ec-event")?.focus());
  }

  /** The library calls its columns a table, which they are not (rows would be needed), and its sessions buttons, which move by arrows. */
  mendRoles() {
    const ofTable = ["role", "aria-rowcount", "aria-colcount", "aria-rowindex", "aria-colindex"];
    for (const part of this.grid.querySelectorAll("[role=table], [role=row], [role=rowgroup], [role=columnheader], [role=cell]"))
      for (const name of ofTable) part.removeAttribute(name);
    for (const session of this.grid.querySelectorAll(".ec-event")) {
      session.setAttribute("role", "application");
      const words = [...session.querySelectorAll(".ec-event-body > *")].map((part) => part.textContent).join(", ");
      if (words && words !== session.getAttribute("aria-label")) session.setAttribute("aria-label", words);
    }
  }

  options(more) {
    return {
      view: "resourceTimeGridDay",
      date: this.day,
      headerToolbar: { start: "", center: "", end: "" },
      locale: document.documentElement.lang,
      allDaySlot: false,
      dayHeaders: false,
      slotDuration: { minutes: STEP },
      slotLabelInterval: { hours: 1 },
      slotHeight: 20,
      snapDuration: { minutes: STEP },
      slotEventOverlap: false,
      nowIndicator: true,
      editable: true,
      eventStartEditable: true,
      eventDurationEditable: true,
      eventLongPressDelay: 400,
      eventClick: (info) => info.event.display !== "background" && this.open(info.event.id),
      eventContent: (info) => this.content(info.event),
      eventClassNames: (info) => info.event.extendedProps.classes ?? [],
      eventDragStart: () => (this.dragging = true),
      eventResizeStart: () => (this.dragging = true),
      eventDragStop: () => (this.dragging = false),
      eventResizeStop: () => (this.dragging = false),
      eventDrop: (info) => this.moved(info),
      eventResize: (info) => this.moved(info),
      resourceLabelContent: (info) => ({ domNodes: this.label(info.resource) }),
      ...more,
    };
  }

  label(resource) {
    const room = resource.extendedProps;
    return [element("strong", "", room.name), element("span", "meta", `${room.venue}${room.capacity ? ` · ${room.capacity}` : ""}`)];
  }

  content(event) {
    const one = this.byCode.get(event.id);
    if (!one) return { domNodes: [element("span", "editor-break", event.title)] };
    const title = element("span", "editor-title", one.title);
    title.dataset.code = one.code;
    const marks = [one.room_is_fixed || one.time_is_fixed ? this.words.fixed : "", one.state === "confirmed" ? "" : one.state_name].filter(Boolean).join(" · ");
    const length = Math.round((event.end - event.start) / 60000);
    const time = element("span", "editor-time", `${clock(local(event.start))} · ${length} min${marks ? ` · ${marks}` : ""}`);
    return { domNodes: [time, title, ...(length >= 45 && one.people ? [element("span", "editor-people", one.people)] : [])] };
  }

  events() {
    const rooms = this.state.rooms.map((room) => room.id);
    const odd = new Set(this.state.warnings.filter((one) => !one.is_info).flatMap((one) => one.codes));
    const behind = (start, end, title, resourceIds, kind) => ({ start, end, title, resourceIds, display: "background", extendedProps: { classes: [kind] } });
    const placed = this.state.sessions.filter((one) => one.room);
    return [
      ...this.state.breaks.map((one) => behind(one.start, one.end, one.label, rooms, "is-break")),
      ...this.state.rooms.flatMap((room) => room.closed.map((one) => behind(one.start, one.end, this.words.closed, [room.id], "is-closed"))),
      ...placed.filter((one) => one.kind === "plenary").map((one) => behind(one.start, one.end, "", rooms, "is-plenary")),
      ...placed.map((one) => ({
        id: one.code,
        start: one.start,
        end: one.end,
        title: one.title,
        resourceIds: [one.room],
        startEditable: !(one.room_is_fixed && one.time_is_fixed),
        durationEditable: !one.time_is_fixed,
        extendedProps: { classes: [`is-${one.kind}`, `is-${one.state}`, one.hue ? `hue-${one.hue}` : "", odd.has(one.code) ? "is-odd" : "", one.room_is_fixed || one.time_is_fixed ? "is-fixed" : ""].filter(Boolean) },
      })),
    ];
  }

  /** From an hour before the first thing of any day to an hour after the last. */
  hours() {
    const things = [...this.state.slots, ...this.state.sessions.filter((one) => one.room)];
    if (!things.length) return ["08:00:00", "20:00:00"];
    const hour = (text, day) => (new Date(text) - new Date(`${day}T00:00`)) / 3600000;
    const first = Math.floor(Math.min(...things.map((one) => hour(one.start, this.dayOf(one.start)))));
    const last = Math.ceil(Math.max(...things.map((one) => hour(one.end, this.dayOf(one.start)))));
    return [`${pad(Math.max(0, first - 1))}:00:00`, `${pad(Math.min(29, last + 1))}:00:00`];
  }

  markTabs() {
    for (const tab of this.querySelectorAll("[data-tab]")) tab.setAttribute("aria-pressed", String(tab.dataset.tab === this.day));
  }

  showDay(day) {
    this.day = day;
    this.calendar.setOption("date", day);
    this.markTabs();
  }

  reveal(hash) {
    const one = this.byCode?.get(decodeURIComponent(hash).replace("#s-", ""));
    if (!one || !this.hasAttribute("data-grid")) return;
    if (one.room) this.showDay(this.dayOf(one.start));
    setTimeout(() => {
      const found = this.querySelector(`.editor-main [data-code="${one.code}"]`);
      const target = found?.closest(".ec-event") ?? found;
      target?.scrollIntoView({ block: "center", inline: "center" });
      target?.focus();
    }, 60);
  }

  drawList() {
    const wanted = fold(this.querySelector("[data-search]").value);
    const loose = this.state.sessions.filter((one) => !one.room);
    const found = loose.filter((one) => fold(`${one.title} ${one.people}`).includes(wanted));
    this.querySelector("[data-count]").textContent = `${loose.length}`;
    this.list.replaceChildren(...found.map((one) => this.card(one)));
    if (!found.length) this.list.append(element("li", "meta", loose.length ? this.words.none_found : this.words.all_placed));
  }

  card(one) {
    const line = element("li", `draft-card${one.hue ? ` hue-${one.hue}` : ""}`);
    line.draggable = true;
    const open = element("a", "editor-open", one.title); // not a button: browsers drag nothing by a button
    open.href = one.href;
    open.draggable = false;
    open.dataset.code = one.code;
    open.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.open(one.code);
    });
    const meta = [`${one.minutes} min`, one.public ? this.words.people.replace("{n}", one.public) : "", one.state === "confirmed" ? "" : one.state_name, one.people];
    line.append(open, element("span", "meta", meta.filter(Boolean).join(" · ")));
    line.addEventListener("dragstart", (event) => {
      this.carried = one.code;
      event.dataTransfer.setData("text/plain", one.title);
      event.dataTransfer.effectAllowed = "move";
      this.dragging = true;
    });
    line.addEventListener("dragend", () => {
      this.dragging = false;
      this.carried = null;
    });
    return line;
  }

  drawWarnings() {
    const box = this.querySelector("[data-warnings]");
    if (!box) return;
    const [odd, notes] = [false, true].map((info) => this.state.warnings.filter((one) => one.is_info === info));
    for (const [name, list] of [["odd", odd], ["notes", notes]]) {
      box.querySelector(`[data-${name}]`).replaceChildren(
        ...list.map((one) => {
          const line = element("li", "", `${one.words} `);
          for (const code of one.codes) {
            const link = element("a", "", this.words.see);
            link.href = `#s-${code}`;
            link.append(element("span", "visually-hidden", ` ${this.byCode.get(code)?.title ?? code}`));
            line.append(link, " ");
          }
          return line;
        }),
      );
      box.querySelector(`[data-n-${name}]`).textContent = list.length;
    }
    box.hidden = !odd.length && !notes.length;
  }

  // Moving

  async send(address, fields) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": csrf() },
      body: new URLSearchParams(fields),
    }).catch(() => null);
    const data = answer ? await answer.json().catch(() => ({})) : {};
    if (!answer) data.detail = this.words.no_network;
    else if (!answer.ok && !data.detail) data.detail = this.words.failed;
    this.tag = "";
    await this.fetchState().catch(() => {});
    return { ...data, ok: Boolean(answer?.ok) };
  }

  async put(one, fields, announce = "") {
    const answer = await this.send(one.move, { version: one.version, ...fields });
    if (answer.ok) {
      const now = this.byCode.get(one.code);
      this.say(announce || this.words.moved.replace("{title}", one.title).replace("{place}", now ? this.place(now) : ""));
    } else if (answer.theirs) this.askBoth(one, fields, answer);
    else this.say(answer.detail);
    return answer.ok;
  }

  /** Somebody else was first: keep her place, or put mine. */
  askBoth(one, fields, answer) {
    const { who, version, room, start } = answer.theirs;
    const where = start ? `${clock(start)}, ${room}` : this.words.nowhere;
    this.conflict.querySelector("[data-said]").textContent = this.words.conflict
      .replace("{name}", who || this.words.somebody)
      .replace("{title}", one.title)
      .replace("{place}", where);
    this.conflict.querySelector("[data-mine]").onclick = () => {
      this.conflict.close();
      const now = this.byCode.get(one.code) ?? one;
      this.put({ ...now, version }, fields);
    };
    this.conflict.showModal();
  }

  moved(info) {
    this.dragging = false;
    const one = this.byCode.get(info.event.id);
    const room = info.newResource?.id ?? info.event.resourceIds[0];
    const minutes = Math.round((info.event.end - info.event.start) / 60000);
    if ((one.time_is_fixed && local(info.event.start) !== one.start) || (one.room_is_fixed && Number(room) !== one.room)) {
      info.revert();
      this.say(this.words.is_fixed);
      return;
    }
    this.put(one, { room, start: local(info.event.start), minutes });
  }

  dropping(event) {
    const one = this.byCode?.get(this.carried);
    if (!one) return;
    const at = this.calendar.dateFromPoint(event.clientX, event.clientY);
    if (!at?.resource) return;
    event.preventDefault();
    const room = this.room(at.resource.id);
    if (event.type === "dragover") {
      const missing = one.lacks[at.resource.id];
      this.say(`${clock(local(at.date))}, ${room.name}${missing ? ` · ${this.words.lacks.replace("{lacks}", missing)}` : ""}`);
      return;
    }
    this.dragging = false;
    this.put(one, { room: at.resource.id, start: local(at.date), minutes: one.minutes });
  }

  /** Alt and an arrow moves; with Shift, up and down change the length. */
  key(event) {
    const code = event.target.closest(".ec-event")?.querySelector("[data-code]")?.dataset.code;
    const one = this.byCode?.get(code);
    if (!one?.room || !event.altKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    this.focused = code;
    const rooms = this.state.rooms.map((room) => room.id);
    const down = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const right = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const room = rooms[rooms.indexOf(one.room) + right];
    if (!room || (one.time_is_fixed && down) || (one.room_is_fixed && right)) return this.say(this.words.is_fixed);
    if (event.shiftKey && down) this.put(one, { room, start: one.start, minutes: Math.max(STEP, one.minutes + down * STEP) });
    else this.put(one, { room, start: plus(one.start, down * STEP), minutes: one.minutes });
  }

  // The panel of one session

  open(code) {
    const one = this.byCode.get(code);
    if (!one) return;
    this.focused = code;
    const form = this.panel.querySelector("form");
    const start = one.start || `${this.day}T${(this.state.slots[0]?.start ?? "T09:00").slice(11, 16)}`;
    this.panel.querySelector("[data-title]").textContent = one.title;
    this.panel.querySelector("[data-meta]").textContent = [one.state_name, one.people, one.public ? this.words.people.replace("{n}", one.public) : ""].filter(Boolean).join(" · ");
    this.panel.querySelector("[data-href]").href = one.href;
    const odd = this.state.warnings.filter((warning) => warning.codes.includes(code));
    this.panel.querySelector("[data-odd]").replaceChildren(...odd.map((warning) => element("li", "", warning.words)));
    const fit = this.state.rooms.filter((room) => !one.lacks[room.id]);
    const others = this.state.rooms.filter((room) => one.lacks[room.id]);
    const group = (label, rooms) => {
      const found = Object.assign(document.createElement("optgroup"), { label });
      found.append(...rooms.map((room) => new Option(`${room.name}, ${room.venue}${room.capacity ? ` (${room.capacity})` : ""}${one.lacks[room.id] ? ` · ${this.words.lacks.replace("{lacks}", one.lacks[room.id])}` : ""}`, room.id)));
      return found;
    };
    form.room.replaceChildren(...(fit.length ? [group(this.words.fit, fit)] : []), ...(others.length ? [group(this.words.lacking, others)] : []));
    form.room.value = one.room ?? fit[0]?.id ?? this.state.rooms[0]?.id;
    form.day.value = this.dayOf(start);
    form.time.value = start.slice(11, 16);
    form.minutes.value = one.minutes;
    form.room_is_fixed.checked = one.room_is_fixed;
    form.time_is_fixed.checked = one.time_is_fixed;
    this.panel.querySelector("[data-unplace]").hidden = !one.room;
    this.panel.dataset.code = code;
    this.panel.showModal();
    form.room.focus();
  }

  async submitPanel(event) {
    event.preventDefault();
    const form = event.target;
    const one = this.byCode.get(this.panel.dataset.code);
    this.panel.close();
    if (event.submitter?.hasAttribute("data-unplace")) {
      await this.put(one, { do: "unplace" }, this.words.unplaced.replace("{title}", one.title));
      return;
    }
    let start = `${form.day.value}T${form.time.value}`;
    if (form.time.value < "05:00") start = plus(start, 1440);
    const place = { room: form.room.value, start, minutes: form.minutes.value };
    const stays = Number(place.room) === one.room && place.start === one.start && Number(place.minutes) === one.minutes;
    if (!stays && !(await this.put(one, place))) return;
    const now = this.byCode.get(one.code);
    const fixes = { room: form.room_is_fixed.checked, time: form.time_is_fixed.checked };
    if (!now || (fixes.room === now.room_is_fixed && fixes.time === now.time_is_fixed)) return;
    const fields = { do: "fix", ...(fixes.room ? { room_is_fixed: "on" } : {}), ...(fixes.time ? { time_is_fixed: "on" } : {}) };
    await this.put(now, fields, this.words.fix_said);
  }
}

customElements.define("programme-editor", ProgrammeEditor);
