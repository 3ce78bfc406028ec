/* What the parts of ircload share: the options, one connection, the counters of one run. */
#ifndef IRCLOAD_H
#define IRCLOAD_H

#include <stddef.h>
#include <stdint.h>

enum { NAME_BYTES = 64 }; /* a nick or a channel, with its end */

enum scenario { SCENARIO_CONNECT, SCENARIO_FANOUT, SCENARIO_DIRECT };

struct options {
    enum scenario scenario;
    const char *scenario_name, *host, *label, *channel, *nick_prefix;
    int port, server_pid;
    int clients, members, senders, pairs;   /* who takes part */
    int rooms, people;                      /* in fanout: how many rooms; of whom their members are */
    int messages, size, window, pipe, rate; /* messages per sender, bytes of text, how hard */
    int connect_inflight, join_inflight;    /* how many at once while setting up */
    int hold_s, quickack;
    int websocket;                          /* IRC over WebSocket, at /ws */
    double timeout_s, stall_s;              /* the whole run; silence in the measured part */
};
extern struct options options;

enum conn_state {
    CONN_NEW,
    CONN_CONNECTING,
    CONN_UPGRADING,         /* with --websocket: the handshake is under way */
    CONN_REGISTERING,
    CONN_READY,
    CONN_JOINING,
    CONN_JOINED,
    CONN_DEAD
};

struct conn {
    int fd, id;
    enum conn_state state;
    char *partial;          /* the unfinished line at the end of the last read */
    int partial_len, partial_cap;
    int joins_left;         /* rooms whose list of members has not come */
    char *out;              /* bytes out[out_sent .. out_len) wait to be sent */
    int out_len, out_sent, out_cap;
    char is_queued;         /* stands in the queue that flush_all() works through */
    char wants_write;       /* EPOLLOUT is armed: the socket's buffer is full */
};

/* Everything counted during a run. Latencies are in tenths of a microsecond. */
struct load {
    struct conn *conns;
    int conn_count, sender_count;
    int is_measuring;
    uint64_t started_ns, measured_ns; /* the start of the run, and of its measured part */
    uint64_t read_ns;       /* when the bytes now being parsed were read */
    long registered, joined, disconnects, nick_errors, error_lines, error_replies;
    long total_messages, expected, sent, delivered, duplicates, gaps, foreign, warmups_seen;
    int outstanding;        /* fanout: messages not yet seen by every member */
    uint32_t *outstanding_of;   /* direct: the same for each pair */
    uint32_t *sent_by;      /* next sequence number of each sender */
    uint32_t *expected_seq; /* next sequence number [receiver][sender] or [pair] */
    uint32_t *arrivals;     /* fanout: how many members have message [sender][seq] */
    uint32_t *latencies;
    long latency_count;
    char last_error[200];
};
extern struct load load;

/* options.c: exits with status 2 on a usage error. */
void parse_options(int argc, char **argv);

/* conn.c */
void conns_init(void);
void start_conn(struct conn *conn);
void put(struct conn *conn, const char *lines, int len);
void put_raw(struct conn *conn, const char *bytes, int len);
void queue_flush(struct conn *conn);
void flush_all(void);
int turn(int wait_ms);
void note_error(const char *text, int len);

/* websocket.c */
void websocket_ask(struct conn *conn);
void websocket_put(struct conn *conn, const char *lines, int len);
char *websocket_answered(char *at, char *end, int *is_refused);
char *websocket_take(struct conn *conn, char *at, char *end);

/* line.c */
void handle_line(struct conn *conn, const char *line, int len);

/* rooms.c */
void room_name(int room, char out[NAME_BYTES]);
int room_of(int sender);
int conn_of(int sender);
int is_member(const struct conn *conn, int room);
void join_rooms(struct conn *conn);
void note_joined(struct conn *conn);

/* traffic.c */
void traffic_init(void);
void nick_of(int id, char out[NAME_BYTES]);
int send_warmups(void);
void start_traffic(void);
void refill_room(void);
void refill_pipe(struct conn *conn);
void receive_text(struct conn *conn, const char *text, int len);

/* usage.c */
struct usage {
    uint64_t at_ns;
    double server_cpu_s, server_user_s, server_sys_s, generator_cpu_s;
};
uint64_t now_ns(void);
struct usage usage_now(void);
long server_rss_kib(void);

/* report.c */
struct result {
    const char *phase;                      /* "done", or where the run ended */
    struct usage register_start, register_end;
    struct usage start, end;                /* around the measured part */
    double wall_s;
    long rss_before_kib, rss_after_kib;
};
void print_result(const struct result *result);

#endif
