// What is acknowledged survives kills, a disk that forgets and one that fails. CARILLON_KILLS sets the number of kills.
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "crash.hpp"
#include "disk.hpp"
#include "history.hpp"
#include "house.hpp"

namespace {

class Folder {
 public:
  Folder() {
    std::string name = "/dev/shm/carillon-faults-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder");
    path = name;
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

std::string listed(const std::vector<std::string>& problems) {
  std::string all;
  for (std::size_t i = 0; i < std::min<std::size_t>(problems.size(), 10); ++i) all += problems[i] + "\n";
  return all;
}

int kills() {
  const char* wanted = std::getenv("CARILLON_KILLS");  // NOLINT(concurrency-mt-unsafe): nothing sets it
  return wanted ? std::atoi(wanted) : 25;
}

TEST(Crash, NothingAcknowledgedIsLostDoubledOrReordered) {
  const Folder folder;
  const auto outcome = crash::run({folder.path, kills(), 1});
  EXPECT_TRUE(outcome.problems.empty()) << listed(outcome.problems);
  EXPECT_GT(outcome.acknowledged, kills());
  EXPECT_GT(outcome.interrupted, 0);
  std::printf("%d kills, %d of them with an order open; %d messages acknowledged\n", kills(), outcome.interrupted,
              outcome.acknowledged);
}

TEST(Crash, ADiskThatOnlySaysItSyncedIsFoundOut) {
  const Folder folder;
  EXPECT_FALSE(crash::run({folder.path, 40, 2, true}).problems.empty());
}

// --- a disk that fails ---------------------------------------------------------------------------

// Every write and sync of a message fails once, each in turn, and then the disk is well again.
void every_write_fails_once(int many, disk::Failure how) {
  const Folder folder;
  Settings settings;
  settings.data = folder.path;
  Time now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 31}};
  assemble(
      settings, [&] { return now; },
      [&](App app) {
        const auto house = house::found(app);
        const auto& group = house.conversations[0];
        history::History h;
        int refused = 0;
        bool more = true;  // writes that have not failed yet
        for (int n = 1; more; ++n) {
          disk::fail_at(n, many, how);
          more = false;
          for (int client = 0; client < 3; ++client) {
            const auto text = std::to_string(n) + "-" + std::to_string(client);
            const auto& me = house.clients[static_cast<std::size_t>(client)];
            auto& sent = h.sent.emplace_back(text, history::Sending{group, client}).second;
            auto answer = house::say(app, me, group, text);
            if (answer.status != 200) {
              ++refused;
              EXPECT_EQ(house::field(answer, "/code"), "server.disk") << answer.body;
              more = disk::heal();
              answer = house::say(app, me, group, text);
            }
            EXPECT_EQ(answer.status, 200) << answer.body;
            sent.acknowledged = std::stoll("0" + house::field(answer, "/number"));
          }
          more = disk::heal() || more;
          if (more && n > 500) return ADD_FAILURE() << "there is no end to the writes of three messages";
        }
        EXPECT_GT(refused, 0);
        for (const auto& [number, text] : house::log_of(app, house.clients[1], group, 0))
          h.logs[group].push_back({number, text});
        const auto problems = history::judge(h);
        EXPECT_TRUE(problems.empty()) << listed(problems);
      });
}

TEST(Disk, AnErrorAtAnyWriteRefusesAndLosesNothing) { every_write_fails_once(1, disk::Failure::broken); }
TEST(Disk, AFullDiskRefusesAndLosesNothing) { every_write_fails_once(3, disk::Failure::full); }

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && !std::strcmp(argv[1], "--child")) return crash::work();
  disk::install({});
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
