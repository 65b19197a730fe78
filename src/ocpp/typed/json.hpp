// What the generated conversions of src/ocpp/generated/messages_*.cpp are written with.
// read() and write() exist once per type: here for plain values, in the generated files for the messages' structs.
#pragma once

#include "ocpp/payload.hpp"

#include <voltgate/ocpp/types.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp::typed {

/// A value being read and where it stands. A chain on the stack, spelt out as a pointer only for an error.
class source {
  public:
    source(value_view value, std::optional<json_error>& error) : value_(value), error_(error) {}
    source(value_view value, const source& parent, std::string_view key)
        : value_(value), error_(parent.error_), parent_(&parent), key_(key) {}
    source(value_view value, const source& parent, std::size_t index)
        : value_(value), error_(parent.error_), parent_(&parent), index_(index) {}

    [[nodiscard]] const value_view& value() const noexcept { return value_; }
    /// The member's name, in an object.
    [[nodiscard]] std::string_view key() const noexcept { return key_; }

    // Each notes an error when the value is something else.
    [[nodiscard]] bool is_object() const;
    [[nodiscard]] bool is_array() const;

    [[nodiscard]] bool failed() const noexcept { return error_.has_value(); }
    /// Notes the error unless one was noted before.
    void fail(std::string message) const;
    void fail_kind(std::string_view expected) const;

    /// A required member: absent and null are errors.
    template <class T>
    void get(std::string_view name, T& out) const {
        if (const auto member = required(name)) read(source(member, *this, name), out);
    }
    /// An optional member: null is absent.
    template <class T>
    void get(std::string_view name, std::optional<T>& out) const {
        if (const auto member = value_[name]) read(source(member, *this, name), out.emplace());
    }

  private:
    [[nodiscard]] value_view required(std::string_view name) const;
    void append_pointer(std::string& out) const;

    value_view value_;
    std::optional<json_error>& error_;
    const source* parent_ = nullptr;
    std::string_view key_;   // in an object; the names of OCPP need no escapes in a pointer
    std::size_t index_ = 0;  // in an array
};

void read(const source& in, std::string& out);
void read(const source& in, std::int64_t& out);
void read(const source& in, double& out);
void read(const source& in, bool& out);
void read(const source& in, raw_json& out);

template <class E>
void read(const source& in, open_enum<E>& out) {
    std::string text;
    read(in, text);
    out = open_enum<E>(text);
}

template <class T>
void read(const source& in, std::vector<T>& out) {
    if (!in.is_array()) return;
    std::size_t index = 0;
    for (auto item = in.value().first(); item.kind() != value_kind::absent && !in.failed(); item = item.next())
        read(source(item, in, index++), out.emplace_back());
}

void write(std::string& out, std::string_view in);
void write(std::string& out, std::int64_t in);
void write(std::string& out, double in);
void write(std::string& out, bool in);
void write(std::string& out, const raw_json& in);

inline void write(std::string& out, const std::string& in) { write(out, std::string_view(in)); }

template <class E>
void write(std::string& out, const open_enum<E>& in) {
    write(out, in.text());
}

template <class T>
void write(std::string& out, const std::vector<T>& in) {
    out += '[';
    for (const auto& item : in) {
        if (&item != in.data()) out += ',';
        write(out, item);
    }
    out += ']';
}

/// Writes an object member by member; complete when it goes out of scope.
class object_writer {
  public:
    explicit object_writer(std::string& out) : out_(out) { out_ += '{'; }
    ~object_writer() { out_ += '}'; }
    object_writer(const object_writer&) = delete;
    object_writer& operator=(const object_writer&) = delete;

    template <class T>
    void put(std::string_view name, const T& value) {
        begin_member(name);
        write(out_, value);
    }
    template <class T>
    void put(std::string_view name, const std::optional<T>& value) {
        if (value) put(name, *value);
    }

  private:
    void begin_member(std::string_view name);

    std::string& out_;
    bool first_ = true;
};

/// A payload and the first error in it. The text must outlive it.
class document {
  public:
    explicit document(std::string_view text);

    template <class T>
    [[nodiscard]] std::optional<json_error> read_into(T& out) {
        if (!error_) read(source(reader_.root(), error_), out);
        return std::move(error_);
    }

  private:
    payload_reader reader_;
    std::optional<json_error> error_;
};

}  // namespace voltgate::ocpp::typed
