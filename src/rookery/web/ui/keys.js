/**
 * The keys that do something wherever one is: letters go into the text box, Alt with ↑ ↓ goes through
 * the list, Ctrl-K jumps, Ctrl-F searches.
 * @import { Page } from './page.js'
 */

/** @param {Page} page @param {KeyboardEvent} event */
export function pressedAnywhere(page, event) {
  const { key, altKey } = event, isWithCtrl = event.ctrlKey || event.metaKey, isPlain = !isWithCtrl && !altKey;
  if (page.app.hidden || document.querySelector("dialog[open]")) return;
  if (isPlain && key.length === 1 && event.target === document.body) page.composer.focus();
  const step = altKey && { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step) page.step(step);
  const run = isWithCtrl && !altKey && { k: page.finder.jump, f: () => page.finder.search() }[key.toLowerCase()];
  if (!run) return;
  event.preventDefault();
  run();
}
