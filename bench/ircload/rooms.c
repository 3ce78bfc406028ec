/* The rooms of `fanout`: who is in which, and who speaks there.
 *
 * Room r has the members r * members .. r * members + members - 1, counted around --people; the
 * first --senders of them speak. Sender s is one of them in one room: s / senders is the room. */
#include "ircload.h"

#include <stdio.h>
#include <string.h>

enum { JOIN_LINE_BYTES = 400, LINE_END_BYTES = 2 }; /* a line may have 512 */

void room_name(int room, char out[NAME_BYTES]) { snprintf(out, NAME_BYTES, "%s%d", options.channel, room); }

int room_of(int sender) { return sender / options.senders; }

int conn_of(int sender) {
    long first = (long)room_of(sender) * options.members;
    return (first + sender % options.senders) % options.people;
}

int is_member(const struct conn *conn, int room) {
    long place = (conn->id - (long)room * options.members) % options.people;
    return (place < 0 ? place + options.people : place) < options.members;
}

static void put_join(struct conn *conn, char *line, int len) {
    memcpy(line + len, "\r\n", LINE_END_BYTES);
    put(conn, line, len + LINE_END_BYTES);
}

void join_rooms(struct conn *conn) {
    char line[JOIN_LINE_BYTES + NAME_BYTES + LINE_END_BYTES + 1], name[NAME_BYTES];
    int len = 0;
    conn->state = CONN_JOINING;
    for (int room = 0; room < options.rooms; room++) {
        if (!is_member(conn, room)) continue;
        conn->joins_left++;
        room_name(room, name);
        len += snprintf(line + len, sizeof line - len, "%s%s", len ? "," : "JOIN ", name);
        if (len < JOIN_LINE_BYTES) continue;
        put_join(conn, line, len);
        len = 0;
    }
    if (len) put_join(conn, line, len);
    if (conn->joins_left) return;
    conn->state = CONN_JOINED;
    load.joined++;
}

void note_joined(struct conn *conn) {
    if (--conn->joins_left) return;
    conn->state = CONN_JOINED;
    load.joined++;
}
