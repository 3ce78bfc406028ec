/**
 * `<rookery-log>`: a list of any length of which only the rows near the view are in the document.
 *
 * What the reader looks at keeps its place on the screen whatever is put above it or changes its
 * height; who is at the bottom stays there. Rows have no margins: their boxes add up to the whole.
 */
import { Heights } from "./heights.js";
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
  #heights = new Heights();
  #first = 0;
  /** Of every row that was ever drawn, by key. @type {Map<string, number>} */ #measured = new Map();
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
   * Shows the rows of another conversation from the bottom, or what has become of the same ones at the
   * same place: then call `remember` before they change.
   * @param {Row[]} rows
   * @param {number} [intact] how many rows, from the first on, are as they were; none: another conversation
   */
  show(rows, intact) {
    if (intact === undefined) {
      this.#measured.clear();
      this.isAtBottom = true;
    }
    this.rows = rows;
    this.#heights.cut(intact ?? 0);
    const width = this.clientWidth;
    for (let at = intact ?? 0; at < rows.length; at += 1) this.#heights.push(this.#measured.get(rows[at].key) ?? this.guess(rows[at], width));
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
    this.remember();
    this.#settle();
    this.onmove();
  }

  /** Notes where each row in view stands: it is to stay there. */
  remember() {
    const { scrollTop } = this, heights = this.#heights, first = heights.at(scrollTop);
    this.#anchors = this.rows
      .slice(first, heights.at(scrollTop + this.clientHeight) + 1)
      .map((row, at) => [row.key, scrollTop - heights.top(first + at), first + at]);
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
    const end = Math.max(0, this.#heights.total - this.clientHeight);
    if (this.isAtBottom) return end;
    for (const [key, offset, hint] of this.#anchors) {
      const isThere = this.rows[hint]?.key === key;
      const at = isThere ? hint : this.rows.findIndex((row) => row.key === key);
      if (at >= 0) return Math.min(Math.max(0, this.#heights.top(at) + offset), end);
    }
    return Math.min(this.scrollTop, end);
  }

  /** @param {number} top */
  #drawAround(top) {
    const heights = this.#heights, first = heights.at(top - MARGIN_PX);
    const last = Math.min(this.rows.length, heights.at(top + this.clientHeight + MARGIN_PX) + 1);
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
    this.#list.style.paddingBlock = `${heights.top(first)}px ${heights.total - heights.top(last)}px`;
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
      this.#measured.set(this.rows[at].key, height);
      if (Math.abs(this.#heights.of(at) - height) > 0.1) {
        this.#heights.set(at, height);
        isOther = true;
      }
      at += 1;
    }
    return isOther;
  }
}
customElements.define("rookery-log", Log);
