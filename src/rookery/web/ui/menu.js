/**
 * The list of commands over the text box, while its text is the beginning of one.
 */
import { COMMANDS } from "./commands.js";
import { h, set } from "./html.js";

const WORDS = Object.keys(COMMANDS);

/**
 * @param {HTMLTextAreaElement} box
 * @param {(text: string) => void} fill puts text into the box
 */
export function commandMenu(box, fill) {
  const element = h("div.commands", { role: "listbox", id: "commands", tabindex: 0, "aria-label": "Commands", hidden: true });
  /** @type {string[]} */
  let names = [];
  let chosen = 0;

  /** Shows what begins like the text, with one of it chosen. @param {number} [wanted] */
  function offer(wanted = 0) {
    const word = /^\/([a-z]*)$/i.exec(box.value)?.[1].toLowerCase();
    names = word === undefined ? [] : WORDS.filter((name) => name.startsWith(word));
    chosen = names.length ? (wanted + names.length) % names.length : 0;
    element.hidden = !names.length;
    element.replaceChildren(...names.map(option));
    element.children[chosen]?.scrollIntoView({ block: "nearest" });
    set(box, { "aria-activedescendant": element.children[chosen]?.id, "aria-controls": names.length ? "commands" : null });
  }

  /** @param {string} name @param {number} at */
  function option(name, at) {
    const { usage, help } = COMMANDS[name];
    const props = { id: `command-${name}`, role: "option", "aria-selected": String(at === chosen), onmousedown: (/** @type {Event} */ event) => {
      event.preventDefault();
      take(name);
    } };
    return h("div.option", props, h("b", `/${name} ${usage}`), h("small", help));
  }

  /** @param {string} name */
  const take = (name) => fill(`/${name} `);

  return {
    element,
    offer,
    step: (/** @type {number} */ step) => offer(chosen + step),
    /** Whether the text is a whole command, though another begins like it too. */
    isWhole: () => names.includes(box.value.slice(1).toLowerCase()),
    take: () => take(names[chosen]),
  };
}
