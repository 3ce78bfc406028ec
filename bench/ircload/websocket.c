/* IRC over WebSocket (RFC 6455, IRCv3 websocket): the handshake, a masked frame for each line that
 * is sent, and whole frames in what is received, each with one line. */
#define _GNU_SOURCE
#include "ircload.h"

#include <stdio.h>
#include <string.h>

enum {
    FIN = 0x80,
    OPCODE = 0x0f,
    OPCODE_TEXT = 0x1,
    OPCODE_CLOSE = 0x8,
    OPCODE_PING = 0x9,
    MASKED = 0x80,
    LENGTH = 0x7f,
    LENGTH_IN_2 = 126,
    LENGTH_IN_8 = 127,
    LONGEST_LINE = 4096,
    HEAD_ROOM = 8 /* 2 bytes, 2 for a longer length, 4 of the mask */
};

/* Any key will do: the server has the same work with each. */
static const uint8_t MASK[4] = {0x37, 0xfa, 0x21, 0x3d};

void websocket_ask(struct conn *conn) {
    char request[512];
    put_raw(conn, request,
            snprintf(request, sizeof request,
                     "GET /ws HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Protocol: text.ircv3.net\r\n\r\n",
                     options.host, options.port));
}

static void put_frame(struct conn *conn, int opcode, const char *payload, int len) {
    char frame[HEAD_ROOM + LONGEST_LINE];
    if (len > LONGEST_LINE) len = LONGEST_LINE;
    int at = 0;
    frame[at++] = (char)(FIN | opcode);
    if (len < LENGTH_IN_2) {
        frame[at++] = (char)(MASKED | len);
    } else {
        frame[at++] = (char)(MASKED | LENGTH_IN_2);
        frame[at++] = (char)(len >> 8);
        frame[at++] = (char)len;
    }
    memcpy(frame + at, MASK, sizeof MASK);
    at += sizeof MASK;
    for (int i = 0; i < len; i++) frame[at + i] = (char)(payload[i] ^ MASK[i & 3]);
    put_raw(conn, frame, at + len);
}

/* Whole lines with their ends become one frame each, without. */
void websocket_put(struct conn *conn, const char *lines, int len) {
    const char *end = lines + len, *newline;
    for (; (newline = memchr(lines, '\n', end - lines)); lines = newline + 1)
        put_frame(conn, OPCODE_TEXT, lines, newline - lines - 1);
}

/* The answer to websocket_ask(). Returns what is behind it, or NULL while it has not come whole;
 * *is_refused tells that it is no upgrade. */
char *websocket_answered(char *at, char *end, int *is_refused) {
    char *rest = memmem(at, end - at, "\r\n\r\n", 4);
    *is_refused = end - at >= 12 && memcmp(at, "HTTP/1.1 101", 12);
    return rest ? rest + 4 : NULL;
}

/* The length of the frame's head, with the payload's in *payload; 0 where it has not come whole. */
static int read_head(const uint8_t *at, long available, long *payload) {
    if (available < 2) return 0;
    int short_length = at[1] & LENGTH, head = short_length == LENGTH_IN_8 ? 10 : short_length == LENGTH_IN_2 ? 4 : 2;
    if (available < head) return 0;
    *payload = short_length;
    if (head == 2) return head;
    *payload = 0;
    for (int i = 2; i < head; i++) *payload = *payload << 8 | at[i];
    return head;
}

/* Hands every whole frame on. Returns where the unfinished one begins, or NULL after a goodbye. */
char *websocket_take(struct conn *conn, char *at, char *end) {
    long payload;
    int head;
    while ((head = read_head((const uint8_t *)at, end - at, &payload)) && end - at >= head + payload) {
        int opcode = at[0] & OPCODE;
        char *text = at + head;
        at = text + payload;
        if (opcode == OPCODE_CLOSE) return NULL;
        if (opcode == OPCODE_PING) put_frame(conn, 0xa, text, payload);
        else handle_line(conn, text, payload);
    }
    return at;
}
