#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/actor.hpp"

using BlobId = Id<"blb">;

// Bytes that are read as they leave, on any thread. Throws std::exception when they cannot be.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  virtual std::string read(std::uint64_t offset) = 0;  // some of what follows, never all of it; empty at the end
};

// The bytes of files, outside the database and each under a key of its own. A blob that is begun grows
// in whole chunks; one that is closed never changes again. What a call has written is on disk.
class Blobs {
 public:
  static constexpr std::size_t chunk = 64 * 1024;

  virtual ~Blobs() = default;
  virtual BlobId begin(OrgId, MemberId owner) = 0;  // its key is on disk and goes when the owner's keys go
  // `offset` is at the border of a chunk, and only the last piece may end within one. Writing a piece
  // again replaces it.
  virtual void write(BlobId, std::uint64_t offset, std::string_view bytes, bool last) = 0;
  virtual void close(BlobId) = 0;
  // Throws Error file.gone when its key, its file or a part of it is gone.
  virtual std::shared_ptr<Source> open(BlobId, std::uint64_t size) = 0;
  virtual bool shredded(BlobId) = 0;  // its key is gone
  virtual void shred(BlobId) = 0;     // first the key, then the file; again does no harm
  virtual void sweep() = 0;           // removes files whose keys are gone
};
