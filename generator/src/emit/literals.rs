//! Literals of numbers and strings.

use std::str::FromStr;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Width;
use crate::markdown;

/// An integer with the name of its type.
pub(super) fn integer(width: Width, value: i128) -> TokenStream {
    let text = format!("{value}{}", width.as_str());
    TokenStream::from_str(&text).unwrap_or_else(|_| quote!(#value))
}

/// The number literal with this text.
pub(super) fn literal(text: &str) -> TokenStream {
    TokenStream::from_str(text).unwrap_or_else(|_| quote!(0))
}

pub(super) fn number(value: f64) -> TokenStream {
    let literal = Literal::f64_unsuffixed(value);
    quote!(#literal)
}

/// A string literal: a raw one if that avoids backslashes, unless invisible characters have to be escaped.
pub(super) fn raw(text: &str) -> TokenStream {
    if !text.contains(['"', '\\']) || text.contains(markdown::is_invisible) {
        return quote!(#text);
    }
    let is_inside = |hashes: &usize| text.contains(&format!("\"{}", "#".repeat(*hashes)));
    let hashes = "#".repeat((1..).find(|hashes| !is_inside(hashes)).unwrap_or(1));
    TokenStream::from_str(&format!("r{hashes}\"{text}\"{hashes}")).unwrap_or_else(|_| quote!(#text))
}
