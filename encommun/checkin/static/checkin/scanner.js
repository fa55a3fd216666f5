// <en-scanner>: reads codes with the camera and sends the form that stands inside it; the answer takes the place of
// the former one. Without a camera, or without this file, the same form is typed in and sent as a page.
const PAUSE = 160; // milliseconds between two looks at the picture
const SAME_CODE = 4000; // the same code held in front of the camera is one scan

class Scanner extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.answer = document.getElementById(this.getAttribute("answer"));
    this.start = this.querySelector("[data-start]");
    this.video = this.querySelector("video");
    this.said = this.querySelector("[data-said]");
    this.form?.addEventListener("submit", (event) => this.typed(event));
    if (!navigator.mediaDevices?.getUserMedia || !this.start) return;
    this.start.hidden = false;
    this.start.addEventListener("click", () => (this.stream ? this.stop() : this.open()));
    document.addEventListener("visibilitychange", () => document.hidden && this.stop());
  }

  disconnectedCallback() {
    this.stop();
  }

  async open() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      this.read = await this.reader();
    } catch {
      this.stop();
      this.said.textContent = this.getAttribute("no-camera");
      return;
    }
    this.said.textContent = "";
    this.video.hidden = false;
    this.video.srcObject = this.stream;
    await this.video.play();
    this.start.textContent = this.getAttribute("stop-words");
    this.look();
  }

  stop() {
    clearTimeout(this.timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
    if (this.video) this.video.hidden = true;
    if (this.start) this.start.textContent = this.getAttribute("start-words");
  }

  // A function from the picture to the code in it: the browser's own, else jsQR, which we serve ourselves.
  async reader() {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(this.video))[0]?.rawValue;
    }
    await new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: this.getAttribute("jsqr"), onload: done, onerror: failed });
      document.head.append(script);
    });
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      canvas.width = this.video.videoWidth;
      canvas.height = this.video.videoHeight;
      if (!canvas.width) return undefined;
      context.drawImage(this.video, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
    };
  }

  async look() {
    if (!this.stream) return;
    const code = await this.read().catch(() => undefined);
    if (code && !(code === this.last && Date.now() - this.lastAt < SAME_CODE)) {
      await this.send(code, "camera");
    }
    if (code) [this.last, this.lastAt] = [code, Date.now()];
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  typed(event) {
    event.preventDefault();
    this.send(this.form.elements.code.value, "typed");
  }

  // The scan's number is kept while the network fails, so that sending again is the same scan.
  async send(code, mode) {
    const body = new FormData(this.form);
    body.set("code", code);
    if (this.pending?.code !== code) this.pending = { code, id: crypto.randomUUID() };
    if (body.has("scan_id")) body.set("scan_id", this.pending.id);
    if (body.has("mode")) body.set("mode", mode);
    this.toggleAttribute("busy", true);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { "X-Fragment": "answer" } });
      if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
      this.answer.innerHTML = await answer.text();
      this.pending = null;
      this.said.textContent = "";
      this.form.elements.code.value = "";
      const green = this.answer.querySelector(".door-answer.is-green");
      navigator.vibrate?.(green ? 80 : [120, 80, 120]);
      this.answer.scrollIntoView({ block: "start" });
    } catch {
      this.said.textContent = this.getAttribute("no-network");
    } finally {
      this.toggleAttribute("busy", false);
    }
  }
}

customElements.define("en-scanner", Scanner);
