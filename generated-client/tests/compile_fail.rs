//! What has to be found out before a call is ever sent.

#[test]
fn mixed_up_arguments_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
