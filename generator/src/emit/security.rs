//! Security: a constant for each scheme, and the schemes of each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::module::{Import, Module};
use super::values::builder;
use crate::api::{Api, Name, Operation, Scheme, SchemeKind};
use crate::markdown::{self, code};

pub(super) fn module(api: &Api) -> syn::Result<Module> {
    let builder = builder(api).to_string();
    let mut module = Module::new(&format!(
        "How calls are authenticated: the security schemes that operations take, for \
         [`{builder}::credential`](crate::{builder}::credential)."
    ));
    if !api.schemes.is_empty() {
        module.import(Import::Scheme);
    }
    for (name, scheme) in &api.schemes {
        let (described, constant, value) =
            (describe(name, scheme, &builder), scheme.constant.ident(), made(scheme));
        module.item(quote!(#described pub const #constant: Scheme = #value;))?;
    }
    Ok(module)
}

/// The security requirement of an operation, for its descriptor.
pub(super) fn of_operation(api: &Api, operation: &Operation, module: &mut Module) -> TokenStream {
    let ways = operation.security.iter().map(|way| {
        let schemes = way.iter().filter_map(|name| api.schemes.get(name));
        let schemes = schemes.map(|scheme| scheme.constant.ident());
        quote!(&[#(security::#schemes),*])
    });
    let ways: Vec<TokenStream> = ways.collect();
    if !ways.is_empty() {
        module.import(Import::Security);
    }
    quote!(&[#(#ways),*])
}

/// The security requirement of an operation in its documentation; empty if it needs no authentication.
pub(super) fn sentence(api: &Api, operation: &Operation) -> Option<String> {
    let link = |name: &String| {
        let scheme = api.schemes.get(name)?;
        Some(format!("[{}](crate::security::{})", scheme.label, scheme.constant.as_str()))
    };
    let ways = operation.security.iter().map(|way| {
        let schemes: Vec<String> = way.iter().filter_map(link).collect();
        if schemes.is_empty() { "none".to_owned() } else { schemes.join(" together with ") }
    });
    let ways: Vec<String> = ways.collect();
    let (last, others) = ways.split_last()?;
    Some(match others {
        [] => format!("Authentication: {last}."),
        others => format!("Authentication: {}, or {last}.", others.join(", ")),
    })
}

fn describe(name: &str, scheme: &Scheme, builder: &str) -> TokenStream {
    let format = |format: &Option<String>| {
        format
            .as_ref()
            .map(|format| format!(" ({})", markdown::in_one_line(&markdown::mend(format))))
            .unwrap_or_default()
    };
    let sent = match &scheme.kind {
        SchemeKind::Bearer(kind) => format!("a bearer token{}", format(kind)),
        SchemeKind::Basic => "a user name and a password".to_owned(),
        SchemeKind::Http(scheme) => {
            format!("what follows `{scheme}` in the header `authorization`")
        }
        SchemeKind::Header(name) => format!("a key in the header {}", code(name)),
        SchemeKind::Query(name) => format!("a key in the query parameter {}", code(name)),
        SchemeKind::Cookie(name) => format!("a key in the cookie {}", code(name)),
    };
    let method = if scheme.kind == SchemeKind::Basic { "basic" } else { "credential" };
    let described = scheme.docs.description.as_ref();
    let described = described.map(|text| format!("{}\n\n", markdown::sentence(text)));
    docs::attributes(&format!(
        "{}The scheme {}: {sent}, for [`{method}`](crate::{builder}::{method}).",
        described.unwrap_or_default(),
        code(name)
    ))
}

fn made(scheme: &Scheme) -> TokenStream {
    let constant = scheme.constant.as_str();
    match &scheme.kind {
        SchemeKind::Bearer(_) => quote!(Scheme::bearer(#constant)),
        SchemeKind::Basic => quote!(Scheme::basic(#constant)),
        SchemeKind::Http(scheme) => quote!(Scheme::http(#constant, #scheme)),
        SchemeKind::Header(name) => quote!(Scheme::header(#constant, #name)),
        SchemeKind::Query(name) => quote!(Scheme::query(#constant, #name)),
        SchemeKind::Cookie(name) => quote!(Scheme::cookie(#constant, #name)),
    }
}
