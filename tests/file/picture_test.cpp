#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <fstream>
#include <thread>

#include "base/random.hpp"
#include "base/text.hpp"
#include "house.hpp"

namespace {

// One grey dot by a camera of make "SecretC" at 39°54'26"N, turned on its side, with XMP, a remark, and
// a film hidden behind the end.
const auto jpeg_head = text::unhex("ffd8");
const auto jpeg_exif = text::unhex(
    "ffe1007845786966000049492a000800000003000f0102000800000032000000120103000100000006000000258804000100"
    "00003a000000000000005365637265744300020001000200020000004e000000020005000300000058000000000000002700"
    "00000100000036000000010000001a00000001000000");
const auto jpeg_others = text::unhex(
    "ffe10044687474703a2f2f6e732e61646f62652e636f6d2f7861702f312e302f003c783a786d706d65746120786d6c6e733a"
    "783d2261646f62653a6e733a6d6574612f222f3efffe000872656d61726b");
const auto jpeg_dot = text::unhex(
    "ffe000104a46494600010100000100010000ffdb004300030303030303030303030303030303030303030303030303030303"
    "03030303030303030303030303030303030303030303030303030303030303030303030303ffc0000b080001000101011100"
    "ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000ffda00080101"
    "00003f0054dfffd9");
const auto jpeg = jpeg_head + jpeg_exif + jpeg_others + jpeg_dot + "hidden film";

const auto png_with_exif = text::unhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73000000706558496649492a000800000003"
    "000f010200080000003200000012010300010000000600000025880400010000003a00000000000000536563726574430002"
    "0001000200020000004e00000002000500030000005800000000000000270000000100000036000000010000001a00000001"
    "00000005598f300000000e74455874436f6d6d656e740072656d61726bd9c2f5f50000001049444154789c63f8cfc000440c"
    "100a001fee03fd8b5f14d40000000049454e44ae426082");
// A hundred thousand dots wide and high, in seventy bytes.
const auto png_huge = text::unhex(
    "89504e470d0a1a0a0000000d49484452000186a0000186a0080200000027309c9f0000000849444154789c03000000000148"
    "0689d20000000049454e44ae426082");
const auto gif = text::unhex(
                     "47494638396101000100800000000000ffffff21fe0672656d61726b0021f904010000000"
                     "02c00000000010001000002024401003b") +
                 "hidden film";

class Picture : public InHouse {
 protected:
  // What it is kept as, and what is kept.
  static std::pair<std::string, std::string> kept(House& house, const std::string& bytes) {
    const auto file = house.upload("photo.jpg", bytes);
    EXPECT_EQ(file.status, 200) << file.code();
    EXPECT_EQ(static_cast<std::size_t>(file.number("size")), house.content(file.text("id")).size());
    return {file.text("type"), house.content(file.text("id"))};
  }
  static bool tells(const std::string& bytes) {
    for (const std::string_view secret : {"SecretC", "xap", "remark", "hidden", "eXIf"})
      if (bytes.contains(secret)) return true;
    return bytes.contains(text::unhex("27000000010000003600000001000000"));  // 39 degrees, 54 minutes
  }
};
INSTANTIATE_TEST_SUITE_P(Files, Picture, testing::Values("sqlite"), [](const auto& e) { return e.param; });

TEST_P(Picture, arrives_without_what_it_tells) {
  in_house([](House& house) {
    EXPECT_TRUE(tells(jpeg));
    const auto [type, bytes] = kept(house, jpeg);
    EXPECT_EQ(type, "image/jpeg");
    EXPECT_FALSE(tells(bytes));
    EXPECT_TRUE(bytes.ends_with(jpeg_dot.substr(18)));                     // every dot as it was
    EXPECT_TRUE(bytes.contains(text::unhex("120103000100000006000000")));  // and still turned
    house.later({});
    EXPECT_EQ(house.blobs().size(), 1U);  // what was uploaded is gone
    EXPECT_EQ(house.count("file_space where bytes = " + std::to_string(bytes.size())), 1);
  });
}

