//! Formats tokens with prettyplease, item by item, with blank lines between items.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;

/// Prints one item.
pub(super) fn item(tokens: TokenStream) -> syn::Result<String> {
    let mut item = syn::parse2(tokens)?;
    if let syn::Item::Impl(block) = &mut item {
        inline(block);
    }
    let items = vec![item];
    Ok(printed(&syn::File { shebang: None, frontmatter: None, attrs: Vec::new(), items }))
}

/// Prints a type.
pub(super) fn ty(tokens: TokenStream) -> syn::Result<String> {
    let alias = item(quote!(type T = #tokens;))?;
    Ok(alias.trim_start_matches("type T = ").trim_end().trim_end_matches(';').to_owned())
}

/// Prints an `impl` with a blank line between its members.
pub(super) fn implementation(
    head: &TokenStream,
    members: impl IntoIterator<Item = TokenStream>,
) -> syn::Result<String> {
    let empty = item(quote!(#head {}))?;
    let mut text = empty.trim_end().trim_end_matches('}').trim_end().to_owned();
    // The formatting of a member does not depend on its type.
    let mut alone: syn::File = syn::parse2(quote!(impl Self {}))?;
    for (index, member) in members.into_iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { "\n\n" });
        if let [syn::Item::Impl(block)] = alone.items.as_mut_slice() {
            block.items = vec![syn::parse2(member)?];
            inline(block);
        }
        text.push_str(member_text(&printed(&alone)));
    }
    text.push_str("\n}\n");
    Ok(text)
}

/// Adds `#[inline]` to the functions of a block, so that only crates that call a function compile it. Functions without
/// it that are not generic are compiled with their crate, with all types that they use, even if nothing calls them.
fn inline(block: &mut syn::ItemImpl) {
    for member in &mut block.items {
        let syn::ImplItem::Fn(function) = member else { continue };
        if !is_generic(&function.sig) {
            function.attrs.push(syn::parse_quote!(#[inline]));
        }
    }
}

fn is_generic(signature: &syn::Signature) -> bool {
    let is_open = |argument: &syn::FnArg| matches!(argument, syn::FnArg::Typed(typed) if matches!(*typed.ty, syn::Type::ImplTrait(_)));
    signature.generics.type_params().next().is_some() || signature.inputs.iter().any(is_open)
}

fn printed(file: &syn::File) -> String {
    docs::parted(&prettyplease::unparse(file))
}

/// The lines of a block without its first and last line, the head and the closing brace.
fn member_text(printed: &str) -> &str {
    let start = printed.find("{\n").map_or(0, |at| at + 2);
    let end = printed.trim_end().rfind('\n').unwrap_or(printed.len());
    printed.get(start..end).unwrap_or(printed)
}

/// Indents a text by one level.
pub(super) fn indented(text: &str) -> String {
    let mut shifted = String::with_capacity(text.len());
    for line in text.lines() {
        if !line.is_empty() {
            shifted.push_str("    ");
            shifted.push_str(line);
        }
        shifted.push('\n');
    }
    shifted
}

/// Prints an inner attribute.
pub(super) fn inner_attribute(tokens: TokenStream) -> syn::Result<String> {
    let file: syn::File = syn::parse2(tokens)?;
    Ok(format!("{}\n", prettyplease::unparse(&file).trim_end()))
}
