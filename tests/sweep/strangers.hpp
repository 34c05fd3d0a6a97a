#pragma once
#include <boost/json/value.hpp>
#include <map>
#include <set>
#include <string>

#include "base/shape.hpp"

// What each organisation has been told, so that it can be looked for in what others are told.
class Strangers {
 public:
  Strangers();  // what stands in the register is everybody's

  // An answer of this shape went to somebody of this organisation. Its texts are only theirs where
  // the route is for members.
  void learn(const std::string& org, const Shape&, const boost::json::value&, bool texts);
  void learn_id(const std::string& org, const std::string& kind, const std::string& id) { ids_[org][kind].insert(id); }

  // An id of this kind that belongs to another organisation; empty if none is known.
  std::string foreign_id(const std::string& org, const std::string& kind) const;

  // What of another organisation an answer gives away to this one, beyond the words it sent itself.
  std::string leak(const std::string& org, const std::string& answer, const std::string& sent) const;

 private:
  std::map<std::string, std::map<std::string, std::set<std::string>>> ids_;  // by organisation and kind
  std::map<std::string, std::set<std::string>> texts_;
  std::set<std::string> everybodys_;
};
