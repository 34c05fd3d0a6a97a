#pragma once
#include <array>
#include <filesystem>
#include <mutex>

#include "core/blobs.hpp"
#include "privacy/key_store.hpp"

namespace privacy {

// Blobs as sealed files in a folder. A blob goes by the id of its key, so neither can be taken for
// another; while it grows its file ends in ".part".
class SealedBlobs final : public Blobs {
 public:
  SealedBlobs(std::filesystem::path folder, KeyStore& keys) : folder_(std::move(folder)), keys_(keys) {}

  BlobId begin(OrgId, MemberId owner) override;
  void write(BlobId, std::uint64_t offset, std::string_view bytes, bool last) override;
  void close(BlobId) override;
  std::shared_ptr<Source> open(BlobId, std::uint64_t size) override;
  bool shredded(BlobId) override;
  void shred(BlobId) override;
  void sweep() override;

 private:
  std::filesystem::path closed(BlobId id) const { return folder_ / id.text(); }
  std::filesystem::path growing(BlobId id) const { return folder_ / (id.text() + ".part"); }
  std::mutex& writing(BlobId id) { return writing_[static_cast<std::size_t>(id.value) % writing_.size()]; }
  void remove_files(BlobId);

  std::filesystem::path folder_;
  KeyStore& keys_;
  std::array<std::mutex, 64> writing_;  // a blob is written, closed and shredded by one at a time
};

}  // namespace privacy
