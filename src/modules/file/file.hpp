#pragma once
#include "core/inspector.hpp"
#include "core/jobs.hpp"
#include "core/router.hpp"
#include "register/permissions.hpp"

// What people upload, and who may have it.
namespace file {

using FileId = Id<"fil">;
BOOST_DEFINE_ENUM_CLASS(From, nowhere, album, camera, storage)  // the device's permission that it comes by

// An upload under way: the next piece begins at `received`. No piece is larger than `piece`, and all but
// the last are a multiple of `chunk`.
struct Upload {
  FileId id;
  std::string name;
  std::int64_t size, received;
  From source;
  std::int64_t chunk, piece;
};
struct File {
  FileId id;
  MemberId owner;
  Time at;
  std::string name;
  std::int64_t size;
  std::string type;  // as its bytes say
};
struct Page {
  std::vector<File> items;
  std::optional<std::string> next;
};
struct Nothing {};

struct NewUpload {
  Line<200> name;
  Between<1, std::int64_t{1} << 40> size;
  std::optional<From> source;
};
struct OneFile {
  FileId id;
};
struct Piece {
  FileId id;
  Between<0, std::int64_t{1} << 40> offset;
};
struct Paging {
  std::optional<Line<200>> after;
  std::optional<Between<1, 100>> limit;
};

BOOST_DESCRIBE_STRUCT(Upload, (), (id, name, size, received, source, chunk, piece))
BOOST_DESCRIBE_STRUCT(File, (), (id, owner, at, name, size, type))
BOOST_DESCRIBE_STRUCT(Page, (), (items, next))
BOOST_DESCRIBE_STRUCT(Nothing, (), ())
BOOST_DESCRIBE_STRUCT(NewUpload, (), (name, size, source))
BOOST_DESCRIBE_STRUCT(OneFile, (), (id))
BOOST_DESCRIBE_STRUCT(Piece, (), (id, offset))
BOOST_DESCRIBE_STRUCT(Paging, (), (after, limit))

struct Limits {  // in bytes
  std::int64_t file, member, organisation;
};

// What the look at a whole upload has found.
struct Checked {
  std::string type;               // empty: it is refused
  std::optional<BlobId> cleaned;  // of a picture, instead of what was uploaded
  std::int64_t size = 0;
};

class Files {
 public:
  Files(Blobs& blobs, const Inspector& inspector, const Limits& limits)
      : blobs_(blobs), inspector_(inspector), limits_(limits) {}

  // Verbs, and the steps before them.
  BlobId key_for(Beforehand&, const NewUpload&);
  Upload begin(Ctx&, NewUpload, BlobId);
  Upload upload(Ctx&, OneFile);
  std::int64_t write(Beforehand&, const Piece&);
  std::expected<Upload, Error> put(Ctx&, Piece, std::int64_t written);
  Checked check(Beforehand&, const OneFile&);
  std::expected<File, Error> finish(Ctx&, OneFile, Checked);
  Nothing abort(Ctx&, OneFile);
  Page files(Ctx&, Paging);
  File file(Ctx&, OneFile);
  Download content(Ctx&, OneFile);
  Nothing remove(Ctx&, OneFile);

  // For rooms that show files to others than their owners: whether this one may be read by the caller.
  using MayRead = std::function<bool(Ctx&, FileId)>;
  void shared_by(MayRead may_read) { sharing_.push_back(std::move(may_read)); }

  // For the wiring: in the withdrawal's transaction, and what jobs do.
  static void withdrawn(Ctx&);
  void drop_withdrawn(Ctx&, MemberId);
  void shred(const Job& job) { blobs_.shred({job.reference}); }
  void sweep(Ctx&);  // abandoned uploads, and rows whose key is gone

 private:
  struct Pending;
  struct Kept;

  void require_space(Ctx&, std::int64_t more);
  static Pending pending(Ctx&, FileId);
  static std::optional<Error> refusal(Ctx&, const Pending&);
  static void drop(Ctx&, const Pending&);
  static void drop(Ctx&, const Kept&);
  static std::optional<Kept> find(Ctx&, FileId);
  Kept readable(Ctx&, FileId);

  Blobs& blobs_;
  const Inspector& inspector_;
  Limits limits_;
  std::vector<MayRead> sharing_;
  FileId swept_to_{};
};

void routes(Router&, Files&);

}  // namespace file
