#pragma once
#include "people.hpp"
#include "plan.hpp"

namespace load {

// Carillon's own way: verbs and events as JSON over a WebSocket.
class Carillon final : public Wire {
 public:
  explicit Carillon(const Plan&);

  void set_up(Work, int people) override;
  void begin(Socket&) override;
  std::size_t take(Socket&, std::string_view bytes) override;
  void say(Socket&, std::int64_t id, const std::string& text) override;

  struct Log {
    std::string id;
    std::int64_t head = 0;
  };
  const Log& chat(int socket) const;
  void ask(Socket&, std::string_view json);  // one call over its socket

 private:
  std::size_t answered(Socket&, std::string_view bytes);
  std::size_t frames(Socket&, std::string_view bytes);
  void read(Socket&, std::string_view text);

  const Plan& plan_;
  const std::string run_;  // so that tokens of one run are not those of the last
  Work work_ = Work::alone;
  std::vector<Person> people_;
  std::vector<Log> chats_;
};

}  // namespace load
