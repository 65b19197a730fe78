# src/rooms.txt for CMake: VOLTGATE_ROOMS, from below, and what stands below each.
set(rooms_file ${PROJECT_SOURCE_DIR}/src/rooms.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${rooms_file})
file(STRINGS ${rooms_file} arrows REGEX "^[a-z]+:")
set(VOLTGATE_ROOMS "")
foreach(arrow IN LISTS arrows)
  string(REGEX MATCHALL "[a-z]+" names "${arrow}")
  list(POP_FRONT names room)
  list(APPEND VOLTGATE_ROOMS ${room})
  set(rooms_of_${room} ${room})
  foreach(below IN LISTS names)
    list(APPEND rooms_of_${room} ${rooms_of_${below}})
  endforeach()
  list(REMOVE_DUPLICATES rooms_of_${room})
endforeach()

# voltgate_objects_below(ROOM OUT): the object libraries of a room and of all that it knows.
function(voltgate_objects_below room out)
  list(TRANSFORM rooms_of_${room} PREPEND voltgate_ OUTPUT_VARIABLE objects)
  if(room STREQUAL ocpp)
    list(APPEND objects voltgate_typed)  # its folder has them
  endif()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()
