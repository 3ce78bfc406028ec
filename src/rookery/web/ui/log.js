/**
 * `<rookery-log>`: a list of any length of which only the rows near the view are in the document.
 *
 * What the reader looks at keeps its place on the screen whatever is put above it or changes its
 * height; who is at the bottom stays there. Rows have no margins: their boxes add up to the whole.
 */
import { keyed } from "./html.js";

/** So much above and below the view is drawn too. */
const MARGIN_PX = 600;
/** So near to the end counts as being there. */
const BOTTOM_PX = 32;
const PASSES = 4;

/** @template {{ key: string }} Row */
export class Log extends HTMLElement {
  /** @type {Row[]} */ rows = [];
  /** Whether the newest row is in view, and followed. */ isAtBottom = true;
  /** Makes or updates the element of a row. @type {(row: Row, element?: HTMLElement) => HTMLElement} */
  draw = () => document.createElement("div");
  /** A row's height in pixels before it was ever drawn. @type {(row: Row, width: number) => number} */
  guess = () => 40;
  /** Called after every movement. */ onmove = () => {};

  #list = document.createElement("div");
  #sizes = new Float64Array(0);
  #tops = new Float64Array(1);
  #first = 0;
  /** @type {Map<string, number>} */ #heights = new Map();
  /** Rows in view, and where they stood. @type {[key: string, offset: number, at: number][]} */ #anchors = [];
  #observer = new ResizeObserver(() => this.#settle());

  connectedCallback() {
    this.#list.role = "list";
    this.append(this.#list);
    this.#observer.observe(this);
    this.#observer.observe(this.#list);
    this.addEventListener("scroll", () => this.#moved(), { passive: true });
  }

  /**
   * Shows other rows at the same place, or new rows from the bottom.
   * @param {Row[]} rows
   * @param {boolean} [isOther] they are of another conversation
   */
  show(rows, isOther = false) {
    if (isOther) {
      this.#heights.clear();
      this.isAtBottom = true;
    } else this.#remember();
    this.rows = rows;
    const width = this.clientWidth;
    this.#sizes = Float64Array.from(rows, (row) => this.#heights.get(row.key) ?? this.guess(row, width));
    this.#addUp();
    this.#settle();
  }

  toBottom() {
    this.isAtBottom = true;
    this.#settle();
  }

  /**
   * Brings a row into the middle of the view; returns its element, or null where there is no such row.
   * @param {string} key
   */
  reveal(key) {
    const at = this.rows.findIndex((row) => row.key === key);
    if (at < 0) return null;
    this.isAtBottom = false;
    this.#anchors = [[key, -this.clientHeight / 3, at]];
    this.#settle();
    this.isAtBottom = this.#isNearEnd();
    return this.element(key);
  }

  /** The place among the rows of what is in a drawn one, or -1. @param {Element} inside */
  indexOf(inside) {
    const at = [...this.#list.children].findIndex((row) => row.contains(inside));
    return at < 0 ? at : this.#first + at;
  }

  /** @param {string} key @returns {HTMLElement | null} the row's element, while it is drawn */
  element(key) {
    return this.#list.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  #isNearEnd() {
    return this.scrollHeight - this.scrollTop - this.clientHeight < BOTTOM_PX;
  }

  #moved() {
    this.isAtBottom = this.#isNearEnd();
    this.#remember();
    this.#settle();
    this.onmove();
  }

  #remember() {
    const first = this.#indexAt(this.scrollTop);
    const last = this.#indexAt(this.scrollTop + this.clientHeight);
    this.#anchors = this.rows
      .slice(first, last + 1)
      .map((row, at) => [row.key, this.scrollTop - this.#tops[first + at], first + at]);
  }

  /** Draws, measures, and draws again until the heights hold. */
  #settle() {
    if (!this.clientHeight) return;
    for (let pass = 0; pass < PASSES; pass += 1) {
      const top = this.#target();
      this.#drawAround(top);
      const isStill = !this.#measure();
      const wanted = this.#target();
      if (Math.abs(this.scrollTop - wanted) >= 1) this.scrollTop = wanted;
      if (isStill) break;
    }
  }

  #target() {
    const end = Math.max(0, this.#tops[this.rows.length] - this.clientHeight);
    if (this.isAtBottom) return end;
    for (const [key, offset, hint] of this.#anchors) {
      const isThere = this.rows[hint]?.key === key;
      const at = isThere ? hint : this.rows.findIndex((row) => row.key === key);
      if (at >= 0) return Math.min(Math.max(0, this.#tops[at] + offset), end);
    }
    return Math.min(this.scrollTop, end);
  }

  /** @param {number} top */
  #drawAround(top) {
    const first = this.#indexAt(top - MARGIN_PX);
    const last = Math.min(this.rows.length, this.#indexAt(top + this.clientHeight + MARGIN_PX) + 1);
    this.#first = first;
    const held = this.#list.contains(document.activeElement) ? document.activeElement : null;
    keyed(
      this.#list,
      this.rows.slice(first, last),
      (row) => row.key,
      (row) => this.#made(row),
      (element, row) => this.draw(row, element),
    );
    if (held && !held.isConnected) this.focus({ preventScroll: true });
    this.#list.style.paddingBlock = `${this.#tops[first]}px ${this.#tops[this.rows.length] - this.#tops[last]}px`;
  }

  /** @param {Row} row */
  #made(row) {
    const element = this.draw(row);
    element.dataset.key = row.key;
    return element;
  }

  /** Returns whether a drawn row has another height than was thought. */
  #measure() {
    let isOther = false;
    let at = this.#first;
    for (const element of this.#list.children) {
      const { height } = element.getBoundingClientRect();
      this.#heights.set(this.rows[at].key, height);
      isOther ||= Math.abs(this.#sizes[at] - height) > 0.1;
      this.#sizes[at] = height;
      at += 1;
    }
    if (isOther) this.#addUp();
    return isOther;
  }

  #addUp() {
    const tops = new Float64Array(this.rows.length + 1);
    for (let at = 0; at < this.rows.length; at += 1) tops[at + 1] = tops[at] + this.#sizes[at];
    this.#tops = tops;
  }

  /** @param {number} y */
  #indexAt(y) {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#tops[middle + 1] <= y) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.rows.length - 1));
  }
}
customElements.define("rookery-log", Log);
