{% load l10n %}/* The programme without a network: network first, what was kept otherwise. Nothing else of the site is kept. */
const NAME = "programme-{{ name|escapejs }}-1";
const HOME = "{{ home|escapejs }}";
const PAGES = [{% for one in pages %}"{{ one|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const FILES = [{% for one in files %}"{{ one|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const isOurs = (path) => path.startsWith(HOME + "programme/") || path.startsWith(HOME + "seances/") || path.startsWith(HOME + "personnes/");

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => Promise.allSettled([...PAGES, ...FILES].map((one) => kept.add(one)))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((one) => one.startsWith("programme-{{ name|escapejs }}-") && one !== NAME).map((one) => caches.delete(one)))).then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request).then((answer) => keep(request, answer))));
  } else if (request.mode === "navigate" && isOurs(address.pathname) && !address.pathname.includes("/compte/")) {
    event.respondWith(
      withTime(request).catch(async () => (await caches.match(request, { ignoreSearch: true })) || (await caches.match(PAGES[0])) || Response.error()),
    );
  }
});

async function keep(request, answer) {
  if (answer.ok) (await caches.open(NAME)).put(request, answer.clone());
  return answer;
}

/* Four seconds for the network; then what was kept, if there is something. */
async function withTime(request) {
  const asked = fetch(request).then((answer) => keep(request, answer));
  const kept = await caches.match(request, { ignoreSearch: true });
  if (!kept) return asked;
  return Promise.race([asked, new Promise((_, give) => setTimeout(() => give(new Error("slow")), 4000))]);
}
