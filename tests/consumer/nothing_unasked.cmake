# BUILT: where the consumer was built with the checkout inside. Voltgate must have added its library and nothing else.
cmake_policy(VERSION 3.25)

load_cache(${BUILT} READ_WITH_PREFIX cached_ CMAKE_BUILD_TYPE)
if(cached_CMAKE_BUILD_TYPE)
  message(SEND_ERROR "It set the host's build type: ${cached_CMAKE_BUILD_TYPE}")
endif()

execute_process(COMMAND ${CMAKE_COMMAND} --build ${BUILT} COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE programs ${BUILT}/voltgate/voltgate ${BUILT}/voltgate/*_tests ${BUILT}/voltgate/*_example)
if(programs)
  message(SEND_ERROR "It built programs: ${programs}")
endif()

file(REMOVE_RECURSE ${BUILT}/installed)
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILT} --prefix ${BUILT}/installed COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE files ${BUILT}/installed/*)
if(files)
  message(SEND_ERROR "It installed: ${files}")
endif()

execute_process(COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${BUILT} -N OUTPUT_VARIABLE tests COMMAND_ERROR_IS_FATAL ANY)
if(NOT tests MATCHES "Total Tests: 0")
  message(SEND_ERROR "It added tests: ${tests}")
endif()
