"""Emoji by the names that people know from other chats, for `:name:` and for reactions."""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final = """
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 heart ❤️ joy 😂 smile 😄 grin 😁 grinning 😀
laughing 😆 wink 😉 blush 😊 slight_smile 🙂 upside_down 🙃 heart_eyes 😍
kissing_heart 😘 yum 😋 tongue 😛 thinking 🤔 neutral 😐 expressionless 😑
rolling_eyes 🙄 smirk 😏 relieved 😌 sleepy 😪 sleeping 😴 mask 😷 nerd 🤓 sunglasses 😎
confused 😕 worried 😟 frowning ☹️ open_mouth 😮 astonished 😲 flushed 😳 pleading 🥺
cry 😢 sob 😭 scream 😱 sweat 😓 sweat_smile 😅 weary 😩 triumph 😤 angry 😠 rage 😡
skull 💀 poop 💩 clown 🤡 ghost 👻 alien 👽 robot 🤖 party 🥳 star_struck 🤩 hug 🤗
zany 🤪 shushing 🤫 zipper_mouth 🤐 hand_over_mouth 🤭 raised_eyebrow 🤨
exploding_head 🤯 cowboy 🤠 cold 🥶 hot 🥵 woozy 🥴 salute 🫡 melting 🫠 wave 👋
ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 muscle 💪 point_up ☝️ point_right 👉
point_left 👈 point_down 👇 crossed_fingers 🤞 v ✌️ fist ✊ punch 👊 handshake 🤝
shrug 🤷 facepalm 🤦 writing ✍️ eyes 👀 eye 👁️ brain 🧠 fire 🔥 star ⭐ sparkles ✨
zap ⚡ boom 💥 100 💯 tada 🎉 confetti 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 rocket 🚀
airplane ✈️ car 🚗 bike 🚲 train 🚆 ship 🚢 check ✅ white_check_mark ✅ x ❌
warning ⚠️ no_entry ⛔ question ❓ exclamation ❗ bulb 💡 bug 🐛 wrench 🔧 hammer 🔨
gear ⚙️ lock 🔒 unlock 🔓 key 🔑 mag 🔍 link 🔗 paperclip 📎 pencil ✏️ memo 📝 book 📖
books 📚 calendar 📅 chart 📈 clipboard 📋 folder 📁 package 📦 mailbox 📫 email 📧
phone 📱 computer 💻 keyboard ⌨️ floppy 💾 camera 📷 bell 🔔 no_bell 🔕 loudspeaker 📢
clock 🕒 hourglass ⏳ stopwatch ⏱️ coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine 🍷 cake 🎂
cookie 🍪 pizza 🍕 burger 🍔 fries 🍟 taco 🌮 apple 🍎 banana 🍌 bread 🍞 cheese 🧀 egg 🥚
popcorn 🍿 salad 🥗 sun ☀️ moon 🌙 cloud ☁️ rain 🌧️ snow ❄️ rainbow 🌈 umbrella ☂️
earth 🌍 tree 🌳 flower 🌸 rose 🌹 clover 🍀 dog 🐶 cat 🐱 mouse 🐭 fox 🦊 bear 🐻 panda 🐼
penguin 🐧 bird 🐦 duck 🦆 owl 🦉 crow 🐦‍⬛ horse 🐴 unicorn 🦄 bee 🐝 snail 🐌 turtle 🐢
snake 🐍 fish 🐟 whale 🐳 octopus 🐙 crab 🦀 music 🎵 guitar 🎸 game 🎮 dart 🎯 dice 🎲
flag 🏁 house 🏠 office 🏢 hospital 🏥 school 🏫 money 💰 gem 💎 crown 👑 ring 💍
broken_heart 💔 orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙
purple_heart 💜 black_heart 🖤 recycle ♻️ infinity ♾️ up ⬆️ down ⬇️ left ⬅️
right ➡️ new 🆕 ok 🆗 sos 🆘 zzz 💤
"""
_NAMED: Final = _TABLE.split()
EMOJI: Final = dict(zip(_NAMED[::2], _NAMED[1::2], strict=True))
"""Name to emoji, the best known first."""
QUICK: Final = tuple(EMOJI[name] for name in ("+1", "heart", "joy", "tada", "eyes", "check"))
"""What is offered first for a reaction."""
_COLONS: Final = re.compile(r":([a-z0-9_+-]+):")


def replaced(text: str) -> str:
    """Return `text` with every `:name:` that is known as its emoji; all else stays."""
    return _COLONS.sub(lambda match: EMOJI.get(match[1], match[0]), text)


def found(words: str, limit: int) -> list[tuple[str, str]]:
    """Return names and emoji that begin with `words`, then those that have it inside.

    An emoji of several names comes once, by the first of them that fits.
    """
    wanted = words.strip(":").lower()
    begin = [one for one in EMOJI.items() if one[0].startswith(wanted)]
    inside = [one for one in EMOJI.items() if wanted in one[0][1:]]
    names: dict[str, str] = {}
    for name, emoji in (*begin, *inside):
        names.setdefault(emoji, name)
    return [(name, emoji) for emoji, name in names.items()][:limit]
