/**
 * Put batches together: lines in, whole batches out; one inside another is part of it.
 * Source: IRCv3 batch, draft/multiline.
 * @import { Batch, Line, Unit } from './types.js'
 */

/** A server that opens more forgets to close them: the oldest is let go as it stands. */
const MAX_OPEN = 64;

export class Batches {
  /** @type {Map<string, Batch>} */ #open = new Map();

  /** @param {Line} line @returns {Unit[]} what it completes: itself, a batch, or nothing yet */
  feed(line) {
    const [ref = "", kind = "", ...params] = line.params;
    if (line.command === "BATCH" && ref.startsWith("+")) {
      const done = this.#open.size >= MAX_OPEN ? this.#end(/** @type {string} */ (this.#open.keys().next().value)) : [];
      this.#open.set(ref.slice(1), { ...line, kind, params, parts: [], parent: line.tags.batch ?? "" });
      return done;
    }
    if (line.command === "BATCH") return this.#end(ref.slice(1));
    const batch = this.#open.get(line.tags.batch);
    if (!batch) return [line];
    batch.parts.push(line);
    return [];
  }

  /** @param {string} ref @returns {Unit[]} */
  #end(ref) {
    const batch = this.#open.get(ref);
    if (!batch) return [];
    this.#open.delete(ref);
    const unit = batch.kind === "draft/multiline" ? whole(batch) : batch;
    const around = this.#open.get(batch.parent);
    if (unit && !around) return [unit];
    if (unit) around?.parts.push(unit);
    return [];
  }
}

/** The one message that a batch of lines is. @param {Batch} batch @returns {Line | null} */
function whole({ parts, params, source, tags }) {
  const text = parts.reduce((before, { params: words, tags: own }, number) =>
    before + (number && !("draft/multiline-concat" in own) ? "\n" : "") + (words.at(-1) ?? ""), "");
  return parts.length ? { command: parts[0].command, params: [params[0] ?? "", text], source, tags } : null;
}

/** All lines of a unit, those of batches within it too. @param {Unit} unit @returns {Line[]} */
export const linesOf = (unit) => unit.parts?.flatMap(linesOf) ?? [unit];
