#pragma once
/// \file
/// Starts that were found before, kept in the user's cache folder ($SLEUTEL_CACHE, else $XDG_CACHE_HOME/sleutel, else
/// ~/.cache/sleutel). A file is named by a digest of everything that the start depends on, written under another name
/// and renamed, and carries a checksum: a damaged or foreign file is as good as none.

#include <cstdint>
#include <optional>
#include <string>

#include "sim/engine/start.h"

namespace sleutel {

/// Names the sources of the engine: what one has found or kept is not taken for that of another.
std::uint64_t engine_id();

/// Digest of everything that find_start reads: compiled model, made city, flows, seed, and the version of the search.
std::string start_key(const Model& model, const City& made, const Flows& flows, std::uint64_t city_seed);

/// Where the start of this key is kept, or would be; empty if there is no folder for it.
std::string start_file(const std::string& key);

/// The start under this key, with `model` and `made` for what the cache does not hold; nothing if there is none.
std::optional<Start> cached_start(const std::string& key, const Model& model, const City& made);

/// Keeps a start. A folder that cannot be written is no error: the next study finds its start again.
void keep_start(const std::string& key, const Start& start);

}  // namespace sleutel
