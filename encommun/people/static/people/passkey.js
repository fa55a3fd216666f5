/* Passkeys. Without this file, people sign in with the code of a letter and an application. */

const supported = window.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined;

class Passkey extends HTMLElement {
  connectedCallback() {
    if (!supported) return;
    this.hidden = false;
    const form = this.querySelector("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.fill(form).then(
        () => form.submit(),
        () => { this.querySelector("[role=alert]").hidden = false; },
      );
    });
  }

  async fill(form) {
    const credential = await this.ask();
    form.elements.credential.value = JSON.stringify(credential.toJSON());
  }

  async options() {
    if (this.dataset.script) return JSON.parse(document.getElementById(this.dataset.script).textContent).publicKey;
    const answer = await fetch(this.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).request_options.publicKey;
  }
}

class PasskeySignIn extends Passkey {
  async ask() {
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(await this.options()) });
  }
}

class PasskeyNew extends Passkey {
  async ask() {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await this.options()) });
  }
}

customElements.define("passkey-sign-in", PasskeySignIn);
customElements.define("passkey-new", PasskeyNew);
