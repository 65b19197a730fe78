# Reads the headers of others once for each target instead of once for each unit: one that sees Asio takes a
# quarter to a half less. Builds without it (gcc) prove that every file includes what it uses.

# voltgate_precompile(TARGET [HEADERS...]): what precompiled.hpp names and HEADERS, for TARGET.
function(voltgate_precompile target)
  if(VOLTGATE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled.hpp ${ARGN})
    # ccache knows a precompiled header by its bytes.
    target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
  endif()
endfunction()

# voltgate_precompiled_as(TARGET OTHER): takes what was precompiled for OTHER, which is compiled the same way.
function(voltgate_precompiled_as target other)
  if(VOLTGATE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${other})
    target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
  endif()
endfunction()
