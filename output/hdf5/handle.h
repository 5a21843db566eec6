#pragma once
/// \file
/// The HDF5 library with its errors checked. Private to output/hdf5/.

#include <hdf5.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sleutel::h5 {

/// A call of the library that failed. Callers turn it into an InputError or EnvironmentError that names the file.
struct Failure : std::runtime_error {
  Failure(const std::string& what_failed, std::string because)
      : std::runtime_error(what_failed), reason(std::move(because)) {}
  std::string reason;  ///< the system's own words (No space left on device), or empty
};

/// Keeps the library from printing its error stack on this thread while alive.
class Silence {
 public:
  Silence();
  ~Silence();
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  H5E_auto2_t print_ = nullptr;
  void* where_ = nullptr;
};

/// Throws Failure if a status or an identifier is negative. `doing` completes "could not ...".
void check(herr_t status, const char* doing);
hid_t checked(hid_t id, const char* doing);

/// An identifier of the library, given back when this goes.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Close closer, const char* doing) : id_(checked(id, doing)), close_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  operator hid_t() const { return id_; }  // NOLINT: made to be handed to the library

  /// Gives it back now and checks that this went well (a file writes its last bytes here).
  void close(const char* doing) { check(close_(std::exchange(id_, -1)), doing); }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// A variable-length UTF-8 string type.
Handle text_type();

/// Attribute of an object as text; throws Failure if it is not there or not a text.
std::string text_attribute(hid_t object, const char* name);
double real_attribute(hid_t object, const char* name);
std::int64_t whole_attribute(hid_t object, const char* name);
std::uint64_t unsigned_attribute(hid_t object, const char* name);

/// All strings of a dataset (one, if it is scalar).
std::vector<std::string> texts_in(hid_t dataset);
std::vector<std::string> texts_in(hid_t file, const std::string& path);

/// Lengths of the axes of a dataset.
std::vector<hsize_t> shape_of(hid_t dataset);

/// How every file is opened: without the library's lock, so that a file that is being written can be read; and closed
/// with everything in it.
Handle file_access();

/// Without looking at its seal: see open_sealed (readable.h).
Handle open_to_read(const std::string& path);

}  // namespace sleutel::h5
