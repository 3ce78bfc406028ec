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