TEST_P(Picture, of_other_kinds_as_well) {
  in_house([](House& house) {
    for (const auto& [picture, wanted] : {std::pair{png_with_exif, "image/png"}, std::pair{gif, "image/gif"}}) {
      EXPECT_TRUE(tells(picture)) << wanted;
      const auto [type, bytes] = kept(house, picture);
      EXPECT_EQ(type, wanted);
      EXPECT_FALSE(tells(bytes)) << wanted;
    }
  });
}

TEST_P(Picture, that_is_none_or_too_large_is_refused_and_gone) {
  in_house([](House& house) {
    std::string broken = jpeg_head + jpeg_exif + std::string(200, '\0');
    const auto endless = jpeg.substr(0, jpeg.size() - 13);
    const auto tiff = text::unhex("49492a00080000000000") + std::string(100, '\0');
    const auto heavy = jpeg_head + jpeg_dot.substr(0, 18) + std::string(std::size_t{50} << 20, 'x');
    for (const auto& bytes : {png_huge, broken, endless, tiff, heavy}) {
      const auto refused = house.upload("photo.jpg", bytes);
      EXPECT_EQ(refused.status, 422);
      EXPECT_EQ(refused.code(), "file.refused");
    }
    house.later({});
    EXPECT_TRUE(house.blobs().empty());
    EXPECT_EQ(house.count("file_upload"), 0);
    EXPECT_EQ(house.count("file_file"), 0);
  });
}

TEST_P(Picture, is_what_its_bytes_say) {
  in_house([](House& house) {
    const auto page = house.upload("photo.jpg", "<!DOCTYPE html><html><script>alert(1)</script></html>");
    EXPECT_EQ(page.text("type"), "text/html");
    const auto answer = house.world.send("ana", "GET", "/file/files/" + page.text("id") + "/content", "");
    EXPECT_FALSE(answer.file->shown);
    EXPECT_EQ(answer.file->type, "text/html");
    const auto dot = house.upload("contract.pdf", jpeg);
    EXPECT_EQ(dot.text("type"), "image/jpeg");
    EXPECT_TRUE(house.world.send("ana", "GET", "/file/files/" + dot.text("id") + "/content", "").file->shown);
  });
}

// The other process, while it waits for the first byte of a file.
TEST(Inspecting, happens_where_nothing_else_is_possible) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, ends[1], 0);
  auto program = inspecting_program().string();
  char* words[] = {program.data(), nullptr};
  pid_t pid = 0;
  ASSERT_EQ(::posix_spawn(&pid, program.c_str(), &files, nullptr, words, nullptr), 0);
  posix_spawn_file_actions_destroy(&files);
  const auto says = [&](const std::string& file, const std::string& line) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/" + file);
    for (std::string l; std::getline(in, l);)
      if (l.starts_with(line)) return l;
    return std::string();
  };
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (says("status", "Seccomp:") != "Seccomp:\t2" && std::chrono::steady_clock::now() < until)
    std::this_thread::yield();
  EXPECT_EQ(says("status", "Seccomp:"), "Seccomp:\t2");
  EXPECT_EQ(says("status", "NoNewPrivs:"), "NoNewPrivs:\t1");
  EXPECT_TRUE(says("limits", "Max open files").contains(" 0 "));
  EXPECT_TRUE(says("limits", "Max address space").contains(" 536870912 "));
  EXPECT_TRUE(says("limits", "Max cpu time").contains(" 10 "));
  EXPECT_TRUE(says("limits", "Max core file size").contains(" 0 "));
  ::close(ends[1]);
  ::close(ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
}

TEST(Inspecting, that_cannot_be_had_refuses) {
  class Text final : public Source {
    std::uint64_t size() const override { return 5; }
    std::string read(std::uint64_t offset) override {
      return std::string("hello").substr(std::min<std::uint64_t>(offset, 5));
    }
  } text;
  const auto take = [](std::string_view) {};
  EXPECT_EQ(Inspector(inspecting_program()).look(text, take), "text/plain");
  EXPECT_THROW(Inspector("/nowhere/carillon_inspect").look(text, take), Error);
  EXPECT_EQ(Inspector("/bin/false").look(text, take), std::nullopt);
}

}  // namespace
