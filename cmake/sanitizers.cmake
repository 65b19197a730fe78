# The sanitizers of VOLTGATE_SANITIZE, for every target: mixing instrumented and plain objects hides errors.
if(VOLTGATE_SANITIZE)
  add_compile_options(-fsanitize=${VOLTGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VOLTGATE_SANITIZE})
endif()
if(VOLTGATE_SANITIZE MATCHES "address")
  # Asio's recycling allocators would hide use after free from AddressSanitizer.
  add_compile_definitions(BOOST_ASIO_DISABLE_SMALL_BLOCK_RECYCLING BOOST_ASIO_DISABLE_AWAITABLE_FRAME_RECYCLING)
endif()
