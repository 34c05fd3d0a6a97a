#pragma once
#include "core/router.hpp"
__includes__
// Notes that a member keeps, and nobody else sees.
namespace __room__ {

using NoteId = Id<"__room__">;

struct Note { NoteId id; Time at; std::string text; };
struct Notes { std::vector<Note> items; std::optional<NoteId> next; };

struct NewNote { Prose<2000> text; };
struct OneNote { NoteId id; };
struct Paging { std::optional<NoteId> after; std::optional<Between<1, 100>> limit; };

BOOST_DESCRIBE_STRUCT(Note, (), (id, at, text))
BOOST_DESCRIBE_STRUCT(Notes, (), (items, next))
BOOST_DESCRIBE_STRUCT(NewNote, (), (text))
BOOST_DESCRIBE_STRUCT(OneNote, (), (id))
BOOST_DESCRIBE_STRUCT(Paging, (), (after, limit))

class __Room__ {
 public:
__constructor__  Note add(Ctx&, NewNote);
  Note note(Ctx&, OneNote);
  Notes notes(Ctx&, Paging);
__members__};

void routes(Router&, __Room__&);

}  // namespace __room__
