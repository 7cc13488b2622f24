//! The types of the arguments of methods and setters.

/// The type of an argument or of the value of a setter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ArgumentType {
    /// `T`
    Exact,
    /// `impl Into<T>`
    Into,
    /// `impl IntoInteger`, where the request can keep that a value does not fit
    Integer,
    /// `impl Into<Option<T>>`
    IntoOption,
    /// `impl IntoIterator<Item = impl Into<T>>`, for a list of these
    Items,
    /// `impl IntoIterator<Item = impl IntoInteger>`
    IntegerItems,
}

/// The owner of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldOwner {
    /// A request, which is checked before it is sent.
    Request,
    /// An object in a request.
    Object,
}
