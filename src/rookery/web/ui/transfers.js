/**
 * Files on their way to the server, each with its progress.
 * @import { Page } from './page.js'
 */
import { h, set } from "./html.js";
import { cleanLine } from "./text.js";

/** @param {Page} page */
export function transfers(page) {
  const element = h("div.transfers", { role: "status" });

  /** @param {Iterable<File>} files @param {(address: string) => void} done gets the address of each that has arrived */
  function upload(files, done) {
    if (!page.client.uploadsTo) return page.toast("This server takes no files. Send a link instead.");
    for (const file of files) send(file, done);
  }

  /** @param {File} file @param {(address: string) => void} done */
  function send(file, done) {
    const name = cleanLine(file.name);
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Uploading ${name}` });
    const line = h("div", h("bdi", name), bar);
    element.append(line);
    const sent = page.client.upload(file, (share) => set(bar, { value: share }));
    page.run(sent.finally(() => line.remove()), done);
  }
  return { element, upload };
}
