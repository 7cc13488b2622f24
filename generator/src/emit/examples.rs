//! The example call in the documentation of each operation. Documentation tests compile it.

use std::fmt::Write;

use quote::quote;

use super::values::Values;
use super::{call, polling, print};
use crate::api::{Answer, Api, Operation, ident};

/// The documentation section with an example call; empty if the call would be too long to be useful.
pub(super) fn section(api: &Api, operation: &Operation) -> syn::Result<Option<String>> {
    let Some(example) = &operation.example else { return Ok(None) };
    let mut values = Values::shown(api);
    let package = values.package();
    let request = call::request(&mut values, operation, example);
    let call = match polling::waiting(operation) {
        Some(_) => quote!(#request.wait().await?),
        None => quote!(#request.await?),
    };
    let statement = match operation.answer {
        Answer::Nothing => quote!(#call;),
        _ => quote!(let answer = #call;),
    };
    let client = ident(&api.client);
    let function = print::item(quote! {
        async fn example(client: #package::#client) -> Result<(), #package::Error> {
            #statement
            Ok(())
        }
    })?;
    Ok(Some(hidden(&function)))
}

/// The section with a function of which only the body is shown.
fn hidden(function: &str) -> String {
    let lines: Vec<&str> = function.lines().collect();
    let body = lines.len().saturating_sub(2);
    let mut text = "# Example\n\n```no_run\n".to_owned();
    for (index, line) in lines.iter().enumerate() {
        let shown = index > 0 && index < body;
        let line = if shown { line.strip_prefix("    ").unwrap_or(line) } else { line };
        let _ = if shown { writeln!(text, "{line}") } else { writeln!(text, "# {line}") };
    }
    text.push_str("```");
    text
}
