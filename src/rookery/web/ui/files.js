/**
 * Files that people have sent to this server, by their addresses.
 */
import { cleanLine, decoded } from "./text.js";

/**
 * Returns where this page finds a file of this server, which may have several names; null for any other address.
 * @param {string} address @param {string} host one of them
 */
export function ownFile(address, host) {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isOwn = url && [location.host, host].includes(url.host) && /^(\/[\w-]+)*\/files\//.test(url.pathname);
  return isOwn ? location.origin + url.pathname : null;
}

/** @param {string} address */
export const fileName = (address) => cleanLine(decoded(address.split("/").at(-1) ?? ""));
