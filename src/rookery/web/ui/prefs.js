/**
 * What the reader has chosen for this browser. One row each: the settings dialog is made from them.
 */

/**
 * @typedef {{ label: string, choices: Record<string, string>, standard: string }} Preference
 * @type {Record<string, Preference>}
 */
export const PREFERENCES = {
  theme: { label: "Theme", choices: { system: "As the system", light: "Light", dark: "Dark" }, standard: "system" },
  size: { label: "Text size", choices: { small: "Small", normal: "Normal", large: "Large", huge: "Very large" }, standard: "normal" },
  noise: { label: "People who join and leave", choices: { merged: "In one line", each: "A line for each" }, standard: "merged" },
  notify: {
    label: "Desktop notifications",
    choices: { off: "Off", mine: "Mentions and private messages", all: "Every message" },
    standard: "off",
  },
};
const PLACE = "rookery.preferences";

/** Holds the choices, keeps them in the browser, and shows them on the root element for the stylesheet. */
export class Preferences {
  /** @type {Record<string, string>} */ #chosen = {};

  constructor() {
    try {
      this.#chosen = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    } catch {
      // A browser that keeps nothing gets the standard.
    }
    this.#show();
  }

  /** @param {string} name a key of `PREFERENCES` */
  get(name) {
    const { choices, standard } = PREFERENCES[name];
    return this.#chosen[name] in choices ? this.#chosen[name] : standard;
  }

  /**
   * @param {string} name
   * @param {string} choice
   */
  set(name, choice) {
    this.#chosen[name] = choice;
    try {
      localStorage.setItem(PLACE, JSON.stringify(this.#chosen));
    } catch {
      // It counts until the page is closed.
    }
    this.#show();
  }

  #show() {
    for (const name of ["theme", "size"]) document.documentElement.dataset[name] = this.get(name);
  }
}
