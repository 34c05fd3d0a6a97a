#pragma once
#include "core/ctx.hpp"
#include "privacy/key_store.hpp"

// A gate that lets everything through, seals nothing and keeps no record: what is left when it is
// measured against the real one is what privacy costs. No shipped program knows it.
class OpenGate final : public Gate {
 public:
  OpenGate(const Moment&, privacy::KeyStore&) {}

  void enter(bool) override {}
  void record(const std::vector<Denial>&) override {}

 private:
  static db::Bytes bytes(std::string_view s) { return {s.begin(), s.end()}; }

  std::int64_t demand(const Item&, const Purpose&, MemberId, const Began&) override { return 0; }
  void took(const Item&, const Purpose&, MemberId) override {}
  db::Bytes seal(const Item&, const Purpose&, Subject, std::string_view plain) override { return bytes(plain); }
  std::optional<std::string> open(const Item&, const Purpose&, Subject, const db::Bytes& sealed,
                                  std::optional<Reason>) override {
    return std::string(sealed.begin(), sealed.end());
  }
  std::optional<db::Bytes> index(const Item&, std::string_view plain, bool) override { return bytes(plain); }
};
