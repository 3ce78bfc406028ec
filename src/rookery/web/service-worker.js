/**
 * Beside the page: shows push messages, and the page itself while there is no network.
 *
 * The page is always asked of the network first, so that it is never stale; what it loads lies below
 * an address that holds its hash. A push message is one IRC line (soju.im/webpush).
 */
const STATIC = "__STATIC__";
const FILES = ["/", ...["__FILES__"].map((name) => STATIC + name)];
const OFFLINE_AFTER_MS = 4000;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(STATIC).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== STATIC) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === "/") event.respondWith(page(request));
  else if (pathname.startsWith(STATIC)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});

/** The page as it is now; as it was where nobody answers. */
async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(OFFLINE_AFTER_MS) });
  } catch {
    return (await caches.match("/")) ?? Response.error();
  }
}

/** Nick, command and parameters of an IRC line; enough for a notice, for all else there is the page. */
function parse(line) {
  const [, source = "", rest = ""] = /^(?:@\S* +)?(?::(\S*) +)?(.*)$/s.exec(line);
  const [head, ...tail] = rest.split(" :");
  const words = head.split(" ").filter(Boolean);
  if (tail.length) words.push(tail.join(" :"));
  return { nick: source.split("!")[0], command: words[0], params: words.slice(1) };
}

/** Text of others, without what could mislead: controls, formatting, overrides of direction. */
const plain = (text) => text.replace(/\x03(\d{1,2}(,\d{1,2})?)?/g, "").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();

addEventListener("push", (event) => event.waitUntil(tell(parse(event.data?.text() ?? ""))));

async function tell({ nick, command, params: [target = "", text = ""] }) {
  const isRoom = target.startsWith("#"), tag = (isRoom ? target : nick).toLowerCase();
  if (command === "MARKREAD") {
    for (const shown of await registration.getNotifications({ tag: target.toLowerCase() })) shown.close();
    return;
  }
  const pages = await clients.matchAll({ type: "window" });
  if (pages.some((one) => one.focused)) return;
  const place = isRoom ? `#${encodeURIComponent(target.slice(1))}` : nick ? `#@${encodeURIComponent(nick)}` : "";
  const said = command === "INVITE" ? `asks you into ${text}` : text.replace(/^\x01ACTION (.*)\x01$/s, "$1");
  await registration.showNotification(plain(isRoom ? `${nick} (${target})` : nick) || "Rookery", {
    body: plain(said) || "New message", tag: tag || "rookery", renotify: true, icon: `${STATIC}icon.svg`, data: place,
  });
}

addEventListener("notificationclick", (event) => {
  const { notification } = event, place = notification.data ?? "";
  notification.close();
  event.waitUntil((async () => {
    const [open] = await clients.matchAll({ type: "window" });
    if (!open) return clients.openWindow(`/${place}`);
    open.postMessage({ place });
    return open.focus();
  })());
});
