#ifndef FERRY_CPROCESS_H
#define FERRY_CPROCESS_H

/* prctl is variadic, which Swift cannot call. Gives 0, or -1 with errno. */
int ferry_forbid_dumps(void);
/* 1 where the process may be dumped and traced, 0 where it may not. */
int ferry_may_be_dumped(void);

#endif
