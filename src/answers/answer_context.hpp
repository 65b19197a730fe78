// What answers to CALLs are made with.
#pragma once

#include "async/random_source.hpp"
#include "stations/boot_admission.hpp"
#include "stations/certificate_requests.hpp"
#include "stations/publisher.hpp"
#include "stations/settings_view.hpp"
#include "stations/stations.hpp"
#include "stores/ports.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/config.hpp>

#include <functional>
#include <string>

namespace voltgate {

class log;

/// All that it refers to outlives the answers.
struct answer_context {
    const config& settings;
    const clock_source& clock;
    random_source& random;
    voltgate::log& log;
    voltgate::publisher& publisher;
    voltgate::stations& stations;
    settings_view& settings_in_force;
    boot_admission& boots;
    const voltgate::stores& stores;
    memory_budget& variables_memory;
    certificate_requests& certificates;
    /// Nothing withholds commands to the charge point of this key any more.
    std::function<void(const std::string& key)> commands_may_go;

    /// It is stored soon.
    void changed(const std::shared_ptr<charge_point>& record) const { stores.charge_points->changed(record); }
};

}  // namespace voltgate
