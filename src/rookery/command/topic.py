"""TOPIC: what a room is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery.command import names
from rookery.command.join import tell_topic
from rookery.command.row import Command
from rookery.core.access import check_is_member, check_may_set_topic, is_visible
from rookery.core.events import TopicSet
from rookery.deliver.records import kept_state, undo_of
from rookery.wire import numerics as num
from rookery.wire.cut import cut

if TYPE_CHECKING:
    from rookery.command.call import Call


def topic(call: Call) -> None:
    """Show the topic, or set it; an empty one clears it."""
    room = names.room(call.node, call.params[0])
    user = call.user
    if len(call.params) == 1:
        if not is_visible(room, user):
            check_is_member(room, user)
        if room.topic:
            tell_topic(call, room)
        else:
            call.reply(num.RPL_NOTOPIC, room.name, "No topic is set")
        return
    check_may_set_topic(room, user)
    before = kept_state(room)
    text = cut(call.params[1], call.node.rules.topic_max_bytes)
    call.emit(TopicSet(room, user.source, text, call.now_ms, user.account))
    call.on_store_failure(room.name, undo_of(room, before, call.node.epoch))


COMMANDS: Final = (
    Command(
        "TOPIC",
        topic,
        1,
        "TOPIC <#room> [:text]",
        "Show or set what the room is about.",
        "RFC 2812 §3.2.4",
    ),
)
