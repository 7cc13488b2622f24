//! From JSON to `openapiv3`. What that refuses costs as little as possible of the document.
//!
//! `openapiv3` reads much of a document through untagged enums, whose errors say neither where nor why. When it refuses a
//! document, each schema, parameter and operation is tried by itself: a keyword that does not fit is corrected or left
//! out, and an operation that still cannot be read is.

mod keywords;
mod repair;

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, ReferenceOr, SecurityScheme};
use serde::Deserialize;
use serde_json::Value;

use self::repair::Repair;
use super::adapt::Remark;
use super::overlay::read_as;
use super::pointer::Pointer;
use super::references::Unresolved;

/// A document as `openapiv3` sees it.
pub(super) struct Typed {
    pub(super) api: OpenAPI,
    /// What had to be repaired.
    pub(super) remarks: Vec<Remark>,
    /// What is in the document and not in `api`, each with the code of the remark on it.
    pub(super) unusable: Vec<(Pointer, &'static str)>,
}

type Fault = (Pointer, String);

/// Types the document. `root` is repaired in the same way, but keeps what has to be left out.
pub(super) fn type_document(
    root: &mut Value,
    unresolved: &BTreeMap<String, Unresolved>,
) -> Result<Typed, Fault> {
    let typed = |api| Typed { api, remarks: Vec::new(), unusable: Vec::new() };
    // To know what is wrong costs several times as much as to read, so only a faulty document pays for it.
    if let Ok(api) = OpenAPI::deserialize(&*root) {
        return Ok(typed(api));
    }
    if let Ok(api) = OpenAPI::deserialize(&without_unknown_security(root)) {
        return Ok(typed(api));
    }
    let mut repair = Repair::new(unresolved);
    repair.document(root);
    let Repair { remarks, unusable, .. } = repair;
    let mut usable = without_unknown_security(root);
    for (at, _) in &unusable {
        remove(&mut usable, at);
    }
    let api = read_as(&usable, &Pointer::root())?;
    Ok(Typed { api, remarks, unusable })
}

/// The document without the security schemes that `openapiv3` does not know, such as those of later versions. What looks
/// for one of them says so.
fn without_unknown_security(root: &Value) -> Value {
    let mut known = root.clone();
    if let Some(Value::Object(schemes)) = known.pointer_mut("/components/securitySchemes") {
        schemes.retain(|_, scheme| ReferenceOr::<SecurityScheme>::deserialize(&*scheme).is_ok());
    }
    known
}

fn remove(root: &mut Value, at: &Pointer) {
    let parent = at.parent();
    if let (Some(Value::Object(parent)), Some(key)) =
        (root.pointer_mut(parent.as_str()), at.steps().last())
    {
        parent.remove(&key);
    }
}
