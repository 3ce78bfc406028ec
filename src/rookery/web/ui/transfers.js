/**
 * Files on their way to the server, each with its progress.
 * @import { Page } from './page.js'
 */
import { h, set } from "./html.js";
import { cleanLine } from "./text.js";

/**
 * @param {Page} page
 * @param {(address: string) => void} done gets the address of each file that has arrived
 */
export function transfers(page, done) {
  const element = h("div.transfers", { role: "status" });

  /** @param {Iterable<File>} files */
  function upload(files) {
    if (!page.client.uploadsTo) return page.toast("This server takes no files. Send a link instead.");
    for (const file of files) send(file);
  }

  /** @param {File} file */
  function send(file) {
    const name = cleanLine(file.name);
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Uploading ${name}` });
    const line = h("div", h("bdi", name), bar);
    element.append(line);
    const sent = page.client.upload(file, (share) => set(bar, { value: share }));
    page.run(sent.finally(() => line.remove()), done);
  }
  return { element, upload };
}
