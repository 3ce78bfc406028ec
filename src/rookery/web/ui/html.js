/**
 * Builds elements. Text only ever becomes text: nothing here parses markup.
 */

const SAFE_URL = /^(https?:\/\/|\/(?!\/)|blob:)/i;
const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false} Child what is not there is left out */

/**
 * Makes an element: `h("button.primary", { title: "Send", onclick: send }, "Send")`.
 * @param {string} selector a tag, with `.classes` behind it
 * @param {Record<string, unknown> | Child} [props] may be left out; see `set`
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(selector, props, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  if (tag === "button") set(element, { type: "button" });
  if (props instanceof Node || typeof props !== "object") children.unshift(props);
  else set(element, props ?? {});
  element.append(...children.filter((child) => child || child === "").map((child) => child || ""));
  return element;
}

/**
 * Sets what differs of an element's attributes: functions listen, true and false set and remove.
 * @param {Element} element
 * @param {Record<string, unknown>} props
 */
export function set(element, props) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value === undefined || value === null || value === false) {
      if (element.hasAttribute(name)) element.removeAttribute(name);
    } else {
      const text = value === true ? "" : String(value);
      if (name === "style" || name.startsWith("on")) throw new Error(`not an attribute to set: ${name}`);
      if ((name === "href" || name === "src") && !SAFE_URL.test(text)) throw new Error("unsafe address");
      if (element.getAttribute(name) !== text) element.setAttribute(name, text);
    }
  }
}

/**
 * Sets an element's text, where it differs, and returns whether it did.
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  const isOther = element.textContent !== text;
  if (isOther) element.textContent = text;
  return isOther;
}

/** @type {WeakMap<Element, Map<string, HTMLElement>>} */
const kept = new WeakMap();

/**
 * Makes the children of `parent` be one element for each item, in order; those of the same key are kept.
 * @template T
 * @param {Element} parent holds nothing else
 * @param {Iterable<T>} items
 * @param {(item: T) => string} key
 * @param {(item: T) => HTMLElement} make
 * @param {(element: HTMLElement, item: T) => void} [update]
 */
export function keyed(parent, items, key, make, update) {
  const before = kept.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const name = key(item);
    if (now.has(name)) continue;
    const element = before.get(name) ?? make(item);
    update?.(element, item);
    now.set(name, element);
  }
  for (const [name, element] of before) if (now.get(name) !== element) element.remove();
  const at = document.activeElement, held = at instanceof HTMLElement && parent.contains(at) ? at : null;
  let place = parent.firstElementChild;
  for (const element of now.values()) {
    if (element === place) place = element.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  if (held !== document.activeElement) held?.focus({ preventScroll: true }); // What is moved loses it.
  kept.set(parent, now);
}

/**
 * Draws one of the icons: strokes on a field of 24 by 24, hidden from screen readers.
 * @param {keyof typeof STROKES} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  set(svg, { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" });
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}

const STROKES = {
  add: "M12 5v14M5 12h14",
  attach: "m20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.6 8.5a1.6 1.6 0 0 1-2.4-2.4L15 7",
  back: "m14 6-6 6 6 6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  close: "M6 6l12 12M18 6 6 18",
  down: "m6 10 6 6 6-6",
  edit: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5",
  gear: "M4 7h9m4 0h3M4 17h3m4 0h9M15 4.5v5M9 14.5v5",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7m-6.5 9a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5m2 3a6.5 6.5 0 0 1 3.5 6",
  react: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.5 14.5a4 4 0 0 0 7 0M9 9.5v.2M15 9.5v.2",
  reply: "m9 7-5 5 5 5M4.5 12H14a6 6 0 0 1 6 6",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14m5-2 5 5",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
};
