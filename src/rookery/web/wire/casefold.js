/**
 * Casefolding of nicks and room names: the key under which a name is compared.
 * Only ASCII letters fold, unless RPL_ISUPPORT has UTF8MAPPING=rfc8265 (`rookery/wire/casefold.py`).
 */
let foldsAll = false;

/** Take the mapping of this server, before any name is folded. @param {Map<string, string>} isupport */
export function chooseFolding(isupport) {
  foldsAll = isupport.get("UTF8MAPPING") === "rfc8265";
}

/** @param {string} name @returns {string} folding a key changes nothing */
export const fold = (name) =>
  foldsAll
    ? name.replace(/[\u3000\uff01-\uffee]/g, (wide) => wide.normalize("NFKC")).toLowerCase().normalize("NFC")
    : name.replace(/[A-Z]+/g, (part) => part.toLowerCase());

/** @param {string} target */
export const isRoom = (target) => target.startsWith("#");
/** Whether a line can carry it as the name of one room. @param {string} name */
export const isRoomName = (name) => /^#[^\0-\x20\x7f,:]+$/.test(name);
/** Whether a line can carry it as the name of one person, and a server let somebody have it. @param {string} name */
export const isNick = (name) => /^[^\0-\x20\x7f,:#@!*?$+%&~][^\0-\x20\x7f,@!*?]*$/u.test(name);
