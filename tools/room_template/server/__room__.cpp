#include "modules/__room__/__room__.hpp"

#include <limits>

namespace __room__ {
namespace {

constexpr std::int64_t default_page = 50;
constexpr NoteId newest{std::numeric_limits<std::int64_t>::max()};

}  // namespace

Note __Room__::add(Ctx& c, NewNote in) {
  Note made{c.fresh<NoteId>(), c.now, in.text.value};
  c.db.exec("insert into __room___note (id, org_id, author_id, at, text) values ($1, $2, $3, $4, $5)", made.id, c.org,
            c.who.member, made.at, made.text);
  return made;
}

// The one way to reach a note. Strangers cannot tell a hidden one from a missing one.
Note __Room__::note(Ctx& c, OneNote in) {
  auto found = c.db.one<Note>("select id, at, text from __room___note where org_id = $1 and author_id = $2 and id = $3",
                              c.org, c.who.member, in.id);
  if (!found) throw Error::missing("__room__.no_note", "There is no such note").at("id");
  return std::move(*found);
}

Notes __Room__::notes(Ctx& c, Paging in) {
  const std::int64_t limit = in.limit ? in.limit->value : default_page;
  Notes page{c.db.all<Note>("select id, at, text from __room___note where org_id = $1 and author_id = $2 and id < $3 "
                            "order by id desc limit $4",
                            c.org, c.who.member, in.after.value_or(newest), limit),
             std::nullopt};
  if (std::ssize(page.items) == limit) page.next = page.items.back().id;
  return page;
}

}  // namespace __room__
