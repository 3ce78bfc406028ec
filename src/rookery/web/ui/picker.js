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
 * @property {(value: string) => unknown} [accept] refuses a value by throwing a sentence, which is shown
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
    const { action, also } = question, input = textBox(question), status = h("p.hint", { role: "status" }, question.hint ?? "");
    const choice = choices(question, input, take);
    const further = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", onchange: () => fill() }));
    const typing = h("form.ask", { onsubmit: submit }, input, action && h("button.primary", { type: "submit" }, action), also && h("label.check", further, also));
    const box = dialog(question.title, typing, status, choice.element);
    let asked = 0;
    /** What the options are for; null: they are on their way. @type {string | null} */
    let filled = null;
    let timer = 0;

    /** What is refused can be mended: the dialog stays. @param {string} value */
    async function take(value) {
      try {
        await question.accept?.(value);
      } catch (error) {
        return void (status.textContent = sentenceOf(error));
      }
      resolve(value);
      box.close();
    }
    /** @param {Event} event */
    async function submit(event) {
      event.preventDefault();
      const typed = input.value.trim();
      if (typed !== filled && !action && !(await fill())) return;
      const value = choice.value() ?? (action && typed);
      if (value) take(value);
    }
    /** Shows the options for what is typed now; false: by then something else was asked. */
    async function fill() {
      clearTimeout(timer); // It would ask the same again, and make of this answer a late one.
      const turn = (asked += 1), typed = input.value.trim();
      filled = null;
      const [found, problem] = await answerOf(question, typed, further.checked);
      if (turn !== asked) return false;
      filled = typed;
      choice.show(found);
      status.textContent = problem || (found.length || !typed ? (question.hint ?? "") : (question.empty ?? "Nothing like that."));
      return true;
    }
    const typed = () => {
      clearTimeout(timer);
      timer = setTimeout(fill, question.isSlow ? REST_MS : 0);
    };
    set(input, { oninput: typed });
    set(box, { onclose: () => resolve("") });
    fill();
  });
}

/** @param {Question} question @param {string} typed @param {boolean} isAlso @returns {Promise<[Option[], string]>} or why there are none */
async function answerOf(question, typed, isAlso) {
  try {
    return [await question.options(typed, isAlso), ""];
  } catch (error) {
    return [[], sentenceOf(error)];
  }
}

/** @param {Question} question */
const textBox = ({ label, typed = "" }) => /** @type {HTMLInputElement} */ (h("input", {
  autofocus: true, autocomplete: "off", spellcheck: "false", role: "combobox", "aria-label": label, placeholder: label,
  "aria-controls": "picker-options", "aria-expanded": "true", "aria-autocomplete": "list", value: typed,
}));

/**
 * The list under the text box, of which the arrow keys choose one.
 * @param {Question} question
 * @param {HTMLInputElement} input
 * @param {(value: string) => void} take
 */
function choices({ title, action }, input, take) {
  const element = h("div.options", { id: "picker-options", role: "listbox", "aria-label": title });
  /** @type {Option[]} */
  let options = [];
  let chosen = -1;

  /** @param {number} at */
  function choose(at) {
    chosen = at;
    [...element.children].forEach((child, here) => set(child, { "aria-selected": String(here === at) }));
    element.children[at]?.scrollIntoView({ block: "nearest" });
    set(input, { "aria-activedescendant": element.children[at]?.id });
  }
  /** @param {Option[]} found */
  function show(found) {
    const before = options[chosen]?.value; // What the arrows chose stays chosen, if it is there still.
    options = found.slice(0, SHOWN);
    element.replaceChildren(...options.map(draw));
    choose(action ? options.findIndex(({ value }) => value === before) : options.length ? 0 : -1);
  }
  /** @param {Option} option @param {number} at */
  function draw({ value, label, detail, mark, ago }, at) {
    const words = h("span.label", h("bdi", label), detail && h("small", h("bdi", detail)));
    return h("div.option", { id: `option-${at}`, role: "option", onclick: () => take(value) }, mark, words, ago && h("time", ago));
  }
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length) return;
    event.preventDefault();
    choose((chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length);
  };
  set(input, { onkeydown: pressed, oninput: () => action && choose(-1) });
  return { element, show, value: () => options[chosen]?.value };
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
