//! Every decision between lowering and printing, one file each.

mod calls;
mod choices;
mod components;
mod docs;
mod features;
mod ids;
mod names;
mod recursion;
mod share;
mod shared;
mod usage;

use crate::api::Api;

/// Runs the passes, in the order in which they build on each other.
pub(crate) fn run(api: &mut Api) {
    types(api);
    names::run(api);
    features::run(api);
    docs::run(api);
    calls::run(api);
}

/// Runs those that decide what everything is, for whoever calls nothing by name.
pub(crate) fn types(api: &mut Api) {
    components::run(api);
    ids::run(api);
    recursion::run(api);
    usage::run(api);
    share::run(api);
    choices::run(api);
    shared::run(api);
}
