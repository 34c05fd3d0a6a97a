#include "inspect/confine.hpp"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>

namespace inspect {
namespace {

constexpr rlim_t memory = rlim_t{512} << 20;
constexpr unsigned cpu_seconds = 10, seconds = 20;

bool limit(int resource, rlim_t most) {
  const rlimit l{most, most};
  return ::setrlimit(static_cast<__rlimit_resource>(resource), &l) == 0;
}

bool allow_little() {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (!filter) return false;
  bool fine = true;
  for (const int call : {SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(mmap), SCMP_SYS(munmap),
                         SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(getrandom),
                         SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)})
    fine = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0 && fine;
  // Libraries look for translations of what they complain about: they do not find any.
  fine = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 0) == 0 && fine;
  fine = fine && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return fine;
}

}  // namespace

bool confine() {
  ::alarm(seconds);  // of the wall clock
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
         ::close_range(STDERR_FILENO + 1, ~0U, 0) == 0 && limit(RLIMIT_CPU, cpu_seconds) && limit(RLIMIT_AS, memory) &&
         limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) &&
         allow_little();
}

}  // namespace inspect
