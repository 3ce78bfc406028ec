/**
 * Dialogs: one at a time over the page, closed by Escape, by the cross, or by a click beside them.
 */
import { h, icon, set } from "./html.js";
import { sentenceOf } from "./text.js";

/**
 * Opens a dialog with these contents; whatever had the focus gets it back.
 * @param {string} title
 * @param {...(Node | string | null)} content
 */
export function dialog(title, ...content) {
  const close = () => box.close();
  const box = /** @type {HTMLDialogElement} */ (
    h(
      "dialog",
      { "aria-label": title, onclose: () => box.remove(), onmousedown: (/** @type {Event} */ { target }) => target === box && close() },
      h(
        "header",
        h("h2", title),
        h("button.plain", { "aria-label": "Close", onclick: close }, icon("close")),
      ),
      ...content,
    )
  );
  document.body.append(box);
  box.showModal();
  /** @type {HTMLElement | null} */ (box.querySelector("[autofocus]"))?.focus();
  return box;
}

/**
 * Asks one question.
 * @param {string} title
 * @param {Node | string} text
 * @param {string[]} answers the last one changes nothing
 * @returns {Promise<string>} the answer, "" for none
 */
export function ask(title, text, answers) {
  return new Promise((resolve) => {
    const buttons = answers.map((answer, at) => {
      const choose = () => {
        resolve(answer);
        box.close();
      };
      return h(at ? "button" : "button.primary", { autofocus: at === 0, onclick: choose }, answer);
    });
    const box = dialog(title, h("p", text), h("div.buttons", ...buttons));
    set(box, { onclose: () => resolve("") });
  });
}

/** @typedef {{ label: string, name: string, type?: string, autocomplete?: string, value?: string, hidden?: boolean }} Field */

/**
 * Asks for a few words; `done` may refuse them by throwing a sentence, which is shown.
 * @param {string} title
 * @param {string} text
 * @param {Field[]} fields
 * @param {string} action the button's name
 * @param {(values: Record<string, string>) => unknown} done
 */
export function form(title, text, fields, action, done) {
  const problem = h("p.problem", { role: "alert" });
  const inputs = fields.map(({ label, ...props }) =>
    h("label.field", { hidden: props.hidden }, h("span", label), h("input", { ...props, required: true, autofocus: !props.hidden })),
  );
  let isAsked = false;
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    if (isAsked) return; // Once is enough, however late the answer is.
    isAsked = true;
    const values = new FormData(/** @type {HTMLFormElement} */ (event.target));
    try {
      await done(Object.fromEntries([...values].map(([name, value]) => [name, String(value)])));
      box.close();
    } catch (error) {
      problem.textContent = sentenceOf(error);
    } finally {
      isAsked = false;
    }
  };
  const send = h("div.buttons", h("button.primary", { type: "submit" }, action));
  const box = dialog(title, h("form", { onsubmit: submit }, text && h("p", text), ...inputs, problem, send));
}
