/**
 * A dialog to choose one of many by typing: jump, join a room, new message, who, search.
 */
import { dialog } from "./dialog.js";
import { h, set } from "./html.js";
import { sentenceOf } from "./text.js";

const SHOWN = 100;
/** So long typing must rest before the server is asked. */
const REST_MS = 200;

/** @typedef {{ label: string, detail?: string, value: string, mark?: Node, ago?: string }} Option */

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {string} label of the text box
 * @property {string} [action] name of a button that takes what was typed, as it stands
 * @property {(typed: string, isAlso: boolean) => Option[] | Promise<Option[]>} options for what was typed so far
 * @property {string} [also] label of a check box that has `options` look further
 * @property {boolean} [isSlow] `options` asks the server
 * @property {string} [typed] what stands in the box at first
 * @property {string} [empty] said where there is nothing to choose
 * @property {string} [hint]
 */

/**
 * @param {Question} question
 * @returns {Promise<string>} the `value` chosen or the text typed, "" for none
 */
export function pick(question) {
  return new Promise((resolve) => {
    const input = /** @type {HTMLInputElement} */ (
      h("input", {
        autofocus: true,
        autocomplete: "off",
        spellcheck: "false",
        role: "combobox",
        "aria-label": question.label,
        placeholder: question.label,
        "aria-controls": "picker-options",
        "aria-expanded": "true",
        "aria-autocomplete": "list",
        value: question.typed ?? "",
      })
    );
    const list = h("div.options", { id: "picker-options", role: "listbox", "aria-label": question.title });
    const status = h("p.hint", { role: "status" }, question.hint ?? "");
    const button = question.action && h("button.primary", { type: "submit" }, question.action);
    const also = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", onchange: () => fill() }));
    const further = question.also && h("label.check", also, question.also);
    const box = dialog(question.title, h("form.ask", { onsubmit: submit }, input, button, further), status, list);
    /** @type {Option[]} */
    let options = [];
    let chosen = -1;
    let asked = 0;
    /** What the options are for. */
    let filled = "";
    let timer = 0;

    /** @param {string} value */
    function take(value) {
      resolve(value);
      box.close();
    }
    /** @param {Event} event */
    async function submit(event) {
      event.preventDefault();
      const typed = input.value.trim();
      if (typed !== filled && !question.action) await fill();
      if (chosen >= 0) take(options[chosen].value);
      else if (question.action && typed) take(typed);
    }
    /** @param {number} at */
    function choose(at) {
      chosen = at;
      [...list.children].forEach((element, here) => set(element, { "aria-selected": String(here === at) }));
      list.children[at]?.scrollIntoView({ block: "nearest" });
      set(input, { "aria-activedescendant": list.children[at]?.id });
    }
    async function fill() {
      const turn = (asked += 1);
      const typed = input.value.trim();
      let found = /** @type {Option[]} */ ([]);
      let problem = "";
      try {
        found = await question.options(typed, also.checked);
      } catch (error) {
        problem = sentenceOf(error);
      }
      if (turn !== asked) return;
      filled = typed;
      options = found.slice(0, SHOWN);
      list.replaceChildren(...options.map(draw));
      status.textContent = problem || (options.length ? (question.hint ?? "") : (question.empty ?? "Nothing like that."));
      choose(question.action || !options.length ? -1 : 0);
    }
    /**
     * @param {Option} option
     * @param {number} at
     */
    function draw(option, at) {
      const props = { id: `option-${at}`, role: "option", onclick: () => take(option.value) };
      const detail = option.detail && h("small", h("bdi", option.detail));
      const ago = option.ago && h("time", option.ago);
      return h("div.option", props, option.mark, h("span.label", h("bdi", option.label), detail), ago);
    }
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(fill, question.isSlow ? REST_MS : 0);
    });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !options.length) return;
      event.preventDefault();
      choose((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length);
    });
    box.addEventListener("close", () => resolve(""));
    fill();
  });
}

/**
 * Says how well `text` fits what was typed: 0 not at all, more is better; letters may be left out.
 * @param {string} typed
 * @param {string} text
 */
export function fit(typed, text) {
  const [wanted, whole] = [typed.toLowerCase(), text.toLowerCase()];
  if (!wanted) return 1;
  const at = whole.indexOf(wanted);
  if (at >= 0) return 3 - at / (whole.length + 1) + (wanted.length === whole.length ? 1 : 0);
  let from = 0;
  for (const letter of wanted) {
    from = whole.indexOf(letter, from) + 1;
    if (!from) return 0;
  }
  return wanted.length / whole.length;
}

/**
 * Keeps what fits, the best first.
 * @template T
 * @param {string} typed
 * @param {T[]} things
 * @param {(thing: T) => string} text
 */
export function fitting(typed, things, text) {
  return things
    .map((thing) => ({ thing, score: fit(typed, text(thing)) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ thing }) => thing);
}
