//! The checked-in client is what the generator writes today.

mod common;

use std::process::Command;

#[test]
fn the_checked_in_client_is_up_to_date() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let said = common::said(command.args(["generate", "--check"]).current_dir(common::real_root()));
    assert_eq!(said.code, 0, "the checked-in client differs\n\n{}\n{}", said.stdout, said.stderr);
}
