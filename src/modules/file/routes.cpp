#include "modules/file/file.hpp"
#include "register/purposes.hpp"

void file::routes(Router& r, Files& m) {
  r.serves(purpose::media);
  r.post("/file/uploads", Access::member, m, "Begin to upload a file", &Files::key_for, &Files::begin);
  r.get("/file/uploads/{id}", Access::member, m, "How far an upload has come", &Files::upload);
  r.post_bytes("/file/uploads/{id}/pieces", Access::member, m, "Send its next piece", &Files::write, &Files::put);
  r.post("/file/uploads/{id}/end", Access::member, m, "All is sent: the upload becomes a file", &Files::check,
         &Files::finish);
  r.remove("/file/uploads/{id}", Access::member, m, "Give an upload up", &Files::abort);
  r.get("/file/files", Access::member, m, "Your files, the latest first", &Files::files);
  r.get("/file/files/{id}", Access::member, m, "One file", &Files::file);
  r.get("/file/files/{id}/content", Access::member, m, "Its bytes, or a part of them", &Files::content);
  r.remove("/file/files/{id}", Access::member, m, "Destroy a file of yours", &Files::remove);
}
