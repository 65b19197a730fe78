# voltgate_warnings: what every target of ours is compiled with. Hosts that embed the library do not inherit it.
add_library(voltgate_warnings INTERFACE)
target_compile_options(voltgate_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(NOT VOLTGATE_UNITY)  # there it sees what another unit has
  target_compile_options(voltgate_warnings INTERFACE -Wshadow)
endif()
if(VOLTGATE_WERROR)
  target_compile_options(voltgate_warnings INTERFACE -Werror)
endif()
