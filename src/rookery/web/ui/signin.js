/**
 * The first page: a name, and a password only where the name needs one.
 * @import { Page } from './page.js'
 */
import { h, say, set } from "./html.js";

/** @param {Page} page */
export function signin(page) {
  const { client } = page;
  const name = input({ name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false", required: true, maxlength: 64 });
  const password = input({ type: "password", name: "password", autocomplete: "current-password" });
  const secret = h("label.field", { hidden: true }, h("span", "Password"), password);
  const problem = h("p.problem", { role: "alert" });
  const join = h("button.primary", { type: "submit" }, "Join");
  const element = h(
    "main.signin", h("form", { onsubmit: submit },
      h("h1", "Rookery"), h("p", "Pick a name and talk. Nothing to install, no e-mail address to give."),
      h("label.field", h("span", "Username"), name), secret, problem, join),
  );
  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    client.signIn(name.value.trim(), secret.hidden ? "" : password.value);
    update();
  }
  function update() {
    const { problem: trouble, link } = client;
    const isTaken = trouble?.kind === "taken" || trouble?.kind === "wrong-password";
    if (trouble && !name.value) name.value = trouble.name;
    if (isTaken && secret.hidden) {
      secret.hidden = false;
      password.focus();
    }
    say(problem, trouble?.text ?? (link.state === "offline" ? link.reason : ""));
    say(join, !trouble && /connecting|signing/.test(link.state) ? "Joining …" : "Join");
  }
  set(name, { oninput: () => { secret.hidden = true; password.value = ""; } });
  return { element, update, focus: () => name.focus() };
}

/** @param {Record<string, unknown>} props */
const input = (props) => /** @type {HTMLInputElement} */ (h("input", props));
