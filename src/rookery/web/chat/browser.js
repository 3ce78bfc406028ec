/**
 * What the client needs of the browser: WebSocket to this server, IndexedDB, locks, a clock.
 * @import { Client } from './client.js'
 * @import { Ends, Store, Wire, World } from './types.js'
 */

/** @param {Ends} ends @returns {Wire} */
function dial(ends) {
  const socket = new WebSocket(new URL("ws", document.baseURI.replace(/^http/, "ws")), "text.ircv3.net");
  socket.onopen = () => ends.opened();
  socket.onmessage = ({ data }) => ends.line(String(data).replace(/[\r\n]+$/, ""));
  socket.onclose = ({ reason }) => ends.closed(reason || "There is no connection to the server.");
  return {
    send: (line) => socket.readyState === WebSocket.OPEN && socket.send(line),
    close: () => socket.close(),
  };
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answered = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** A store for this page's life alone, where the browser keeps nothing (private windows). @returns {Store} */
function memoryStore() {
  /** @type {Map<string, unknown>} */ const rows = new Map();
  return {
    get: async (key) => rows.get(key),
    all: async (prefix) => [...rows].filter(([key]) => key.startsWith(prefix)),
    put: async (changes) => changes.forEach(([key, value]) => (value === undefined ? rows.delete(key) : rows.set(key, value))),
  };
}

/** @returns {Promise<Store>} */
async function openStore() {
  const opening = indexedDB.open("rookery", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  const database = await answered(opening);
  const read = () => database.transaction("kept").objectStore("kept");
  return {
    get: (key) => answered(read().get(key)),
    all: async (prefix) => {
      const rows = read(), range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const [keys, values] = await Promise.all([answered(rows.getAllKeys(range)), answered(rows.getAll(range))]);
      return keys.map((key, at) => [String(key), values[at]]);
    },
    put: (changes) => new Promise((resolve, reject) => {
      const work = database.transaction("kept", "readwrite", { durability: "strict" }), rows = work.objectStore("kept");
      for (const [key, value] of changes) value === undefined ? rows.delete(key) : rows.put(value, key);
      work.commit(); // Now, or a page that is being closed aborts it.
      work.oncomplete = () => resolve();
      work.onerror = work.onabort = () => reject(work.error);
    }),
  };
}

/** What this page has: the browser would refuse it to its holder too. @type {Set<string>} */
const held = new Set();
/** Hold a lock for as long as the page is open. @param {string} name @returns {Promise<boolean>} false: another tab has it */
const claim = (name) => new Promise((resolve) => {
  if (held.has(name)) return resolve(true);
  void navigator.locks.request(`rookery ${name}`, { ifAvailable: true }, (lock) => {
    if (lock) held.add(name);
    resolve(lock !== null);
    return lock && new Promise(() => {});
  });
});

/** @param {number} bytes @returns {string} random, of letters, digits and "-" */
const token = (bytes) =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes)))).replace(/[+/=]/g, "-");

/** The server may be known by several names; this page may speak to the one that it came from alone. @param {string} address */
function resolve(address) {
  if (!URL.canParse(address, document.baseURI)) return "";
  const own = new URL("/", document.baseURI);
  own.pathname = new URL(address, document.baseURI).pathname;
  return own.href;
}

/** @returns {World} */
export function browserWorld() {
  const hasLocks = "locks" in navigator, opened = openStore().catch(memoryStore);
  return {
    dial, token, resolve, hasLocks,
    now: () => Date.now(),
    random: Math.random,
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    store: {
      get: async (key) => (await opened).get(key),
      all: async (prefix) => (await opened).all(prefix),
      put: async (changes) => (await opened).put(changes),
    },
    claim: hasLocks ? claim : async () => true,
    isVisible: () => !document.hidden,
  };
}

/** Follow what becomes of the page and of the network; let its service worker work. @param {Client} client */
export function keepWatch(client) {
  for (const event of ["online", "offline"]) addEventListener(event, () => client.reconnectNow());
  addEventListener("pagehide", () => client.save());
  document.addEventListener("visibilitychange", () => (document.hidden ? client.save() : client.reconnectNow()));
  const workers = navigator.serviceWorker;
  workers?.addEventListener("message", ({ data }) => { if (data?.place) location.hash = data.place; });
  workers?.register("/service-worker.js").catch(() => {});
}
