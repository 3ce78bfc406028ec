/** The line parser and its neighbours, on the vectors that the Python ones run. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { chooseFolding, fold } from "../../src/rookery/web/wire/casefold.js";
import { stripFormatting } from "../../src/rookery/web/wire/formatting.js";
import { format, parse } from "../../src/rookery/web/wire/message.js";
import { byteLength, maxTextBytes, pieces, textLines } from "../../src/rookery/web/wire/split.js";

const vectors = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

for (const { why, line, malformed, command, params, source = "", tags = {} } of vectors("parse"))
  test(`a line is read: ${why}`, () => {
    const found = parse(line);
    if (malformed) return assert.equal(found, null);
    assert.deepEqual({ ...found, tags: { ...found.tags } }, { command, params, source, tags });
  });

for (const { why, line, malformed, command, params, source = "", tags = {} } of vectors("format"))
  test(`a line is written: ${why}`, () => {
    if (malformed) return assert.throws(() => format(command, params, tags, source));
    assert.equal(format(command, params, tags, source), line);
    const again = parse(line);
    assert.deepEqual([again.command, again.params, again.source, { ...again.tags }], [command, params, source, tags]);
  });

test("a tag named like a property of objects is only a tag", () => {
  const { tags } = parse("@__proto__=x;constructor=y PING a");
  assert.deepEqual(Object.entries(tags), [["__proto__", "x"], ["constructor", "y"]]);
});

test("names fold by ASCII alone, and by all letters where the server says so", () => {
  assert.equal(fold("#Ärger[X]"), "#Ärger[x]");
  chooseFolding(new Map([["UTF8MAPPING", "rfc8265"]]));
  assert.equal(fold("#ÄＢ"), "#äb");
  assert.equal(fold(fold("ÉcOLE")), fold("ÉcOLE"));
  chooseFolding(new Map());
});

test("formatting codes of IRC clients are taken out, all else stays", () => {
  assert.equal(stripFormatting("\x02bold\x0f \x0304,12red\x03 \x04ff0000x \x1ditalic\x1d 3,4 <b>"), "bold red x italic 3,4 <b>");
});

test("no piece is longer than a line, none cuts a character, and together they are the text", () => {
  for (const text of ["", "short", "x".repeat(1000), "wörter und 🐦🐦 ".repeat(60), "🐦".repeat(300), `${"a".repeat(399)} b`]) {
    const cut = pieces(text, 400);
    assert.equal(cut.join(""), text);
    for (const piece of cut) {
      assert.ok(byteLength(piece) <= 400);
      assert.ok(piece.isWellFormed?.() ?? true);
    }
  }
});

test("a text fits into its line with the longest source", () => {
  const source = `${"n".repeat(30)}!~${"u".repeat(10)}@${"h".repeat(63)}`;
  const most = maxTextBytes("#team", source);
  assert.ok(byteLength(`:${source} PRIVMSG #team :${"x".repeat(most)}\r\n`) <= 512);
  assert.ok(maxTextBytes("#".padEnd(600, "x"), "") > 0);
});

test("the lines of a pasted text have no blanks around them and keep their indentation", () => {
  assert.deepEqual(textLines("\n\n  one  \r\n\r\n\ttwo\rthree\0\n \n"), ["  one", "", "\ttwo", "three"]);
});
