//! Names that Rust and the runtime have where generated code stands. `reserved/tests.rs` reads the sources of the runtime
//! and fails if one is missing.

/// What not even a raw identifier can be.
pub(super) const UNWRITABLE: [&str; 3] = ["crate", "self", "super"];

/// The functions of the client.
pub(super) const CLIENT: [&str; 6] = ["builder", "call", "context", "new", "request", "with"];

/// The method of all types that generated code and its users call on them.
pub(super) const CLONE: [&str; 1] = ["clone"];

/// The same, with the methods of all types that win over methods that borrow: those that take the value.
pub(super) const BORROWING: [&str; 3] = ["clone", "into", "try_into"];

/// The field and the methods of every request.
pub(super) const REQUEST: [&str; 5] = ["call", "options", "preview", "response", "send"];

/// The methods of requests whose responses are pages.
pub(super) const PAGINATED: [&str; 2] = ["items", "pages"];

/// The method that waits for the end of something.
pub(super) const WAIT: &str = "wait";

/// The constructor of an object.
pub(super) const OBJECT: [&str; 1] = ["new"];

/// The variants that Rust and the runtime have.
pub(super) const VARIANTS: [&str; 2] = ["Self", "Unrecognized"];

/// The types and traits of the prelude, which generated code and the macros of the runtime use without a path.
pub(super) const TYPES: [&str; 42] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Unpin",
    "Vec",
];

/// The types besides `TYPES` that code anywhere below `models` and `api` imports.
pub(super) const IMPORTED: [&str; 1] = ["Scalar"];

/// Those that the module of an operation imports, and those that people expect to mean the runtime's.
pub(super) const IN_OPERATIONS: [&str; 12] = [
    "CallOptions",
    "Effect",
    "Input",
    "Method",
    "Operation",
    "Parameter",
    "PendingRequest",
    "RequestParts",
    "Response",
    "ResponseFuture",
    "ResponseShape",
    "Style",
];

/// Modules and crates that generated code begins paths with, and types of Rust that are written like modules.
pub(super) const MODULES: [&str; 32] = [
    "api",
    "bool",
    "bytes",
    "char",
    "core",
    "f128",
    "f16",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "ids",
    "isize",
    "jiff",
    "json",
    // The file of this name would be that of the module around it.
    "mod",
    "models",
    "security",
    "serde",
    "serde_json",
    "std",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
    "alloc",
];

#[cfg(test)]
mod tests;
