#include "house.hpp"

#include <atomic>
#include <thread>

#include "base/random.hpp"
#include "privacy/key_store.hpp"

namespace {

constexpr std::size_t piece = 1 << 20;

class Upload : public InHouse {};
INSTANTIATE_TEST_SUITE_P(Files, Upload, testing::Values("sqlite", "postgres"), [](const auto& e) { return e.param; });

BlobId blob_in(const std::string& file) { return BlobId::parse(file.substr(0, file.find('.'))).value(); }

TEST_P(Upload, revoked_at_sixty_percent_leaves_nothing) {
  in_house([](House& house) {
    const auto bytes = random_bytes(5 * piece);
    ASSERT_EQ(house.grant("PM-02"), 200);
    const auto id = house.begin("holiday.jpg", bytes.size(), "album");
    for (std::size_t at = 0; at < 3 * piece; at += piece)
      ASSERT_EQ(house.piece(id, at, std::string_view(bytes).substr(at, piece)).status, 200);
    ASSERT_EQ(house.blobs().size(), 1U);
    const auto blob = blob_in(house.blobs().front());
    EXPECT_GT(std::filesystem::file_size(house.blob_folder() / house.blobs().front()), 3 * piece);
    EXPECT_TRUE(house.world.app.keys.find(privacy::KeyId{blob.value}));

    ASSERT_EQ(house.withdraw("PM-02"), 200);
    const auto refused = house.piece(id, 3 * piece, std::string_view(bytes).substr(3 * piece, piece));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "file.permission_withdrawn");
    house.later({});

    EXPECT_TRUE(house.blobs().empty());
    EXPECT_FALSE(house.world.app.keys.find(privacy::KeyId{blob.value}));
    EXPECT_EQ(house.count("file_upload"), 0);
    EXPECT_EQ(house.count("file_file"), 0);
    EXPECT_EQ(house.count("file_space where bytes > 0"), 0);
    EXPECT_EQ(house.count("privacy_decision where action = 'withdraw'"), 1);
    EXPECT_EQ(house.count("privacy_audit where action = 'file.keep'"), 0);
    EXPECT_EQ(house.count("privacy_taking"), 0);
    house.later(std::chrono::minutes{2});
    EXPECT_EQ(house.count("core_job where kind like 'file%' and state = 'dead'"), 0);
  });
}

TEST_P(Upload, revoked_and_forgotten_leaves_nothing_a_minute_later) {
  in_house([](House& house) {
    ASSERT_EQ(house.grant("PM-02"), 200);
    ASSERT_EQ(house.grant("PM-01"), 200);
    const auto revoked = house.begin("a.jpg", 2 * piece, "album"), stays = house.begin("b.jpg", 2 * piece, "camera");
    for (const auto& id : {revoked, stays}) ASSERT_EQ(house.piece(id, 0, random_bytes(piece)).status, 200);
    ASSERT_EQ(house.withdraw("PM-02"), 200);
    ASSERT_EQ(house.grant("PM-02"), 200);
    house.later(std::chrono::minutes{2});
    EXPECT_EQ(house.blobs().size(), 1U);
    EXPECT_EQ(house.count("file_upload"), 1);
    EXPECT_EQ(house.piece(revoked, piece, random_bytes(piece)).code(), "file.no_upload");
    EXPECT_EQ(house.piece(stays, piece, random_bytes(piece)).status, 200);
  });
}

TEST_P(Upload, revoked_before_its_end_is_not_kept) {
  in_house([](House& house) {
    ASSERT_EQ(house.grant("PM-03"), 200);
    const auto id = house.begin("a", 5, "storage");
    ASSERT_EQ(house.piece(id, 0, "hello").status, 200);
    ASSERT_EQ(house.withdraw("PM-03"), 200);
    EXPECT_EQ(house.end(id).code(), "file.permission_withdrawn");
    house.later({});
    EXPECT_TRUE(house.blobs().empty());
    EXPECT_EQ(house.count("file_file"), 0);
    EXPECT_EQ(house.count("privacy_taking"), 0);
  });
}

