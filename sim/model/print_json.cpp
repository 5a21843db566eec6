#include "sim/base/numbers.h"
#include "sim/model/edge_rows.h"
#include "sim/model/print_model.h"

namespace sleutel {
namespace {

std::string in_json(const std::string& text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += std::string("\\u00") + digits[byte >> 4] + digits[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string field(const char* key, const std::string& text) { return in_json(key) + ": " + in_json(text); }
std::string field(const char* key, double value) { return in_json(key) + ": " + number_text(value); }
std::string field(const char* key, bool value) { return in_json(key) + ": " + (value ? "true" : "false"); }

std::string state_json(const Model& model, const State& state) {
  const std::string group = state.group < 0 ? "" : model.groups[static_cast<std::size_t>(state.group)].name;
  return "{" + field("name", state.name) + ", " + field("label_en", state.label_en) + ", " +
         field("label_nl", state.label_nl) + ", " + field("kind", std::string(kind_text(state.kind))) + ", " +
         field("domain", state.domain) + ", " + field("level", std::string(level_text(state.level))) + ", " +
         field("draw", static_cast<double>(state.draw)) + ", " + field("group", group) + ", " +
         field("rest", state.is_rest) + "}";
}

std::string edge_json(const Model& model, const Edge& edge) {
  return "{" + field("path", edge.path) + ", " + field("from", edge.from) + ", " +
         field("to", model.states[static_cast<std::size_t>(edge.to_state)].name) + ", " +
         field("change", change_text(model, edge.to_state, edge.change)) + ", " +
         field("hazard_ratio", edge.hazard_ratio) + ", " + field("published", edge.published) + ", " +
         field("measure", edge.measure) + ", " + field("per", edge.per) + ", " + field("kind", edge.kind) + ", " +
         field("evidence", edge.evidence) + ", " + field("unverified", edge.unverified) + "}";
}

std::string parameter_json(const Parameter& parameter) {
  return "{" + field("path", parameter.path) + ", " + field("value", parameter.value) + ", " +
         field("unit", parameter.unit) + ", " + field("low", parameter.low) + ", " + field("high", parameter.high) +
         ", " + field("evidence", parameter.evidence) + ", " + field("kind", parameter.kind) + ", " +
         field("assumption", parameter.is_assumption) + "}";
}

template <class Items, class Print>
std::string list_json(const char* key, const Items& items, Print print) {
  std::string text = "  " + in_json(key) + ": [";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "\n    " : ",\n    ") + print(items[i]);
  return text + "\n  ]";
}

}  // namespace

std::string model_json(const Model& model) {
  std::string text = "{\n  " + field("model", model.id) + ",\n  " + field("title", model.title) + ",\n";
  text += list_json("domains", domains_of(model), in_json) + ",\n";
  text += list_json("states", model.states, [&](const State& state) { return state_json(model, state); }) + ",\n";
  text += list_json("edges", model.edges, [&](const Edge& edge) { return edge_json(model, edge); }) + ",\n";
  text += list_json("parameters", model.parameters, parameter_json) + ",\n  ";
  text += list_json("evidence_unverified", model.evidence_unverified, in_json) + ",\n  ";
  text += field("evidence_used", static_cast<double>(model.evidence_used)) + ",\n  ";
  text += field("share_assumed", model.share_assumed) + ",\n  ";
  text += field("share_assumed_or_unverified", model.share_assumed_or_unverified) + ",\n  ";
  text += field("spectral_radius", model.spectral_radius);
  return text + "\n}\n";
}

}  // namespace sleutel
