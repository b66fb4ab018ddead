#define _GNU_SOURCE

#include "crash_guard.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <fcntl.h>

static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum { fault_count = sizeof faults / sizeof faults[0] };

static struct sigaction earlier[fault_count];
static struct termios as_found;
static bool is_terminal;
static int terminal = -1;
static char bytes[512];
static volatile size_t byte_count;
static volatile sig_atomic_t armed;

/// What handlers run on, since a thread that has overflowed its own stack has no room for them there.
static char spare_stack[64 * 1024];

/// Where standard error really goes, and the nameless file that has its place meanwhile; -1 when it was left alone.
static int real_error = -1;
static int kept_error = -1;

/// Only calls that are safe in a signal handler.
static void give_back_error(void) {
    if (real_error < 0) return;
    char chunk[1024];
    ssize_t length;
    dup2(real_error, STDERR_FILENO);
    lseek(kept_error, 0, SEEK_SET);
    while ((length = read(kept_error, chunk, sizeof chunk)) > 0) {
        if (write(STDERR_FILENO, chunk, (size_t)length) < 0) break;
    }
    close(kept_error);
    close(real_error);
    real_error = kept_error = -1;
}

/// Only calls that are safe in a signal handler.
static void give_back_terminal(void) {
    if (!__sync_bool_compare_and_swap(&armed, 1, 0)) return;
    if (write(terminal, bytes, byte_count) >= 0 && is_terminal) {
        tcsetattr(terminal, TCSANOW, &as_found);
    }
    give_back_error();
}

/// Dies again of the same signal, so that the exit status tells it, and whoever handled it before gets his turn.
static void die(int signal) {
    give_back_terminal();
    for (int i = 0; i < fault_count; i++) {
        if (faults[i] == signal) sigaction(signal, &earlier[i], NULL);
    }
    raise(signal);
}

/// Gives the calling thread a stack for its handlers, unless it has one already.
static void spare_a_stack(void) {
    stack_t stack;
    if (sigaltstack(NULL, &stack) != 0 || !(stack.ss_flags & SS_DISABLE)) return;
    stack = (stack_t){.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
    sigaltstack(&stack, NULL);
}

static void keep_error(void) {
    if (!isatty(STDERR_FILENO)) return;
    int kept = memfd_create("stderr", MFD_CLOEXEC);
    int real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (kept < 0 || real < 0 || dup2(kept, STDERR_FILENO) < 0) {
        if (kept >= 0) close(kept);
        if (real >= 0) close(real);
        return;
    }
    kept_error = kept;
    real_error = real;
}

void crash_guard_remember(int output) {
    terminal = output;
    is_terminal = tcgetattr(output, &as_found) == 0;
}

void crash_guard_arm(const char *restore, size_t length) {
    byte_count = 0;
    memcpy(bytes, restore, length < sizeof bytes ? length : 0);
    byte_count = length < sizeof bytes ? length : 0;
    if (armed) return;
    keep_error();
    armed = 1;

    static bool installed = false;
    if (installed) return;
    installed = true;
    atexit(give_back_terminal);
    spare_a_stack();
    struct sigaction action = {.sa_handler = die, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < fault_count; i++) sigaction(faults[i], &action, &earlier[i]);
}

void crash_guard_disarm(void) {
    if (!__sync_bool_compare_and_swap(&armed, 1, 0)) return;
    give_back_error();
}
