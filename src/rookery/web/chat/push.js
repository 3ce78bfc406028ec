/**
 * Web Push: the browser's subscription, made known to the server.
 * Source: W3C Push API; soju.im/webpush.
 * @import { Session } from './session.js'
 */
import { formatTags } from "../wire/message.js";

/** @returns {Promise<PushManager>} */
const manager = async () => (await navigator.serviceWorker.ready).pushManager;

/** @param {Session} server */
export async function subscribe(server) {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("The browser does not allow notifications from this page.");
  const applicationServerKey = server.isupport.get("VAPID");
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
export async function unsubscribe(server) {
  const subscription = await (await manager()).getSubscription();
  if (!subscription) return;
  await subscription.unsubscribe();
  await server.asked("WEBPUSH", ["UNREGISTER", subscription.endpoint]);
}
