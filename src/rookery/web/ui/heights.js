/**
 * The heights of many rows and where each row begins, at the cost of a few steps however many there are.
 *
 * A Fenwick tree: each of its places holds the sum of the rows below it that no other place holds.
 */
export class Heights {
  /** @type {number[]} */ #sizes = [];
  /** The place behind row `at` is `at + 1`. */ #sums = [0];

  get length() { return this.#sizes.length; }
  get total() { return this.top(this.length); }

  /** @param {number} at */
  of(at) { return this.#sizes[at]; }

  /** Keeps the first rows alone. @param {number} length */
  cut(length) {
    this.#sizes.length = length;
    this.#sums.length = length + 1;
  }

  /** Adds a row at the end. @param {number} height */
  push(height) {
    const place = this.#sizes.push(height), from = place - (place & -place);
    let sum = height;
    for (let below = place - 1; below > from; below -= below & -below) sum += this.#sums[below];
    this.#sums.push(sum);
  }

  /** @param {number} at @param {number} height */
  set(at, height) {
    const more = height - this.#sizes[at];
    this.#sizes[at] = height;
    for (let place = at + 1; place <= this.length; place += place & -place) this.#sums[place] += more;
  }

  /** Returns the sum of the rows before `at`. @param {number} at */
  top(at) {
    let sum = 0;
    for (let place = at; place > 0; place -= place & -place) sum += this.#sums[place];
    return sum;
  }

  /** Returns the row that stands at `y`, or the one nearest to it; 0 where there is none. @param {number} y */
  at(y) {
    let before = 0;
    for (let step = 2 ** Math.floor(Math.log2(this.length || 1)); step >= 1; step /= 2) {
      const place = before + step;
      if (place > this.length || this.#sums[place] > y) continue;
      before = place;
      y -= this.#sums[place];
    }
    return Math.min(before, Math.max(0, this.length - 1));
  }
}
