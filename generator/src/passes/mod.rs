//! The passes: the decisions between lowering and printing, one file each.

mod component_aliases;
mod conversions;
mod dedup;
mod docs;
mod examples;
mod features;
mod ids;
mod names;
mod recursion;
mod rust;
mod union_accessors;
mod usage;

pub(crate) use self::examples::required_call;
use crate::api::Api;

/// Runs all passes, in the order in which they build on each other.
pub(crate) fn run(api: &mut Api) {
    types(api);
    names::run(api);
    rust::run(api);
    features::run(api);
    docs::run(api);
    examples::run(api);
}

/// Runs the passes that determine types; enough for comparing requests and responses, which needs no names.
pub(crate) fn types(api: &mut Api) {
    component_aliases::run(api);
    ids::run(api);
    recursion::run(api);
    usage::run(api);
    dedup::run(api);
    conversions::run(api);
    union_accessors::run(api);
}
