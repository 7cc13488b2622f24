//! The code in the README is code that compiles: it stands in an example or a test too.

/// Without the indentation, which differs.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_code_in_the_readme_stands_in_an_example_or_a_test() {
    let readme = include_str!("../README.md");
    let sources = [
        include_str!("../examples/assign.rs"),
        include_str!("../examples/patience.rs"),
        include_str!("fake.rs"),
    ];
    let sources = sources.map(lines);
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), 5, "another block needs code in an example or a test");
    for block in blocks {
        let code = lines(block.split("```").next().unwrap_or_default());
        let mut windows = sources.iter().flat_map(|source| source.windows(code.len()));
        let found = windows.any(|window| window == code);
        assert!(found, "no example and no test has this code of the README:\n{}", code.join("\n"));
    }
}
