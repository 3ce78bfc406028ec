/** The service worker, in a world of its own: never a stale page, and notices of push messages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

const SOURCE = readFileSync(new URL("../../src/rookery/web/service-worker.js", import.meta.url), "utf8")
  .replace('"__STATIC__"', '"/static/abc/"').replace('"__FILES__"', '"main.js"');

/** A worker with `pages` open; `network` answers what is fetched. */
function worker({ pages = [], network = async () => "network" } = {}) {
  const heard = {}, caches = new Map([["/static/old/", new Map()]]), shown = [], opened = [];
  const context = createContext({
    URL, location: { origin: "http://chat.example" }, fetch: network, Response: { error: () => "error" }, AbortSignal,
    addEventListener: (name, run) => { heard[name] = run; },
    skipWaiting: async () => {},
    caches: {
      open: async (name) => ({ addAll: async (files) => caches.set(name, new Map(files.map((file) => [file, `kept ${file}`]))) }),
      keys: async () => [...caches.keys()],
      delete: async (name) => caches.delete(name),
      match: async (request) => caches.get("/static/abc/")?.get(request.url ? new URL(request.url).pathname : request),
    },
    clients: { claim: async () => {}, matchAll: async () => pages, openWindow: async (address) => opened.push(address) },
    registration: { showNotification: async (title, how) => shown.push({ title, ...how }), getNotifications: async ({ tag }) => shown.filter((one) => one.tag === tag) },
  });
  runInContext(SOURCE, context);
  const send = async (name, event) => {
    let done;
    heard[name]({ waitUntil: (work) => { done = work; }, respondWith: (work) => { done = work; }, ...event });
    return await done;
  };
  const ask = (path, mode = "no-cors") => send("fetch", { request: { url: `http://chat.example${path}`, method: "GET", mode } });
  const push = (line) => send("push", { data: { text: () => line } });
  return { send, ask, push, shown, opened, caches };
}

test("the page comes from the network whenever that answers, and from the cache when nobody does", async () => {
  const online = worker();
  await online.send("install", {});
  assert.equal(await online.ask("/", "navigate"), "network");
  const offline = worker({ network: async () => { throw new TypeError("no network"); } });
  assert.equal(await offline.ask("/", "navigate"), "error");
  await offline.send("install", {});
  assert.equal(await offline.ask("/", "navigate"), "kept /");
});

test("what lies below the tree's hash comes from the cache, all else is left alone", async () => {
  const one = worker();
  await one.send("install", {});
  assert.equal(await one.ask("/static/abc/main.js"), "kept /static/abc/main.js");
  assert.equal(await one.ask("/static/abc/new.js"), "network");
  assert.equal(await one.ask("/files/x/picture.png"), undefined);
});

test("a new version throws the old one's files away", async () => {
  const one = worker();
  await one.send("install", {});
  await one.send("activate", {});
  assert.deepEqual([...one.caches.keys()], ["/static/abc/"]);
});

test("a push message becomes a notice whose click opens its conversation", async () => {
  const one = worker();
  await one.push("@msgid=1;time=x :bob!~b@h PRIVMSG #Team :hello \x02ann\x02 \u202eevil");
  await one.push(":bob!~b@h PRIVMSG ann :\x01ACTION waves\x01");
  await one.push(":bob!~b@h PRIVMSG ann :");
  assert.deepEqual(one.shown.map(({ title, body, tag, data }) => [title, body, tag, data]), [
    ["bob (#Team)", "hello  ann   evil", "#team", "#Team"], ["bob", "waves", "bob", "#@bob"], ["bob", "New message", "bob", "#@bob"]]);
  await one.send("notificationclick", { notification: { data: "#@bob", close: () => {} } });
  assert.deepEqual(one.opened, ["/#@bob"]);
});

test("who looks at the page is not disturbed; an open page is brought to the front", async () => {
  const told = [], page = { focused: true, postMessage: (message) => told.push(message.place), focus: async () => told.push("focus") };
  const one = worker({ pages: [page] });
  await one.push(":bob!~b@h PRIVMSG ann :psst");
  assert.deepEqual(one.shown, []);
  await one.send("notificationclick", { notification: { data: "#@bob", close: () => {} } });
  assert.deepEqual(told, ["#@bob", "focus"]);
});

test("what is read elsewhere takes its notice away, and a line that is none still shows something", async () => {
  const one = worker();
  let closed = 0;
  await one.push(":bob!~b@h PRIVMSG ann :psst");
  one.shown[0].close = () => closed++;
  await one.push(":srv MARKREAD bob timestamp=2026-11-22T12:00:00.000Z");
  assert.equal(closed, 1);
  await one.push("");
  assert.equal(one.shown.at(-1).title, "Rookery");
});
