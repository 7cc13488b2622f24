//! Query parameters that are written under the same key.

use std::collections::BTreeMap;

use openapiv3::ParameterSchemaOrContent;

use super::parameter::{Found, encoding};
use super::types::Types;
use super::view::View;
use crate::api::Style;

impl<'a> Types<'a, '_> {
    /// Warns about query parameters that are written under a key of another one, because servers cannot tell their values
    /// apart.
    pub(super) fn warn_about_shared_keys(&mut self, queries: &[(&'a str, &Found<'a>)]) {
        let mut owners: BTreeMap<&str, &str> =
            queries.iter().map(|(name, _)| (*name, *name)).collect();
        for (name, found) in queries {
            for key in self.view.exploded_keys(found) {
                let owner = *owners.entry(key).or_insert(name);
                if owner != *name {
                    let message = format!(
                        "`{name}` is written under the keys of its properties, and its `{key}` under the same key as the \
                         parameter `{owner}`"
                    );
                    self.report.warn(
                        &found.at,
                        "shared-query-key",
                        message,
                        "give it the style `deepObject` with an overlay, if the server reads that; else do not send both",
                    );
                }
            }
        }
    }
}

impl<'a> View<'a, '_> {
    /// The properties of an object that is written under a key for each.
    fn exploded_keys(&self, found: &Found<'a>) -> Vec<&'a str> {
        let encoding = encoding(found.described);
        let ParameterSchemaOrContent::Schema(schema) = &found.described.parameter_data_ref().format
        else {
            return Vec::new();
        };
        if encoding.style != Style::Form || !encoding.explode {
            return Vec::new();
        }
        let shape = self.object_shape(schema.into(), &found.at.child("schema"));
        shape.map(|shape| shape.properties.into_keys().collect()).unwrap_or_default()
    }
}
