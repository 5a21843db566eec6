#include "output/hdf5/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "sleutel/error.h"

namespace sleutel {
namespace {

void check(int status) {
  if (status != 1) throw EnvironmentError(ExitCode::failed, "the cryptographic library refused to compute a SHA-256");
}

}  // namespace

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  check(state_->context != nullptr ? EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) : 0);
}

Sha256::~Sha256() = default;

void Sha256::add_bytes(const void* first, std::size_t count) { check(EVP_DigestUpdate(state_->context, first, count)); }

void Sha256::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  add_bytes(text.data(), text.size());
}

void Sha256::add(std::uint64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
  add_bytes(bytes.data(), bytes.size());
}

void Sha256::add(double number) {
  if (std::isnan(number)) number = std::numeric_limits<double>::quiet_NaN();
  if (number == 0) number = 0;
  add(std::bit_cast<std::uint64_t>(number));
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned count = 0;
  check(EVP_DigestFinal_ex(state_->context, bytes.data(), &count));
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < count; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

}  // namespace sleutel
