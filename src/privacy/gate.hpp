#pragma once
#include "core/ctx.hpp"
#include "privacy/key_store.hpp"

namespace privacy {

// Decides in the transaction of what it allows: the organisation's switch, the consent to the purpose
// and the device permission behind it. What it refuses, and what is opened of others, leaves a row.
class ConsentGate final : public Gate {
 public:
  ConsentGate(const Moment& m, KeyStore& keys) : m_(m), keys_(keys) {}

  void enter(bool writes) override;
  void record(const std::vector<Denial>&) override;

 private:
  std::int64_t demand(const Item&, const Purpose&, MemberId subject, const Began&) override;
  void took(const Item&, const Purpose&, MemberId subject) override;
  db::Bytes seal(const Item&, const Purpose&, Subject, std::string_view plain) override;
  std::optional<std::string> open(const Item&, const Purpose&, Subject, const db::Bytes&,
                                  std::optional<Reason>) override;
  std::optional<db::Bytes> index(const Item&, std::string_view plain, bool before) override;

  Owner owner(Subject) const;
  bool own(Subject) const;
  void refuse_closed(const Purpose&);
  [[noreturn]] void refuse(Error, const Purpose&, const Item* = nullptr, std::optional<std::int64_t> subject = {});

  const Moment m_;
  KeyStore& keys_;
};

}  // namespace privacy
