//! The code in the README is code that compiles: it stands in an example or a test too.

/// Without the indentation, which differs.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

const EXAMPLES: [&str; 8] = [
    include_str!("../examples/authenticate.rs"),
    include_str!("../examples/devices.rs"),
    include_str!("../examples/errors.rs"),
    include_str!("../examples/first_call.rs"),
    include_str!("../examples/patience.rs"),
    include_str!("../examples/unlock.rs"),
    include_str!("../examples/webhook.rs"),
    include_str!("fake.rs"),
];

#[test]
fn the_code_in_the_readme_stands_in_an_example() {
    let readme = include_str!("../README.md");
    let examples = EXAMPLES.map(lines);
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert!(!blocks.is_empty(), "the README has no code");
    for block in blocks {
        let code = lines(block.split("```").next().unwrap_or_default());
        let has = |example: &Vec<&str>| example.windows(code.len()).any(|window| window == code);
        assert!(
            examples.iter().any(has),
            "no example has this code of the README:\n{}",
            code.join("\n")
        );
    }
}