// Whichever comes first decides: a file that is kept was kept before its permission was withdrawn.
TEST_P(Upload, ends_before_a_withdrawal_or_not_at_all) {
  in_house([](House& house) {
    const auto ask = [&](const std::string& path, const std::string& body) {
      Request r{.method = "POST", .path = path, .input = json::Document(body)};
      r.token = Secret(house.world.cast.at("ana").token);
      return house.world.app.dispatcher.handle(std::move(r)).status;
    };
    int kept = 0;
    for (int round = 0; round < 30; ++round) {
      ASSERT_EQ(house.grant("PM-02"), 200);
      house.later(std::chrono::seconds{1});
      const auto id = house.begin("a", 5, "album");
      ASSERT_EQ(house.piece(id, 0, "hello").status, 200);
      std::atomic<int> ended = 0;
      std::thread other([&] { ended = ask("/file/uploads/" + id + "/end", "{}"); });
      while (round % 3 == 0 && ended == 0) std::this_thread::yield();
      EXPECT_EQ(ask("/consent/withdrawals", R"({"permission":"PM-02","surface":"centre"})"), 200);
      other.join();
      EXPECT_TRUE(ended == 200 || ended == 403) << ended;
      kept += ended == 200;
      EXPECT_EQ(house.count("file_file"), kept);
      EXPECT_EQ(house.count("file_upload"), 0);
    }
    EXPECT_GE(kept, 10);
    EXPECT_EQ(house.count("privacy_audit where action = 'file.keep'"), kept);
    EXPECT_EQ(house.count("privacy_audit a where a.action = 'file.keep' and 'grant' <> "
                          "(select d.action from privacy_decision d where d.id < a.id order by d.id desc limit 1)"),
              0);
  });
}

TEST_P(Upload, goes_on_after_a_restart) {
  in_house([](House& house) {
    auto bytes = random_bytes(3 * piece + 100);
    bytes.replace(0, 5, "%PDF-");  // what else it is like must not be left to chance
    const auto id = house.begin("long.bin", bytes.size());
    ASSERT_EQ(house.piece(id, 0, std::string_view(bytes).substr(0, piece)).status, 200);

    auto& first = house.world;
    assemble(
        first.app.settings, [&] { return first.now; },
        [&](App app) {
          const auto ask = [&](Request r) {
            r.token = Secret(first.cast.at("ana").token);
            return boost::json::parse(app.dispatcher.handle(std::move(r)).body).as_object();
          };
          const auto there = ask({.method = "GET", .path = "/file/uploads/" + id});
          EXPECT_EQ(there.at("received").as_int64(), piece);
          Request next{
              .method = "POST", .path = "/file/uploads/" + id + "/pieces", .bytes = bytes.substr(piece, piece)};
          next.input.set("offset", std::to_string(piece));
          EXPECT_EQ(ask(std::move(next)).at("received").as_int64(), 2 * piece);
          return 0;
        });

    EXPECT_EQ(house.piece(id, 0, std::string_view(bytes).substr(0, piece)).number("received"), 2 * piece);  // again
    const auto wrong = house.piece(id, 3 * piece, std::string_view(bytes).substr(3 * piece));
    EXPECT_EQ(wrong.status, 409);
    EXPECT_EQ(wrong.code(), "file.other_offset");
    EXPECT_EQ(wrong.body.at("values").at("received").as_string(), std::to_string(2 * piece));
    EXPECT_EQ(house.piece(id, 2 * piece, std::string_view(bytes).substr(2 * piece, piece)).status, 200);
    EXPECT_EQ(house.piece(id, 3 * piece, std::string_view(bytes).substr(3 * piece)).status, 200);
    EXPECT_EQ(house.end(id).text("type"), "application/pdf");
    EXPECT_EQ(house.content(id), bytes);
  });
}

