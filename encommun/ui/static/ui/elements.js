/* Behaviour shared by every page. Each journey works without it. */

/* «data-confirm» on a button: ask once more before sending. */
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

/* A form came back with errors: begin at their summary. */
document.querySelector(".error-summary")?.focus();

/* «data-send-on-change» on a form (filters): send it when a choice changes; its button stays for everyone else. */
for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

/* The team's menu is one line on a phone: bring the page where one is into view. */
document.querySelector(".team-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
