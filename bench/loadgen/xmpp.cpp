// XMPP: people bench0, bench1 … of localhost with one password; a group is a room of the conference
// service. What was said is acknowledged where it arrives: the server archives before it delivers.
#include <sodium.h>

#include <stdexcept>

#include "plan.hpp"

namespace load {
namespace {

constexpr std::string_view host = "localhost", room = "load@conference.localhost";

std::string base64(const std::string& s) {
  std::string out(sodium_base64_encoded_len(s.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(s.data()), s.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

std::string_view attribute(std::string_view tag, std::string_view name) {
  for (const char quote : {'\'', '"'}) {
    const auto mark = " " + std::string(name) + "=" + quote;
    if (const auto at = tag.find(mark); at != tag.npos) {
      const auto from = at + mark.size();
      return tag.substr(from, tag.find(quote, from) - from);
    }
  }
  return {};
}

// The first whole element of the stream; empty if there is none. The stream's own head stands alone.
std::string_view element(std::string_view bytes) {
  if (bytes.starts_with("<?xml") || bytes.starts_with("<stream:stream")) {
    const auto end = bytes.find('>', bytes.starts_with("<?xml") ? bytes.find("?>") + 2 : 0);
    return end == bytes.npos ? "" : bytes.substr(0, end + 1);
  }
  const auto end = bytes.find('>');
  if (end == bytes.npos) return {};
  if (bytes[end - 1] == '/') return bytes.substr(0, end + 1);
  const auto name = bytes.substr(1, bytes.find_first_of(" >") - 1);
  const auto last = "</" + std::string(name) + ">";
  const auto close = bytes.find(last);
  return close == bytes.npos ? "" : bytes.substr(0, close + last.size());
}

class Xmpp final : public Wire {
 public:
  explicit Xmpp(const Plan& plan) : plan_(plan) {}

  int at_once() const override { return 20; }  // with more, ejabberd leaves some waiting for minutes
  void set_up(Work work, int people) override {
    work_ = work;
    sockets_.assign(static_cast<std::size_t>(people), nullptr);
  }
  void begin(Socket& s) override {
    sockets_[static_cast<std::size_t>(s.number())] = &s;
    open_stream(s);
  }
  std::size_t take(Socket& s, std::string_view bytes) override {
    std::size_t at = 0;
    for (;;) {
      while (at < bytes.size() && bytes[at] == '\n') ++at;
      const auto e = element(bytes.substr(at));
      if (e.empty()) return at;
      read(s, e);
      at += e.size();
    }
  }
  void say(Socket& s, std::int64_t id, const std::string& text) override {
    const auto to = work_ == Work::group ? std::string(room) : person(s.number() ^ 1) + "@" + std::string(host);
    s.send("<message type='" + std::string(work_ == Work::group ? "groupchat" : "chat") + "' to='" + to + "' id='m" +
           std::to_string(id) + "'><body>" + text + "</body></message>");
  }

 private:
  static std::string person(int number) { return "bench" + std::to_string(number); }
  static void open_stream(Socket& s) {
    s.send("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='" +
           std::string(host) + "'>");
  }

  void read(Socket& s, std::string_view e) {
    if (e.starts_with("<message")) return message(s, e);
    if (e.starts_with("<failure") || e.starts_with("<stream:error")) throw std::runtime_error(std::string(e));
    if (e.starts_with("<stream:features")) features(s);
    else if (e.starts_with("<success")) open_stream(s);
    else if (e.starts_with("<iq") && attribute(e, "id") == "bind") bound(s);
    else if (e.starts_with("<presence") && s.state() != Socket::State::open) present(s, e);
  }
  void features(Socket& s) {
    if (s.step++ == 0) {
      const auto name = person(s.number());
      std::string words;
      ((words += '\0') += name) += '\0';
      s.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + base64(words + plan_.people) +
             "</auth>");
    } else {
      s.send(
          "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>");
    }
  }
  void bound(Socket& s) {
    s.send("<presence/>");
    if (work_ == Work::group)
      s.send("<presence to='" + std::string(room) + "/" + person(s.number()) +
             "'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>");
  }
  // One's own presence comes last: of the room, or of the server.
  void present(Socket& s, std::string_view e) {
    if (attribute(e, "type") == "error") throw std::runtime_error(std::string(e));
    const auto from = attribute(e, "from");
    const auto own = work_ == Work::group ? std::string(room) + "/" + person(s.number())
                                          : person(s.number()) + "@" + std::string(host) + "/r";
    if (from == own) s.opened();
  }
  void message(Socket& s, std::string_view e) {
    const auto from = attribute(e, "from");
    const auto at = e.find("<body>");
    if (attribute(e, "type") == "error") throw std::runtime_error(std::string(e));
    if (at == e.npos) return;
    on_delivery(s, e.substr(at + 6));
    if (work_ == Work::pairs) on_answer(*sockets_[static_cast<std::size_t>(s.number() ^ 1)]);
    else if (from.ends_with("/" + person(s.number()))) on_answer(s);
  }

  const Plan& plan_;
  Work work_ = Work::alone;
  std::vector<Socket*> sockets_;
};

}  // namespace

std::unique_ptr<Wire> xmpp(const Plan& plan) { return std::make_unique<Xmpp>(plan); }

}  // namespace load
