//! Pagination and polling: the methods of a request besides `send`.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::{Taker, argument};
use super::module::{Import, Module};
use super::types::{self, Scope};
use super::{docs, fields, returns};
use crate::api::{
    Answer, Api, Field, ModuleName, Name, Operation, Pagination, PollTarget, Polling, Presence,
    Type, Usage, Wait,
};
use crate::markdown::code;

/// The documentation of the result of an operation, and of the methods that only its request has.
pub(super) fn sentence(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
) -> syn::Result<Option<String>> {
    let Some(result) = returns::linked(api, operation, here)? else { return Ok(None) };
    let link = |method: &str| format!("[`{method}`]({}::{method})", operation.request.as_str());
    if operation.pagination.is_some() {
        let (items, pages) = (link("items"), link("pages"));
        return Ok(Some(format!(
            "Returns {result}, which is one page of the list: {items} returns what is on all pages, and {pages} one page \
             after another."
        )));
    }
    let wait = link("wait");
    Ok(Some(match waiting(operation) {
        Some(_) => format!(
            "Use `.wait().await` to wait until this is done: {wait} returns the outcome. A plain `.await` does not \
             wait: it returns {result} as soon as the server has accepted the request."
        ),
        None if can_wait(operation) => format!(
            "Returns {result} as it is now. Use `.wait().await` to wait until it is over: {wait} returns the outcome."
        ),
        None => format!("Returns {result}."),
    }))
}

/// What `wait` waits for, if the request has that method.
pub(super) fn waiting(operation: &Operation) -> Option<&Wait> {
    // The operation that polls does not start anything itself.
    let wait = operation.wait.as_ref().filter(|_| operation.polling.is_none())?;
    can_wait(operation).then_some(wait)
}

/// Whether the request has a method `wait`.
fn can_wait(operation: &Operation) -> bool {
    let is_value = matches!(operation.answer, Answer::Key { .. } | Answer::Body(_));
    let wait = operation.wait.as_ref().filter(|wait| wait.target.is_some());
    wait.is_some_and(|wait| wait.result.is_some() || is_value)
}

/// The methods for pagination and polling.
pub(super) fn members(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> Vec<TokenStream> {
    let mut members = Vec::new();
    if let Some(pagination) = &operation.pagination {
        let item = types::path(api, &pagination.item, here, module);
        members.push(quote! {
            #[doc = " The pages of the list, one after another. Each is asked for when it is waited for."]
            pub fn pages(self) -> crate::Pages<#item> {
                crate::Pages::new(self)
            }
        });
        members.push(quote! {
            #[doc = " What is on the pages of the list, one by one."]
            pub fn items(self) -> crate::Items<#item> {
                self.pages().items()
            }
        });
    }
    if let Some(wait) = &operation.wait {
        members.extend(wait_member(api, operation, wait, here, module));
    }
    members
}

