/**
 * What I asked and is not answered yet: an answer carries its question's label.
 * Source: IRCv3 labeled-response.
 * @import { Answer, Line, Request } from './types.js'
 */
import { refusal } from "./refusals.js";

const ERROR = /^([45]\d\d|FAIL)$/;
const NO_ERROR = new Set(["422"]);

/** @param {Line} line */
export const isError = ({ command }) => ERROR.test(command) && !NO_ERROR.has(command);

export class Requests {
  /** @type {Map<string, Request>} */ #open = new Map();
  #count = 0;

  get size() { return this.#open.size; }

  /** @param {(answer: Answer) => void} done called once, in the order of the answers @returns {string} the label */
  open(done) {
    const label = `r${++this.#count}`;
    this.#open.set(label, { lines: [], code: "", reason: "", count: 0, done });
    return label;
  }

  /** @param {Line} line @returns {Request | undefined} */
  of(line) { return this.#open.get(line.tags.label); }

  /** @param {Request} request @param {Line} line */
  heard(request, line) {
    request.lines.push(line);
    if (!isError(line) || request.code) return;
    request.code = line.command === "FAIL" ? line.params[1] ?? "FAIL" : line.command;
    request.reason = refusal(line);
  }

  /** @param {string} label */
  close(label) {
    const request = this.#open.get(label);
    this.#open.delete(label);
    request?.done(request);
  }

  /** The connection is gone. */
  lost() {
    for (const [label, request] of [...this.#open]) {
      Object.assign(request, { code: "LOST", reason: "The connection was lost. Try again." });
      this.close(label);
    }
  }
}
