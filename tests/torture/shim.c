/* Logs what a process writes below a folder: opens, writes, truncations, syncs, unlinks and renames, with contents.

   Preloaded into a Python process. The folder is in CUT_FOLDER, the log in CUT_LOG. Each record is
   op (1 byte), flags (1 byte), file (int32), offset (int64), length (int64), then as many bytes: data or a path. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FD 4096
enum { CREATED = 1, EMPTIED = 2, IS_FOLDER = 4 };

static int log_fd = -1;
static int next_file = 1;
static int file_of[MAX_FD]; /* 0: not watched */
static char folder[4096];

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("CUT_LOG"), *root = getenv("CUT_FOLDER");
    if (!name || !root) return;
    strncpy(folder, root, sizeof folder - 1);
    log_fd = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *data, size_t length) {
    while (length > 0) {
        long done = syscall(SYS_write, log_fd, data, length);
        if (done <= 0) abort();
        data = (const char *)data + done;
        length -= done;
    }
}

static void record(char op, char flags, int32_t file, int64_t offset, const void *data, int64_t length) {
    char head[22];
    head[0] = op;
    head[1] = flags;
    memcpy(head + 2, &file, 4);
    memcpy(head + 6, &offset, 8);
    memcpy(head + 14, &length, 8);
    put(head, sizeof head);
    if (data && length) put(data, length);
}

static int is_watched(const char *path) {
    return log_fd >= 0 && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int watched(int fd) { return log_fd >= 0 && fd >= 0 && fd < MAX_FD ? file_of[fd] : 0; }

static int open_it(const char *path, int flags, mode_t mode) {
    struct stat found;
    int was_there = stat(path, &found) == 0;
    int fd = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (fd < 0 || fd >= MAX_FD) return fd;
    file_of[fd] = 0;
    if (is_watched(path)) {
        int error = errno;
        char what = 0;
        if (was_there && S_ISDIR(found.st_mode)) what |= IS_FOLDER;
        if (!was_there) what |= CREATED;
        if (flags & O_TRUNC) what |= EMPTIED;
        file_of[fd] = next_file++;
        record('O', what, file_of[fd], 0, path, strlen(path));
        errno = error;
    }
    return fd;
}

#define OPEN(name)                                        \
    int name(const char *path, int flags, ...) {          \
        va_list rest;                                     \
        va_start(rest, flags);                            \
        mode_t mode = flags & O_CREAT ? va_arg(rest, int) : 0; \
        va_end(rest);                                     \
        return open_it(path, flags, mode);                \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    if (fd >= 0 && fd < MAX_FD) file_of[fd] = 0;
    return syscall(SYS_close, fd);
}

ssize_t write(int fd, const void *data, size_t length) {
    int64_t at = watched(fd) ? syscall(SYS_lseek, fd, 0, SEEK_CUR) : 0;
    ssize_t done = syscall(SYS_write, fd, data, length);
    if (done > 0 && watched(fd)) record('W', 0, file_of[fd], at, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
    ssize_t done = syscall(SYS_pwrite64, fd, data, length, at);
    if (done > 0 && watched(fd)) record('W', 0, file_of[fd], at, data, done);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

int ftruncate64(int fd, off64_t length) {
    int failed = syscall(SYS_ftruncate, fd, length);
    if (!failed && watched(fd)) record('T', 0, file_of[fd], length, NULL, 0);
    return failed;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int fsync(int fd) {
    int failed = syscall(SYS_fsync, fd);
    if (!failed && watched(fd)) record('S', 0, file_of[fd], 0, NULL, 0);
    return failed;
}

int fdatasync(int fd) {
    int failed = syscall(SYS_fdatasync, fd);
    if (!failed && watched(fd)) record('S', 0, file_of[fd], 0, NULL, 0);
    return failed;
}

int unlink(const char *path) {
    int failed = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!failed && is_watched(path)) record('U', 0, 0, 0, path, strlen(path));
    return failed;
}

int rename(const char *from, const char *to) {
    int failed = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!failed && is_watched(from)) {
        char both[8192];
        size_t length = strlen(from) + 1 + strlen(to);
        memcpy(both, from, strlen(from) + 1);
        memcpy(both + strlen(from) + 1, to, strlen(to));
        record('R', 0, 0, 0, both, length);
    }
    return failed;
}
