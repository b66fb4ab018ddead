#ifndef FERRY_CPROCESS_H
#define FERRY_CPROCESS_H

/* prctl is variadic, which Swift cannot call. Gives 0, or -1 with errno. */
int ferry_forbid_dumps(void);
/* Keeps from swap devices each page that is used, now and from now on; those that are not used take no room. Gives 0, or
   -1 with errno. MCL_ONFAULT is not in Glibc's module map. */
int ferry_lock_memory(void);
/* Has the allocator overwrite what is freed, in blocks that it does not keep for the thread (those over 1 KB). Gives
   1, or 0 where it does not know how. */
int ferry_overwrite_freed_memory(void);
/* Has the allocator keep what is freed, up to 256 MiB, for all threads: to get a page anew from the kernel takes longer than
   to fill it. To be called before there is another thread. Gives 1, or 0 where it does not know how. */
int ferry_keep_freed_memory(void);
/* A fault ends the process at once, with nothing of its memory in its last words: the handlers of Swift's runtime show what
   registers point to, and where they cannot start their helper the process stays, dead and not ended. */
void ferry_end_on_faults(void);
/* 1 where the process may be dumped and traced, 0 where it may not. */
int ferry_may_be_dumped(void);

#endif
