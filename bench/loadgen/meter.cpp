#include "meter.hpp"

#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>

namespace load {
namespace {

struct Stat {
  int parent = 0;
  double cpu = 0;
};

Stat stat_of(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  const std::string all((std::istreambuf_iterator<char>(file)), {});
  if (all.empty()) return {};
  std::stringstream words(all.substr(all.rfind(')') + 2));
  std::string word;
  Stat s;
  long user = 0, system = 0;
  words >> word >> s.parent;
  for (int i = 0; i < 9; ++i) words >> word;
  words >> user >> system;
  s.cpu = static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
  return s;
}

// The scheduler counts nanoseconds where a tick is 10 ms; every thread has its own file.
double precise_cpu(int process) {
  const auto folder = "/proc/" + std::to_string(process) + "/task";
  const std::unique_ptr<DIR, int (*)(DIR*)> dir(opendir(folder.c_str()), closedir);
  if (!dir) return 0;
  double sum = 0;
  while (const auto* entry = readdir(dir.get())) {
    std::ifstream file(folder + "/" + entry->d_name + "/schedstat");
    if (double ns = 0; file >> ns) sum += ns / 1e9;
  }
  return sum;
}

}  // namespace

std::set<int> Processes::all() const {
  std::multimap<int, int> children;
  const std::unique_ptr<DIR, int (*)(DIR*)> dir(opendir("/proc"), closedir);
  while (const auto* entry = readdir(dir.get()))
    if (const int process = std::atoi(entry->d_name)) children.emplace(stat_of(process).parent, process);
  std::set<int> found;
  std::vector<int> next = roots_;
  while (!next.empty()) {
    const int process = next.back();
    next.pop_back();
    if (!found.insert(process).second) continue;
    const auto [from, to] = children.equal_range(process);
    for (auto i = from; i != to; ++i) next.push_back(i->second);
  }
  return found;
}

double Processes::cpu() const {
  double sum = 0;
  for (const int process : all()) {
    const auto precise = precise_cpu(process);
    sum += precise > 0 ? precise : stat_of(process).cpu;
  }
  return sum;
}

double Processes::memory_kb() const {
  double sum = 0;
  for (const int process : all()) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);)
      if (line.starts_with("VmRSS:")) sum += std::stod(line.substr(6));
  }
  return sum;
}

double own_cpu() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
         static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

}  // namespace load
