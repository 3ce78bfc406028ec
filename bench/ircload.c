/* ircload: a load generator for IRC servers; one thread, one epoll.
 *
 *   cc -O2 -o ircload ircload.c ircload/[a-z]*.c
 *   ircload connect --port 6667 --clients 5000 --server-pid PID
 *   ircload fanout  --port 6667 --members 500 --senders 4 --msgs 100 --window 64
 *   ircload direct  --port 6667 --pairs 100 --msgs 1000 --window 32
 *
 * Scenarios
 *   connect  registers --clients connections, at most --inflight at a time, keeps them idle for
 *            --hold seconds, and reports the rate, the server's CPU per registration and how much
 *            its resident memory grew per connection.
 *   fanout   puts --members connections into one room; --senders of them send --msgs each.
 *            One message makes members - 1 deliveries. Its latency ends at the last member.
 *            With --rooms all is done in each room; their members are drawn in turn from --people
 *            connections, and who is drawn for none is silent.
 *   direct   --pairs senders each send --msgs private messages to a receiver of their own.
 *
 * How hard it pushes
 *   --window N   messages in flight: in fanout over all senders, until every member has them; in
 *                direct for each pair. 1 measures latency, more measures throughput.
 *   --rate N     in fanout instead of a window: N messages a second in all, whatever comes back.
 *   --pipe       no window: write as fast as the sockets take it.
 *   --websocket  IRC over WebSocket at /ws, instead of lines over TCP.
 *   --quickack   acknowledge every read at once. Hides the 40 ms that a server without TCP_NODELAY
 *                waits otherwise (Nagle's algorithm meeting the delayed acknowledgement).
 *
 * What must stay true: every message carries its sender, number and time, and every receiver checks
 * that each sender's numbers arrive complete, once and in order. A fast server that loses, doubles
 * or reorders anything ends with status 1.
 *
 * Prints exactly one JSON line. The server's CPU is its process clock (all threads), from the first
 * measured send to the last delivery.
 */
#define _GNU_SOURCE
#include "ircload/ircload.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum { POLL_MS = 50, PACED_POLL_MS = 1, WARMUP_TIMEOUT_S = 20 };

struct load load;

static double seconds_since(uint64_t start_ns) { return (now_ns() - start_ns) / 1e9; }

static int is_expired(void) { return seconds_since(load.started_ns) > options.timeout_s; }

static void raise_fd_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit)) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int conns_needed(void) {
    switch (options.scenario) {
    case SCENARIO_FANOUT: return options.people;
    case SCENARIO_DIRECT: return options.pairs * 2;
    default: return options.clients;
    }
}

static int register_all(void) {
    int started = 0;
    while (load.registered + load.disconnects < load.conn_count) {
        while (started < load.conn_count && started - load.registered - load.disconnects < options.connect_inflight)
            start_conn(&load.conns[started++]);
        turn(POLL_MS);
        if (is_expired()) return 0;
    }
    return load.registered == load.conn_count;
}

static int join_all(void) {
    int started = 0;
    while (load.joined + load.disconnects < load.conn_count) {
        while (started < load.conn_count && started - load.joined - load.disconnects < options.join_inflight) {
            struct conn *conn = &load.conns[started++];
            if (conn->state == CONN_DEAD) continue;
            join_rooms(conn);
        }
        flush_all();
        turn(POLL_MS);
        if (is_expired()) return 0;
    }
    return load.joined == load.conn_count;
}

static int warm_up(void) {
    uint64_t start_ns = now_ns();
    int wanted = send_warmups();
    while (load.warmups_seen < wanted && !is_expired() && seconds_since(start_ns) < WARMUP_TIMEOUT_S) turn(POLL_MS);
    return load.warmups_seen >= wanted;
}

static void stay_idle(void) {
    uint64_t start_ns = now_ns();
    while (seconds_since(start_ns) < (options.hold_s ? options.hold_s : 1)) turn(POLL_MS);
}

/* Until all is delivered, or nothing has been for --stall seconds. Returns how it ended; *last_ns is
 * the time of the last delivery. */
static const char *exchange(uint64_t *last_ns) {
    long delivered_before = 0;
    *last_ns = now_ns();
    load.is_measuring = 1;
    load.measured_ns = *last_ns;
    start_traffic();
    while (load.delivered < load.expected) {
        turn(options.rate && load.sent < load.total_messages ? PACED_POLL_MS : POLL_MS);
        uint64_t now = now_ns();
        if (load.delivered != delivered_before) {
            delivered_before = load.delivered;
            *last_ns = now;
        } else if (now - *last_ns > options.stall_s * 1e9) {
            return "stalled";
        }
        if (is_expired()) return "timeout";
    }
    return "done";
}

static void measure_traffic(struct result *result) {
    uint64_t last_ns;
    if (options.scenario == SCENARIO_FANOUT && !join_all()) {
        result->phase = "join";
        return;
    }
    if (!warm_up()) {
        result->phase = "warmup";
        return;
    }
    load.last_error[0] = 0;
    result->rss_after_kib = server_rss_kib();
    result->start = usage_now();
    result->phase = exchange(&last_ns);
    result->end = usage_now();
    result->wall_s = (last_ns - result->start.at_ns) / 1e9;
}

static void run(struct result *result) {
    load.started_ns = now_ns();
    result->rss_before_kib = server_rss_kib();
    result->start = result->register_start = usage_now();
    int is_registered = register_all();
    result->end = result->register_end = usage_now();
    result->wall_s = (result->end.at_ns - result->start.at_ns) / 1e9;
    result->phase = is_registered ? "done" : "register";
    if (options.scenario == SCENARIO_CONNECT) {
        stay_idle();
        result->rss_after_kib = server_rss_kib();
    } else if (is_registered) {
        measure_traffic(result);
    }
}

int main(int argc, char **argv) {
    struct result result = {0};
    parse_options(argc, argv);
    load.conn_count = conns_needed();
    raise_fd_limit();
    traffic_init();
    conns_init();
    run(&result);
    print_result(&result);
    int is_flawless = load.delivered == load.expected && !load.gaps && !load.duplicates && !load.foreign;
    return strcmp(result.phase, "done") || !is_flawless;
}
