/**
 * Times as the reader's own language and clock write them.
 */
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const SHORT = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const DAYS = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const DAY_MS = 86_400_000;

/** @param {number} at ms since 1970 */
export const clock = (at) => CLOCK.format(at);
/** @param {number} at ms since 1970 */
export const fullTime = (at) => FULL.format(at);

/**
 * Names a day: "Today", "Yesterday", "Monday, 16 November", with the year where it is another one.
 * @param {number} at
 */
export function day(at) {
  const ago = daysAgo(at);
  const name = ago < 2 ? DAYS.format(-ago, "day") : DAY.format(at);
  const year = new Date(at).getFullYear();
  const isThisYear = year === new Date().getFullYear();
  return name[0].toUpperCase() + name.slice(1) + (isThisYear ? "" : ` ${year}`);
}

/**
 * Returns a time for lists: the clock's today, else the date.
 * @param {number} at
 */
export const brief = (at) => (daysAgo(at) < 1 ? clock(at) : `${SHORT.format(at)} ${clock(at)}`);

/** @param {number} at */
function daysAgo(at) {
  return Math.round((new Date().setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY_MS);
}
