#pragma once
/// \file
/// Where the data of a study lie: the city's folder, the evidence, the programmes, the model file.

#include <filesystem>
#include <string>
#include <vector>

#include "sleutel/scenario.h"

namespace sleutel {

/// Folders and files of one city's data. All exist, except where a caller checks.
struct DataFolders {
  std::filesystem::path scenarios;   ///< holds the cities' folders and `evidence`
  std::filesystem::path city;        ///< scenarios/<city>
  std::filesystem::path evidence;    ///< scenarios/evidence
  std::filesystem::path programmes;  ///< scenarios/<city>/programmes, or beside the study's own model
  std::filesystem::path model;       ///< scenarios/<city>/model.yaml, or the study's own
};

/// The folder that holds `<city>/city.yaml`: beside `near` or one of its parents (there also under scenarios/), else
/// likewise from the working folder, else beside the program. Throws InputError (input_missing) that lists where it
/// looked and which cities there are.
DataFolders data_folders(const std::string& city, const std::filesystem::path& near, const std::string& model);

/// As above, for a study read from a file. Also throws InputError, before it is read, for a model file that lies
/// neither in the study's folder nor in the one that holds the cities, or that is named in the study and not there.
DataFolders data_folders(const Study& study);

/// The folder that a study's file lies in.
std::filesystem::path folder_of(const Study& study);

/// All cities that data_folders would find from here, by name.
std::vector<std::string> cities_near(const std::filesystem::path& near);

/// The folder of this name in the nearest folder of scenarios, looked for from here as a city is; empty if there is
/// none.
std::filesystem::path found_in_scenarios(const std::string& name);

/// Cities that have a folder with a city.yaml, by name.
std::vector<std::string> known_cities(const std::filesystem::path& scenarios);

}  // namespace sleutel
