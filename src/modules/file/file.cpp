#include "modules/file/file.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "privacy/audit.hpp"
#include "register/items.hpp"

namespace file {

// An upload that waits for its next piece, or for its end.
struct Files::Pending {
  FileId id;
  OrgId org;
  MemberId owner;
  std::string name;
  std::int64_t size, received;
  From source;
  std::optional<std::int64_t> withdrawals;
  BlobId blob;
  BOOST_DESCRIBE_CLASS(Pending, (), (id, org, owner, name, size, received, source, withdrawals, blob), (), ())
};

struct Files::Kept {
  FileId id;
  OrgId org;
  MemberId owner;
  Time at;
  std::string name;
  std::int64_t size;
  std::string type;
  BlobId blob;
  BOOST_DESCRIBE_CLASS(Kept, (), (id, org, owner, at, name, size, type, blob), (), ())

  File shown() const { return {id, owner, at, name, size, type}; }
};

namespace {

constexpr std::int64_t chunk = Blobs::chunk, largest_piece = 16 * chunk, default_page = 50, most_uploads = 50;
constexpr auto abandoned = std::chrono::days{1};
constexpr auto patience = std::chrono::minutes{1};  // so long who withdrew is told, and then it goes in any case
constexpr int slice = 50;
constexpr FileId newest{std::numeric_limits<std::int64_t>::max()};

Error no_upload() { return Error::missing("file.no_upload", "There is no such upload").at("id"); }
Error no_file() { return Error::missing("file.no_file", "There is no such file").at("id"); }

const Permission* permission_of(From source) {
  switch (source) {
    case From::album: return &permission::album;
    case From::camera: return &permission::camera;
    case From::storage: return &permission::storage;
    case From::nowhere: break;
  }
  return nullptr;
}

// A browser shows these without running anything of them.
bool may_be_shown(std::string_view type) {
  constexpr std::array<std::string_view, 11> safe{"image/jpeg", "image/png",  "image/gif",   "image/webp",
                                                  "audio/mpeg", "audio/ogg",  "audio/x-wav", "audio/x-m4a",
                                                  "video/mp4",  "video/webm", "video/ogg"};
  return std::ranges::find(safe, type) != safe.end();
}

void shred_later(Ctx& c, BlobId blob) { add_job(c, "file.shred", blob.value, std::nullopt); }

// Counted anew each time, so that nothing can drift.
void count_space(Ctx& c, OrgId org, MemberId owner) {
  const auto kept = c.db.value<std::int64_t>(
      "select cast(coalesce(sum(size), 0) as bigint) from file_file where org_id = $1 and owner_id = $2", org, owner);
  const auto coming = c.db.value<std::int64_t>(
      "select cast(coalesce(sum(size), 0) as bigint) from file_upload where org_id = $1 and owner_id = $2", org, owner);
  c.db.exec(
      "insert into file_space (org_id, owner_id, bytes) values ($1, $2, $3) "
      "on conflict (org_id, owner_id) do update set bytes = excluded.bytes",
      org, owner, kept.value_or(0) + coming.value_or(0));
}

// Takes bytes as they come and writes them in whole pieces; what comes last is marked so.
class Growing {
 public:
  Growing(Blobs& blobs, OrgId org, MemberId owner) : blobs_(blobs), id_(blobs.begin(org, owner)) {}

  void add(std::string_view bytes) {
    waiting_ += bytes;
    while (waiting_.size() > static_cast<std::size_t>(largest_piece)) write(largest_piece, false);
  }
  void end() {
    write(static_cast<std::int64_t>(waiting_.size()), true);
    blobs_.close(id_);
  }
  BlobId id() const { return id_; }
  std::int64_t size() const { return size_; }

