#include "core/openapi.hpp"

#include <set>

namespace {

using Kind = Shape::Kind;

class Describer {
 public:
  explicit Describer(const Router& router) : router_(router) {}

  std::string describe(std::string_view version) {
    w_.begin('{');
    put("openapi", "3.1.0");
    w_.key("info");
    w_.begin('{');
    put("title", "Carillon");
    put("version", version);
    w_.key("license");
    w_.begin('{');
    put("name", "Apache-2.0");
    put("identifier", "Apache-2.0");
    w_.end('}');
    w_.end('}');
    w_.key("servers");
    w_.raw(R"([{"url":"/api"}])");
    w_.key("security");
    w_.raw(R"([{"session":[]},{"token":[]}])");
    paths();
    components();
    w_.end('}');
    return w_.take();
  }

 private:
  void put(std::string_view key, std::string_view value) {
    w_.key(key);
    w_.put(value);
  }

  // Routes of one path stand together, in the order of their declaration.
  void paths() {
    std::vector<std::string_view> order;
    std::set<std::string_view> seen;
    for (const auto& r : router_.routes())
      if (seen.insert(r->path).second) order.push_back(r->path);
    w_.key("paths");
    w_.begin('{');
    for (auto path : order) {
      w_.key(path);
      w_.begin('{');
      for (const auto& r : router_.routes())
        if (r->path == path) operation(*r);
      w_.end('}');
    }
    w_.end('}');
  }

  static std::string word(std::string_view method) {
    return method == "GET" ? "get" : method == "POST" ? "post" : method == "PUT" ? "put" : "delete";
  }
  static bool in_path(const Route& r, const std::string& field) {
    return r.path.find("{" + field + "}") != r.path.npos;
  }

  void operation(const Route& r) {
    w_.key(word(r.method));
    w_.begin('{');
    put("operationId", id_of(r));
    put("summary", r.says);
    w_.key("tags");
    w_.begin('[');
    w_.put(r.path.substr(1, r.path.find('/', 1) - 1));
    w_.end(']');
    if (r.access == Access::anyone) {
      w_.key("security");
      w_.raw("[]");
    }
    parameters(r);
    if (r.takes_bytes) bytes();
    else if (!r.reads()) body(r);
    answers(r);
    w_.end('}');
  }

  // "get_chat_conversations_id"
  static std::string id_of(const Route& r) {
    std::string id = word(r.method);
    for (const char c : r.path) {
      if (c == '/' || c == '-') id += '_';
      else if (c != '{' && c != '}') id += c;
    }
    return id;
  }

  void parameters(const Route& r) {
    w_.key("parameters");
    w_.begin('[');
    for (const auto& [name, shape] : r.in.fields) {
      const bool path = in_path(r, name);
      if (!path && !r.reads() && !r.takes_bytes) continue;
      w_.begin('{');
      put("name", name);
      put("in", path ? "path" : "query");
      w_.key("required");
      w_.put(path || !shape.optional);
      w_.key("schema");
      schema(shape, false);
      w_.end('}');
    }
    w_.end(']');
  }

  void bytes() {
    w_.key("requestBody");
    w_.raw(R"({"required":true,"content":{"application/octet-stream":{}}})");
  }

  void body(const Route& r) {
    Shape rest = r.in;
    std::erase_if(rest.fields, [&](const auto& f) { return in_path(r, f.first); });
    if (rest.fields.empty()) return;
    w_.key("requestBody");
    w_.begin('{');
    w_.key("required");
    w_.put(true);
    w_.key("content");
    w_.begin('{');
    w_.key("application/json");
    w_.begin('{');
    w_.key("schema");
    object(rest);
    w_.end('}');
    w_.end('}');
    w_.end('}');
  }

  void answers(const Route& r) {
    w_.key("responses");
    w_.begin('{');
    w_.key("200");
    w_.begin('{');
    put("description", "Done");
    w_.key("content");
    w_.begin('{');
    w_.key(r.out.name == "Html" ? "text/html" : r.out.name == "Bytes" ? "*/*" : "application/json");
    w_.begin('{');
    if (r.out.name != "Bytes") {
      w_.key("schema");
      schema(r.out, false);
    }
    w_.end('}');
    w_.end('}');
    w_.end('}');
    w_.key("default");
    w_.raw(
        R"({"description":"Refused","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Problem"}}}})");
    w_.end('}');
  }

