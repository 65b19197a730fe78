// A strict reader of Prometheus' text format, for tests: it throws at whatever a scraper might refuse.
#pragma once

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate::test {

class exposition {
  public:
    using labels = std::map<std::string, std::string>;

    explicit exposition(const std::string& text) {
        if (text.empty() || text.back() != '\n') throw std::runtime_error("does not end with a line end");
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) read_line(line);
        for (const auto& [name, type] : types_)
            if (type == "histogram") check_histogram(name);
    }

    [[nodiscard]] bool has(const std::string& name, const labels& l = {}) const { return samples_.contains({name, l}); }
    [[nodiscard]] double value(const std::string& name, const labels& l = {}) const {
        const auto found = samples_.find({name, l});
        if (found == samples_.end()) throw std::runtime_error("no sample of " + name);
        return found->second;
    }
    [[nodiscard]] std::string type(const std::string& family) const {
        const auto found = types_.find(family);
        return found == types_.end() ? std::string() : found->second;
    }
    [[nodiscard]] const std::map<std::string, std::string>& types() const { return types_; }
    [[nodiscard]] std::size_t size() const { return samples_.size(); }

  private:
    static bool is_name(std::string_view name) {
        const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == ':'; };
        return !name.empty() && letter(name[0]) && std::ranges::all_of(name, [&](char c) {
            return letter(c) || std::isdigit(static_cast<unsigned char>(c));
        });
    }

    [[noreturn]] static void fail(const std::string& what, const std::string& line) {
        throw std::runtime_error(what + ": " + line);
    }

    void read_line(const std::string& line) {
        if (line.starts_with("# HELP "))
            read_help(line);
        else if (line.starts_with("# TYPE "))
            read_type(line);
        else if (line.empty() || line[0] == '#')
            fail("neither HELP, TYPE nor sample", line);
        else
            read_sample(line);
    }

    void read_help(const std::string& line) {
        const auto end = line.find(' ', 7);
        if (end == std::string::npos || end + 1 == line.size()) fail("HELP without text", line);
        if (!helped_.insert(line.substr(7, end - 7)).second) fail("second HELP", line);
    }

    void read_type(const std::string& line) {
        const auto end = line.find(' ', 7);
        if (end == std::string::npos) fail("TYPE without type", line);
        const auto name = line.substr(7, end - 7);
        const auto type = line.substr(end + 1);
        if (type != "counter" && type != "gauge" && type != "histogram") fail("unknown type", line);
        if (!is_name(name)) fail("bad name", line);
        if (!helped_.contains(name)) fail("TYPE before HELP", line);
        if (!types_.emplace(name, type).second) fail("second TYPE", line);
        if ((type == "counter") != name.ends_with("_total")) fail("counters, and they alone, end in _total", line);
        current_ = name;
    }

    void read_sample(const std::string& line) {
        std::size_t at = line.find_first_of("{ ");
        if (at == std::string::npos) fail("no value", line);
        const auto name = line.substr(0, at);
        if (!is_name(name)) fail("bad name", line);
        if (!belongs_to_current(name)) fail("sample outside its family", line);
        labels l;
        if (line[at] == '{') at = read_labels(line, at + 1, l);
        if (at >= line.size() || line[at] != ' ') fail("no blank before the value", line);
        const auto number = line.substr(at + 1);
        std::size_t used = 0;
        const double v = std::stod(number, &used);
        if (used != number.size()) fail("odd value", line);
        if (types_.at(current_) != "gauge" && (v < 0 || std::isnan(v))) fail("negative count", line);
        if (!samples_.emplace(std::pair(name, l), v).second) fail("duplicate series", line);
    }

    bool belongs_to_current(const std::string& name) const {
        if (current_.empty()) return false;
        if (types_.at(current_) != "histogram") return name == current_;
        return name == current_ + "_bucket" || name == current_ + "_sum" || name == current_ + "_count";
    }

    static std::size_t read_labels(const std::string& line, std::size_t at, labels& l) {
        while (line.at(at) != '}') {
            const auto equals = line.find('=', at);
            if (equals == std::string::npos || line.at(equals + 1) != '"') fail("odd label", line);
            const auto name = line.substr(at, equals - at);
            if (!is_name(name) || name.find(':') != std::string::npos) fail("bad label name", line);
            std::string value;
            for (at = equals + 2; line.at(at) != '"'; ++at) {
                if (line[at] == '\\' && std::string_view("\\\"n").find(line.at(++at)) == std::string_view::npos)
                    fail("odd escape", line);
                value += line[at];
            }
            if (value.empty()) fail("empty label", line);
            if (!l.emplace(name, value).second) fail("label twice", line);
            ++at;
            if (line.at(at) == ',')
                ++at;
            else if (line.at(at) != '}')
                fail("odd end of a label", line);
        }
        return at + 1;
    }

    void check_histogram(const std::string& family) const {
        std::map<labels, std::map<double, double>> series;
        for (const auto& [key, v] : samples_) {
            if (key.first != family + "_bucket") continue;
            auto l = key.second;
            const auto bound = l.extract("le");
            if (bound.empty()) fail("bucket without le", family);
            series[l][std::stod(bound.mapped())] = v;
        }
        for (const auto& [l, buckets] : series) {
            double last = 0;
            for (const auto& [bound, count] : buckets)
                if (std::exchange(last, count) > count) fail("buckets do not ascend", family);
            if (!std::isinf(buckets.rbegin()->first)) fail("no bucket +Inf", family);
            if (last != value(family + "_count", l)) fail("count is not that of +Inf", family);
            if (!has(family + "_sum", l)) fail("no sum", family);
        }
    }

    std::set<std::string> helped_;
    std::map<std::string, std::string> types_;
    std::map<std::pair<std::string, labels>, double> samples_;
    std::string current_;
};

}  // namespace voltgate::test
