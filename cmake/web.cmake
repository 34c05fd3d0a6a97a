# The built client (web/dist) becomes part of the program: one object that holds every file.
# Without a built client the program serves none; ./run builds it first.
set(web_dist ${CMAKE_SOURCE_DIR}/web/dist CACHE PATH "the built client")
set(web_pack ${CMAKE_BINARY_DIR}/web_pack)
add_custom_command(
  OUTPUT ${web_pack}.S ${web_pack}.bin
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/pack_web.py ${web_dist} ${web_pack}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/pack_web.py ${CMAKE_BINARY_DIR}/web_stamp
  COMMENT "Packing the client")
# Always compares; touches the stamp only when a file of the client changed.
add_custom_target(web_changed
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/pack_web.py --stamp ${web_dist} ${CMAKE_BINARY_DIR}/web_stamp
  BYPRODUCTS ${CMAKE_BINARY_DIR}/web_stamp)
add_library(web_files STATIC ${web_pack}.S)
add_dependencies(web_files web_changed)