fn wait_member(
    api: &Api,
    operation: &Operation,
    wait: &Wait,
    here: &Scope<'_>,
    module: &mut Module,
) -> Option<TokenStream> {
    let PollTarget { modules, schema } = wait.target.as_ref()?;
    let polling = if operation.polling.is_some() {
        quote!(POLLING)
    } else {
        let above = modules.iter().map(ModuleName::ident);
        module.import(Import::Api);
        quote!(api::#(#above::)*POLLING)
    };
    let ty = waited(api, operation, wait, here, module)?;
    let (started, given) = match &wait.result {
        Some(field) => {
            (quote!(poll_for(&self, &#polling, &RESULT)), format!("its {}", code(&field.key)))
        }
        None => (quote!(poll(&self, &#polling)), "how it ended".to_owned()),
    };
    let described = docs::attributes(&format!(
        "Sends the request, waits until the {} that it answers with is over, and gives {given}.",
        code(schema)
    ));
    Some(quote! {
        #described
        pub fn wait(self) -> crate::Poller<#ty> {
            self.call.#started
        }
    })
}

/// The type that waiting returns.
fn waited(
    api: &Api,
    operation: &Operation,
    wait: &Wait,
    here: &Scope<'_>,
    module: &mut Module,
) -> Option<TokenStream> {
    if let Some(Field { ty, presence, .. }) = &wait.result {
        return Some(types::field(api, ty, *presence, Usage::Answers, here, module));
    }
    match &operation.answer {
        Answer::Key { ty, .. } | Answer::Body(ty) => Some(types::path(api, ty, here, module)),
        _ => None,
    }
}

/// The method for polling by ID, beside the method of the operation that polls.
pub(super) fn method(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> Option<TokenStream> {
    let polling = operation.polling.as_ref()?;
    let ty = waited(api, operation, operation.wait.as_ref()?, here, module)?;
    let parameter = &operation.parameter(&polling.parameter)?.field;
    let (argument_type, _) = argument(api, parameter, Taker::Method, here, module);
    let (function, name) = (polling.function.ident(), parameter.name.ident());
    let get = operation.function.ident();
    let described = docs::attributes(&format!(
        "Waits until the {} of this id is over, whatever began it.",
        code(&polling.schema)
    ));
    Some(quote! {
        #described
        pub fn #function(&self, #name: #argument_type) -> crate::Poller<#ty> {
            self.#get(#name).wait()
        }
    })
}

/// The constants for pagination and polling.
pub(super) fn constants(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    if let Some(pagination) = &operation.pagination {
        module.import(Import::Json);
        module.item(paging(pagination))?;
    }
    if let Some(result) = operation.wait.as_ref().and_then(|wait| wait.result.as_ref()) {
        let key = fields::key(result);
        module.import(Import::Json);
        module.item(quote! {
            #[doc = " The property that has the result."]
            static RESULT: json::Field = #key;
        })?;
    }
    Ok(())
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

/// The implementation of `PaginatedRequest`, and the static `POLLING`.
pub(super) fn items(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    if let Some(paged) = operation.pagination.as_ref().and_then(|found| paged(operation, found)) {
        module.import(Import::PendingRequest);
        let request = operation.request.ident();
        module.implementation(&quote!(impl crate::page::PaginatedRequest for #request), paged)?;
    }
    if let Some(polling) =
        operation.polling.as_ref().and_then(|found| polling_item(operation, found))
    {
        module.import(Import::Json);
        module.item(polling)?;
    }
    Ok(())
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
        Presence::RequiredNullable | Presence::Optional | Presence::Expendable => {
            (quote!(self.#name.#text), quote!(Some(#given)))
        }
    };
    (cursor, quote!(self.#name = #value;))
}

/// The path through properties of a response.
fn way(steps: &[String], presence: &TokenStream) -> TokenStream {
    quote!(&[#(json::Field::#presence(#steps)),*])
}

fn polling_item(operation: &Operation, polling: &Polling) -> Option<TokenStream> {
    let Polling { schema, id, status, success, failure, .. } = polling;
    let described =
        docs::attributes(&format!("How to look at {} again, and what to look for.", code(schema)));
    let error = match &polling.error {
        Some(error) => quote!(Some(#error)),
        None => quote!(None),
    };
    let request = operation.request.ident();
    let mut values = Vec::new();
    for parameter in &operation.parameters {
        let name = parameter.field.name.ident();
        let is_id = parameter.word == polling.parameter;
        values.push(if is_id { quote!(#name: json::from_value(id)?) } else { quote!(#name: None) });
    }
    values.extend(operation.choices.iter().map(|choice| {
        let argument = choice.argument.ident();
        quote!(#argument: None)
    }));
    Some(quote! {
        #described
        pub(crate) static POLLING: crate::poll::Polling = crate::poll::Polling {
            id: #id,
            status: #status,
            success: &[#(#success),*],
            failure: &[#(#failure),*],
            error: #error,
            fetch: |context, id| {
                let request = #request { call: PendingRequest::new(context, &OPERATION), #(#values),* };
                Ok(request.call.raw_response(&request))
            },
        };
    })
}
