/* <live-programme>: says at once that the programme changed, and draws the page anew. Without a script the page stays as it is. */
class LiveProgramme extends HTMLElement {
  #stop = null;

  connectedCallback() {
    this.number = Number(this.dataset.number);
    if ("serviceWorker" in navigator && this.dataset.worker) {
      navigator.serviceWorker.register(this.dataset.worker, { scope: this.dataset.scope }).catch(() => {});
    }
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#pause() : this.#listen()));
    this.#listen();
  }

  disconnectedCallback() {
    this.#pause();
  }

  #pause() {
    this.#stop?.();
    this.#stop = null;
  }

  #listen() {
    if (this.#stop || document.hidden) return;
    if (!("EventSource" in window)) return this.#poll();
    let silent = 0;
    const source = new EventSource(this.dataset.stream);
    source.onmessage = (event) => {
      silent = 0;
      this.#heard(Number(event.data));
    };
    source.onerror = () => {
      /* Each answer ends by itself; three in a row without a word, and we ask in another way. */
      silent += 1;
      if (source.readyState === EventSource.CLOSED || silent > 6) {
        this.#pause();
        this.#poll();
      }
    };
    this.#stop = () => source.close();
  }

  #poll() {
    const timer = setInterval(async () => {
      try {
        const answer = await fetch(this.dataset.stream, { cache: "no-cache" });
        const found = /^data: (\d+)$/m.exec(await answer.text());
        if (found) this.#heard(Number(found[1]));
      } catch {
        /* no network now: the next turn asks again */
      }
    }, 3000);
    this.#stop = () => clearInterval(timer);
  }

  async #heard(number) {
    if (!number || number === this.number) return;
    const former = this.number;
    this.number = number;
    await this.#say(former, number);
    await this.#draw();
  }

  async #say(former, number) {
    if (!former) return;
    const address = this.dataset.changes.replace("0..0", `${former}..${number}`);
    try {
      const { changes } = await (await fetch(address)).json();
      const told = changes.filter((one) => one.code && one.kind !== "text");
      if (!told.length) return;
      const list = document.createElement("ul");
      for (const one of told.slice(0, 6)) {
        const line = document.createElement("li");
        const title = document.createElement("b");
        title.textContent = one.title;
        line.append(title, ` ${one.words}`);
        list.append(line);
      }
      const box = this.querySelector("[data-news]");
      box.querySelector("ul")?.remove();
      box.append(list);
      box.hidden = false;
    } catch {
      /* the page itself is drawn anew all the same */
    }
  }

  async #draw() {
    const answer = await fetch(location.href, { cache: "no-cache" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${part.dataset.live}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    }
    document.dispatchEvent(new CustomEvent("programme-drawn"));
  }
}
customElements.define("live-programme", LiveProgramme);

/* «data-redraw» on a screen: the time goes on even if nothing changes. */
const turning = document.querySelector("[data-redraw]");
if (turning) {
  setInterval(async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-cache" })).text(), "text/html");
      const fresh = page.querySelector("[data-redraw]");
      if (fresh && fresh.innerHTML !== turning.innerHTML) turning.replaceChildren(...fresh.childNodes);
    } catch {
      /* no network: the screen keeps what it shows */
    }
  }, 20000);
}

/* What takes place now, and what is over, while the gathering lasts: the page itself is the same for everyone. */
function tellNow() {
  const cards = [...document.querySelectorAll(".programme-days .session")].map((card) => {
    const [start, end] = [...card.querySelectorAll(".session-when time")].map((one) => Date.parse(one.dateTime));
    return { card, start, end };
  }).filter((one) => one.end);
  const link = document.querySelector("[data-now-link]");
  const now = Date.now();
  const lasts = cards.length && now >= Math.min(...cards.map((one) => one.start)) && now < Math.max(...cards.map((one) => one.end));
  let first = null;
  for (const { card, start, end } of cards) {
    card.classList.toggle("is-past", Boolean(lasts) && end <= now);
    card.classList.toggle("is-now", Boolean(lasts) && start <= now && now < end);
    if (card.id === "now") card.removeAttribute("id");
    if (lasts && !first && end > now && !card.classList.contains("is-cancelled")) first = card;
  }
  if (first) first.id = "now";
  if (link) link.hidden = !first;
}
tellNow();
setInterval(tellNow, 30000);
document.addEventListener("programme-drawn", tellNow);
