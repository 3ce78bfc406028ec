/* The connections: non-blocking sockets on one epoll, with what waits to be sent on each. */
#define _GNU_SOURCE
#include "ircload.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_BYTES = 512 * 1024, MAX_EVENTS = 2048, MAX_PARTIAL_BYTES = 65536 };

static int epoll_fd;
static char *read_buffer;   /* one for all connections: a read is parsed before the next begins */
static int *flush_queue, flush_queued;

void conns_init(void) {
    load.conns = calloc(load.conn_count, sizeof *load.conns);
    for (int i = 0; i < load.conn_count; i++) load.conns[i].id = i, load.conns[i].fd = -1;
    flush_queue = calloc(load.conn_count, sizeof *flush_queue);
    read_buffer = malloc(READ_BYTES);
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
}

void note_error(const char *text, int len) {
    if (!load.last_error[0]) snprintf(load.last_error, sizeof load.last_error, "%.*s", len, text);
}

static void kill_conn(struct conn *conn, const char *why) {
    if (conn->fd >= 0) close(conn->fd);
    conn->state = CONN_DEAD;
    load.disconnects++;
    note_error(why, strlen(why));
}

void queue_flush(struct conn *conn) {
    if (conn->is_queued) return;
    conn->is_queued = 1;
    flush_queue[flush_queued++] = conn->id;
}

static void make_room(struct conn *conn, int len) {
    if (conn->out_len + len <= conn->out_cap) return;
    if (conn->out_sent) {
        conn->out_len -= conn->out_sent;
        memmove(conn->out, conn->out + conn->out_sent, conn->out_len);
        conn->out_sent = 0;
    }
    if (conn->out_len + len <= conn->out_cap) return;
    while (conn->out_len + len > conn->out_cap) conn->out_cap = conn->out_cap ? conn->out_cap * 2 : 512;
    conn->out = realloc(conn->out, conn->out_cap);
}

void put_raw(struct conn *conn, const char *bytes, int len) {
    if (conn->state == CONN_DEAD) return;
    make_room(conn, len);
    memcpy(conn->out + conn->out_len, bytes, len);
    conn->out_len += len;
    queue_flush(conn);
}

/* Whole lines, as the connection wants them. */
void put(struct conn *conn, const char *lines, int len) {
    if (options.websocket) websocket_put(conn, lines, len);
    else put_raw(conn, lines, len);
}

static void watch_writable(struct conn *conn, int wants_write) {
    if (conn->wants_write == wants_write) return;
    struct epoll_event event = {.events = EPOLLIN | (wants_write ? EPOLLOUT : 0), .data.u32 = conn->id};
    epoll_ctl(epoll_fd, EPOLL_CTL_MOD, conn->fd, &event);
    conn->wants_write = wants_write;
}

static void flush(struct conn *conn) {
    if (conn->state == CONN_DEAD || conn->state == CONN_CONNECTING) return;
    for (;;) {
        if (options.pipe && load.is_measuring) refill_pipe(conn);
        if (conn->out_sent == conn->out_len) break;
        ssize_t sent = send(conn->fd, conn->out + conn->out_sent, conn->out_len - conn->out_sent, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EAGAIN) watch_writable(conn, 1);
            else kill_conn(conn, "write failed");
            return;
        }
        conn->out_sent += sent;
    }
    conn->out_len = conn->out_sent = 0;
    watch_writable(conn, 0);
}

/* A connection leaves the queue after its flush: a refill inside the flush must not queue it anew. */
void flush_all(void) {
    for (int i = 0; i < flush_queued; i++) {
        struct conn *conn = &load.conns[flush_queue[i]];
        if (!conn->wants_write) flush(conn);
        conn->is_queued = 0;
    }
    flush_queued = 0;
}

static void set_socket_options(int fd) {
    int on = 1;
    struct linger reset = {.l_onoff = 1, .l_linger = 0}; /* close with RST: no TIME_WAIT left for the next run */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

void start_conn(struct conn *conn) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    inet_pton(AF_INET, options.host, &address.sin_addr);
    conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (conn->fd < 0) {
        kill_conn(conn, strerror(errno));
        return;
    }
    set_socket_options(conn->fd);
    if (connect(conn->fd, (struct sockaddr *)&address, sizeof address) < 0 && errno != EINPROGRESS) {
        kill_conn(conn, strerror(errno));
        return;
    }
    conn->state = CONN_CONNECTING;
    conn->wants_write = 1;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.u32 = conn->id};
    epoll_ctl(epoll_fd, EPOLL_CTL_ADD, conn->fd, &event);
}

