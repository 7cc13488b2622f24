//! The result of a request: its type, and its documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Module;
use super::types::{self, Scope};
use super::{polling, print};
use crate::api::{Answer, Api, Name, Operation, Usage};
use crate::markdown::code;

/// The type that `send` returns.
pub(crate) fn output(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> TokenStream {
    match &operation.answer {
        Answer::Key { ty, presence, .. } => {
            types::field(api, ty, *presence, Usage::Answers, here, module)
        }
        Answer::Body(ty) => types::path(api, ty, here, module),
        Answer::Optional(ty) => {
            let ty = types::path(api, ty, here, module);
            quote!(Option<#ty>)
        }
        Answer::Text => quote!(String),
        Answer::Bytes => quote!(bytes::Bytes),
        Answer::ByStatus { ty, is_optional: true } => {
            let ty = types::named(api, ty, here, module);
            quote!(Option<#ty>)
        }
        Answer::Envelope { ty, .. } | Answer::ByStatus { ty, .. } => {
            types::named(api, ty, here, module)
        }
        Answer::Nothing => quote!(()),
    }
}

/// The documentation of the result of an operation, and of the methods that only its request has.
pub(super) fn sentence(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
) -> syn::Result<Option<String>> {
    let Some(result) = linked(api, operation, here)? else { return Ok(None) };
    let link = |method: &str| format!("[`{method}`]({}::{method})", operation.request.as_str());
    if operation.pagination.is_some() {
        let (items, pages) = (link("items"), link("pages"));
        return Ok(Some(format!(
            "Returns {result}, which is one page of the list: {items} returns what is on all pages, and {pages} one page \
             after another."
        )));
    }
    let wait = link("wait");
    Ok(Some(match polling::waiting(operation) {
        Some(_) => format!(
            "Use `.wait().await` to wait until this is done: {wait} returns the outcome. A plain `.await` does not \
             wait: it returns {result} as soon as the server has accepted the request."
        ),
        None if polling::can_wait(operation) => format!(
            "Returns {result} as it is now. Use `.wait().await` to wait until it is over: {wait} returns the outcome."
        ),
        None => format!("Returns {result}."),
    }))
}

/// The type of the result in documentation, with a link if it is a type of this crate; `None` if there is no result.
fn linked(api: &Api, operation: &Operation, here: &Scope<'_>) -> syn::Result<Option<String>> {
    if matches!(operation.answer, Answer::Nothing) {
        return Ok(None);
    }
    // Links in documentation do not need imports.
    let mut unused = Module::new("");
    let ty = print::ty(output(api, operation, here, &mut unused))?;
    let shown = code(&without_paths(&ty));
    let own = [operation.module.as_str(), operation.response.as_str()];
    Ok(Some(match target(&ty, &own) {
        Some(target) => format!("[{shown}]({target})"),
        None => shown,
    }))
}

/// The type with only the last step of each path: `Vec<models::Device>` is `Vec<Device>`.
fn without_paths(ty: &str) -> String {
    let mut shown = String::new();
    for word in words(ty) {
        shown.push_str(word.rsplit("::").next().unwrap_or_default());
    }
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The path of the first type of this crate, as a link names it beside the struct of the namespace.
fn target(ty: &str, own: &[&str]) -> Option<String> {
    words(ty).find_map(|word| {
        let first = word.split("::").next().unwrap_or_default();
        match first {
            _ if word.contains("r#") => None,
            "models" | "ids" | "api" => Some(format!("crate::{word}")),
            first if own.contains(&first) => Some(word.to_owned()),
            _ => None,
        }
    })
}

/// Splits a type into its paths and the text between them.
fn words(ty: &str) -> impl Iterator<Item = &str> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '#');
    let mut rest = ty;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| is_path(c) != is_path(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{target, without_paths};

    #[test]
    fn a_type_is_shown_without_paths_and_leads_to_what_is_of_this_crate() {
        let list = "std::collections::BTreeMap<String, Vec<models::Device>>";
        assert_eq!(without_paths(list), "BTreeMap<String, Vec<Device>>");
        assert_eq!(target(list, &[]).unwrap(), "crate::models::Device");
        assert_eq!(target("Option<get::Thing>", &["get", "GetResponse"]).unwrap(), "get::Thing");
        assert_eq!(target("GetResponse", &["get", "GetResponse"]).unwrap(), "GetResponse");
        assert_eq!(target("Vec<serde_json::Value>", &["get"]), None);
    }
}
