#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "privacy/keys_schema.hpp"
#include "register/purposes.hpp"
#include "world.hpp"

using namespace privacy;

namespace {

constexpr OrgId org{7}, other{8};
constexpr Owner ana{org, 101}, ben{org, 102};

class Keys : public probe::Place {
 protected:
  db::Bytes sealed(const DataKey& key) {
    db::Bytes out;
    seal(key.key, "a secret", "where it stands", out);
    return out;
  }
  // The value as whoever has this key reads it.
  static std::string read(KeyStore& store, KeyId id, const db::Bytes& value) {
    const auto key = store.find(id);
    return key ? open(key->key, value, "where it stands").value_or("does not open") : "no key";
  }
  std::vector<std::string> wrapped(std::string_view table) {
    std::vector<std::string> all;
    db::open(keys(), keystore::tables)->read_now([&](db::Connection& c) {
      c.generated("select wrapped from " + std::string(table) + " where wrapped is not null", {},
                  [&](const db::Row& row) {
                    const auto bytes = row.bytes(0);
                    all.emplace_back(bytes.begin(), bytes.end());
                  });
    });
    return all;
  }
  bool rotate_all(KeyStore& store, int limit) {
    int rounds = 0;
    while (store.rotate_some(limit) && ++rounds < 1000) {}
    return rounds > 0 && rounds < 1000;
  }
};
ON_BOTH_ENGINES(Keys);

TEST_P(Keys, one_key_per_subject_and_purpose_and_it_lasts) {
  const auto made = open_keys()->make(ana, purpose::directory);
  const auto again = open_keys();
  EXPECT_EQ(again->make(ana, purpose::directory).id, made.id);
  EXPECT_EQ(again->find(made.id)->key.view(), made.key.view());
  EXPECT_NE(again->make(ana, purpose::attendance).id, made.id);
  EXPECT_NE(again->make(ben, purpose::directory).key.view(), made.key.view());
  EXPECT_NE(again->make({other, ana.subject}, purpose::directory).key.view(), made.key.view());
  EXPECT_FALSE(again->find(KeyId{1}));
}

TEST_P(Keys, an_import_makes_the_keys_that_single_writes_would) {
  const auto store = open_keys();
  const auto before = store->make(ana, purpose::directory).id;
  std::vector<std::int64_t> people;
  for (std::int64_t i = 100; i < 800; ++i) people.push_back(i);
  store->make_all(org, people, purpose::directory);
  EXPECT_EQ(store->make(ana, purpose::directory).id, before);
  EXPECT_EQ(wrapped("privacy_data_key").size(), 700U);
}

TEST_P(Keys, destroyed_keys_open_nothing_and_leave_no_byte) {
  const auto store = open_keys();
  const auto key = store->make(ana, purpose::directory), bens = store->make(ben, purpose::directory);
  const auto blob = store->make_for_blob(org, ana.subject);
  const auto value = sealed(key), photo = sealed(blob), bens_value = sealed(bens);
  ASSERT_EQ(read(*store, key.id, value), "a secret");
  ASSERT_EQ(read(*open_keys(), blob.id, photo), "a secret");
  const auto doomed = wrapped("privacy_data_key");

  store->destroy(ana);
  const auto other_node = open_keys();
  for (auto* node : {store.get(), other_node.get()}) {
    EXPECT_EQ(read(*node, key.id, value), "no key");
    EXPECT_EQ(read(*node, blob.id, photo), "no key");
    EXPECT_EQ(read(*node, bens.id, bens_value), "a secret");
  }
  const auto left = wrapped("privacy_data_key");
  ASSERT_EQ(left.size(), 1U);
  if (!postgres())
    for (const auto& bytes : doomed) {
      const bool is_left = bytes == left[0];
      EXPECT_EQ(probe::contents(folder / "keys.db").contains(bytes), is_left);
      EXPECT_FALSE(probe::contents(folder / "keys.db-wal").contains(bytes) && !is_left);
    }
  // Whoever returns begins anew, with another key.
  EXPECT_NE(store->make(ana, purpose::directory).id, key.id);
}

// Each has the key in its memory when the other destroys it.
TEST_P(Keys, a_node_that_had_them_open_has_them_no_more) {
  if (!postgres()) return;  // one node a folder
  const auto here = open_keys(), there = open_keys();
  for (int i = 0; i < 5; ++i) {
    const Owner somebody{org, 500 + i};
    const auto key = here->make(somebody, purpose::directory), place = here->make(somebody, purpose::attendance);
    ASSERT_TRUE(there->find(key.id) && there->find(place.id));
    ASSERT_EQ(there->make(somebody, purpose::directory).id, key.id);
    here->destroy(somebody, purpose::attendance);
    EXPECT_FALSE(there->find(place.id));
    ASSERT_TRUE(there->find(key.id));
    here->destroy(somebody);
    EXPECT_FALSE(there->find(key.id));
    EXPECT_NE(there->make(somebody, purpose::directory).id, key.id);
  }
}

TEST_P(Keys, one_purpose_or_one_blob_can_go_alone) {
  const auto store = open_keys();
  const auto phone = store->make(ana, purpose::directory), place = store->make(ana, purpose::attendance);
  const auto blob = store->make_for_blob(org, std::nullopt);
  store->destroy(ana, purpose::attendance);
  store->destroy(blob.id);
  EXPECT_TRUE(store->find(phone.id));
  EXPECT_FALSE(store->find(place.id));
  EXPECT_FALSE(store->find(blob.id));
}

TEST_P(Keys, rotation_of_the_root_goes_on_after_a_stop) {
  auto store = open_keys();
  const auto key = store->make(ana, purpose::directory);
  const auto value = sealed(key);
  for (const OrgId some : {OrgId{9}, OrgId{10}, OrgId{11}}) store->make({some, 1}, purpose::directory);
  const auto before = wrapped("privacy_master_key");
  const auto old_root = probe::contents(folder / "root.key");

  store->rotate_root();
  ASSERT_TRUE(store->rotate_some(2));
  store = open_keys();  // as after a crash in between
  EXPECT_EQ(read(*store, key.id, value), "a secret");
  EXPECT_TRUE(rotate_all(*store, 2));
  for (const auto& bytes : wrapped("privacy_master_key")) EXPECT_EQ(std::ranges::count(before, bytes), 0);
  EXPECT_FALSE(probe::contents(folder / "root.key").contains(old_root.substr(2)));
  EXPECT_EQ(read(*open_keys(), key.id, value), "a secret");
}

TEST_P(Keys, rotation_of_an_organisation_goes_on_after_a_stop_and_revives_nothing) {
  auto store = open_keys();
  std::vector<DataKey> made;
  std::vector<db::Bytes> values;
  for (int i = 0; i < 7; ++i) {
    made.push_back(store->make({org, 200 + i}, purpose::directory));
    values.push_back(sealed(made.back()));
  }
  const auto others = store->make({other, 1}, purpose::directory);
  const auto before = wrapped("privacy_data_key"), masters_before = wrapped("privacy_master_key");

  store->rotate(org);
  const auto late = store->make({org, 300}, purpose::directory);
  ASSERT_TRUE(store->rotate_some(3));
  store->destroy({org, 206});
  store = open_keys();
  EXPECT_TRUE(rotate_all(*store, 3));
  for (int i = 0; i < 6; ++i)
    EXPECT_EQ(read(*store, made[static_cast<std::size_t>(i)].id, values[static_cast<std::size_t>(i)]), "a secret");
  EXPECT_EQ(read(*store, made[6].id, values[6]), "no key");
  EXPECT_TRUE(store->find(others.id));
  EXPECT_TRUE(store->find(late.id));
  int same = 0;
  for (const auto& bytes : wrapped("privacy_data_key")) same += std::ranges::count(before, bytes) > 0;
  EXPECT_EQ(same, 1);  // the other organisation's
  EXPECT_EQ(wrapped("privacy_master_key").size(), masters_before.size());
}

TEST_P(Keys, a_key_made_while_its_organisation_rotates_is_not_lost) {
  const auto store = open_keys();
  store->make(ana, purpose::directory);
  std::vector<DataKey> made;
  std::jthread making([&] {
    for (int i = 0; i < 200; ++i) made.push_back(store->make({org, 1000 + i}, purpose::directory));
  });
  for (int i = 0; i < 10; ++i) {
    store->rotate(org);
    while (store->rotate_some(50)) {}
  }
  making.join();
  while (store->rotate_some(50)) {}
  const auto fresh = open_keys();
  for (const auto& key : made) EXPECT_EQ(fresh->find(key.id)->key.view(), key.key.view());
}

// A command rotates while the server's own turn goes on with the last rotation.
TEST_P(Keys, a_root_key_made_in_the_middle_of_a_turn_loses_nothing) {
  const auto store = open_keys();
  const auto key = store->make(ana, purpose::directory);
  const auto value = sealed(key);
  {
    std::jthread turns([&](const std::stop_token& enough) {
      while (!enough.stop_requested()) store->rotate_some(1);
    });
    for (int i = 0; i < 20; ++i) {
      store->rotate_root();
      store->rotate_some(1);
    }
  }
  EXPECT_EQ(read(*open_keys(), key.id, value), "a secret");
  while (store->rotate_some(10)) {}
  EXPECT_EQ(read(*open_keys(), key.id, value), "a secret");
}

TEST_P(Keys, a_row_cannot_pass_for_another) {
  const auto key = open_keys()->make(ana, purpose::directory), bens = open_keys()->make(ben, purpose::directory);
  db::open(keys(), keystore::tables)->write_now([&](db::Connection& c) {
    c.generated(
        "update privacy_data_key set wrapped = (select wrapped from privacy_data_key where id = $1) where id = $2",
        std::array{db::to_arg(key.id), db::to_arg(bens.id)});
  });
  const auto store = open_keys();
  EXPECT_TRUE(store->find(key.id));
  EXPECT_EQ(probe::outcome([&] { store->find(bens.id); }), "a key in the key store was altered");
}

TEST_P(Keys, the_root_key_is_its_owners_alone) {
  open_keys();
  const auto file = folder / "root.key";
  struct stat is{};
  ASSERT_EQ(::stat(file.c_str(), &is), 0);
  EXPECT_EQ(is.st_mode & 0777, 0600U);
  for (const mode_t mode : {0640U, 0604U, 0620U}) {
    ::chmod(file.c_str(), mode);
    EXPECT_NE(probe::outcome([&] { open_keys(); }).find("can be read by others"), std::string::npos) << mode;
  }
  ::chmod(file.c_str(), 0600);
  EXPECT_EQ(probe::outcome([&] { open_keys(); }), "fine");
}

TEST_P(Keys, a_missing_or_strange_root_key_is_refused_and_never_replaced) {
  open_keys();
  const auto file = folder / "root.key";
  const auto kept = probe::contents(file);
  std::filesystem::remove(file);
  EXPECT_NE(probe::outcome([&] { open_keys(); }).find("root.key is missing"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(file));

  const auto write = [&](const std::string& text) {
    std::ofstream(file) << text;
    ::chmod(file.c_str(), 0600);
  };
  write("1 " + std::string(43, 'A') + "=\n");
  EXPECT_NE(probe::outcome([&] { open_keys(); }).find("does not open this key store"), std::string::npos);
  for (const auto* text : {"x\n", "1\n", "0 AAAA\n", "1 AAAA\n"}) {
    write(text);
    EXPECT_NE(probe::outcome([&] { open_keys(); }).find("is not a root key"), std::string::npos) << text;
  }
  write(kept);
  EXPECT_EQ(probe::outcome([&] { open_keys(); }), "fine");
}

TEST_P(Keys, a_root_key_handed_over_by_systemd_is_rotated_by_its_owner) {
  open_keys();
  const auto credentials = folder / "credentials";
  std::filesystem::create_directory(credentials);
  std::filesystem::rename(folder / "root.key", credentials / "root.key");
  ::setenv("CREDENTIALS_DIRECTORY", credentials.c_str(), 1);
  const auto store = open_keys();
  EXPECT_NE(probe::outcome([&] { store->rotate_root(); }).find("handed over by systemd"), std::string::npos);
  std::ofstream(credentials / "root.key", std::ios::app) << "2 " + std::string(42, 'B') + 'A' + "=\n";
  const auto before = wrapped("privacy_master_key");
  EXPECT_TRUE(rotate_all(*open_keys(), 10));
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_NE(wrapped("privacy_master_key"), before);
}

}  // namespace
