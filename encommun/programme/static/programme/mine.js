/* «Mon programme», kept in this browser: nobody else learns of it. With an account the page of the account adds them there. */
const place = `programme:${location.pathname.match(/^\/(?:en\/)?([^/]+)/)?.[1] ?? ""}`;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "[]");
    return new Set(Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set();
  }
}

function write(codes) {
  try {
    localStorage.setItem(place, JSON.stringify([...codes]));
  } catch {
    /* storage is closed: the choice lasts as long as the page */
  }
}

/* <keep-session code label-keep label-kept>: a button that keeps a session, or lets it go. */
class KeepSession extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-quiet keep-session";
    button.addEventListener("click", () => {
      const codes = read();
      codes.has(this.dataset.code) ? codes.delete(this.dataset.code) : codes.add(this.dataset.code);
      write(codes);
      this.#show(button);
    });
    this.querySelector("a")?.remove();
    this.append(button);
    this.#show(button);
  }

  #show(button) {
    const kept = read().has(this.dataset.code);
    button.setAttribute("aria-pressed", String(kept));
    button.textContent = kept ? this.dataset.kept : this.dataset.keep;
  }
}
customElements.define("keep-session", KeepSession);

/* <my-programme>: of the whole programme, only what is kept here. */
class MyProgramme extends HTMLElement {
  connectedCallback() {
    this.#show();
    document.addEventListener("programme-drawn", () => this.#show());
  }

  #show() {
    const codes = read();
    let shown = 0;
    for (const card of this.querySelectorAll("[data-session]")) {
      const kept = codes.has(card.dataset.session);
      (card.closest("li") ?? card).hidden = !kept;
      if (kept) shown += 1;
    }
    for (const group of this.querySelectorAll(".moment, .day")) {
      group.hidden = !group.querySelector("li:not([hidden]) [data-session]");
    }
    for (const rest of this.querySelectorAll(".rest")) rest.closest("li").hidden = true;
    this.querySelector("[data-none]").hidden = shown > 0;
    this.querySelector("[data-some]").hidden = shown === 0;
    const count = this.querySelector("[data-count]");
    if (count) count.textContent = String(shown);
  }
}
customElements.define("my-programme", MyProgramme);

/* On the page of the account: offer what this browser keeps, and keep here what the account holds. */
const adding = document.querySelector("form[data-add-kept]");
if (adding) {
  const held = new Set(adding.dataset.held.split(" ").filter(Boolean));
  const here = read();
  const missing = [...here].filter((one) => !held.has(one));
  adding.querySelector("[name=codes]").value = missing.join(" ");
  adding.hidden = missing.length === 0;
  const count = adding.querySelector("[data-count]");
  if (count) count.textContent = String(missing.length);
  write(new Set([...here, ...held]));
}

/* On the programme itself: a star on each card. */
const whole = document.querySelector(".programme-days[data-keep]");

function star(card) {
  const code = card.dataset.session;
  let button = card.querySelector(".keep-star");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "keep-star";
    button.addEventListener("click", () => {
      const codes = read();
      codes.has(code) ? codes.delete(code) : codes.add(code);
      write(codes);
      drawStars();
    });
    card.append(button);
  }
  const kept = read().has(code);
  button.setAttribute("aria-pressed", String(kept));
  button.setAttribute("aria-label", `${whole.dataset.keep} ${card.querySelector(".session-title").textContent.trim()}`);
  card.classList.toggle("is-kept", kept);
}

function drawStars() {
  if (whole) for (const card of document.querySelectorAll(".programme-days .session:not(.is-cancelled), #to-be-placed .session")) star(card);
  const count = document.querySelector("[data-kept-count]");
  const kept = read().size;
  if (count) {
    count.textContent = String(kept);
    count.hidden = kept === 0;
  }
}
drawStars();
document.addEventListener("programme-drawn", drawStars);
