/* The messages: what is sent when, and the proof that each arrives once and in order.
 *
 * A text is '~', then in hexadecimal the sender (4 digits), its sequence number (8) and the time of
 * sending in ns (16), then padding up to --size. So a receiver needs no table of what was sent. */
#define _GNU_SOURCE
#include "ircload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SENDER_DIGITS = 4,
    SEQ_DIGITS = 8,
    TIME_DIGITS = 16,
    HEADER_BYTES = 1 + SENDER_DIGITS + SEQ_DIGITS + TIME_DIGITS,
    WARMUP_SENDER = 0xffff,
    PIPE_AHEAD_BYTES = 65536, /* enough that a full socket, not this program, sets the pace */
};

static char padding[512];
static int8_t hex_value[256];
static const char HEX_DIGITS[] = "0123456789abcdef";

static uint32_t *zeroed(size_t count) { return calloc(count ? count : 1, sizeof(uint32_t)); }

void traffic_init(void) {
    int is_fanout = options.scenario == SCENARIO_FANOUT, is_direct = options.scenario == SCENARIO_DIRECT;
    load.sender_count = is_fanout ? options.senders * options.rooms : is_direct ? options.pairs : 0;
    load.total_messages = (long)load.sender_count * options.messages;
    load.expected = is_fanout ? load.total_messages * (options.members - 1) : load.total_messages;
    load.sent_by = zeroed(load.sender_count);
    load.outstanding_of = zeroed(load.sender_count);
    load.expected_seq = zeroed((size_t)(is_fanout ? options.people : 1) * load.sender_count);
    load.arrivals = zeroed(is_fanout ? load.total_messages : 0);
    load.latencies = zeroed(load.total_messages);
    memset(hex_value, -1, sizeof hex_value);
    for (int i = 0; i < 16; i++) hex_value[(uint8_t)HEX_DIGITS[i]] = i;
    memset(padding, 'x', sizeof padding);
    padding[0] = ' ';
}

void nick_of(int id, char out[NAME_BYTES]) { snprintf(out, NAME_BYTES, "%s%05d", options.nick_prefix, id); }

static char *write_hex(char *out, uint64_t value, int digits) {
    for (int i = digits - 1; i >= 0; i--) out[i] = HEX_DIGITS[value & 15], value >>= 4;
    return out + digits;
}

static int read_hex(const char *text, int digits, uint64_t *value) {
    uint64_t result = 0;
    for (int i = 0; i < digits; i++) {
        int digit = hex_value[(uint8_t)text[i]];
        if (digit < 0) return 0;
        result = result << 4 | digit;
    }
    *value = result;
    return 1;
}

static void emit(struct conn *conn, const char *target, int sender, uint32_t seq, uint64_t at_ns) {
    char line[1024];
    char *out = line + sprintf(line, "PRIVMSG %s :~", target);
    out = write_hex(out, sender, SENDER_DIGITS);
    out = write_hex(out, seq, SEQ_DIGITS);
    out = write_hex(out, at_ns, TIME_DIGITS);
    if (options.size > HEADER_BYTES) out = mempcpy(out, padding, options.size - HEADER_BYTES);
    out = mempcpy(out, "\r\n", 2);
    put(conn, line, out - line);
    load.sent++;
}

/* In `direct`, conns [0, pairs) send and conns [pairs, 2 * pairs) receive. */
static void target_of(int sender, char out[NAME_BYTES]) {
    if (options.scenario == SCENARIO_FANOUT) room_name(room_of(sender), out);
    else nick_of(options.pairs + sender, out);
}

static struct conn *mouth_of(int sender) {
    return &load.conns[options.scenario == SCENARIO_FANOUT ? conn_of(sender) : sender];
}

/* Returns how many will arrive. They are not counted; that they arrive proves two things: all can
 * be reached, and what the joins caused has drained. */
int send_warmups(void) {
    int is_fanout = options.scenario == SCENARIO_FANOUT, step = is_fanout ? options.senders : 1;
    char target[NAME_BYTES];
    for (int i = 0; i < load.sender_count; i += step) {
        target_of(i, target);
        emit(mouth_of(i), target, WARMUP_SENDER, 0, 0);
    }
    flush_all();
    load.sent = 0;
    return is_fanout ? options.rooms * (options.members - 1) : options.pairs;
}

