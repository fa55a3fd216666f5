/* <build-progress>: draws the answer anew while the builder is at work. Without a script the link «Look again» does it. */
class BuildProgress extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    if (!("underWay" in this.dataset)) return;
    this.classList.add("is-live");
    this.#timer = setTimeout(() => this.#look(), 1500);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  async #look() {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.querySelector("build-progress");
        /* The end changes more than this part of the page: it is read whole. */
        if (!fresh || !("underWay" in fresh.dataset)) return location.reload();
        const keep = document.activeElement?.closest("form");
        if (!keep || !this.contains(keep)) this.replaceChildren(...fresh.childNodes);
      }
    } catch {
      /* no network now: the next turn asks again */
    }
    this.#timer = setTimeout(() => this.#look(), 1500);
  }
}

customElements.define("build-progress", BuildProgress);
