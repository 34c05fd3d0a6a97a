#include "base/log.hpp"

#include <unistd.h>

#include <atomic>
#include <string>

#include "base/json.hpp"

namespace logging {
namespace {

std::atomic<void (*)(std::string_view)> sink = nullptr;

void put(json::Writer& w, const Value& v) {
  if (v.is_id()) w.put(std::string_view{std::string(v.word()) + '_' + std::to_string(v.number())});
  else if (!v.word().empty()) w.put(v.word());
  else w.put(v.number());
}

// One write a line: lines of several threads do not mix.
void line(std::string_view level, Code fact, std::initializer_list<Field> fields) {
  json::Writer w;
  w.begin('{');
  w.key("at");
  json::write(w, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  w.key("level");
  w.put(level);
  w.key("fact");
  w.put(fact.text());
  for (const auto& [name, value] : fields) {
    w.key(name.text());
    put(w, value);
  }
  w.end('}');
  const auto text = w.take() + '\n';
  if (auto* to = sink.load()) return to(text);
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

void error(Code fact, std::initializer_list<Field> fields) { line("error", fact, fields); }
void warn(Code fact, std::initializer_list<Field> fields) { line("warn", fact, fields); }
void info(Code fact, std::initializer_list<Field> fields) { line("info", fact, fields); }
void capture(void (*to)(std::string_view)) { sink = to; }

}  // namespace logging
