/**
 * The files that go with what is written: their addresses stand at the end of the text, and over the
 * box each is a name that can be taken away again.
 * @import { Client } from '../chat/client.js'
 */
import { fileName, ownFile } from "./files.js";
import { h } from "./html.js";
import { tool } from "./sidebar.js";

/** @param {Client} client @param {() => void} changed called when one was taken away */
export function attached(client, changed) {
  const element = h("div.chips");
  /** @type {string[]} */
  let addresses = [];

  /** @param {string[]} next */
  function show(next) {
    addresses = next;
    element.replaceChildren(...next.map((address) => {
      const name = fileName(address);
      const remove = () => {
        show(addresses.filter((one) => one !== address));
        changed();
      };
      return h("span.chip", h("bdi", name), tool("close", `Remove ${name}`, remove));
    }));
  }

  /** Shows the files at the end of a text, and returns what stands before them. @param {string} text */
  function take(text) {
    /** @type {string[]} */
    const found = [];
    for (;;) {
      const [end, address] = /(?:^| )(\S+) ?$/.exec(text) ?? ["", ""];
      if (!ownFile(address, client.filesAt)) break;
      found.unshift(address);
      text = text.slice(0, -end.length);
    }
    show(found);
    return text;
  }
  /** Shows one more; false: it is not of this server, so its address can only be text. @param {string} address */
  function add(address) {
    const isOwn = ownFile(address, client.filesAt) !== null;
    if (isOwn) show([...addresses, address]);
    return isOwn;
  }
  /** A text with the addresses behind it. @param {string} text */
  const joined = (text) => (addresses.length ? [...(text.trim() ? [text.trimEnd()] : []), ...addresses].join(" ") : text);
  return { element, take, add, with: joined };
}