static void emit_next(int sender, uint64_t at_ns) {
    char target[NAME_BYTES];
    target_of(sender, target);
    emit(mouth_of(sender), target, sender, load.sent_by[sender]++, at_ns);
}

static int is_exhausted(int sender) { return load.sent_by[sender] >= (uint32_t)options.messages; }

/* Whether another message is due now, by the pace or by what is in flight. */
static int is_room_due(void) {
    if (load.sent >= load.total_messages) return 0;
    if (!options.rate) return load.outstanding < options.window;
    return load.sent < (now_ns() - load.measured_ns) / 1e9 * options.rate;
}

/* The senders take turns, so that no two messages in flight need be from one of them. */
void refill_room(void) {
    static int turn_of;
    while (is_room_due()) {
        int sender = turn_of;
        turn_of = (turn_of + 1) % load.sender_count;
        if (is_exhausted(sender)) continue;
        emit_next(sender, now_ns());
        load.outstanding++;
    }
}

static void refill_pair(int pair) {
    while (load.outstanding_of[pair] < (uint32_t)options.window && !is_exhausted(pair)) {
        emit_next(pair, now_ns());
        load.outstanding_of[pair]++;
    }
}

/* In `direct` alone, where a sender's number is its connection's. */
void refill_pipe(struct conn *conn) {
    if (conn->id >= load.sender_count) return;
    uint64_t at_ns = now_ns();
    while (conn->out_len - conn->out_sent < PIPE_AHEAD_BYTES && !is_exhausted(conn->id)) emit_next(conn->id, at_ns);
}

void start_traffic(void) {
    if (options.pipe)
        for (int i = 0; i < load.sender_count; i++) queue_flush(&load.conns[i]);
    else if (options.scenario == SCENARIO_FANOUT) refill_room();
    else
        for (int i = 0; i < options.pairs; i++) refill_pair(i);
    flush_all();
}

static void note_latency(uint64_t sent_ns) { load.latencies[load.latency_count++] = (load.read_ns - sent_ns) / 100; }

/* Whether this arrival counts: not a second copy. A jump ahead counts, and is noted as a gap. */
static int is_first_copy(uint32_t *expected_seq, uint64_t seq) {
    if (seq < *expected_seq) {
        load.duplicates++;
        return 0;
    }
    if (seq > *expected_seq) load.gaps++;
    *expected_seq = seq + 1;
    load.delivered++;
    return 1;
}

static void receive_in_room(struct conn *conn, int sender, uint64_t seq, uint64_t sent_ns) {
    if (!is_first_copy(&load.expected_seq[(size_t)conn->id * load.sender_count + sender], seq)) return;
    if (++load.arrivals[(size_t)sender * options.messages + seq] < (uint32_t)options.members - 1) return;
    note_latency(sent_ns);
    load.outstanding--;
}

static void receive_in_pair(int pair, uint64_t seq, uint64_t sent_ns) {
    if (!is_first_copy(&load.expected_seq[pair], seq)) return;
    note_latency(sent_ns);
    if (options.pipe) return;
    load.outstanding_of[pair]--;
    refill_pair(pair);
}

/* A room must not echo to the sender, a private message must reach its own receiver only. */
static int is_addressed_to(const struct conn *conn, uint64_t sender) {
    if (sender >= (uint64_t)load.sender_count) return 0;
    if (options.scenario == SCENARIO_FANOUT) return is_member(conn, room_of(sender)) && conn->id != conn_of(sender);
    return conn->id == options.pairs + (int)sender;
}

void receive_text(struct conn *conn, const char *text, int len) {
    uint64_t sender, seq, sent_ns;
    const char *digits = text + 1;
    if (len < HEADER_BYTES || text[0] != '~' || !read_hex(digits, SENDER_DIGITS, &sender) ||
        !read_hex(digits + SENDER_DIGITS, SEQ_DIGITS, &seq) ||
        !read_hex(digits + SENDER_DIGITS + SEQ_DIGITS, TIME_DIGITS, &sent_ns)) {
        load.foreign++;
        return;
    }
    if (sender == WARMUP_SENDER) load.warmups_seen++;
    else if (!is_addressed_to(conn, sender) || seq >= (uint64_t)options.messages) load.foreign++;
    else if (options.scenario == SCENARIO_FANOUT) receive_in_room(conn, sender, seq, sent_ns);
    else receive_in_pair(sender, seq, sent_ns);
}
