// Reads a model and prints all its problems, or what it holds:
//     sleutel_model_check [scenarios/leiden/model.yaml [scenarios/evidence [scenarios/leiden/programmes]]]
#include <iostream>

#include "sim/base/problems.h"
#include "sim/model/print_model.h"
#include "sim/model/read_model.h"
#include "sim/model/read_programme.h"

int main(int count, char** words) {
  const std::string file = count > 1 ? words[1] : "scenarios/leiden/model.yaml";
  const std::string evidence = count > 2 ? words[2] : "scenarios/evidence";
  try {
    const auto model = sleutel::read_model(file, {.evidence = evidence});
    std::cout << sleutel::model_text(*model);
    for (const auto& matrix : model->matrix) {
      std::cout << "  level " << static_cast<int>(matrix.level) << ": " << matrix.vectors << " vectors, "
                << matrix.cells << " cells, " << matrix.derived.size() << " derived, " << matrix.rows << " rows\n";
    }
    if (count <= 3) return 0;
    for (const auto& programme : sleutel::read_programmes(words[3], *model, {}, evidence)) {
      std::cout << programme.id << ": " << programme.effects.size() << " effects\n";
    }
  } catch (const sleutel::InputError& error) {
    std::cout << sleutel::problems_text(error, "the model was not compiled");
    return static_cast<int>(error.code);
  }
  return 0;
}
