#include "privacy/sealed_blobs.hpp"

#include <fstream>

#include "base/random.hpp"
#include "privacy/chunks.hpp"
#include "world.hpp"

namespace {

namespace fs = std::filesystem;
using privacy::sealed_chunk;
constexpr std::size_t chunk = Blobs::chunk;
constexpr OrgId org{7};
constexpr MemberId ana{101}, ben{102};

class Blob : public probe::Place {
 protected:
  void SetUp() override {
    probe::Place::SetUp();
    store = open_keys();
    blobs = std::make_unique<privacy::SealedBlobs>(folder / "blobs", *store);
  }
  void TearDown() override {
    blobs.reset();
    store.reset();
    probe::Place::TearDown();
  }

  BlobId kept(const std::string& bytes, MemberId owner = ana) {
    const auto id = blobs->begin(org, owner);
    blobs->write(id, 0, bytes, true);
    blobs->close(id);
    return id;
  }
  fs::path file_of(BlobId id) const { return folder / "blobs" / id.text(); }
  static std::string all_of(Source& source, std::uint64_t from = 0) {
    std::string all;
    while (from + all.size() < source.size()) all += source.read(from + all.size());
    return all;
  }
  std::string read(BlobId id, std::uint64_t size) { return all_of(*blobs->open(id, size)); }
  std::string refusal(BlobId id, std::uint64_t size) {
    return probe::outcome([&] { read(id, size); });
  }
  // What becomes of a blob whose file somebody changed.
  std::string after(BlobId id, std::uint64_t size, const std::function<void(std::string&)>& change) {
    const auto whole = probe::contents(file_of(id));
    auto changed = whole;
    change(changed);
    put(file_of(id), changed);
    const auto how = refusal(id, size);
    put(file_of(id), whole);
    EXPECT_EQ(refusal(id, size), "fine");
    return how;
  }
  static void put(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  }

