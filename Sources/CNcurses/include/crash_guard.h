// Gives the terminal back when the process dies of its own fault or calls exit, and keeps standard error off the
// screen meanwhile. See notes on async-signal-safety in signal-safety(7).

#ifndef CRASH_GUARD_H
#define CRASH_GUARD_H

#include <stddef.h>

/// Remembers how the terminal on this descriptor is set now, before ncurses changes it.
void crash_guard_remember(int output);

/// From now on the terminal is ours: a crash writes these bytes to it, and sets it as remembered. Also takes
/// standard error if that is a terminal: what is written there is kept. An overflow of the stack is such a crash in the
/// thread that first calls this; in another one it is only if that thread has an alternate signal stack.
void crash_guard_arm(const char *restore, size_t length);

/// The terminal is its owner's again; what was written to standard error comes out now.
void crash_guard_disarm(void);

#endif
