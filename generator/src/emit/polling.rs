//! Polling: the methods of a request that wait until a long-running operation is over, and what they need.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::fields::{self, ArgumentOf, argument};
use super::module::{Import, Module};
use super::types::{self, Scope};
use crate::api::{Answer, Api, Field, ModuleName, Operation, PollTarget, Polling, Usage, Wait};
use crate::markdown::code;

/// What `wait` waits for, if the request has that method.
pub(super) fn waiting(operation: &Operation) -> Option<&Wait> {
    // The operation that polls does not start anything itself.
    let wait = operation.wait.as_ref().filter(|_| operation.polling.is_none())?;
    can_wait(operation).then_some(wait)
}

/// Whether the request has a method `wait`.
pub(super) fn can_wait(operation: &Operation) -> bool {
    let is_value = matches!(operation.answer, Answer::Key { .. } | Answer::Body(_));
    let wait = operation.wait.as_ref().filter(|wait| wait.target.is_some());
    wait.is_some_and(|wait| wait.result.is_some() || is_value)
}

/// The method `wait`.
pub(super) fn wait_method(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> Option<TokenStream> {
    let wait = operation.wait.as_ref()?;
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
pub(super) fn method_by_id(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> Option<TokenStream> {
    let polling = operation.polling.as_ref()?;
    let ty = waited(api, operation, operation.wait.as_ref()?, here, module)?;
    let parameter = &operation.parameter(&polling.parameter)?.field;
    let (argument_type, _) = argument(api, parameter, ArgumentOf::Method, here, module);
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

/// The constant `RESULT`.
pub(super) fn constant(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let Some(result) = operation.wait.as_ref().and_then(|wait| wait.result.as_ref()) else {
        return Ok(());
    };
    let key = fields::key(result);
    module.import(Import::Json);
    module.item(quote! {
        #[doc = " The property that has the result."]
        static RESULT: json::Field = #key;
    })
}

/// The static `POLLING`.
pub(super) fn item(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let polling = operation.polling.as_ref();
    let Some(item) = polling.and_then(|found| polling_item(operation, found)) else {
        return Ok(());
    };
    module.import(Import::Json);
    module.item(item)
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
