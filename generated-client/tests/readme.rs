//! The code in the README is code that compiles: it stands in the examples too.

/// Without the indentation, which differs.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_code_in_the_readme_stands_in_the_examples() {
    let readme = include_str!("../README.md");
    let examples =
        [include_str!("../examples/assign.rs"), include_str!("../examples/authenticate.rs")];
    let examples = examples.map(lines);
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), 6, "another block needs code in examples/");
    for block in blocks {
        let code = lines(block.split("```").next().unwrap_or_default());
        let has_code = |example: &Vec<_>| example.windows(code.len()).any(|window| window == code);
        let found = examples.iter().any(has_code);
        assert!(found, "no example has this code of the README:\n{}", code.join("\n"));
    }
}
