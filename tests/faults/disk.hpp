#pragma once

// A disk below SQLite. When the process is killed, it has kept what was synced; of what was written
// since, it has kept a part that chance decided. It can also fail.
namespace disk {

struct Habits {
  unsigned seed = 1;
  bool lies = false;  // says that the write-ahead log is on disk when it is not, as with synchronous = NORMAL
};

// For every file that SQLite opens in this process afterwards.
void install(Habits);

// The n-th write, sync or truncation from now on fails, and so do those after it, `many` in all.
enum class Failure { broken, full };
void fail_at(int n, int many, Failure);
// Ends it. Whether anything failed.
bool heal();

}  // namespace disk
