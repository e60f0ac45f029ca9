#ifndef LGPS_CHDF5_TRIAL_H
#define LGPS_CHDF5_TRIAL_H

#include <hdf5.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * HDF5 loops for ever, or writes where it should not, on some damaged files. Before a file from outside is read, a child
 * process reads it once, with limits on time and memory: what kills the child is told to the parent, which then leaves the
 * file alone. The child runs nothing but HDF5 and C, as a fork of a process with several threads must.
 */

enum {
    lgps_trial_depth = 12,            /* groups in groups; hard links may go in circles */
    lgps_trial_objects = 20000,       /* objects that are looked at */
    lgps_trial_piece = 1 << 20,       /* numbers of one read */
};

typedef struct {
    int objects;
    long long numbers; /* that may still be read */
    double *buffer;
} lgps_trial_state;

static inline void lgps_trial_attributes(hid_t object) {
    for (hsize_t i = 0; i < 1000; i++) {
        hid_t attribute = H5Aopen_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT);
        if (attribute < 0) return;
        hid_t type = H5Aget_type(attribute), space = H5Aget_space(attribute);
        hssize_t count = space < 0 ? 0 : H5Sget_simple_extent_npoints(space);
        size_t size = type < 0 ? 0 : H5Tget_size(type);
        if (count > 0 && size > 0 && (size_t)count <= ((size_t)1 << 28) / size) {
            void *values = calloc((size_t)count, size);
            if (values) H5Aread(attribute, type, values);
            free(values);
        }
        H5Sclose(space);
        H5Tclose(type);
        H5Aclose(attribute);
    }
}

/* Rows `first` to `first + count` of a dataset. */
static inline void lgps_trial_rows(
    hid_t dataset, const hsize_t *extent, int rank, hsize_t first, hsize_t count, double *buffer) {
    hsize_t start[32] = {0}, block[32];
    memcpy(block, extent, sizeof(hsize_t) * (size_t)rank);
    start[0] = first;
    block[0] = count;
    hid_t file = H5Dget_space(dataset), memory = H5Screate_simple(rank, block, NULL);
    if (H5Sselect_hyperslab(file, H5S_SELECT_SET, start, NULL, block, NULL) >= 0)
        H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, file, H5P_DEFAULT, buffer);
    H5Sclose(memory);
    H5Sclose(file);
}

static inline void lgps_trial_dataset(hid_t dataset, lgps_trial_state *state) {
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    H5T_class_t kind = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    int rank = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
    hsize_t extent[32] = {0};
    if ((kind == H5T_INTEGER || kind == H5T_FLOAT) && rank >= 0 && rank < 32
        && H5Sget_simple_extent_dims(space, extent, NULL) >= 0) {
        unsigned long long row = 1;
        for (int i = 1; i < rank; i++) row = extent[i] && row > (1ull << 40) / extent[i] ? 1ull << 41 : row * extent[i];
        hsize_t rows = rank ? extent[0] : 1, step = row ? lgps_trial_piece / row : 0;
        if (rank == 0) {
            H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, state->buffer);
        } else if (row > 0 && step > 0) {
            for (hsize_t first = 0; first < rows && state->numbers > 0; first += step) {
                hsize_t count = rows - first < step ? rows - first : step;
                lgps_trial_rows(dataset, extent, rank, first, count, state->buffer);
                state->numbers -= (long long)(count * row);
            }
            if (rows > 0) lgps_trial_rows(dataset, extent, rank, rows - 1, 1, state->buffer);
        }
    }
    H5Sclose(space);
    H5Tclose(type);
}

static inline void lgps_trial_object(hid_t parent, const char *name, int depth, lgps_trial_state *state) {
    if (depth > lgps_trial_depth || state->objects++ > lgps_trial_objects) return;
    hid_t object = H5Oopen(parent, name, H5P_DEFAULT);
    if (object < 0) return;
    lgps_trial_attributes(object);
    switch (H5Iget_type(object)) {
    case H5I_DATASET: lgps_trial_dataset(object, state); break;
    case H5I_GROUP: {
        H5G_info_t info;
        char child[512];
        if (H5Gget_info(object, &info) < 0) break;
        for (hsize_t i = 0; i < info.nlinks && state->objects <= lgps_trial_objects; i++) {
            ssize_t length = H5Lget_name_by_idx(
                object, ".", H5_INDEX_NAME, H5_ITER_INC, i, child, sizeof child, H5P_DEFAULT);
            if (length < 0) break;
            if (length < (ssize_t)sizeof child) lgps_trial_object(object, child, depth + 1, state);
        }
        break;
    }
    default: break;
    }
    H5Oclose(object);
}

/*
 * Opens a file. In single-writer mode HDF5 reads again what does not add up yet, and sleeps twice as long each time, from a
 * nanosecond on: after its hundred attempts the sun would be cold. Twenty-six are a tenth of a second.
 */
static inline hid_t lgps_hdf5_open(const char *path, unsigned flags) {
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    if (flags & H5F_ACC_SWMR_READ) H5Pset_metadata_read_attempts(access, 26);
    hid_t file = H5Fopen(path, flags, access);
    H5Pclose(access);
    return file;
}

/*
 * Whether a child process survives reading the file: 1 yes, 0 no, -1 when it could not be tried.
 * `flags` as for H5Fopen; `seconds` of processor time and `numbers` that the child may take. Twelve times the seconds of
 * any time, for a child that sleeps.
 */
static inline int lgps_hdf5_trial(const char *path, unsigned flags, unsigned seconds, long long numbers) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return -1;
    }
    if (child == 0) {
        close(ends[0]);
        struct rlimit none = {0, 0}, time = {seconds, seconds};
        setrlimit(RLIMIT_CORE, &none);
        setrlimit(RLIMIT_CPU, &time);
        /* Threads of a pool block all signals. */
        sigset_t alarmed;
        sigemptyset(&alarmed);
        sigaddset(&alarmed, SIGALRM);
        sigprocmask(SIG_UNBLOCK, &alarmed, NULL);
        signal(SIGALRM, SIG_DFL);
        alarm(12 * seconds);
        H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
#ifdef __linux__
        long pages = 0;
        FILE *statistics = fopen("/proc/self/statm", "r");
        if (statistics && fscanf(statistics, "%ld", &pages) == 1) {
            rlim_t bytes = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + ((rlim_t)1 << 30);
            struct rlimit memory = {bytes, bytes};
            setrlimit(RLIMIT_AS, &memory);
        }
        if (statistics) fclose(statistics);
#endif
        lgps_trial_state state = {0, numbers, (double *)malloc(sizeof(double) * (lgps_trial_piece + 1))};
        hid_t file = state.buffer ? lgps_hdf5_open(path, flags) : -1;
        if (file >= 0) {
            lgps_trial_object(file, "/", 0, &state);
            H5Fclose(file);
        }
        char survived = 1;
        _exit(write(ends[1], &survived, 1) == 1 ? 0 : 1);
    }
    close(ends[1]);
    char survived = 0;
    ssize_t count;
    while ((count = read(ends[0], &survived, 1)) < 0 && errno == EINTR) {}
    close(ends[0]);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return count == 1 && survived ? 1 : 0;
}

#endif
