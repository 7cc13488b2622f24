//! Where the source of a module stands.

/// The file of a module, in the folder of the module around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ModuleFile {
    /// The name without `.rs`, in ASCII. No other file of the folder has it, also where case does not count.
    pub(crate) stem: String,
    /// The path from the folder of the file that declares the module, where Rust does not find the file by itself.
    pub(crate) path: Option<String>,
}
