/**
 * The settings dialog, the password, and signing out.
 * @import { Page } from './page.js'
 */
import { ask, dialog, form } from "./dialog.js";
import { h } from "./html.js";
import { PREFERENCES } from "./prefs.js";

/** @param {Page} page */
export function settings(page) {
  const { client, prefs } = page;

  function open() {
    const rows = Object.entries(PREFERENCES).map(([name, { label, choices }]) => {
      const options = Object.entries(choices).map(([value, words]) => h("option", { value, selected: prefs.get(name) === value }, words));
      /** @param {Event} event */
      const change = ({ target }) => page.prefer(name, /** @type {HTMLSelectElement} */ (target).value);
      return h("label.field", h("span", label), h("select", { onchange: change }, ...options));
    });
    const own = h("div.buttons", button("Set a password", password), button("Sign out", signOut));
    dialog("Settings", ...rows, client.canPush ? pushing() : null, own);
  }

  /** One switch for push: it shows how it stands, also where the wish failed. It is never disabled: that would take the focus from it. */
  function pushing() {
    const look = () => page.run(client.push(), (isOn) => (box.checked = isOn));
    const turn = () => {
      const wish = box.checked;
      settled = settled.then(() => page.run(client.push(wish))).then(look);
    };
    const box = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", role: "switch", "aria-describedby": "pushed", onchange: turn }));
    let settled = look();
    return h("div", h("label.check", box, "Wake this device while the page is closed"),
      h("p.hint", { id: "pushed" }, "For mentions and private messages: who wrote and where, and what, unless this server leaves that out. Nobody on the way can read it."));
  }

  /** @param {string} name @param {() => unknown} run */
  const button = (name, run) => h("button", { onclick: () => page.run((async () => run())()) }, name);

  function password() {
    const { hasPassword, account, nick } = client.me;
    if (!account) return page.toast(`"${nick}" belongs to no account. Sign in with a free name first.`);
    const old = { label: "Old password", name: "old", type: "password", autocomplete: "current-password" };
    const next = { label: "New password", name: "next", type: "password", autocomplete: "new-password" };
    const who = { label: "Username", name: "who", value: nick, autocomplete: "username", hidden: true };
    const fields = hasPassword ? [who, old, next] : [who, next];
    const min = client.isupport.get("rookery.chat/PASSWORDMIN");
    const text = `With it you can use your name on other devices too.${min ? ` It needs at least ${min} character${min === "1" ? "" : "s"}.` : ""}`;
    form("Set a password", text, fields, "Set password", async (values) => {
      await client.setPassword(values.next, values.old);
      page.toast("The password is set.");
    });
  }

  async function signOut() {
    const warning = client.me.hasPassword ? "You can come back with your name and password." : "Your name stays yours in this browser only: set a password to use it elsewhere.";
    if ((await ask("Sign out?", warning, ["Sign out", "Stay"])) !== "Sign out") return;
    client.signOut();
    document.querySelector("dialog")?.close();
  }
  return { open, password, signOut };
}
