/*
 * Loaded before libc (LD_PRELOAD) by the tests of the disk. Sees each write, cut and sync of the files below DISK_FOLDER:
 * - appends it to the file DISK_RECORD, with what is written to standard output, so that crash images can be built from it;
 * - does what the file DISK_CONTROL says, in 64-bit numbers that can be changed while it runs: one call fails with an I/O error, when a countdown
 *   reaches zero, and only calls of one kind are counted down, if one is named; all that change something fail, with this error; each sync takes so
 *   many microseconds longer; a sync that fails kills the program. After these it counts how many calls of each kind have failed.
 * As on Linux, a sync that fails is told to each file handle once, and what was written until then may never reach the disk ("lost" in the record),
 * although it can still be read.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

static int record = -1;
static volatile int64_t *control = NULL;
enum { COUNTDOWN, ALWAYS, SLOWER, ONLY, KILLS, FAILED };
/* 0 in ONLY means all of them. */
enum kind { READ = 1, LOCK, WRITE, CUT, SYNC, KINDS };
#define NUMBERS (FAILED + KINDS - 1)
static const char *folder = NULL;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void start(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  folder = getenv("DISK_FOLDER");
  const char *to = getenv("DISK_RECORD");
  if (to != NULL) record = open(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const char *named = getenv("DISK_CONTROL");
  if (named == NULL) return;
  int file = open(named, O_RDWR | O_CLOEXEC);
  void *mapped = mmap(NULL, NUMBERS * sizeof(int64_t), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) control = mapped;
}

/* The name of the file below the folder; NULL for all others. */
static const char *name_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = folder == NULL ? -1 : readlink(link, path, size - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  size_t below = strlen(folder);
  if (strncmp(path, folder, below) != 0 || path[below] != '/') return NULL;
  return strstr(path, ".sqlite") == NULL || strstr(path, "-shm") != NULL ? NULL : path + below + 1;
}

static void note(const char *what, const char *name, int64_t at, const void *data, size_t length) {
  if (record < 0) return;
  char head[256];
  int size = snprintf(head, sizeof head, "%s %s %lld %zu\n", what, name, (long long)at, length);
  pthread_mutex_lock(&lock);
  if (real_write(record, head, size) != size || (length > 0 && real_write(record, data, length) != (ssize_t)length)) abort();
  pthread_mutex_unlock(&lock);
}

/* Also of the index of the WAL, whose locks are taken in each save. */
static int is_ours(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = folder == NULL ? -1 : readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0 && strstr(path, ".sqlite") != NULL;
}

static int fails(enum kind kind) {
  if (control == NULL || control[COUNTDOWN] <= 0 || (control[ONLY] != 0 && control[ONLY] != kind)) return 0;
  if (--control[COUNTDOWN] > 0) return 0;
  control[FAILED + kind - 1]++;
  errno = EIO;
  return 1;
}

/* A disk that is full, or has become read-only, is still read. */
static int writing_fails(enum kind kind) {
  if (control == NULL || control[ALWAYS] == 0) return fails(kind);
  errno = (int)control[ALWAYS];
  return 1;
}

/* Of the WAL, and of all other files: how often a sync has failed, and how many of these each handle was told; one more than that, 0: not used yet. */
enum { HANDLES = 4096 };
static int failures[2], told[HANDLES];

static int *failures_of(const char *name) { return &failures[strstr(name, "-wal") != NULL]; }

static void use(int fd, const char *name) {
  if (fd < HANDLES && told[fd] == 0) told[fd] = *failures_of(name) + 1;
}

int close(int fd) {
  int (*real_close)(int) = dlsym(RTLD_NEXT, "close");
  if (fd >= 0 && fd < HANDLES) told[fd] = 0;
  return real_close(fd);
}

static int sync_fails(int fd, const char *name) {
  use(fd, name);
  /* A disk that is full or read-only has lost nothing. */
  if (control != NULL && control[ALWAYS] != 0) return writing_fails(SYNC);
  int *failed = failures_of(name);
  if (fails(SYNC)) {
    ++*failed;
    note("lost", name, 0, NULL, 0);
    if (control[KILLS] != 0) kill(getpid(), SIGKILL);
  }
  if (fd >= HANDLES || told[fd] == *failed + 1) return 0;
  told[fd] = *failed + 1;
  errno = EIO;
  return 1;
}

ssize_t write(int fd, const void *data, size_t length) {
  char path[4096];
  if (fd == 1) note("said", "-", 0, data, length);
  const char *name = name_of(fd, path, sizeof path);
  if (name == NULL) return real_write(fd, data, length);
  if (writing_fails(WRITE)) return -1;
  off_t at = lseek(fd, 0, SEEK_CUR);
  ssize_t written = real_write(fd, data, length);
  if (written > 0) note("write", name, at, data, written);
  return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  char path[4096];
  const char *name = name_of(fd, path, sizeof path);
  if (name == NULL) return real_pwrite(fd, data, length, at);
  use(fd, name);
  if (writing_fails(WRITE)) return -1;
  ssize_t written = real_pwrite(fd, data, length, at);
  if (written > 0) note("write", name, at, data, written);
  return written;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

int ftruncate64(int fd, off64_t length) {
  char path[4096];
  const char *name = name_of(fd, path, sizeof path);
  if (name == NULL) return real_ftruncate(fd, length);
  if (writing_fails(CUT)) return -1;
  int done = real_ftruncate(fd, length);
  if (done == 0) note("cut", name, length, NULL, 0);
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static int sync_file(int fd, int (*real)(int)) {
  char path[4096];
  const char *name = name_of(fd, path, sizeof path);
  if (name == NULL) return real(fd);
  if (sync_fails(fd, name)) return -1;
  if (control != NULL && control[SLOWER] > 0) usleep((useconds_t)control[SLOWER]);
  int done = real(fd);
  if (done == 0) note("sync", name, 0, NULL, 0);
  return done;
}
int fsync(int fd) { return sync_file(fd, real_fsync); }
int fdatasync(int fd) { return sync_file(fd, real_fdatasync); }

ssize_t pread64(int fd, void *data, size_t length, off64_t at) {
  ssize_t (*real_pread)(int, void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pread64");
  if (is_ours(fd) && fails(READ)) return -1;
  return real_pread(fd, data, length, at);
}
ssize_t pread(int fd, void *data, size_t length, off_t at) { return pread64(fd, data, length, at); }

static int lock_or_set(int fd, int what, void *given) {
  int (*real_fcntl)(int, int, ...) = dlsym(RTLD_NEXT, "fcntl");
  /* Giving a lock back does not fail. */
  int takes = (what == F_SETLK || what == F_SETLKW) && ((struct flock *)given)->l_type != F_UNLCK;
  if (takes && is_ours(fd) && fails(LOCK)) return -1;
  return real_fcntl(fd, what, given);
}
int fcntl(int fd, int what, ...) {
  va_list list;
  va_start(list, what);
  void *given = va_arg(list, void *);
  va_end(list);
  return lock_or_set(fd, what, given);
}
int fcntl64(int fd, int what, ...) {
  va_list list;
  va_start(list, what);
  void *given = va_arg(list, void *);
  va_end(list);
  return lock_or_set(fd, what, given);
}

/* Files are taken away by their path. */
int unlink(const char *path) {
  int (*real_unlink)(const char *) = dlsym(RTLD_NEXT, "unlink");
  int done = real_unlink(path);
  size_t below = folder == NULL ? 0 : strlen(folder);
  int ours = below > 0 && strncmp(path, folder, below) == 0 && path[below] == '/';
  if (done == 0 && ours && strstr(path, ".sqlite") != NULL && strstr(path, "-shm") == NULL)
    note("gone", path + below + 1, 0, NULL, 0);
  return done;
}
