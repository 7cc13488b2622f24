//! The code in the README is code that compiles: it stands in the example too.

/// Without the indentation, which differs.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_code_in_the_readme_stands_in_the_example() {
    let readme = include_str!("../README.md");
    let example = lines(include_str!("../examples/assign.rs"));
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), 3, "another block needs code in examples/assign.rs");
    for block in blocks {
        let code = lines(block.split("```").next().unwrap_or_default());
        let found = example.windows(code.len()).any(|window| window == code);
        assert!(
            found,
            "examples/assign.rs does not have this code of the README:\n{}",
            code.join("\n")
        );
    }
}
