// The command ledger, kept in the journal.
#pragma once

#include "journal/journal.hpp"
#include "stores/ledger_port.hpp"

#include <string>
#include <vector>

namespace voltgate {

class journal_ledger final : public command_ledger_port {
  public:
    /// Before the journal is started.
    journal_ledger(journal& j, const clock_source& clock, duration patience);

    [[nodiscard]] bool is_durable() const noexcept override { return true; }
    [[nodiscard]] std::vector<command_record> left_over() override;
    io_awaitable<opened_command> open(command_record c) override;
    [[nodiscard]] std::optional<io_awaitable<bool>> dispatching(const std::string& command_id) override;
    io_awaitable<void> finish_surely(command_record c, command_result r, event e) override;
    io_awaitable<command_page> find(command_query q) override;
    void wait_again(const std::string& command_id) override;
    void finish(const command_record& c, const command_result& r, event e) override;
    void upgrade(const command& c, const command_result& r, event e) override;

  private:
    [[nodiscard]] std::shared_ptr<journal_op> finish_op(const command& c, const command_result& r, event e,
                                                        bool late) const;
    io_awaitable<bool> note_dispatching(std::string command_id);
    /// journal::perform() that gives up in time even while the writer is stuck.
    io_awaitable<bool> perform(std::shared_ptr<journal_op> op);

    journal& journal_;
    const clock_source& clock_;
    const duration patience_;
    std::vector<command_record> left_over_;
};

}  // namespace voltgate
