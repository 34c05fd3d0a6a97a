#include "disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace {

struct Piece {
  sqlite3_int64 at;
  std::vector<char> bytes;
  sqlite3_int64 end() const { return at + static_cast<sqlite3_int64>(bytes.size()); }
};

// What was written to a file and not synced, in order. All who have the file open see it.
using Unsynced = std::vector<Piece>;

struct State {
  std::mutex mutex;
  disk::Habits habits;
  std::mt19937 chance;
  std::map<std::string, std::shared_ptr<Unsynced>> files;
  int until_failure = 0, failures = 0;  // 0: none is planned
  int code = SQLITE_OK;
  bool failed = false;
  sqlite3_vfs* real = nullptr;
  sqlite3_vfs ours{};
};

State& state() {
  static State s;
  return s;
}

struct File {
  sqlite3_file base;
  bool is_log;
  std::shared_ptr<Unsynced>* unsynced;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& of(sqlite3_file* f) { return *reinterpret_cast<File*>(f); }
Unsynced& pieces_of(sqlite3_file* f) { return **of(f).unsynced; }
const sqlite3_io_methods& real_methods(sqlite3_file* f) { return *of(f).real()->pMethods; }

// Whether this operation is one of those that fail. The lock is held.
int fails() {
  auto& s = state();
  if (s.failures == 0 || --s.until_failure > 0) return SQLITE_OK;
  --s.failures;
  s.until_failure = 1;
  s.failed = true;
  return s.code;
}

bool by_chance(unsigned one_in) { return state().chance() % one_in == 0; }

int put(sqlite3_file* f, const Piece& p, std::size_t bytes) {
  return real_methods(f).xWrite(of(f).real(), p.bytes.data(), static_cast<int>(bytes), p.at);
}

int close(sqlite3_file* f) {
  const int rc = real_methods(f).xClose(of(f).real());
  delete of(f).unsynced;
  return rc;
}

int read(sqlite3_file* f, void* to, int amount, sqlite3_int64 at) {
  const std::lock_guard hold(state().mutex);
  int rc = real_methods(f).xRead(of(f).real(), to, amount, at);
  if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return rc;
  sqlite3_int64 size = 0;
  real_methods(f).xFileSize(of(f).real(), &size);
  for (const auto& p : pieces_of(f)) {
    size = std::max(size, p.end());
    const auto from = std::max(at, p.at), until = std::min(at + amount, p.end());
    if (from < until)
      std::memcpy(static_cast<char*>(to) + (from - at), p.bytes.data() + (from - p.at),
                  static_cast<std::size_t>(until - from));
  }
  return at + amount <= size ? SQLITE_OK : rc;
}

int write(sqlite3_file* f, const void* from, int amount, sqlite3_int64 at) {
  const std::lock_guard hold(state().mutex);
  if (const int rc = fails()) return rc;
  const auto* bytes = static_cast<const char*>(from);
  auto& p = pieces_of(f).emplace_back(at, std::vector(bytes, bytes + amount));
  // The system writes back when it likes, and not always all of it.
  if (by_chance(3)) return put(f, p, by_chance(2) ? p.bytes.size() : p.bytes.size() / 2);
  return SQLITE_OK;
}

int truncate(sqlite3_file* f, sqlite3_int64 size) {
  const std::lock_guard hold(state().mutex);
  if (const int rc = fails()) return rc;
  auto& pieces = pieces_of(f);
  std::erase_if(pieces, [&](const Piece& p) { return p.at >= size; });
  for (auto& p : pieces)
    if (p.end() > size) p.bytes.resize(static_cast<std::size_t>(size - p.at));
  return real_methods(f).xTruncate(of(f).real(), size);
}

int sync(sqlite3_file* f, int) {
  const std::lock_guard hold(state().mutex);
  if (const int rc = fails()) return rc;
  if (state().habits.lies && of(f).is_log) return SQLITE_OK;
  for (const auto& p : pieces_of(f))
    if (const int rc = put(f, p, p.bytes.size())) return rc;
  pieces_of(f).clear();
  return SQLITE_OK;
}

int file_size(sqlite3_file* f, sqlite3_int64* size) {
  const std::lock_guard hold(state().mutex);
  const int rc = real_methods(f).xFileSize(of(f).real(), size);
  for (const auto& p : pieces_of(f)) *size = std::max(*size, p.end());
  return rc;
}

int lock(sqlite3_file* f, int how) { return real_methods(f).xLock(of(f).real(), how); }
int unlock(sqlite3_file* f, int how) { return real_methods(f).xUnlock(of(f).real(), how); }
int check_reserved(sqlite3_file* f, int* out) { return real_methods(f).xCheckReservedLock(of(f).real(), out); }
int control(sqlite3_file* f, int op, void* arg) { return real_methods(f).xFileControl(of(f).real(), op, arg); }
int sector_size(sqlite3_file* f) { return real_methods(f).xSectorSize(of(f).real()); }
int device(sqlite3_file* f) { return real_methods(f).xDeviceCharacteristics(of(f).real()); }
int shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return real_methods(f).xShmMap(of(f).real(), page, size, extend, out);
}
int shm_lock(sqlite3_file* f, int at, int n, int flags) { return real_methods(f).xShmLock(of(f).real(), at, n, flags); }
void shm_barrier(sqlite3_file* f) { real_methods(f).xShmBarrier(of(f).real()); }
int shm_unmap(sqlite3_file* f, int remove) { return real_methods(f).xShmUnmap(of(f).real(), remove); }

// Version 2: without memory mapping, which would go past all this.
const sqlite3_io_methods methods = {2,        close,       read,           write,   truncate,    sync,   file_size,
                                    lock,     unlock,      check_reserved, control, sector_size, device, shm_map,
                                    shm_lock, shm_barrier, shm_unmap,      nullptr, nullptr};

int open(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* out) {
  auto& s = state();
  auto& file = of(f);
  file.base.pMethods = nullptr;
  const int rc = s.real->xOpen(s.real, name, file.real(), flags, out);
  if (rc != SQLITE_OK) return rc;
  const std::lock_guard hold(s.mutex);
  auto& shared = s.files[name ? name : ""];
  if (!shared || !name) shared = std::make_shared<Unsynced>();
  file.unsynced = new std::shared_ptr<Unsynced>(shared);
  file.is_log = (flags & SQLITE_OPEN_WAL) != 0;
  file.base.pMethods = &methods;
  return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  auto& s = state();
  const std::lock_guard hold(s.mutex);
  s.files.erase(name);
  return s.real->xDelete(s.real, name, sync_folder);
}

}  // namespace

void disk::install(Habits habits) {
  auto& s = state();
  s.habits = habits;
  s.chance.seed(habits.seed);
  s.real = sqlite3_vfs_find(nullptr);
  s.ours = *s.real;
  s.ours.szOsFile = static_cast<int>(sizeof(File)) + s.real->szOsFile;
  s.ours.zName = "disk";
  s.ours.pNext = nullptr;
  s.ours.xOpen = open;
  s.ours.xDelete = remove;
  sqlite3_vfs_register(&s.ours, 1);
}

void disk::fail_at(int n, int many, Failure how) {
  auto& s = state();
  const std::lock_guard hold(s.mutex);
  s.until_failure = n;
  s.failures = many;
  s.code = how == Failure::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  s.failed = false;
}

bool disk::heal() {
  auto& s = state();
  const std::lock_guard hold(s.mutex);
  s.failures = 0;
  return s.failed;
}
