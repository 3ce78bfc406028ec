/**
 * What calls for attention: desktop notifications, the number in the title, the newest line read aloud.
 * @import { News } from '../chat/types.js'
 * @import { Page } from './page.js'
 */
import { h } from "./html.js";
import { cleanLine } from "./text.js";

const TOAST_MS = 8000;

/** @param {Page} page */
export function notices(page) {
  const aloud = h("div.sr", { "aria-live": "polite" });
  const toasts = h("div.toasts", { role: "status" });

  /** @param {News} news */
  function tell(news) {
    if (news.kind === "message") {
      const { conversation, message } = news;
      const line = `${cleanLine(message.sender)}: ${cleanLine(message.text)}`;
      if (conversation.key === page.client.view) aloud.textContent = line; // Also where somebody says the same again.
      const wish = page.prefs.get("notify");
      const isMine = message.isMention || !conversation.isRoom;
      if (!document.hasFocus() && (wish === "all" || (wish === "mine" && isMine))) notify(conversation.name, line);
    } else if (news.kind === "invited") {
      toast(`${news.by} asks you into ${news.room}.`, "Join", () => page.run(page.client.join(news.room), (room) => page.go(room.name)));
    } else if (news.kind === "renamed") page.renamed();
    else toast(news.text);
  }

  /** @param {string} name @param {string} line */
  async function notify(name, line) {
    if (globalThis.Notification?.permission !== "granted") return;
    const { href } = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=icon]"));
    const how = { body: line, tag: name, icon: href };
    try {
      const shown = new Notification(cleanLine(name), how);
      shown.onclick = () => { window.focus(); page.go(name); shown.close(); };
    } catch {
      (await navigator.serviceWorker?.ready)?.showNotification(cleanLine(name), how);
    }
  }

  /** Puts the toasts into the dialog that is open, which covers all else. */
  const place = () => ([...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body).append(toasts);

  /** @param {string} text @param {string} [action] @param {() => void} [run] */
  function toast(text, action, run) {
    const same = [...toasts.children].find((line) => line.firstChild?.textContent === cleanLine(text));
    same?.remove();
    const line = h("div.toast", h("span", { dir: "auto" }, cleanLine(text)));
    line.append(h("button.quiet", { onclick: () => { line.remove(); run?.(); } }, action ?? "OK"));
    toasts.append(line);
    place();
    setTimeout(() => line.remove(), action ? TOAST_MS * 4 : TOAST_MS);
  }

  /** Shows in the title how much waits for the reader. */
  function badge() {
    const waiting = page.client.waiting();
    const here = page.here;
    document.title = `${waiting ? `(${waiting}) ` : ""}${here ? `${cleanLine(here.name)} · ` : ""}Rookery`;
  }
  return { elements: [aloud, toasts], tell, toast, place, badge };
}
