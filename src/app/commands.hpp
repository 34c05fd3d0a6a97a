#pragma once
#include <string>
#include <vector>

#include "app/settings.hpp"
#include "register/item.hpp"

// The commands of the program. Each returns its exit code; what people must read goes to standard
// output, what went wrong is thrown as std::runtime_error with a sentence for them.
namespace commands {

using Arguments = std::vector<std::string>;

int serve(const Settings&, const Arguments&);
int admin(const Settings&, const Arguments&);
int schema(const Settings&, const Arguments&);
int openapi(const Settings&, const Arguments&);
int prove(const Settings&, const Arguments&);
int bench(const Settings&, const Arguments&);
int keys(const Settings&, const Arguments&);
int tls(const Settings&, const Arguments&);

// "--from FILE" among the arguments; empty if it is not there.
std::string option(const Arguments&, std::string_view flag);
bool has(const Arguments&, std::string_view word);
Language language_in(const Arguments&);  // "--language zh-CN"; English if it is not there

}  // namespace commands
