#include "sim/fit/clause.h"

#include <algorithm>

#include "sim/base/text.h"
#include "sim/model/predicate.h"
#include "sim/programmes/eligibility.h"

namespace sleutel {
namespace {

constexpr Range kMonthsIn{.min = 0, .max = 255, .meaning = "months in the state"};

void read_lacks(Reading& reading, const Node& node, const Model& model, StateMask& lacks) {
  for (const source::Word& word : words(reading, node, "lacks")) {
    const int state = model.state(word.text);
    if (state >= 0) {
      lacks.set(state);
      continue;
    }
    std::vector<std::string> names;
    for (const State& one : model.states) names.push_back(one.name);
    reading.add(word.place, "unknown state " + in_quotes(word.text), did_you_mean(word.text, names));
  }
}

void read_lasting(Reading& reading, const Node& node, const Model& model, Clause& clause) {
  const Node* months = node.find("months");
  if (months == nullptr || !expect_map(reading, *months, "states with months, such as {separated: [0, 12]}")) return;
  for (const Node& one : months->items) {
    const int state = model.state(one.key);
    const int slot = state < 0 ? -1 : model.states[static_cast<std::size_t>(state)].months_slot;
    if (slot < 0) {
      reading.add(one.key_problem("nothing counts how long " + in_quotes(one.key) + " lasts",
                                  "what is counted is " + listed(model.months_slot_names)));
      continue;
    }
    const auto range = Reader(reading.problems).as_numbers(one, kMonthsIn).value_or(std::vector<double>{});
    if (range.size() != 2 || range[0] >= range[1]) {
      reading.add(one.problem("expected two rising numbers of months [from, until], found " + one.found()));
      continue;
    }
    clause.lasting.push_back({state, slot, static_cast<int>(range[0]), static_cast<int>(range[1])});
  }
}

int read_outcome(Reading& reading, const Node& node, const Model& model) {
  const Node* outcome = node.find("outcome");
  if (outcome == nullptr) return -1;
  const std::string id = Reader(reading.problems).as_text(*outcome).value_or("");
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < model.outcomes.size(); ++i) {
    if (model.outcomes[i].id == id) return static_cast<int>(i);
    ids.push_back(model.outcomes[i].id);
  }
  reading.add(outcome->problem("unknown outcome " + in_quotes(id), did_you_mean(id, ids)));
  return -1;
}

/// One clause, or a list of them.
std::vector<Clause> read_clauses(Reading& reading, const Node& node, std::string_view key, const ClauseWords& words) {
  std::vector<Clause> clauses;
  const Node* found = node.find(key);
  if (found == nullptr) return clauses;
  if (!found->is_list()) return {read_clause(reading, *found, words)};
  for (const Node& one : found->items) clauses.push_back(read_clause(reading, one, words));
  return clauses;
}

bool lasts(const Residents& residents, Row row, const Clause::Lasting& asked) {
  const int months = residents.months_in[row][static_cast<std::size_t>(asked.slot)];
  return residents.states[row].test(asked.state) && months >= asked.from && months < asked.until;
}

/// Whether somebody who lives with a resident, or he himself, meets a clause.
bool any_member(const Run& run, Row row, const Clause& clause) {
  const City& city = run.city;
  for (Row one = city.households.first_member[city.residents.household[row]]; one != kNone;
       one = city.residents.next_in_household[one])
    if (city.residents.present(one) && meets(run, one, clause)) return true;
  return false;
}

bool meets_predicate(const Run& run, Row row, const Clause& clause) {
  const Residents& residents = run.city.residents;
  const int buurt = run.city.households.buurt[residents.household[row]];
  const Applicant one{residents.states[row], run.around.traits[row],
                      std::max(0, residents.age_months(row, run.month)) / 12,
                      run.city.buurten[static_cast<std::size_t>(buurt)].district};
  if (!is_eligible(clause.who, one)) return false;
  if (clause.lacks != StateMask{} && one.states.contains(clause.lacks)) return false;
  return std::all_of(clause.lasting.begin(), clause.lasting.end(),
                     [&](const Clause::Lasting& asked) { return lasts(residents, row, asked); });
}

bool meets_around(const Run& run, Row row, const Clause& clause) {
  const Row partner = run.city.residents.partner[row];
  const auto of_partner = [&](const Clause& one) { return partner != kNone && meets(run, partner, one); };
  const auto of_member = [&](const Clause& one) { return any_member(run, row, one); };
  return std::all_of(clause.partner.begin(), clause.partner.end(), of_partner) &&
         std::all_of(clause.members.begin(), clause.members.end(), of_member) &&
         std::none_of(clause.no_members.begin(), clause.no_members.end(), of_member);
}

}  // namespace

Clause read_clause(Reading& reading, const Node& node, const ClauseWords& words) {
  Clause clause;
  if (!expect_map(reading, node, "who is meant, such as {all: [lonely], age: [18, 200]}")) return clause;
  allow_keys(
      reading, node,
      {"any", "all", "none", "age", "districts", "lacks", "months", "outcome", "partner", "member", "no_member"});
  const std::size_t before = reading.problems.size();
  std::vector<std::string> names;
  clause.who = read_who(reading, node, words.model, words.districts, names);
  read_lacks(reading, node, words.model, clause.lacks);
  read_lasting(reading, node, words.model, clause);
  clause.outcome = read_outcome(reading, node, words.model);
  clause.partner = read_clauses(reading, node, "partner", words);
  clause.members = read_clauses(reading, node, "member", words);
  clause.no_members = read_clauses(reading, node, "no_member", words);
  if (reading.problems.size() != before) return clause;
  const std::string why = why_nobody(clause.who, words.model);
  if (!why.empty()) reading.add(node.problem("nobody could ever meet this: " + why));
  return clause;
}

bool meets(const Run& run, Row row, const Clause& clause) {
  if (!meets_predicate(run, row, clause)) return false;
  if (clause.outcome >= 0 &&
      !is_mean(run.arm->model.outcomes[static_cast<std::size_t>(clause.outcome)], run.arm->model.responses)) {
    if (((run.counted[row].held >> clause.outcome) & 1) == 0) return false;
  }
  return meets_around(run, row, clause);
}

}  // namespace sleutel
