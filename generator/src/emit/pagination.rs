//! Pagination: the methods of a request that return all pages, and what they need.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Api, Field, Operation, Pagination, Presence, Type};

/// The methods `pages` and `items`.
pub(super) fn methods(
    api: &Api,
    pagination: &Pagination,
    here: &Scope<'_>,
    module: &mut Module,
) -> [TokenStream; 2] {
    let item = types::path(api, &pagination.item, here, module);
    [
        quote! {
            #[doc = " The pages of the list, one after another. Each is asked for when it is waited for."]
            pub fn pages(self) -> crate::Pages<#item> {
                crate::Pages::new(self)
            }
        },
        quote! {
            #[doc = " What is on the pages of the list, one by one."]
            pub fn items(self) -> crate::Items<#item> {
                self.pages().items()
            }
        },
    ]
}

/// The constant `PAGING`.
pub(super) fn constant(pagination: &Pagination, module: &mut Module) -> syn::Result<()> {
    module.import(Import::Json);
    module.item(paging(pagination))
}

fn paging(pagination: &Pagination) -> TokenStream {
    let results = way(&pagination.results, &quote!(essential));
    let next = way(&pagination.next, &quote!(optional));
    let more = pagination.more.as_ref().map(|more| way(more, &quote!(optional)));
    let more = more.map_or_else(|| quote!(None), |more| quote!(Some(#more)));
    quote! {
        #[doc = " Where a page has its items, and the cursor of the next page."]
        static PAGING: crate::page::Pagination =
            crate::page::Pagination { results: #results, next: #next, more: #more };
    }
}

/// The implementation of `PaginatedRequest`.
pub(super) fn implementation(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let pagination = operation.pagination.as_ref();
    let Some(members) = pagination.and_then(|found| paged(operation, found)) else { return Ok(()) };
    module.import(Import::PendingRequest);
    let request = operation.request.ident();
    module.implementation(&quote!(impl crate::page::PaginatedRequest for #request), members)
}

/// The members of the implementation of `PaginatedRequest`.
fn paged(operation: &Operation, pagination: &Pagination) -> Option<Vec<TokenStream>> {
    let (cursor, set) = cursor(&operation.parameter(&pagination.cursor)?.field);
    Some(vec![
        quote! {
            fn pagination(&self) -> &'static crate::page::Pagination {
                &PAGING
            }
        },
        quote! {
            fn call(&self) -> &PendingRequest {
                &self.call
            }
        },
        quote! {
            fn cursor(&self) -> Option<&str> {
                #cursor
            }
        },
        quote! {
            fn set_cursor(&mut self, cursor: String) {
                #set
            }
        },
    ])
}

/// The expression for the cursor of a request, and the statement that sets it.
fn cursor(field: &Field) -> (TokenStream, TokenStream) {
    let name = field.name.ident();
    let given = match field.ty {
        Type::Id(_) => quote!(cursor.into()),
        _ => quote!(cursor),
    };
    let text = match field.ty {
        Type::Id(_) => quote!(as_ref().map(|cursor| cursor.as_str())),
        _ => quote!(as_deref()),
    };
    let (cursor, value) = match field.presence {
        Presence::Required | Presence::Identity => (quote!(Some(self.#name.as_str())), given),
        Presence::OptionalNullable => (
            quote!(self.#name.as_ref().and_then(|cursor| cursor.#text)),
            quote!(Some(Some(#given))),
        ),
        Presence::RequiredNullable | Presence::Optional | Presence::Droppable => {
            (quote!(self.#name.#text), quote!(Some(#given)))
        }
    };
    (cursor, quote!(self.#name = #value;))
}

/// The path through properties of a response.
fn way(steps: &[String], presence: &TokenStream) -> TokenStream {
    quote!(&[#(json::Field::#presence(#steps)),*])
}
