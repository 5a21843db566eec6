#include "sim/base/limits.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

using namespace sleutel;
namespace fs = std::filesystem;

namespace {

/// A system of control groups that is made for a test, and goes with it.
class Groups {
 public:
  explicit Groups(const std::string& own)
      : folder_(fs::temp_directory_path() / ("sleutel-limits-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    write("own", own);
  }
  ~Groups() { fs::remove_all(folder_); }
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;

  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  ControlGroupFiles files() const { return {(folder_ / "groups").string(), (folder_ / "own").string()}; }

 private:
  fs::path folder_;
};

}  // namespace

TEST_CASE("control groups of version 2: the least of a group and those above it") {
  const Groups groups("0::/slice/job\n");
  groups.write("groups/slice/cpu.max", "150000 100000\n");
  groups.write("groups/slice/job/cpu.max", "400000 100000\n");
  groups.write("groups/slice/memory.max", "max\n");
  groups.write("groups/slice/job/memory.max", "536870912\n");
  CHECK(granted_processors(groups.files()) == 2);  // one and a half
  CHECK(granted_memory(groups.files()) == 536870912);
}

TEST_CASE("control groups of version 1, each controller in a folder of its own") {
  const Groups groups("9:name=systemd:/\n4:memory:/box/a\n2:cpuset:/\n1:cpu,cpuacct:/box\n0::/\n");
  groups.write("groups/cpu/box/cpu.cfs_quota_us", "300000\n");
  groups.write("groups/cpu/box/cpu.cfs_period_us", "100000\n");
  groups.write("groups/cpu/cpu.cfs_quota_us", "-1\n");
  groups.write("groups/memory/box/memory.limit_in_bytes", "1000000\n");
  groups.write("groups/memory/box/a/memory.limit_in_bytes", "9223372036854771712\n");  // its "no limit"
  CHECK(granted_processors(groups.files()) == 3);
  CHECK(granted_memory(groups.files()) == 1000000);
}

TEST_CASE("a container that sees only the root of its groups") {
  const Groups groups("0::/\n");
  groups.write("groups/cpu.max", "50000 100000\n");
  groups.write("groups/memory.max", "2000\n");
  CHECK(granted_processors(groups.files()) == 1);
  CHECK(granted_memory(groups.files()) == 2000);
}

TEST_CASE("no control groups, or none that limits") {
  const Groups none("0::/slice\n");
  none.write("groups/slice/cpu.max", "max 100000\n");
  CHECK_FALSE(granted_processors(none.files()));
  CHECK_FALSE(granted_memory(none.files()));
  CHECK_FALSE(granted_processors({"/nowhere", "/nowhere/own"}));
}