  void schema(const Shape& s, bool nullable) {
    if (s.kind == Kind::object && !s.fields.empty()) {
      named_.emplace(s.name, s);
      w_.begin('{');
      if (nullable) {
        w_.key("oneOf");
        w_.begin('[');
        w_.begin('{');
      }
      put("$ref", "#/components/schemas/" + s.name);
      if (nullable) {
        w_.end('}');
        w_.raw(R"({"type":"null"})");
        w_.end(']');
      }
      w_.end('}');
      return;
    }
    if (s.kind == Kind::object) return object(s);
    w_.begin('{');
    type(s, nullable);
    w_.end('}');
  }

  void type(const Shape& s, bool nullable) {
    const auto is = [&](std::string_view name) {
      w_.key("type");
      if (!nullable) return w_.put(name);
      w_.begin('[');
      w_.put(name);
      w_.put(std::string_view{"null"});
      w_.end(']');
    };
    switch (s.kind) {
      case Kind::text:
        is("string");
        bounds(s, "minLength", "maxLength");
        break;
      case Kind::id:
        is("string");
        put("pattern", "^" + s.name + "_[1-9][0-9]*$");
        break;
      case Kind::word:
        is("string");
        words(s, nullable);
        break;
      case Kind::integer:
        is("integer");
        bounds(s, "minimum", "maximum");
        break;
      case Kind::time:
        is("integer");
        put("description", "Milliseconds since 1970 UTC");
        break;
      case Kind::real: is("number"); break;
      case Kind::boolean: is("boolean"); break;
      case Kind::list:
        is("array");
        bounds(s, "minItems", "maxItems");
        w_.key("items");
        schema(s.fields.front().second, false);
        break;
      case Kind::map:
        is("object");
        w_.key("additionalProperties");
        schema(s.fields.front().second, false);
        break;
      case Kind::object: break;
    }
  }

  void bounds(const Shape& s, std::string_view least, std::string_view most) {
    if (s.least == 0 && s.most == 0) return;
    w_.key(least);
    w_.put(s.least);
    w_.key(most);
    w_.put(s.most);
  }

  void words(const Shape& s, bool nullable) {
    w_.key("enum");
    w_.begin('[');
    for (const auto& word : s.words) w_.put(std::string_view{word});
    if (nullable) w_.null();
    w_.end(']');
  }

  void object(const Shape& s) {
    w_.begin('{');
    put("type", "object");
    w_.key("properties");
    w_.begin('{');
    for (const auto& [name, shape] : s.fields) {
      w_.key(name);
      schema(shape, shape.optional);
    }
    w_.end('}');
    w_.key("required");
    w_.begin('[');
    for (const auto& [name, shape] : s.fields)
      if (!shape.optional) w_.put(std::string_view{name});
    w_.end(']');
    w_.end('}');
  }

  // Schemas name further ones while they are written: until no new one appears.
  void components() {
    for (const auto& e : router_.events()) named_.emplace(e.shape.name, e.shape);
    w_.key("components");
    w_.begin('{');
    w_.key("securitySchemes");
    w_.raw(
        R"({"session":{"type":"apiKey","in":"cookie","name":"carillon_session"},"token":{"type":"http","scheme":"bearer"}})");
    w_.key("schemas");
    w_.begin('{');
    w_.key("Problem");
    w_.raw(
        R"({"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"},"field":{"type":["string","null"]},)"
        R"("values":{"type":"object","additionalProperties":{"type":"string"}}},"required":["code","message","values"]})");
    std::set<std::string> written;
    for (bool grew = true; grew;) {
      grew = false;
      for (const auto& [name, shape] : std::map(named_)) {
        if (!written.insert(name).second) continue;
        grew = true;
        w_.key(name);
        object(shape);
      }
    }
    w_.end('}');
    w_.end('}');
    w_.key("x-events");
    w_.begin('{');
    for (const auto& e : router_.events()) {
      w_.key(e.name);
      w_.begin('{');
      put("description", e.says);
      put("$ref", "#/components/schemas/" + e.shape.name);
      w_.end('}');
    }
    w_.end('}');
  }

  const Router& router_;
  std::map<std::string, Shape> named_;
  json::Writer w_;
};

}  // namespace

std::string openapi(const Router& router, std::string_view version) { return Describer(router).describe(version); }
