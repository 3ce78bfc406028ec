/** A room of three in which ann is signed in, and lines that say something about what was said there. */
import { idOf, stored, Tab } from "./world.js";

/** Signs ann in and takes her to #team; nothing counts as sent or told yet. */
export const start = async () => {
  const tab = await new Tab().signIn();
  const room = await tab.inRoom("#team", "@ann +bob carl");
  tab.sent = [];
  tab.news = [];
  return { tab, room, client: tab.client };
};

/** A reaction to the message `about`; `how` is also "unreact". */
export const react = (number, emoji, about, how = "react", from = "bob") =>
  stored(number, "", { command: "TAGMSG", from, tags: `+draft/${how}=${emoji};+draft/reply=${idOf(about)}` });

/** What takes the place of the message `about`. */
export const edit = (number, text, about, from = "bob") => stored(number, text, { from, tags: `+rookery.chat/edit=${idOf(about)}` });

/** The texts of a conversation, without what happened in between. */
export const shown = (talk) => talk.messages.filter((one) => one.kind !== "event").map((one) => one.text);
