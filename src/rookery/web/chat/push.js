/**
 * Web Push: the browser's subscription, made known to the server.
 * Source: W3C Push API; soju.im/webpush.
 * @import { Session } from './session.js'
 */
import { formatTags } from "../wire/message.js";

/** @returns {Promise<PushManager>} */
const manager = async () => (await navigator.serviceWorker.ready).pushManager;

/** @param {Session} server @param {boolean} [wish] @returns {Promise<boolean>} whether it is on */
export async function push(server, wish) {
  if (wish !== undefined) await (wish ? subscribe(server) : unsubscribe(server));
  return (await (await manager()).getSubscription()) !== null;
}

/** Ask the browser for leave to notify; without it this throws a sentence. */
export async function askLeave() {
  if ((await globalThis.Notification?.requestPermission()) === "granted") return;
  throw new Error("The browser does not allow notifications from this page. Allow them in its settings.");
}

/** @param {Session} server */
async function subscribe(server) {
  await askLeave();
  const applicationServerKey = server.isupport.get("VAPID");
  // One that was made for another key of the server is in the way of this one.
  await (await (await manager()).getSubscription())?.unsubscribe();
  const subscription = await (await manager()).subscribe({ userVisibleOnly: true, applicationServerKey });
  const { p256dh = "", auth = "" } = subscription.toJSON().keys ?? {};
  try {
    await server.asked("WEBPUSH", ["REGISTER", subscription.endpoint, formatTags({ p256dh, auth })]);
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
}

/** @param {Session} server */
async function unsubscribe(server) {
  const subscription = await (await manager()).getSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  await server.asked("WEBPUSH", ["UNREGISTER", subscription.endpoint]);
}
