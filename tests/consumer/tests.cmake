# Hosts as other projects build them: against the installed library, which CMake finds or pkg-config, and with this
# checkout inside, which is compiled by eights as in releases.
set(consumer ${CMAKE_CURRENT_LIST_DIR})
set(built ${CMAKE_CURRENT_BINARY_DIR}/consumer)
set(installed ${built}/installed)

# voltgate_consumer_test(NAME OPTIONS...): configures the consumer with OPTIONS, builds and runs it.
function(voltgate_consumer_test name)
  add_test(NAME consumer_${name}
           COMMAND ${CMAKE_CTEST_COMMAND} --build-and-test ${consumer} ${built}/${name}
                   --build-generator ${CMAKE_GENERATOR} --build-target host
                   --build-options -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
                                   -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}
                                   -DCMAKE_EXE_LINKER_FLAGS=${CMAKE_EXE_LINKER_FLAGS} ${ARGN}
                   --test-command host)
endfunction()

add_test(NAME consumer_clean COMMAND ${CMAKE_COMMAND} -E rm -rf ${installed} ${built}/package)
add_test(NAME consumer_install
         COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${installed} --component voltgate_library)
voltgate_consumer_test(package -DCMAKE_PREFIX_PATH=${installed})
add_test(NAME consumer_pkg_config
         COMMAND sh -c "\"$1\" -std=c++20 \"$2\" $(pkg-config --static --cflags --libs voltgate) -o host && ./host"
                 - ${CMAKE_CXX_COMPILER} ${consumer}/host.cpp
         WORKING_DIRECTORY ${built})
voltgate_consumer_test(subdirectory -DVOLTGATE_SOURCE=${PROJECT_SOURCE_DIR})
add_test(NAME consumer_nothing_unasked
         COMMAND ${CMAKE_COMMAND} -D BUILT=${built}/subdirectory -P ${consumer}/nothing_unasked.cmake)

set_tests_properties(consumer_clean PROPERTIES FIXTURES_SETUP consumer_clean)
set_tests_properties(consumer_install PROPERTIES FIXTURES_REQUIRED consumer_clean FIXTURES_SETUP consumer_installed)
set_tests_properties(consumer_package consumer_pkg_config PROPERTIES FIXTURES_REQUIRED consumer_installed)
set_tests_properties(consumer_pkg_config PROPERTIES
  ENVIRONMENT PKG_CONFIG_PATH=${installed}/${CMAKE_INSTALL_LIBDIR}/pkgconfig)
set_tests_properties(consumer_subdirectory PROPERTIES FIXTURES_SETUP consumer_subdirectory RUN_SERIAL TRUE)
set_tests_properties(consumer_nothing_unasked PROPERTIES FIXTURES_REQUIRED consumer_subdirectory)
set_tests_properties(consumer_clean consumer_install consumer_package consumer_pkg_config consumer_subdirectory
                     consumer_nothing_unasked PROPERTIES LABELS consumer TIMEOUT 1200)
