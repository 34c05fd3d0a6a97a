#pragma once
#include <span>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "db/schema.hpp"

namespace privacy {

// Who runs the installation and how to reach them: the operator's own settings.
struct Operator {
  std::string name, department, address, postcode, email, phone;
};

struct Paragraph {
  std::string text;
  bool bold;
};
struct Listing {
  std::string title;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
};
struct Section {
  std::string anchor, title;
  std::vector<Paragraph> paragraphs;
  std::vector<Listing> tables;
};

struct Policy {
  std::string version, hash;  // the hash covers both languages and the operator
  Time effective_at;
  std::string language, title;
  Operator operator_;
  std::vector<Section> sections;
};

BOOST_DESCRIBE_STRUCT(Operator, (), (name, department, address, postcode, email, phone))
BOOST_DESCRIBE_STRUCT(Paragraph, (), (text, bold))
BOOST_DESCRIBE_STRUCT(Listing, (), (title, head, rows))
BOOST_DESCRIBE_STRUCT(Section, (), (anchor, title, paragraphs, tables))
BOOST_DESCRIBE_STRUCT(Policy, (), (version, hash, effective_at, language, title, operator_, sections))

// The policy as the register, the tables and the operator make it. It claims as collected only
// what some table has a column for.
Policy publish(std::span<const schema::Table>, const Operator&, Language, Time effective_at);

}  // namespace privacy
