//! Types the document with `openapiv3`, and repairs documents that it rejects, with as little loss as possible.
//!
//! `openapiv3` reads much of a document through untagged enums, whose errors do not say where or why. When it rejects a
//! document, each schema, parameter and operation is tried by itself: an invalid keyword is corrected or removed, and an
//! operation that still cannot be read is left out.

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

/// A typed document.
pub(super) struct Typed {
    pub(super) api: OpenAPI,
    /// The repairs.
    pub(super) remarks: Vec<Remark>,
    /// The parts of the document that are not in `api`, each with the code of the remark about it.
    pub(super) unusable: Vec<(Pointer, &'static str)>,
}

type Fault = (Pointer, String);

/// Types the document. The repairs also apply to `root`, but parts that are left out remain in it.
pub(super) fn type_document(
    root: &mut Value,
    unresolved: &BTreeMap<String, Unresolved>,
) -> Result<Typed, Fault> {
    let typed = |api| Typed { api, remarks: Vec::new(), unusable: Vec::new() };
    // Finding faults takes several times as long as deserializing, so it is only done if that fails.
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

/// Removes the security schemes that `openapiv3` does not know, such as those of later versions. The operations that use
/// them are reported later.
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
