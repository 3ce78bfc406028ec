/* One line from the server: what the set-up waits for, what must be answered, what is a message.
 *
 * No capability is negotiated, but tags and prefixes are skipped where a server sends them. */
#define _GNU_SOURCE
#include "ircload.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int starts_with(const char *at, const char *end, const char *word) {
    size_t len = strlen(word);
    return (size_t)(end - at) >= len && !memcmp(at, word, len);
}

/* The start of the next word, or NULL where the line ends before it. */
static const char *after_word(const char *at, const char *end) {
    at = memchr(at, ' ', end - at);
    while (at && at < end && *at == ' ') at++;
    return at;
}

static void answer_ping(struct conn *conn, const char *at, const char *end) {
    char pong[600];
    int token_len = end - at - 4 > 500 ? 500 : (int)(end - at - 4);
    put(conn, pong, snprintf(pong, sizeof pong, "PONG%.*s\r\n", token_len, at + 4));
}

static void handle_privmsg(struct conn *conn, const char *at, const char *end) {
    at = after_word(at + strlen("PRIVMSG "), end);
    if (!at) return;
    if (at < end && *at == ':') at++;
    receive_text(conn, at, end - at);
}

/* Registration ends with the message of the day (376) or its absence (422), a join with 366. */
static int advances_set_up(struct conn *conn, const char *at, const char *end) {
    if (conn->state == CONN_REGISTERING) {
        if (starts_with(at, end, "376") || starts_with(at, end, "422")) {
            conn->state = CONN_READY;
            load.registered++;
            return 1;
        }
        if (starts_with(at, end, "433") || starts_with(at, end, "432")) {
            load.nick_errors++;
            note_error(at, end - at);
            return 1;
        }
    } else if (conn->state == CONN_JOINING && starts_with(at, end, "366")) {
        note_joined(conn);
        return 1;
    }
    return 0;
}

static int is_refusal(const char *at, const char *end) {
    if (starts_with(at, end, "FAIL ")) return 1;
    return end - at > 4 && at[0] == '4' && isdigit((unsigned char)at[1]) && at[3] == ' ';
}

void handle_line(struct conn *conn, const char *line, int len) {
    const char *at = line, *end = line + len;
    if (at < end && *at == '@') at = after_word(at, end);
    if (at && at < end && *at == ':') at = after_word(at, end);
    if (!at) return;
    if (starts_with(at, end, "PRIVMSG ")) handle_privmsg(conn, at, end);
    else if (starts_with(at, end, "PING")) answer_ping(conn, at, end);
    else if (starts_with(at, end, "ERROR")) {
        load.error_lines++;
        note_error(at, end - at);
    } else if (!advances_set_up(conn, at, end) && is_refusal(at, end)) {
        load.error_replies++;
        note_error(at, end - at);
    }
}
