//! Polling: asking again until something that an operation began is done.

use super::{Field, FunctionName, ModuleName, Place};

/// What to wait for after an operation.
#[derive(Debug)]
pub(crate) struct Wait {
    /// The operation that polls.
    pub(crate) polling: Place,
    /// The same operation as code finds it, if the client has it.
    pub(crate) target: Option<PollTarget>,
    /// The property with the result, if waiting returns that and not the whole object.
    pub(crate) result: Option<Field>,
}

/// The operation that polls, as code finds it.
#[derive(Clone, Debug)]
pub(crate) struct PollTarget {
    /// The modules below `api` that lead to what is inline in it.
    pub(crate) modules: Vec<ModuleName>,
    /// The component schema of what it returns.
    pub(crate) schema: String,
}

/// How an operation polls.
#[derive(Clone, Debug)]
pub(crate) struct Polling {
    /// The component schema of what it returns.
    pub(crate) schema: String,
    /// The word of the parameter that identifies what to poll for.
    pub(crate) parameter: String,
    /// The property with the value of that parameter.
    pub(crate) id: String,
    /// The property whose value is `success`, `failure` or something else as long as it is not done.
    pub(crate) status: String,
    pub(crate) success: Vec<String>,
    pub(crate) failure: Vec<String>,
    /// The property that describes the failure.
    pub(crate) error: Option<String>,
    /// The method that waits until it is done, beside the method of the operation.
    pub(crate) function: FunctionName,
}