static void sign_in(struct conn *conn) {
    char line[128], nick[NAME_BYTES];
    conn->state = CONN_REGISTERING;
    nick_of(conn->id, nick);
    put(conn, line, snprintf(line, sizeof line, "NICK %s\r\nUSER u%d 0 * :bench\r\n", nick, conn->id % 1000));
}

static void finish_connect(struct conn *conn, uint32_t events) {
    int error = 0;
    socklen_t error_len = sizeof error;
    getsockopt(conn->fd, SOL_SOCKET, SO_ERROR, &error, &error_len);
    if (error) {
        kill_conn(conn, strerror(error));
        return;
    }
    if (!(events & EPOLLOUT)) return;
    if (options.websocket) {
        conn->state = CONN_UPGRADING;
        websocket_ask(conn);
    } else {
        sign_in(conn);
    }
    flush(conn);
}

static void keep_partial(struct conn *conn, const char *rest, int len) {
    if (len > MAX_PARTIAL_BYTES) {
        kill_conn(conn, "overlong line");
        return;
    }
    if (len > conn->partial_cap) conn->partial = realloc(conn->partial, conn->partial_cap = len + 512);
    if (len) memcpy(conn->partial, rest, len);
    conn->partial_len = len;
}

static void handle_lines(struct conn *conn, char *end) {
    char *line = read_buffer, *newline = read_buffer + conn->partial_len;
    while ((newline = memchr(newline, '\n', end - newline))) {
        int len = newline - line;
        if (len && line[len - 1] == '\r') len--;
        if (len) handle_line(conn, line, len);
        line = ++newline;
    }
    keep_partial(conn, line, end - line);
}

static void handle_frames(struct conn *conn, char *end) {
    char *at = read_buffer;
    int is_refused = 0;
    if (conn->state == CONN_UPGRADING) {
        at = websocket_answered(read_buffer, end, &is_refused);
        if (is_refused) kill_conn(conn, "no WebSocket at /ws");
        else if (!at) keep_partial(conn, read_buffer, end - read_buffer);
        else sign_in(conn);
        if (is_refused || !at) return;
    }
    at = websocket_take(conn, at, end);
    if (at) keep_partial(conn, at, end - at);
    else kill_conn(conn, "closed by the server");
}

static void read_conn(struct conn *conn) {
    int on = 1;
    if (conn->partial_len) memcpy(read_buffer, conn->partial, conn->partial_len);
    char *fresh = read_buffer + conn->partial_len;
    ssize_t received = recv(conn->fd, fresh, READ_BYTES - conn->partial_len, 0);
    if (received < 0 && errno == EAGAIN) return;
    if (received <= 0) {
        kill_conn(conn, received ? strerror(errno) : "closed by the server");
        return;
    }
    load.read_ns = now_ns();
    /* The kernel falls back to delayed acknowledgements by itself: ask anew each time. */
    if (options.quickack) setsockopt(conn->fd, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    if (options.websocket) handle_frames(conn, fresh + received);
    else handle_lines(conn, fresh + received);
}

static void handle_event(struct conn *conn, uint32_t events) {
    if (conn->state == CONN_DEAD) return;
    if (conn->state == CONN_CONNECTING) {
        finish_connect(conn, events);
        return;
    }
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_conn(conn);
    if (conn->state != CONN_DEAD && (events & EPOLLOUT)) flush(conn);
}

/* One round of epoll. Returns the number of sockets that had something to say. */
int turn(int wait_ms) {
    static struct epoll_event events[MAX_EVENTS];
    int is_ping_pong = options.scenario == SCENARIO_DIRECT && options.window == 1 && !options.pipe;
    int count = epoll_wait(epoll_fd, events, MAX_EVENTS, wait_ms);
    for (int i = 0; i < count; i++) {
        handle_event(&load.conns[events[i].data.u32], events[i].events);
        /* With one in flight the next message must not wait for the other sockets of this round:
         * its clock is running. */
        if (is_ping_pong) flush_all();
    }
    if (options.scenario == SCENARIO_FANOUT && load.is_measuring && !options.pipe) refill_room();
    flush_all();
    return count;
}
