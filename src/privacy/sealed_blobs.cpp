#include "privacy/sealed_blobs.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/error.hpp"
#include "base/log.hpp"
#include "privacy/chunks.hpp"
#include "privacy/files.hpp"

namespace privacy {
namespace {

namespace fs = std::filesystem;

KeyId key_id(BlobId id) { return {id.value}; }

Error gone() { return Error::missing("file.gone", "The bytes of this file are gone"); }

// Asks for the key every time: a blob that is shredded while somebody reads it stops there.
class Opened final : public Source {
 public:
  Opened(KeyStore& keys, BlobId id, fs::path file, std::uint64_t size)
      : keys_(keys), id_(id), file_(std::move(file)), size_(size) {}

  std::uint64_t size() const override { return size_; }
  std::string read(std::uint64_t offset) override {
    if (offset >= size_) return {};
    const auto key = keys_.find(key_id(id_));
    if (!key) throw gone();
    const std::uint64_t index = offset / Blobs::chunk;
    const auto sealed = files::read_at(file_, index * sealed_chunk, sealed_chunk);
    auto plain = open_chunk(key->key, {id_, index, index + 1 == chunks_of(size_)}, sealed);
    if (!plain || plain->size() != std::min<std::uint64_t>(Blobs::chunk, size_ - index * Blobs::chunk))
      throw std::runtime_error("a blob was altered");
    return plain->substr(offset % Blobs::chunk);
  }

 private:
  KeyStore& keys_;
  BlobId id_;
  fs::path file_;
  std::uint64_t size_;
};

}  // namespace

BlobId SealedBlobs::begin(OrgId org, MemberId owner) { return {keys_.make_for_blob(org, owner.value).id.value}; }

void SealedBlobs::write(BlobId id, std::uint64_t offset, std::string_view bytes, bool last) {
  if (offset % chunk != 0 || bytes.empty() || (!last && bytes.size() % chunk != 0))
    throw std::logic_error("a blob grows in whole chunks");
  const std::lock_guard hold(writing(id));
  const auto key = keys_.find(key_id(id));
  if (!key || fs::exists(closed(id))) throw gone();
  std::string sealed;
  sealed.reserve(sealed_size(bytes.size()));
  for (std::uint64_t index = offset / chunk; !bytes.empty(); ++index) {
    const auto plain = bytes.substr(0, chunk);
    bytes.remove_prefix(plain.size());
    seal_chunk(key->key, {id, index, last && bytes.empty()}, plain, sealed);
  }
  files::make_folder(folder_);
  files::write_at(growing(id), offset / chunk * sealed_chunk, sealed);
}

void SealedBlobs::close(BlobId id) {
  const std::lock_guard hold(writing(id));
  if (fs::exists(closed(id))) return;
  if (!fs::exists(growing(id))) throw gone();
  files::move(growing(id), closed(id));
}

std::shared_ptr<Source> SealedBlobs::open(BlobId id, std::uint64_t size) {
  std::error_code wrong;
  const auto length = fs::file_size(closed(id), wrong);
  if (wrong || length != sealed_size(size) || !keys_.find(key_id(id))) throw gone();
  return std::make_shared<Opened>(keys_, id, closed(id), size);
}

bool SealedBlobs::shredded(BlobId id) { return !keys_.find(key_id(id)); }

void SealedBlobs::remove_files(BlobId id) {
  const std::lock_guard hold(writing(id));
  fs::remove(growing(id));
  fs::remove(closed(id));
}

void SealedBlobs::shred(BlobId id) {
  keys_.destroy(key_id(id));
  remove_files(id);
}

void SealedBlobs::sweep() {
  if (folder_.empty() || !fs::exists(folder_)) return;
  for (const auto& file : fs::directory_iterator(folder_)) {
    const auto id = BlobId::parse(file.path().stem().string());
    if (!id) logging::warn("blobs.stray_file");
    else if (!keys_.find(key_id(*id))) remove_files(*id);
  }
}

}  // namespace privacy
