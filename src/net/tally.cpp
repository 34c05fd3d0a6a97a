#include "net/tally.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include "core/metrics.hpp"

namespace net {
namespace {

prometheus::Counter& counter(const char* name, const char* help, const prometheus::Labels& labels = {}) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(metrics::registry()).Add(labels);
}
prometheus::Gauge& gauge(const char* name, const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(metrics::registry()).Add({});
}

void move(std::uint64_t& n, prometheus::Counter* to) {
  if (n > 0) to->Increment(static_cast<double>(n));
  n = 0;
}
void move(int& n, prometheus::Gauge* to) {
  if (n != 0) to->Increment(n);
  n = 0;
}

}  // namespace

Meters::Meters()
    : accepted_(&counter("net_connections_accepted_total", "Connections taken")),
      turned_away_(&counter("net_connections_refused_total", "Connections over a limit")),
      messages_(&counter("net_messages_total", "Calls that came over sockets")),
      frames_(&counter("net_frames_total", "Frames queued for sockets")),
      received_(&counter("net_received_bytes_total", "Bytes read")),
      sent_(&counter("net_sent_bytes_total", "Bytes written")),
      writes_(&counter("net_writes_total", "System calls that wrote them")),
      cut_(&counter("net_slow_readers_total", "Sockets cut off from the live stream because they read too slowly")),
      connections_(&gauge("net_connections", "Connections that stand")),
      sockets_(&gauge("net_sockets", "Sockets that stand")) {
  constexpr std::array names{"other", "1xx", "2xx", "3xx", "4xx", "5xx"};
  for (std::size_t i = 0; i < names.size(); ++i)
    answers_[i] = &counter("net_answers_total", "Requests answered over HTTP", {{"status", names[i]}});
}

void Meters::take(Tally& t) {
  for (std::size_t i = 0; i < answers_.size(); ++i) move(t.answers[i], answers_[i]);
  move(t.accepted, accepted_);
  move(t.turned_away, turned_away_);
  move(t.messages, messages_);
  move(t.frames, frames_);
  move(t.received, received_);
  move(t.sent, sent_);
  move(t.writes, writes_);
  move(t.cut, cut_);
  move(t.connections, connections_);
  move(t.sockets, sockets_);
}

}  // namespace net
