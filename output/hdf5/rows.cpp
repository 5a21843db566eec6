#include "output/hdf5/rows.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "output/hdf5/handle.h"

namespace sleutel::h5 {

Rows::Rows(const std::string& path, SealedParts parts)
    : file_(open(path.c_str(), O_WRONLY | O_CLOEXEC)), parts_(std::move(parts)) {
  if (file_ < 0) throw Failure("could not open it", std::strerror(errno));
}

Rows::~Rows() { close(file_); }

void Rows::put(std::uint64_t offset, const void* bytes, std::size_t count) {
  const auto* from = static_cast<const char*>(bytes);
  while (count > 0) {
    const ssize_t written = pwrite(file_, from, count, static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw Failure("could not write a year", std::strerror(errno));
    from += written;
    offset += static_cast<std::uint64_t>(written);
    count -= static_cast<std::size_t>(written);
  }
}

void Rows::write(std::size_t column, std::uint64_t row, const void* values) {
  const SealedColumn& to = parts_.columns[column];
  put(to.offset + row * to.row_bytes, values, to.row_bytes);
  sum_ += column_sum(column, values, to.row_bytes);
}

void Rows::close_row(std::uint64_t row) {
  const char flag = 1;
  const std::uint64_t sum = row_sum(std::exchange(sum_, 0));
  put(parts_.flags + row, &flag, 1);
  put(parts_.sums_at() + row * sizeof sum, &sum, sizeof sum);
}

void Rows::forget_row(std::uint64_t row) {
  const char flag = 0;
  const std::uint64_t sum = 0;
  put(parts_.sums_at() + row * sizeof sum, &sum, sizeof sum);
  put(parts_.flags + row, &flag, 1);
}

void Rows::add_line(const std::string& text, const std::vector<std::string>& before) {
  std::uint64_t at = 0;
  for (const std::string& line : before) at += sealed_line(line).size();
  const std::string line = sealed_line(text);
  if (at + line.size() <= kRoomForLines) put(parts_.lines_at() + at, line.data(), line.size());
}

}  // namespace sleutel::h5
