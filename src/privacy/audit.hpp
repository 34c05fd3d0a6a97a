#pragma once
#include "privacy/ledger.hpp"

namespace privacy {

// Something that must be answered for: an access to what is sensitive, an access that was refused, a
// deed of an office. `action` and `reason` are words of the program, never what a person typed.
struct Act {
  std::string_view action;                   // "read", "denied", "unit.add"
  std::optional<std::int64_t> subject = {};  // about whom
  std::string_view item = "";                // of the register
  std::string_view reason = "";
  std::optional<OrgId> acting_for = {};  // the organisation, for what its administrators do
  std::string_view purpose = "";         // another than the moment's
  LedgerKind kind = LedgerKind::audit;   // what the ledger calls it: also shredding, expiry, appointment
};

// A row in the transaction of what it describes. Throws Error privacy.audit_unavailable if it cannot be
// written: then the deed does not happen either.
void record(const Moment&, const Act&);

// Rows of a table are gone because their time was over: in the transaction that removed them. Nothing for none.
void expired(const Moment&, std::string_view table, std::int64_t rows);

}  // namespace privacy
