# What `cmake --install` puts in place. `--component voltgate_program` takes the program, its systemd unit and documents;
# `--component voltgate_library` the library, its headers, and how find_package() and pkg-config find them.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(VOLTGATE_PROGRAM)
  configure_file(${PROJECT_SOURCE_DIR}/src/daemon/voltgate.service.in voltgate.service @ONLY)
  install(TARGETS voltgate_program COMPONENT voltgate_program)
  install(FILES ${PROJECT_BINARY_DIR}/voltgate.service DESTINATION lib/systemd/system COMPONENT voltgate_program)
  install(FILES config.toml.example docs/operations.md docs/configuration.md docs/security.md
          DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT voltgate_program)
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/voltgate)
install(TARGETS voltgate EXPORT voltgate_targets
        ARCHIVE COMPONENT voltgate_library
        FILE_SET HEADERS COMPONENT voltgate_library)
install(EXPORT voltgate_targets NAMESPACE voltgate:: FILE voltgate-targets.cmake
        DESTINATION ${package_dir} COMPONENT voltgate_library)
configure_package_config_file(cmake/voltgate-config.cmake.in voltgate-config.cmake INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may change what hosts are compiled against.
write_basic_package_version_file(voltgate-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/voltgate-config.cmake ${PROJECT_BINARY_DIR}/voltgate-config-version.cmake
        DESTINATION ${package_dir} COMPONENT voltgate_library)

# Relative to the file itself, so that the installed tree may be moved.
set(pkgconfig_dir ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH libdir_from_pc ${pkgconfig_dir} ${CMAKE_INSTALL_FULL_LIBDIR})
file(RELATIVE_PATH includedir_from_pc ${pkgconfig_dir} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
configure_file(cmake/voltgate.pc.in voltgate.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/voltgate.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT voltgate_library)
