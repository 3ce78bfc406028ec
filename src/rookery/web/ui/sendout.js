/**
 * What is written goes out: as a command, as a message, as a correction, or as a file.
 * @import { Writing } from './writing.js'
 */
import { runCommand } from "./commands.js";
import { askLength } from "./questions.js";
import { aim, COMMAND, load, typed, written } from "./writing.js";

/** Sends what stands in the box; what goes wrong is shown. @param {Writing} it */
export const send = (it) => it.page.run(sendNow(it));

/** @param {Writing} it */
async function sendNow(it) {
  const { box, page, key, aims } = it, { client, here } = page;
  const text = written(it).trimEnd(), command = box.value.trimEnd();
  const aimedAt = aims.of(key);
  if (!text.trim() || !here) return;
  if (COMMAND.test(command) && !command.includes("\n") && aimedAt?.kind !== "edit") {
    const rest = it.files.with("");
    load(it, rest);
    client.setDraft(key, rest);
    return void runCommand(page, command.slice(1), here);
  }
  const words = text.replace(/^\/\//, "/");
  if (!(await isMeant(it, words))) return box.focus();
  if (aimedAt?.kind === "edit") {
    if (words !== aimedAt.message.text) client.edit(key, aimedAt.message, words);
  } else {
    client.say(key, words, { replyTo: aimedAt?.message.msgid });
    client.setDraft(key, "");
    client.typing(key, "done");
    if (key === it.key) load(it, "");
    page.timeline.said();
  }
  if (key === it.key) aim(it, null);
  else aims.take(key, null);
}

/** Asks where a text would not go out as one message. @param {Writing} it @param {string} text */
async function isMeant(it, text) {
  const { key, page: { client } } = it, pieces = client.pieces(key, text);
  if (pieces < 2) return true;
  const answer = await askLength(pieces, Boolean(client.uploadsTo));
  if (answer === "file") sendFiles(it, [new File([text], "message.txt", { type: "text/plain" })], key, text);
  return answer === "send";
}

/**
 * Sends files; their addresses go where they were chosen, wherever one looks by then.
 * @param {Writing} it @param {Iterable<File>} files @param {string} [key] @param {string} [instead] the text that they stand for
 */
export const sendFiles = (it, files, key = it.key, instead = "") =>
  it.transfers.upload(files, (address) => insert(it, key, address, instead));

/** @param {Writing} it @param {string} key @param {string} address @param {string} instead */
function insert(it, key, address, instead) {
  const { box, page: { client } } = it, isHere = key === it.key;
  const before = (isHere ? written(it) : client.conversations.get(key)?.draft ?? "").trimEnd();
  const text = before && before !== instead ? `${before} ${address}` : address;
  if (!isHere) return client.setDraft(key, text);
  // What is being typed stays as it is, with the cursor in it.
  if (before === instead || it.aims.of(key)?.kind === "edit" || !it.files.add(address)) load(it, text);
  typed(it);
  box.focus();
}
