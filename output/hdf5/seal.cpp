#include "output/hdf5/seal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>

#include "output/hdf5/sha256.h"
#include "sim/base/checksum.h"

namespace sleutel::h5 {
namespace {

static_assert(std::endian::native == std::endian::little, "files are little-endian, and rows are written as they are");

using Words = std::vector<std::uint64_t>;

constexpr std::uint64_t kSealVersion = 1;
constexpr std::uint64_t kMark = 0x4c41'4553'5445'4c53ULL;  ///< "SLETSEAL", the last bytes of the file
constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kHashWords = 4;
constexpr std::size_t kHeadWords = 5;  ///< version, image, rows, flags, columns; before the columns
constexpr std::size_t kTailWords = 3;  ///< length of the seal, checksum of the tail, mark
constexpr std::size_t kPieceBytes = 1 << 20;

std::uint64_t head_bytes(std::uint64_t columns) { return (kHeadWords + 2 * columns + kHashWords + 1) * kWord; }

std::uint64_t checksum_of(const Words& words, std::size_t count) {
  Checksum sum;
  sum.add(words.data(), count * kWord);
  return sum.value();
}

std::string as_bytes(const Words& words) { return {reinterpret_cast<const char*>(words.data()), words.size() * kWord}; }

Words as_words(const std::string& bytes) {
  Words words(bytes.size() / kWord);
  std::memcpy(words.data(), bytes.data(), words.size() * kWord);
  return words;
}

Words tail_of(std::uint64_t seal_bytes) {
  Words tail = {kSealVersion, seal_bytes};
  return {seal_bytes, checksum_of(tail, tail.size()), kMark};
}

/// A file, read in pieces wherever one wants.
class Reader {
 public:
  explicit Reader(const std::string& path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    const off_t end = file_ >= 0 ? lseek(file_, 0, SEEK_END) : 0;
    size_ = end > 0 ? static_cast<std::uint64_t>(end) : 0;
  }
  ~Reader() {
    if (file_ >= 0) close(file_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::uint64_t size() const { return size_; }

  /// Shorter if the file or the disk does not have them.
  std::string bytes(std::uint64_t from, std::uint64_t count) const {
    if (from > size_ || count > size_ - from) return {};
    std::string room(count, '\0');
    std::size_t done = 0;
    while (done < count) {
      const ssize_t got = pread(file_, room.data() + done, count - done, static_cast<off_t>(from + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += static_cast<std::size_t>(got);
    }
    room.resize(done);
    return room;
  }

 private:
  int file_;
  std::uint64_t size_ = 0;
};

/// Whether the columns and flags lie in the image one after another.
bool fit(const SealedParts& parts) {
  std::uint64_t free_from = 0;
  const auto takes = [&](std::uint64_t offset, std::uint64_t row_bytes) {
    const bool possible = row_bytes > 0 && row_bytes <= parts.image / std::max<std::uint64_t>(1, parts.rows);
    if (!possible || offset < free_from || offset > parts.image - row_bytes * parts.rows) return false;
    free_from = offset + row_bytes * parts.rows;
    return true;
  };
  bool flags = parts.rows == 0;
  for (const SealedColumn& column : parts.columns) {
    if (!flags && parts.flags < column.offset) flags = takes(parts.flags, 1);
    if (!takes(column.offset, column.row_bytes)) return false;
  }
  return flags || takes(parts.flags, 1);
}

/// Goes through the image once: what is in no row enters the hash, what is in one the sum of its row.
class Walk {
 public:
  Walk(const Reader& from, const SealedParts& parts) : from_(from), parts_(parts), sums_(parts.rows, 0) {}

  bool all() {
    bool flags = parts_.rows == 0;
    for (std::size_t i = 0; i < parts_.columns.size(); ++i) {
      if (!flags && parts_.flags < parts_.columns[i].offset) flags = pass_flags();
      if (!hash_until(parts_.columns[i].offset) || !add_column(i)) return false;
    }
    if (!flags) pass_flags();
    return hash_until(parts_.image);
  }
  std::string hash() { return sha_.hex(); }
  const Words& sums() const { return sums_; }
  const std::string& flags() const { return flags_; }

 private:
  bool pass_flags() {
    if (!hash_until(parts_.flags)) return false;
    flags_ = from_.bytes(at_, parts_.rows);
    at_ += parts_.rows;
    return flags_.size() == parts_.rows;
  }

  bool hash_until(std::uint64_t end) {
    while (at_ < end) {
      const std::string piece = from_.bytes(at_, std::min<std::uint64_t>(kPieceBytes, end - at_));
      if (piece.empty()) return false;
      sha_.add_bytes(piece.data(), piece.size());
      at_ += piece.size();
    }
    return true;
  }

  bool add_column(std::size_t column) {
    const std::uint64_t row_bytes = parts_.columns[column].row_bytes;
    const std::uint64_t at_once = std::max<std::uint64_t>(1, kPieceBytes / row_bytes);
    for (std::uint64_t row = 0; row < parts_.rows; row += at_once) {
      const std::uint64_t rows = std::min(at_once, parts_.rows - row);
      const std::string piece = from_.bytes(at_, rows * row_bytes);
      if (piece.size() < rows * row_bytes) return false;
      for (std::uint64_t i = 0; i < rows; ++i)
        sums_[row + i] += column_sum(column, piece.data() + i * row_bytes, row_bytes);
      at_ += piece.size();
    }
    return true;
  }

  const Reader& from_;
  const SealedParts& parts_;
  Words sums_;
  std::string flags_;
  std::uint64_t at_ = 0;
  Sha256 sha_;
};

/// The hash, as 64 digits, in four words.
void add_hash(const std::string& digits, Words& to) {
  for (std::size_t i = 0; i < kHashWords; ++i) to.push_back(std::stoull(digits.substr(16 * i, 16), nullptr, 16));
}

/// The flag is written after the row, its checksum last: a checksum without flag is damage, a flag without checksum a
/// row that a kill has cut short.
RowState state_of(unsigned char flag, std::uint64_t stored, std::uint64_t found) {
  if (flag > 1 || (flag == 0 && stored != 0)) return RowState::damaged;
  if (stored == 0) return RowState::absent;
  return stored == row_sum(found) ? RowState::there : RowState::damaged;
}

std::vector<std::string> lines_in(const std::string& room) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at + 2 * kWord <= room.size()) {
    const Words head = as_words(room.substr(at, 2 * kWord));
    if (head[0] == 0 || head[0] > room.size() - at - 2 * kWord) break;
    const std::string text = room.substr(at + 2 * kWord, head[0]);
    if (sealed_line(text).compare(0, 2 * kWord, room, at, 2 * kWord) != 0) break;
    lines.push_back(text);
    at += 2 * kWord + text.size();
  }
  return lines;
}

/// Reads the head of a seal that begins there. False if it is not as it was written.
bool read_head(const Reader& file, std::uint64_t begins, SealedParts& parts, Words& head) {
  head = as_words(file.bytes(begins, kHeadWords * kWord));
  if (head.size() < kHeadWords || head[0] != kSealVersion || head[1] != begins) return false;
  if (head[4] > file.size() / kWord) return false;
  const std::uint64_t columns = head[4];
  head = as_words(file.bytes(begins, head_bytes(columns)));
  if (head.size() * kWord != head_bytes(columns) || head.back() != checksum_of(head, head.size() - 1)) return false;
  parts.image = begins;
  parts.rows = head[2];
  parts.flags = head[3];
  for (std::uint64_t i = 0; i < columns; ++i)
    parts.columns.push_back({head[kHeadWords + 2 * i], head[kHeadWords + 2 * i + 1]});
  return parts.rows <= file.size() && fit(parts) && parts.ends_at() == file.size();
}

/// The sums of rows are read before the rows: who writes meanwhile writes them after the rows.
bool is_whole(const Reader& file, std::uint64_t seal_bytes, Seal& seal) {
  Words head;
  if (seal_bytes > file.size() || !read_head(file, file.size() - seal_bytes, seal.parts, head)) return false;
  const Words stored = as_words(file.bytes(seal.parts.sums_at(), seal.parts.rows * kWord));
  Walk walk(file, seal.parts);
  if (stored.size() != seal.parts.rows || !walk.all()) return false;
  for (std::size_t row = 0; row < stored.size(); ++row)
    seal.rows.push_back(state_of(static_cast<unsigned char>(walk.flags()[row]), stored[row], walk.sums()[row]));
  if (seal.parts.rows > 0) seal.lines = lines_in(file.bytes(seal.parts.lines_at(), kRoomForLines));
  Words hash;
  add_hash(walk.hash(), hash);
  return std::equal(hash.begin(), hash.end(), head.end() - 1 - static_cast<std::ptrdiff_t>(kHashWords));
}

}  // namespace

std::uint64_t SealedParts::sums_at() const { return image + head_bytes(columns.size()); }
std::uint64_t SealedParts::lines_at() const { return sums_at() + rows * kWord; }
std::uint64_t SealedParts::ends_at() const { return lines_at() + (rows > 0 ? kRoomForLines : 0) + kTailWords * kWord; }

std::size_t Seal::count(RowState which) const {
  return static_cast<std::size_t>(std::count(rows.begin(), rows.end(), which));
}

std::uint64_t column_sum(std::size_t column, const void* bytes, std::size_t count) {
  Checksum sum(column);
  sum.add(bytes, count);
  return sum.value();
}

std::uint64_t row_sum(std::uint64_t of_columns) { return of_columns | 0x0100'0000'0000'0001ULL; }

std::string sealed_line(const std::string& text) {
  Checksum sum;
  sum.add(text.data(), text.size());
  return as_bytes({text.size(), sum.value()}) + text;
}

std::string seal_for(const std::vector<char>& image, SealedParts parts) {
  parts.image = image.size();
  Words head = {kSealVersion, parts.image, parts.rows, parts.flags, parts.columns.size()};
  for (const SealedColumn& column : parts.columns) head.insert(head.end(), {column.offset, column.row_bytes});
  Sha256 sha;
  std::uint64_t at = 0;
  const auto hash_until = [&](std::uint64_t end) { sha.add_bytes(image.data() + at, end - at); };
  std::vector<SealedColumn> left_out = parts.columns;
  if (parts.rows > 0) left_out.push_back({parts.flags, 1});
  std::sort(left_out.begin(), left_out.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  for (const SealedColumn& column : left_out) {
    hash_until(column.offset);
    at = column.offset + column.row_bytes * parts.rows;
  }
  hash_until(parts.image);
  add_hash(sha.hex(), head);
  head.push_back(checksum_of(head, head.size()));
  const std::uint64_t room = parts.ends_at() - parts.sums_at() - kTailWords * kWord;
  return as_bytes(head) + std::string(room, '\0') + as_bytes(tail_of(parts.ends_at() - parts.image));
}

Seal read_seal(const std::string& path) {
  const Reader file(path);
  Seal seal;
  if (file.size() < kTailWords * kWord) return seal;
  const Words tail = as_words(file.bytes(file.size() - kTailWords * kWord, kTailWords * kWord));
  if (tail.size() != kTailWords || tail != tail_of(tail[0])) return seal;
  seal.state = is_whole(file, tail[0], seal) ? SealState::whole : SealState::damaged;
  return seal;
}

}  // namespace sleutel::h5
