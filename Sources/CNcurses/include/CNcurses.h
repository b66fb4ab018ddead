// What Swift cannot reach of ncurses by itself: macros, variables, wide characters, and what has to be safe in a
// signal handler. Wide characters are asked for before curses.h is read; nobody else includes that file.

#ifndef CNCURSES_H
#define CNCURSES_H

#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <stdbool.h>
#include <stdint.h>

/// Why a terminal could not be opened.
typedef enum {
    CURSES_OPENED,
    /// The terminfo database does not know the name.
    CURSES_UNKNOWN,
    /// The terminal cannot move its cursor.
    CURSES_TOO_PLAIN,
} curses_opening;

/// Takes the locale from the environment; true when its characters are UTF-8.
bool curses_take_locale(void);

/// A variable of the environment; NULL when it is not set.
const char *curses_environment(const char *name);

/// Opens the terminal on two file descriptors (which stay the caller's) in the state a full screen program needs:
/// keys at once, no echo, no flow control, no cursor, escape_delay milliseconds for what follows an Escape.
curses_opening curses_open(const char *name, int input, int output, int escape_delay);

/// Gives the terminal back as it was found.
void curses_close(void);

/// Gives the terminal back for a while.
void curses_leave(void);

/// Takes it again after curses_leave, and paints all of it anew.
void curses_return(void);

/// Takes the window's size from the operating system; true when it is another than before.
bool curses_take_size(void);

/// Cells from left to right, and from top to bottom.
int curses_columns(void);
int curses_rows(void);

/// How many colours and colour pairs there are; 0 colours when there are none.
int curses_colours(void);
int curses_pairs(void);

/// Whether -1 may stand for the terminal's own colours.
bool curses_has_own_colours(void);

/// Whether a colour's number is its red, green and blue.
bool curses_has_direct_colours(void);

/// The bits of emphasis.
attr_t curses_attributes(bool bold, bool dim, bool reverse, bool underline);

/// Cells that the C library gives to a character: what ncurses goes by; -1 for what it does not know.
int curses_width(uint32_t scalar);

/// Puts a character with up to three accents (0 for none) in the next picture.
void curses_put(int row, int column, const uint32_t scalars[4], attr_t attributes, int pair);

/// Empties the next picture.
void curses_erase(void);

/// Has all of the next picture sent, not only what changed.
void curses_repaint(void);

/// Sends the next picture, then leaves the cursor on a cell, seen or not.
void curses_show(int row, int column, bool cursor);

/// The next byte or key code that has already been typed; -1 when there is none. Never waits, draws nothing.
int curses_read(void);

/// Whether nobody is at the other end of the terminal any more.
bool curses_is_lost(int input);

/// Stops this process as Ctrl-Z does; returns about when it goes on.
void curses_stop_process(void);

#endif
