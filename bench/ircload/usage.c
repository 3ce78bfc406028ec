/* What the run costs: the server's and the generator's processor time, the server's memory. */
#define _GNU_SOURCE
#include "ircload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static double clock_s(clockid_t clock) {
    struct timespec t;
    if (clock_gettime(clock, &t)) return 0;
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* Nanoseconds, all threads; /proc/PID/stat has only hundredths of a second. */
static double server_cpu_s(void) {
    clockid_t clock;
    if (!options.server_pid || clock_getcpuclockid(options.server_pid, &clock)) return 0;
    return clock_s(clock);
}

/* How that time splits into user and kernel: coarse, but nothing else tells it. */
static void server_split_s(double *user_s, double *sys_s) {
    char path[64], text[2048];
    unsigned long user_ticks = 0, sys_ticks = 0;
    *user_s = *sys_s = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", options.server_pid);
    FILE *file = options.server_pid ? fopen(path, "r") : NULL;
    if (!file) return;
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = 0;
    const char *after_name = strrchr(text, ')'); /* the name itself may hold spaces */
    if (!after_name) return;
    sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user_ticks, &sys_ticks);
    *user_s = user_ticks / (double)sysconf(_SC_CLK_TCK);
    *sys_s = sys_ticks / (double)sysconf(_SC_CLK_TCK);
}

struct usage usage_now(void) {
    struct usage usage = {.at_ns = now_ns(), .server_cpu_s = server_cpu_s()};
    server_split_s(&usage.server_user_s, &usage.server_sys_s);
    usage.generator_cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID);
    return usage;
}

long server_rss_kib(void) {
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", options.server_pid);
    FILE *file = options.server_pid ? fopen(path, "r") : NULL;
    if (!file) return 0;
    while (fgets(line, sizeof line, file))
        if (!strncmp(line, "VmRSS:", 6)) kib = atol(line + 6);
    fclose(file);
    return kib;
}
