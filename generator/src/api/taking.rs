//! How arguments and setters take values.

/// The type of an argument or of the value of a setter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Taking {
    /// `T`
    Exactly,
    /// `impl Into<T>`
    Into,
    /// `impl IntoInteger`, where the request can keep that a value does not fit
    Integer,
    /// `impl Into<Option<T>>`
    IntoOption,
    /// `impl IntoIterator<Item = impl Into<T>>`, for a list of these
    Each,
    /// `impl IntoIterator<Item = impl IntoInteger>`
    EachInteger,
}

/// What a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// A request, which is checked before it is sent.
    Request,
    /// An object in a request.
    Object,
}
