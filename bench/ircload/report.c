/* The result: one JSON object on one line. */
#include "ircload.h"

#include <stdio.h>
#include <stdlib.h>

static int compare_u32(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

/* The latencies must be sorted. */
static double quantile_us(double share) {
    if (!load.latency_count) return 0;
    long index = share * load.latency_count;
    if (index >= load.latency_count) index = load.latency_count - 1;
    return load.latencies[index] / 10.0;
}

static void print_text(const char *key, const char *text) {
    printf("\"%s\":\"", key);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    }
    putchar('"');
}

static void print_registration(const struct result *result) {
    double wall_s = (result->register_end.at_ns - result->register_start.at_ns) / 1e9;
    double cpu_s = result->register_end.server_cpu_s - result->register_start.server_cpu_s;
    printf(",\"conns\":%d,\"registered\":%ld,\"reg_wall_s\":%.4f,\"reg_per_s\":%.1f,\"reg_cpu_us\":%.2f",
           load.conn_count, load.registered, wall_s, wall_s > 0 ? load.registered / wall_s : 0,
           load.registered ? cpu_s * 1e6 / load.registered : 0);
}

static void print_memory(const struct result *result) {
    double grown_kib = result->rss_after_kib - result->rss_before_kib;
    printf(",\"rss_before_kib\":%ld,\"rss_after_kib\":%ld,\"kib_per_conn\":%.2f", result->rss_before_kib,
           result->rss_after_kib, load.registered ? grown_kib / load.registered : 0);
}

static void print_traffic(const struct result *result) {
    int is_fanout = options.scenario == SCENARIO_FANOUT;
    if (is_fanout) printf(",\"rooms\":%d,\"people\":%d,\"rate\":%d", options.rooms, options.people, options.rate);
    printf(",\"members\":%d,\"senders\":%d,\"pairs\":%d,\"window\":%d,\"pipe\":%d,\"size\":%d",
           is_fanout ? options.members : 0, is_fanout ? options.senders : 0, is_fanout ? 0 : options.pairs,
           options.window, options.pipe, options.size);
    printf(",\"wall_s\":%.4f,\"sent\":%ld,\"expected\":%ld,\"delivered\":%ld,\"lost\":%ld,\"dup\":%ld"
           ",\"gaps\":%ld,\"foreign\":%ld",
           result->wall_s, load.sent, load.expected, load.delivered, load.expected - load.delivered,
           load.duplicates, load.gaps, load.foreign);
    printf(",\"deliveries_per_s\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f",
           result->wall_s > 0 ? load.delivered / result->wall_s : 0, quantile_us(.5), quantile_us(.99),
           quantile_us(1));
}

static void print_usage(const struct usage *start, const struct usage *end) {
    double cpu_s = end->server_cpu_s - start->server_cpu_s;
    printf(",\"server_cpu_s\":%.4f,\"server_user_s\":%.2f,\"server_sys_s\":%.2f,\"gen_cpu_s\":%.4f", cpu_s,
           end->server_user_s - start->server_user_s, end->server_sys_s - start->server_sys_s,
           end->generator_cpu_s - start->generator_cpu_s);
    if (load.delivered) printf(",\"cpu_us_per_delivery\":%.3f", cpu_s * 1e6 / load.delivered);
}

void print_result(const struct result *result) {
    qsort(load.latencies, load.latency_count, sizeof *load.latencies, compare_u32);
    putchar('{');
    print_text("label", options.label);
    printf(",\"mode\":\"%s\",\"phase\":\"%s\"", options.scenario_name, result->phase);
    print_registration(result);
    print_memory(result);
    if (options.scenario != SCENARIO_CONNECT) print_traffic(result);
    print_usage(&result->start, &result->end);
    printf(",\"disconnects\":%ld,\"nick_errors\":%ld,\"error_lines\":%ld,\"err_numerics\":%ld,",
           load.disconnects, load.nick_errors, load.error_lines, load.error_replies);
    print_text("last_error", load.last_error);
    puts("}");
}
