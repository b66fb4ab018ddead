#define _GNU_SOURCE

#include "CNcurses.h"
#include "crash_guard.h"

#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static WINDOW *keys;
static FILE *from, *to;
static int descriptor = -1;
static bool own_colours;

/// Opens the terminal without letting ncurses take any signal: its handlers are unsafe by its own manual, and it
/// puts the one for SIGTSTP back with every picture. It leaves alone what is not at its default.
static SCREEN *open_quietly(const char *name) {
    static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    enum { count = sizeof signals / sizeof signals[0] };
    struct sigaction owners[count];
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    for (int i = 0; i < count; i++) sigaction(signals[i], &ignore, &owners[i]);
    SCREEN *opened = newterm(name, to, from);
    for (int i = 0; i < count; i++) sigaction(signals[i], &owners[i], NULL);
    return opened;
}

bool curses_take_locale(void) {
    setlocale(LC_ALL, "");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

const char *curses_environment(const char *name) {
    return getenv(name);
}

/// Appends a capability without its padding (`$<5>`), which only ancient terminals wait for.
static size_t append(char *bytes, size_t length, size_t room, const char *capability) {
    if (capability == NULL || capability == (char *)-1) return length;
    for (const char *byte = capability; *byte && length < room; byte++) {
        if (byte[0] == '$' && byte[1] == '<') {
            const char *end = strchr(byte, '>');
            if (end) {
                byte = end;
                continue;
            }
        }
        bytes[length++] = *byte;
    }
    return length;
}

/// Tells the crash guard what brings this terminal back: computed now, since terminfo is not safe in a handler.
static void arm(void) {
    static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm"};
    char bytes[512];
    size_t length = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        length = append(bytes, length, sizeof bytes, tigetstr(names[i]));
    }
    const char *leave = tigetstr("rmcup");
    const char *move = tigetstr("cup");
    if (leave != NULL && leave != (char *)-1) {
        length = append(bytes, length, sizeof bytes, leave);
    } else if (move != NULL && move != (char *)-1) {
        length = append(bytes, length, sizeof bytes, tiparm(move, LINES - 1, 0));
        length = append(bytes, length, sizeof bytes, "\r\n");
    }
    crash_guard_arm(bytes, length);
}

static curses_opening look_up(const char *name, int output) {
    int found = 0;
    if (setupterm(name, output, &found) != OK) return CURSES_UNKNOWN;
    const char *move = tigetstr("cup");
    bool can_move = move != NULL && move != (char *)-1;
    del_curterm(cur_term);
    return can_move ? CURSES_OPENED : CURSES_TOO_PLAIN;
}

static void forget(void) {
    if (keys) delwin(keys);
    if (screen) delscreen(screen);
    if (from) fclose(from);
    if (to) fclose(to);
    keys = NULL;
    screen = NULL;
    from = to = NULL;
}

/// Ctrl-S must not freeze a full screen program.
static void stop_flow_control(void) {
    struct termios settings;
    if (tcgetattr(descriptor, &settings) != 0) return;
    settings.c_iflag &= ~(tcflag_t)IXON;
    tcsetattr(descriptor, TCSANOW, &settings);
    def_prog_mode();
}

curses_opening curses_open(const char *name, int input, int output, int escape_delay) {
    curses_opening found = look_up(name, output);
    if (found != CURSES_OPENED) return found;
    crash_guard_remember(output);
    descriptor = output;
    from = fdopen(dup(input), "r");
    to = fdopen(dup(output), "w");
    screen = from && to ? open_quietly(name) : NULL;
    if (screen == NULL) {
        forget();
        return CURSES_UNKNOWN;
    }
    cbreak();
    noecho();
    nonl();
    stop_flow_control();
    set_escdelay(escape_delay);
    keys = newpad(1, 1);
    keypad(keys, TRUE);
    nodelay(keys, TRUE);
    if (has_colors()) {
        start_color();
        own_colours = use_default_colors() == OK;
    }
    curses_take_size();
    arm();
    return CURSES_OPENED;
}

/// Ends the picture; below it, where the terminal has no second screen to come back from.
static void end_picture(void) {
    const char *leave = tigetstr("rmcup");
    bool stays = leave == NULL || leave == (char *)-1;
    curs_set(1);
    endwin();
    if (stays) dprintf(descriptor, "\r\n");
    crash_guard_disarm();
}

void curses_close(void) {
    if (screen == NULL) return;
    end_picture();
    forget();
}

void curses_leave(void) {
    end_picture();
}

void curses_return(void) {
    arm();
    reset_prog_mode();
    keypad(keys, TRUE);
    clearok(curscr, TRUE);
    refresh();
}

bool curses_take_size(void) {
    struct winsize window;
    if (ioctl(descriptor, TIOCGWINSZ, &window) != 0 || window.ws_row == 0 || window.ws_col == 0) return false;
    if (window.ws_row == LINES && window.ws_col == COLS) return false;
    resizeterm(window.ws_row, window.ws_col);
    return true;
}

int curses_columns(void) { return COLS; }
int curses_rows(void) { return LINES; }
int curses_colours(void) { return has_colors() ? COLORS : 0; }
int curses_pairs(void) { return COLOR_PAIRS; }
bool curses_has_own_colours(void) { return own_colours; }

bool curses_has_direct_colours(void) {
    const char *text = tigetstr("RGB");
    return COLORS > 256 && (tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || (text != NULL && text != (char *)-1));
}

attr_t curses_attributes(bool bold, bool dim, bool reverse, bool underline) {
    return (bold ? A_BOLD : 0) | (dim ? A_DIM : 0) | (reverse ? A_REVERSE : 0) | (underline ? A_UNDERLINE : 0);
}

int curses_width(uint32_t scalar) {
    return wcwidth((wchar_t)scalar);
}

void curses_put(int row, int column, const uint32_t scalars[4], attr_t attributes, int pair) {
    wchar_t text[5] = {(wchar_t)scalars[0], (wchar_t)scalars[1], (wchar_t)scalars[2], (wchar_t)scalars[3], 0};
    cchar_t cell;
    if (setcchar(&cell, text, attributes, 0, &pair) == OK) mvadd_wch(row, column, &cell);
}

void curses_erase(void) { erase(); }
void curses_repaint(void) { clearok(curscr, TRUE); }

void curses_show(int row, int column, bool cursor) {
    curs_set(cursor ? 1 : 0);
    move(row, column);
    wnoutrefresh(stdscr);
    doupdate();
}

int curses_read(void) {
    int key = wgetch(keys);
    return key == ERR ? -1 : key;
}

bool curses_is_lost(int input) {
    struct pollfd waiting = {.fd = input, .events = POLLIN};
    return poll(&waiting, 1, 0) > 0 && (waiting.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

void curses_stop_process(void) {
    kill(getpid(), SIGSTOP);
}
