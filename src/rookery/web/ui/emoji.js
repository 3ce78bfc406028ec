/**
 * Emoji by name, as people type them between colons; the first twelve are offered as reactions.
 */
const NAMES = `thumbsup 👍 heart ❤️ joy 😂 tada 🎉 pray 🙏 eyes 👀 check ✅ rocket 🚀 open_mouth 😮 cry 😢 thinking 🤔 thumbsdown 👎
smile 😄 grin 😁 wink 😉 laughing 😆 sweat_smile 😅 rofl 🤣 heart_eyes 😍 sunglasses 😎 neutral 😐 confused 😕 angry 😠 sob 😭 scream 😱 sleeping 😴
shrug 🤷 facepalm 🤦 wave 👋 clap 👏 ok_hand 👌 muscle 💪 fire 🔥 star ⭐ sparkles ✨ hundred 💯 warning ⚠️ bug 🐛 coffee ☕ beer 🍺 cake 🍰 sun ☀️ cat 🐱 dog 🐶`.split(/\s/);

/** By `:name:`. @type {Map<string, string>} */
export const EMOJI = new Map();
for (let at = 0; at < NAMES.length; at += 2) EMOJI.set(`:${NAMES[at]}:`, NAMES[at + 1]);

const ONE = /^(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3])[\p{Extended_Pictographic}\p{Emoji_Component}]{1,16}$/u;

/** Returns the emoji that was typed, or named between colons; "" for anything else. @param {string} typed */
export const emojiOf = (typed) => EMOJI.get(typed) ?? (ONE.test(typed) ? typed : "");
