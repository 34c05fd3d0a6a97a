#pragma once
#include <string>
#include <vector>

#include "socket.hpp"

// The people whom `carillon bench prepare` made, signed in through the public API.
namespace load {

struct Person {
  std::string login, password, token, member;
};

// One request over a connection of its own; returns the body. Throws std::runtime_error unless the
// status is 200.
std::string request(const Target&, const std::string& method, const std::string& path, const std::string& body,
                    const std::string& token = {});

// Reads "login<TAB>password" lines, signs in the first `n` and remembers their tokens beside the
// file, so that a later run need not do it again.
std::vector<Person> sign_in(const Target&, const std::string& file, std::size_t n);

// The value of "key":"…" or "key":123 in an answer.
std::string member_of(const std::string& json, const std::string& key);

}  // namespace load
