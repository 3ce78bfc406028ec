/**
 * Modules that are loaded when they are first used, not with the page.
 */

/** @template Module @param {Promise<Module>} module an `import()` @returns {Promise<Module>} a rejection is a sentence */
export const loaded = (module) => module.catch(() => {
  throw new Error("This part of the page could not be loaded. Load the page again when there is a connection.");
});