 private:
  void write(std::int64_t size, bool last) {
    blobs_.write(id_, static_cast<std::uint64_t>(size_),
                 std::string_view(waiting_).substr(0, static_cast<std::size_t>(size)), last);
    waiting_.erase(0, static_cast<std::size_t>(size));
    size_ += size;
  }
  Blobs& blobs_;
  BlobId id_;
  std::string waiting_;
  std::int64_t size_ = 0;
};

}  // namespace

// --- what must hold -----------------------------------------------------------------------------

void Files::require_space(Ctx& c, std::int64_t more) {
  constexpr auto too_large = Error::Kind::too_large;
  if (more > limits_.file)
    throw Error{too_large, "file.too_large", "This file is larger than files may be"}.at("size").with(
        "limit", std::to_string(limits_.file));
  const auto mine =
      c.db.value<std::int64_t>("select bytes from file_space where org_id = $1 and owner_id = $2", c.org, c.who.member);
  if (mine.value_or(0) + more > limits_.member)
    throw Error{too_large, "file.no_space", "Your space for files is used up"}.at("size").with(
        "limit", std::to_string(limits_.member));
  const auto all = c.db.value<std::int64_t>(
      "select cast(coalesce(sum(bytes), 0) as bigint) from file_space where org_id = $1", c.org);
  if (all.value_or(0) + more > limits_.organisation)
    throw Error{too_large, "file.no_space_left", "Your organisation's space for files is used up"}.at("size").with(
        "limit", std::to_string(limits_.organisation));
  const auto uploads = c.db.value<std::int64_t>(
      "select count(*) from (select 1 from file_upload where org_id = $1 and owner_id = $2 limit $3) as few", c.org,
      c.who.member, most_uploads);
  if (uploads.value_or(0) >= most_uploads)
    throw Error{Error::Kind::too_many, "file.too_many_uploads", "Too many uploads are under way; finish some first"};
}

Files::Pending Files::pending(Ctx& c, FileId id) {
  auto found = c.db.one<Pending>(
      "select id, org_id, owner_id, name, size, received, source, withdrawals, blob_id from file_upload "
      "where org_id = $1 and owner_id = $2 and id = $3",
      c.org, c.who.member, id);
  if (!found) throw no_upload();
  return std::move(*found);
}

// Under the lock that a withdrawal takes: what is written afterwards was allowed until its commit.
std::optional<Error> Files::refusal(Ctx& c, const Pending& p) {
  const auto* permission = permission_of(p.source);
  try {
    if (permission) c.gate.still<data::media>(p.owner, {.withdrawals = p.withdrawals, .through = permission});
  } catch (const Error& e) {
    if (!e.code.starts_with("privacy.")) throw;
    return Error::forbidden("file.permission_withdrawn", "The permission that this upload came by was withdrawn")
        .with("permission", std::string(permission->id));
  }
  return std::nullopt;
}

void Files::drop(Ctx& c, const Pending& p) {
  c.db.exec("delete from file_upload where org_id = $1 and id = $2", p.org, p.id);
  shred_later(c, p.blob);
  count_space(c, p.org, p.owner);
}

void Files::drop(Ctx& c, const Kept& k) {
  c.db.exec("delete from file_file where org_id = $1 and id = $2", k.org, k.id);
  shred_later(c, k.blob);
  count_space(c, k.org, k.owner);
}

static Upload shown(FileId id, const std::string& name, std::int64_t size, std::int64_t received, From source) {
  return {id, name, size, received, source, chunk, largest_piece};
}

// --- uploads ------------------------------------------------------------------------------------

// The key is on disk before there is anything to seal with it.
BlobId Files::key_for(Beforehand& before, const NewUpload& in) {
  const auto who = before.read([&](Ctx& c) {
    if (const auto* p = permission_of(in.source.value_or(From::nowhere)))
      c.gate.begun<data::media>(c.who.member, {}, p);
    require_space(c, in.size);
    return c.who;
  });
  return blobs_.begin(who.org, who.member);
}

Upload Files::begin(Ctx& c, NewUpload in, BlobId blob) {
  const auto source = in.source.value_or(From::nowhere);
  c.lock(c.who.member);
  c.lock(c.org);
  std::optional<std::int64_t> withdrawals;
  if (const auto* p = permission_of(source)) withdrawals = c.gate.begun<data::media>(c.who.member, {}, p).withdrawals;
  require_space(c, in.size);
  const auto id = c.fresh<FileId>();
  c.db.exec(
      "insert into file_upload (id, org_id, owner_id, at, name, size, received, source, withdrawals, blob_id) "
      "values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9)",
      id, c.org, c.who.member, c.now, in.name, in.size, source, withdrawals, blob);
  count_space(c, c.org, c.who.member);
  return shown(id, in.name, in.size, 0, source);
}

Upload Files::upload(Ctx& c, OneFile in) {
  const auto p = pending(c, in.id);
  return shown(p.id, p.name, p.size, p.received, p.source);
}

// How many bytes it has put on disk: none of a piece that came before.
std::int64_t Files::write(Beforehand& before, const Piece& in) {
  const auto length = static_cast<std::int64_t>(before.bytes().size());
  bool allowed = true;
  const auto p = before.read([&](Ctx& c) {
    const auto found = pending(c, in.id);
    allowed = !refusal(c, found);
    return found;
  });
  if (length == 0 || in.offset > p.size - length)
    throw Error::invalid("file.not_its_size", "The upload was to have another size").at("offset");
  const bool last = in.offset + length == p.size;
  if (in.offset % chunk != 0 || (!last && length % chunk != 0))
    throw Error::invalid("file.uneven_piece", "Only the last piece may end between two chunks").at("offset");
  if (!allowed || in.offset + length <= p.received) return 0;
  if (in.offset != p.received)
    throw Error::conflict("file.other_offset", "The next piece begins elsewhere")
        .at("offset")
        .with("received", std::to_string(p.received));
  blobs_.write(p.blob, static_cast<std::uint64_t>(in.offset.value), before.bytes(), last);
  return length;
}

std::expected<Upload, Error> Files::put(Ctx& c, Piece in, std::int64_t written) {
  c.lock(c.who.member);
  auto p = pending(c, in.id);
  if (auto wrong = refusal(c, p)) {
    drop(c, p);
    return std::unexpected(std::move(*wrong));
  }
  if (in.offset == p.received) p.received += written;
  c.db.exec("update file_upload set received = $1 where org_id = $2 and id = $3", p.received, c.org, p.id);
  return shown(p.id, p.name, p.size, p.received, p.source);
}

// From here on nobody adds to it; what is looked at is what will be kept.
Checked Files::check(Beforehand& before, const OneFile& in) {
  bool wanted = false;
  const auto p = before.read([&](Ctx& c) -> std::optional<Pending> {
    if (find(c, in.id)) return std::nullopt;
    auto found = pending(c, in.id);
    wanted = !refusal(c, found);
    return found;
  });
  if (!p || !wanted) return {};
  if (p->received != p->size)
    throw Error::conflict("file.incomplete", "Some of this file has not arrived yet")
        .at("id")
        .with("received", std::to_string(p->received));
  blobs_.close(p->blob);
  std::optional<Growing> cleaned;
  const auto type =
      inspector_.look(*blobs_.open(p->blob, static_cast<std::uint64_t>(p->size)), [&](std::string_view bytes) {
        if (!cleaned) cleaned.emplace(blobs_, p->org, p->owner);
        cleaned->add(bytes);
      });
  if (!cleaned) return {type.value_or(""), std::nullopt, p->size};
  if (type) cleaned->end();
  else blobs_.shred(cleaned->id());
  return {type.value_or(""), type ? std::optional(cleaned->id()) : std::nullopt, cleaned->size()};
}

std::expected<File, Error> Files::finish(Ctx& c, OneFile in, Checked found) {
  c.lock(c.who.member);
  if (const auto before = find(c, in.id); before && before->owner == c.who.member) {
    if (found.cleaned) shred_later(c, *found.cleaned);  // it was ended twice at once
    return before->shown();
  }
  const auto p = pending(c, in.id);
  auto wrong = refusal(c, p);
  if (!wrong && found.type.empty())
    wrong = Error::invalid("file.refused",
                           "This file cannot be taken: it is damaged, or a picture of a kind that cannot be cleaned")
                .at("id");
  if (wrong) {
    if (found.cleaned) shred_later(c, *found.cleaned);
    drop(c, p);
    return std::unexpected(std::move(*wrong));
  }
  const auto* permission = permission_of(p.source);
  const Began began{.withdrawals = p.withdrawals, .through = permission};
  const Kept kept{p.id, p.org, p.owner, c.now, p.name, found.size, found.type, found.cleaned.value_or(p.blob)};
  const auto source =
      permission ? std::optional(c.gate.granted<data::media>(p.owner, permission->id, {}, began)) : std::nullopt;
  c.db.exec("delete from file_upload where org_id = $1 and id = $2", p.org, p.id);
  c.db.exec(
      "insert into file_file (id, org_id, owner_id, at, name, size, type, source, blob_id) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      kept.id, kept.org, kept.owner, kept.at, kept.name, kept.size, kept.type, source, kept.blob);
  if (found.cleaned) shred_later(c, p.blob);
  if (permission) privacy::record(c, {.action = "file.keep", .subject = p.owner.value, .item = data::media.id});
  count_space(c, p.org, p.owner);
  return kept.shown();
}

Nothing Files::abort(Ctx& c, OneFile in) {
  c.lock(c.who.member);
  drop(c, pending(c, in.id));
  return {};
}

// --- files --------------------------------------------------------------------------------------

std::optional<Files::Kept> Files::find(Ctx& c, FileId id) {
  return c.db.one<Kept>(
      "select id, org_id, owner_id, at, name, size, type, blob_id from file_file where org_id = $1 and id = $2", c.org,
      id);
}

// The one way to reach a file. Strangers cannot tell a hidden one from a missing one.
Files::Kept Files::readable(Ctx& c, FileId id) {
  auto found = find(c, id);
  const auto shares = [&](const MayRead& may_read) { return may_read(c, id); };
  if (!found || (found->owner != c.who.member && std::ranges::none_of(sharing_, shares))) throw no_file();
  return std::move(*found);
}

static FileId after(const Paging& in) {
  if (!in.after) return newest;
  if (const auto id = FileId::parse(in.after->value)) return *id;
  throw Error::invalid("request.bad_cursor", "This page mark is not one of ours").at("after");
}

Page Files::files(Ctx& c, Paging in) {
  const std::int64_t limit = in.limit ? in.limit->value : default_page;
  Page page{c.db.all<File>("select id, owner_id, at, name, size, type from file_file where org_id = $1 and "
                           "owner_id = $2 and id < $3 order by id desc limit $4",
                           c.org, c.who.member, after(in), limit),
            std::nullopt};
  if (std::ssize(page.items) == limit) page.next = page.items.back().id.text();
  return page;
}

File Files::file(Ctx& c, OneFile in) { return readable(c, in.id).shown(); }

Download Files::content(Ctx& c, OneFile in) {
  const auto k = readable(c, in.id);
  return {blobs_.open(k.blob, static_cast<std::uint64_t>(k.size)), k.type, k.name, k.blob.text(), may_be_shown(k.type)};
}

Nothing Files::remove(Ctx& c, OneFile in) {
  c.lock(c.who.member);
  const auto k = find(c, in.id);
  if (!k || k->owner != c.who.member) throw no_file();
  drop(c, *k);
  return {};
}

// --- what happens by itself ---------------------------------------------------------------------

void Files::withdrawn(Ctx& c) { add_job_after(c, patience, "file.withdrawn", c.who.member); }

void Files::drop_withdrawn(Ctx& c, MemberId owner) {
  c.lock(owner);
  for (const auto& p : c.db.all<Pending>(
           "select id, org_id, owner_id, name, size, received, source, withdrawals, blob_id from file_upload "
           "where org_id = $1 and owner_id = $2",
           c.org, owner))
    if (refusal(c, p)) drop(c, p);
}

void Files::sweep(Ctx& c) {
  for (const auto& p : c.db.all<Pending>("/* across organisations */ select id, org_id, owner_id, name, size, "
                                         "received, source, withdrawals, blob_id from file_upload "
                                         "where at < $1 order by at, id limit $2",
                                         c.now - abandoned, slice))
    drop(c, p);
  const auto next = c.db.all<Kept>(
      "/* across organisations */ select id, org_id, owner_id, at, name, size, type, blob_id from file_file where id > "
      "$1 order by id limit $2",
      swept_to_, slice);
  for (const auto& k : next)
    if (blobs_.shredded(k.blob)) drop(c, k);
  swept_to_ = std::ssize(next) == slice ? next.back().id : FileId{};
}

}  // namespace file
