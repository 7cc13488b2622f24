//! Names that Rust and the runtime use in the scopes of generated code. `reserved/tests.rs` reads the sources of the
//! runtime, and fails if one is missing.

pub(super) use crate::api::{BORROWING, UNWRITABLE};

/// The functions of the client.
pub(super) const CLIENT: [&str; 6] = ["builder", "call", "context", "new", "request", "with"];

/// The methods of all types that generated code and its users call.
pub(super) const CLONE: [&str; 1] = ["clone"];

/// The field and the methods of every request.
pub(super) const REQUEST: [&str; 5] = ["call", "options", "preview", "response", "send"];

/// The methods of requests whose responses are pages.
pub(super) const PAGINATED: [&str; 2] = ["items", "pages"];

/// The method that polls.
pub(super) const WAIT: &str = "wait";

/// The constructor of an object.
pub(super) const OBJECT: [&str; 1] = ["new"];

/// Variants that the runtime adds, and names that Rust reserves.
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

/// Types besides `TYPES` that code below `models` and `api` imports.
pub(super) const IMPORTED: [&str; 1] = ["Scalar"];

/// Types that the module of an operation imports, and names that users expect to be the runtime's.
pub(super) const IN_OPERATIONS: [&str; 13] = [
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
    "StatusBody",
    "Style",
];

/// Modules and crates at the start of paths in generated code, and primitive types, which are named like modules.
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
    // A file with this name would be the file of the outer module.
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
