/* The command line: one table row per option. */
#include "ircload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Servers cut lines at 512 bytes, prefix and target included. */
#define MAX_TEXT_BYTES 380

struct options options = {
    .host = "127.0.0.1",
    .label = "",
    .channel = "#bench",
    .nick_prefix = "b",
    .port = 6667,
    .clients = 100,
    .members = 50,
    .senders = 1,
    .rooms = 1,
    .pairs = 100,
    .messages = 1000,
    .size = 100,
    .window = 1,
    .connect_inflight = 64,
    .join_inflight = 16,
    .timeout_s = 60,
    .stall_s = 5,
};

enum kind { KIND_FLAG, KIND_INT, KIND_SECONDS, KIND_TEXT };

static const struct {
    const char *name;
    enum kind kind;
    void *value;
} TABLE[] = {
    {"--host", KIND_TEXT, &options.host},
    {"--port", KIND_INT, &options.port},
    {"--clients", KIND_INT, &options.clients},
    {"--members", KIND_INT, &options.members},
    {"--senders", KIND_INT, &options.senders},
    {"--rooms", KIND_INT, &options.rooms},
    {"--people", KIND_INT, &options.people},
    {"--pairs", KIND_INT, &options.pairs},
    {"--msgs", KIND_INT, &options.messages},
    {"--window", KIND_INT, &options.window},
    {"--rate", KIND_INT, &options.rate},
    {"--size", KIND_INT, &options.size},
    {"--pipe", KIND_FLAG, &options.pipe},
    {"--quickack", KIND_FLAG, &options.quickack},
    {"--websocket", KIND_FLAG, &options.websocket},
    {"--server-pid", KIND_INT, &options.server_pid},
    {"--inflight", KIND_INT, &options.connect_inflight},
    {"--join-inflight", KIND_INT, &options.join_inflight},
    {"--timeout", KIND_SECONDS, &options.timeout_s},
    {"--stall", KIND_SECONDS, &options.stall_s},
    {"--hold", KIND_INT, &options.hold_s},
    {"--nick", KIND_TEXT, &options.nick_prefix},
    {"--chan", KIND_TEXT, &options.channel},
    {"--label", KIND_TEXT, &options.label},
};
enum { TABLE_ROWS = sizeof TABLE / sizeof TABLE[0] };

static _Noreturn void usage_error(const char *problem, const char *subject) {
    fprintf(stderr, "ircload: %s %s\nusage: ircload connect|fanout|direct", problem, subject);
    for (int i = 0; i < TABLE_ROWS; i++)
        fprintf(stderr, " [%s%s]", TABLE[i].name, TABLE[i].kind == KIND_FLAG ? "" : " VALUE");
    fputc('\n', stderr);
    exit(2);
}

static int row_named(const char *name) {
    for (int i = 0; i < TABLE_ROWS; i++)
        if (!strcmp(TABLE[i].name, name)) return i;
    usage_error("unknown option", name);
}

static void parse_scenario(const char *name) {
    options.scenario_name = name;
    if (!strcmp(name, "connect")) options.scenario = SCENARIO_CONNECT;
    else if (!strcmp(name, "fanout")) options.scenario = SCENARIO_FANOUT;
    else if (!strcmp(name, "direct")) options.scenario = SCENARIO_DIRECT;
    else usage_error("unknown scenario", name);
}

static void set_value(int row, const char *text) {
    switch (TABLE[row].kind) {
    case KIND_FLAG: break;
    case KIND_INT: *(int *)TABLE[row].value = atoi(text); break;
    case KIND_SECONDS: *(double *)TABLE[row].value = atof(text); break;
    case KIND_TEXT: *(const char **)TABLE[row].value = text; break;
    }
}

void parse_options(int argc, char **argv) {
    if (argc < 2) usage_error("missing", "scenario");
    parse_scenario(argv[1]);
    for (int i = 2; i < argc; i++) {
        int row = row_named(argv[i]);
        if (TABLE[row].kind == KIND_FLAG) {
            *(int *)TABLE[row].value = 1;
            continue;
        }
        if (i + 1 >= argc) usage_error("missing value for", argv[i]);
        set_value(row, argv[++i]);
    }
    if (options.size > MAX_TEXT_BYTES) options.size = MAX_TEXT_BYTES;
    if (options.senders > options.members) options.senders = options.members;
    if (options.people < options.members) options.people = options.members;
}