  std::unique_ptr<privacy::KeyStore> store;
  std::unique_ptr<privacy::SealedBlobs> blobs;
};
ON_BOTH_ENGINES(Blob);

TEST_P(Blob, comes_back_whole_whatever_its_size) {
  for (const std::size_t size : {std::size_t{1}, chunk - 1, chunk, chunk + 1, 3 * chunk, 3 * chunk + 17}) {
    const auto bytes = random_bytes(size);
    const auto id = kept(bytes);
    EXPECT_EQ(read(id, size), bytes) << size;
    EXPECT_EQ(fs::file_size(file_of(id)), privacy::sealed_size(size));
  }
}

TEST_P(Blob, is_read_from_any_byte_on) {
  const auto bytes = random_bytes(3 * chunk + 5);
  const auto source = blobs->open(kept(bytes), bytes.size());
  for (const std::size_t from : {std::size_t{1}, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk, 3 * chunk + 4}) {
    EXPECT_EQ(all_of(*source, from), bytes.substr(from)) << from;
    EXPECT_LE(source->read(from).size(), chunk);
  }
  EXPECT_EQ(source->read(bytes.size()), "");
}

TEST_P(Blob, says_nothing_on_disk) {
  const std::string plain(2 * chunk, 'p');
  const auto id = kept(plain);
  EXPECT_FALSE(probe::contents(file_of(id)).contains("pppp"));
  EXPECT_EQ(fs::status(file_of(id)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(Blob, altered_anywhere_is_refused) {
  const auto bytes = random_bytes(3 * chunk + 100);
  const auto id = kept(bytes);
  for (std::size_t i = 0; i < 4; ++i)
    for (const std::size_t at : {i * sealed_chunk, i * sealed_chunk + 16, i * sealed_chunk + 120})
      EXPECT_EQ(after(id, bytes.size(), [&](std::string& s) { s[at] = static_cast<char>(s[at] ^ 1); }),
                "a blob was altered")
          << at;
  EXPECT_EQ(after(id, bytes.size(),
                  [](std::string& s) {
                    const auto first = s.substr(0, sealed_chunk);
                    s.replace(0, sealed_chunk, s, sealed_chunk, sealed_chunk);
                    s.replace(sealed_chunk, sealed_chunk, first);
                  }),
            "a blob was altered");
}

TEST_P(Blob, cut_or_continued_is_refused) {
  const auto bytes = random_bytes(3 * chunk);
  const auto id = kept(bytes);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, sealed_chunk, 2 * sealed_chunk, 3 * sealed_chunk - 1})
    EXPECT_EQ(after(id, bytes.size(), [&](std::string& s) { s.resize(size); }), "file.gone") << size;
  EXPECT_EQ(after(id, bytes.size(), [](std::string& s) { s += "x"; }), "file.gone");
  EXPECT_EQ(after(id, bytes.size(), [](std::string& s) { s += s.substr(0, sealed_chunk); }), "file.gone");

  // Who believes in another size sees that the last chunk is not the last, or that it is not yet.
  put(file_of(id), probe::contents(file_of(id)).substr(0, 2 * sealed_chunk));
  EXPECT_EQ(refusal(id, 2 * chunk), "a blob was altered");
}

TEST_P(Blob, takes_no_chunk_of_another) {
  const auto bytes = random_bytes(2 * chunk);
  const auto id = kept(bytes), other = kept(bytes);
  const auto theirs = probe::contents(file_of(other));
  EXPECT_EQ(after(id, bytes.size(), [&](std::string& s) { s.replace(0, sealed_chunk, theirs, 0, sealed_chunk); }),
            "a blob was altered");
  EXPECT_EQ(after(id, bytes.size(), [&](std::string& s) { s = theirs; }), "a blob was altered");

  // Not even under the same key: each chunk is bound to its blob.
  const auto key = store->find({id.value})->key;
  std::string sealed;
  privacy::seal_chunk(key, {other, 0, true}, "x", sealed);
  EXPECT_FALSE(privacy::open_chunk(key, {id, 0, true}, sealed));
  EXPECT_EQ(privacy::open_chunk(key, {other, 0, true}, sealed), "x");
}

TEST_P(Blob, grows_in_pieces_and_over_again) {
  const auto bytes = random_bytes(4 * chunk + 9);
  const auto id = blobs->begin(org, ana);
  blobs->write(id, 0, random_bytes(2 * chunk), false);
  blobs->write(id, 0, bytes.substr(0, 2 * chunk), false);
  privacy::SealedBlobs(folder / "blobs", *store).write(id, 2 * chunk, bytes.substr(2 * chunk), true);
  EXPECT_EQ(refusal(id, bytes.size()), "file.gone");  // it is not closed yet
  blobs->close(id);
  blobs->close(id);
  EXPECT_EQ(read(id, bytes.size()), bytes);
  EXPECT_EQ(probe::outcome([&] { blobs->write(id, 0, bytes.substr(0, chunk), false); }), "file.gone");
  EXPECT_EQ(read(id, bytes.size()), bytes);
  EXPECT_EQ(probe::outcome([&] { blobs->write(blobs->begin(org, ana), 5, bytes, true); }),
            "a blob grows in whole chunks");
}

TEST_P(Blob, shredded_does_not_open_even_from_a_copy) {
  const auto bytes = random_bytes(chunk + 1);
  const auto id = kept(bytes), stays = kept(bytes);
  fs::copy(folder / "blobs", folder / "copy");
  privacy::SealedBlobs copy(folder / "copy", *store);
  EXPECT_EQ(all_of(*copy.open(id, bytes.size())), bytes);  // it opened before
  const auto reading = blobs->open(id, bytes.size());
  EXPECT_EQ(reading->read(0), bytes.substr(0, chunk));

  blobs->shred(id);
  blobs->shred(id);
  EXPECT_FALSE(fs::exists(file_of(id)));
  EXPECT_EQ(refusal(id, bytes.size()), "file.gone");
  EXPECT_EQ(probe::outcome([&] { copy.open(id, bytes.size()); }), "file.gone");
  EXPECT_EQ(probe::outcome([&] { reading->read(chunk); }), "file.gone");
  EXPECT_EQ(probe::outcome([&] { blobs->write(id, 0, bytes, true); }), "file.gone");
  EXPECT_FALSE(open_keys()->find({id.value}));
  EXPECT_EQ(read(stays, bytes.size()), bytes);
}

TEST_P(Blob, goes_with_the_keys_of_its_owner) {
  const auto hers = kept("hers"), his = kept("his", ben);
  fs::copy(folder / "blobs", folder / "copy");
  EXPECT_EQ(read(hers, 4), "hers");
  store->destroy({org, ana.value});
  EXPECT_EQ(refusal(hers, 4), "file.gone");
  EXPECT_EQ(read(his, 3), "his");

  // From a copy of the data that was made before, by a node that starts now.
  const auto elsewhere = open_keys();
  privacy::SealedBlobs restored(folder / "copy", *elsewhere);
  EXPECT_TRUE(restored.shredded(hers));
  EXPECT_EQ(all_of(*restored.open(his, 3)), "his");
  restored.sweep();
  EXPECT_FALSE(fs::exists(folder / "copy" / hers.text()));
  EXPECT_TRUE(fs::exists(folder / "copy" / his.text()));
}

TEST_P(Blob, files_without_a_key_are_swept_and_others_stay) {
  const auto id = kept("stays"), growing = blobs->begin(org, ana), lost = blobs->begin(org, ana);
  blobs->write(growing, 0, "part", true);
  blobs->write(lost, 0, "lost", true);
  store->destroy(privacy::KeyId{lost.value});
  blobs->sweep();
  EXPECT_TRUE(fs::exists(file_of(id)));
  EXPECT_TRUE(fs::exists(file_of(growing).string() + ".part"));
  EXPECT_FALSE(fs::exists(file_of(lost).string() + ".part"));
}

}  // namespace
