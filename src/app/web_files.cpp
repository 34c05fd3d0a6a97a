#include "app/web_files.hpp"

// Written by tools/pack_web.py.
struct PackedFile {
  const char *path, *type, *tag;
  const char* bytes;
  std::uint64_t size;
  const char* gzip;
  std::uint64_t gzip_size;
};
extern "C" const PackedFile carillon_web_files[];
extern "C" const std::uint64_t carillon_web_count;

net::Files web_files() {
  net::Files all;
  for (std::uint64_t i = 0; i < carillon_web_count; ++i) {
    const auto& f = carillon_web_files[i];
    all.push_back({f.path, f.type, f.tag, {f.bytes, f.size}, {f.gzip, f.gzip_size}});
  }
  return all;
}
