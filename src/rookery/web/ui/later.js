/**
 * Stands for a part of the page that is loaded when it is first used; what goes wrong is shown.
 * @import { Page } from './page.js'
 */
import { loaded } from "../chat/loading.js";

/**
 * Returns an object with the functions of `load`'s, each of which returns a promise, empty where it failed.
 * @template {Record<string, any>} Part
 * @param {Page} page
 * @param {() => Promise<Part>} load
 * @returns {{ [Name in keyof Part]: (...args: Parameters<Part[Name]>) => Promise<Awaited<ReturnType<Part[Name]>> | undefined> }}
 */
export const later = (page, load) => /** @type {any} */ (new Proxy({}, {
  get: (_, /** @type {string} */ name) => (/** @type {unknown[]} */ ...args) =>
    page.run(loaded(load()).then((part) => part[name](...args))),
}));
