#include "CProcess.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/prctl.h>

int ferry_forbid_dumps(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int ferry_lock_memory(void) { return mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT); }

int ferry_overwrite_freed_memory(void) { return mallopt(M_PERTURB, 0xff); }

int ferry_may_be_dumped(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
