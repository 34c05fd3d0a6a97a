# The list of clauses, inside the program.
set(clauses_tsv ${CMAKE_SOURCE_DIR}/docs/privacy/clauses.tsv)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${clauses_tsv})
file(READ ${clauses_tsv} clauses)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/clauses.cpp @ONLY CONTENT
"#include <string_view>
extern const std::string_view carillon_clauses;
const std::string_view carillon_clauses = R\"tsv(@clauses@)tsv\";
")
target_sources(privacy PRIVATE ${CMAKE_BINARY_DIR}/clauses.cpp)