TEST_P(Upload, that_was_destroyed_does_not_open_from_a_restored_copy) {
  in_house([](House& house) {
    const auto id = house.upload("a.txt", std::string(1000, 't')).text("id");
    const auto blob = blob_in(house.blobs().front());
    std::filesystem::copy(house.blob_folder(), house.world.app.settings.data + "/copy");
    EXPECT_EQ(house.content(id).size(), 1000U);  // it opened before
    ASSERT_EQ(house.ask("DELETE", "/file/files/" + id).status, 200);
    house.later({});
    EXPECT_TRUE(house.blobs().empty());
    EXPECT_EQ(house.count("file_space where bytes > 0"), 0);

    std::filesystem::remove(house.blob_folder());
    std::filesystem::rename(house.world.app.settings.data + "/copy", house.blob_folder());
    EXPECT_TRUE(house.world.app.blobs.shredded(blob));
    EXPECT_THROW(house.world.app.blobs.open(blob, 1000), Error);
    house.later(std::chrono::days{2});
    EXPECT_TRUE(house.blobs().empty());  // and the copy goes, too
  });
}

TEST_P(Upload, goes_with_the_keys_of_its_owner) {
  in_house([](House& house) {
    const auto hers = house.upload("a", "hers").text("id");
    EXPECT_EQ(house.content(hers), "hers");
    OrgId org;
    const auto ana = house.world.cast.at("ana").member;
    house.world.app.db.read_now([&](db::Connection& c) { org = house.world.app.identity.org_of(c, ana); });
    house.world.app.keys.destroy({org, ana.value});
    EXPECT_EQ(house.ask("GET", "/file/files/" + hers + "/content").code(), "file.gone");
    house.later(std::chrono::days{1});
    EXPECT_EQ(house.count("file_file"), 0);  // rows without their bytes go
    EXPECT_TRUE(house.blobs().empty());
  });
}

TEST_P(Upload, abandoned_leaves_nothing_after_a_day) {
  in_house([](House& house) {
    const auto id = house.begin("a", 2 * piece);
    ASSERT_EQ(house.piece(id, 0, random_bytes(piece)).status, 200);
    house.later(std::chrono::hours{23});
    EXPECT_EQ(house.blobs().size(), 1U);
    house.later(std::chrono::hours{2});
    house.later({});
    EXPECT_TRUE(house.blobs().empty());
    EXPECT_EQ(house.count("file_upload"), 0);
  });
}

TEST_P(Upload, that_was_never_begun_leaves_no_key) {
  in_house([](House& house) {
    house.upload("kept", "what is here to stay");
    const auto blob = house.world.app.blobs.begin(OrgId{7}, MemberId{8});
    house.world.app.blobs.write(blob, 0, "lost", true);
    EXPECT_EQ(house.blobs().size(), 2U);
    for (int day = 0; day < 10; ++day) house.later(std::chrono::days{1});  // longer than keys rest
    EXPECT_TRUE(house.world.app.blobs.shredded(blob));
    house.later(std::chrono::days{1});
    EXPECT_EQ(house.blobs().size(), 1U);
  });
}

TEST_P(Upload, is_read_by_others_where_a_room_shares_it) {
  in_house([](House& house) {
    const auto id = house.upload("a", "for ben").text("id");
    const auto ben = house.world.cast.at("ben").member;
    house.world.app.file.shared_by(
        [&](Ctx& c, file::FileId shared) { return c.who.member == ben && shared.text() == id; });
    house.who = "ben";
    EXPECT_EQ(house.content(id), "for ben");
    EXPECT_EQ(house.ask("DELETE", "/file/files/" + id).code(), "file.no_file");
    for (const auto* other : {"root", "eve"}) {
      house.who = other;
      EXPECT_EQ(house.content(id), "404");
    }
  });
}

}  // namespace
