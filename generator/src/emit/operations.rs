//! Operations: the method on the namespace, and the module with the request and its inline types.

use proc_macro2::TokenStream;
use quote::quote;

use super::debug::{self, DebugField, Depth};
use super::fields::{ArgumentOf, argument, is_argument, is_checked, setters};
use super::module::{Import, Module};
use super::types::{self, Scope};
use super::{choices, docs, examples, pagination, polling, print, requests, returns, security};
use crate::api::{
    Answer, Api, Name, Namespace, Operation, Parameter, Presence, Step, SuccessContent,
    SuccessStatus,
};
use crate::markdown::{self, code};

/// The methods on the namespace: that of the operation, and that for polling.
pub(crate) fn methods(
    api: &Api,
    operation: &Operation,
    module: &mut Module,
) -> syn::Result<Vec<TokenStream>> {
    let above = operation.modules.split_last().map_or(&[][..], |(_, above)| above);
    let root = operation.place().root;
    let here = Scope { root: &root, modules: above };
    let mut methods = vec![method(api, operation, &here, module)?];
    methods.extend(polling::method_by_id(api, operation, &here, module));
    Ok(methods)
}

/// The method of an operation, with the required parameters as arguments.
fn method(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> syn::Result<TokenStream> {
    let described = describe(api, operation, here)?;
    let example = examples::section(api, operation)?;
    let example = example.map(|example| docs::compiled(&format!("\n{example}")));
    let deprecated = docs::deprecated(operation.deprecated.as_ref());
    let (function, inner) = (operation.function.ident(), operation.module.ident());
    let request = operation.request.ident();
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for Parameter { field, .. } in &operation.parameters {
        let name = field.name.ident();
        if is_argument(field) {
            let (ty, value) = argument(api, field, ArgumentOf::Method, here, module);
            arguments.push(quote!(#name: #ty));
            values.push(quote!(#name: #value));
        } else {
            values.push(quote!(#name: None));
        }
    }
    for choice in &operation.choices {
        let (argument, name) = (choice.argument.ident(), choice.name.ident());
        if choice.presence == Presence::Optional {
            values.push(quote!(#argument: None));
        } else {
            arguments.push(quote!(#argument: impl Into<#inner::#name>));
            values.push(quote!(#argument: #argument.into()));
        }
    }
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    let checked = fields.filter(|field| is_argument(field)).any(is_checked);
    let call = quote!(self.client.call(&#inner::OPERATION));
    let (call, made) = if checked {
        // `call` is moved last, because the other fields use it.
        (Some(quote!(let mut call = #call;)), quote!(#request { #(#values,)* call }))
    } else {
        (None, quote!(#request { call: #call, #(#values),* }))
    };
    Ok(quote! {
        #described
        #example
        #deprecated
        pub fn #function(&self, #(#arguments),*) -> #request { #call #made }
    })
}

/// The documentation of the method of an operation.
fn describe(api: &Api, operation: &Operation, here: &Scope<'_>) -> syn::Result<TokenStream> {
    let mut text = String::new();
    for part in [&operation.docs.title, &operation.docs.description].into_iter().flatten() {
        text.push_str(&format!("{}\n\n", markdown::sentence(part)));
    }
    if let Some(sentence) = returns::sentence(api, operation, here)? {
        text.push_str(&format!("{sentence}\n\n"));
    }
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    let fields = fields.filter(|field| is_argument(field));
    let mut parameters: Vec<String> = fields
        .map(|field| listed(field.name.as_str(), field.docs.description.as_deref()))
        .collect();
    for choice in operation.choices.iter().filter(|choice| choice.presence != Presence::Optional) {
        parameters.push(listed(choice.argument.as_str(), choice.docs.description.as_deref()));
    }
    if !parameters.is_empty() {
        text.push_str(&format!("# Parameters\n\n{}\n\n", parameters.join("\n")));
    }
    if !operation.failures.is_empty() {
        let module = operation.module.as_str();
        let failures = operation
            .failures
            .iter()
            .map(|failure| format!("- {}: `{module}::{}`", failure.status, failure.name.as_str()));
        let failures = failures.collect::<Vec<_>>().join("\n");
        text.push_str(&format!(
            "# Errors\n\n[`Error::decode`](crate::Error::decode) reads what the server says, by its \
             status:\n\n{failures}\n\n"
        ));
    }
    if let Some((last, others)) = operation.redirects.split_last() {
        let heading = if operation.failures.is_empty() { "# Errors\n\n" } else { "" };
        let statuses = match others {
            [] => format!("status {last}"),
            others => format!("statuses {} and {last}", others.join(", ")),
        };
        text.push_str(&format!(
            "{heading}The {statuses}: [`Error::Api`](crate::Error::Api), with the headers of the response. Redirects are \
             not followed.\n\n"
        ));
    }
    let preferred = operation.methods.first().map_or("", |method| method.as_str());
    text.push_str(&format!(
        "# On the wire\n\n{}",
        code(&format!("{preferred} {}", operation.address()))
    ));
    if operation.methods.len() > 1 {
        let others: Vec<String> =
            operation.methods[1..].iter().map(|method| format!("`{}`", method.as_str())).collect();
        text.push_str(&format!(", also by {}", others.join(" and ")));
    }
    text.push('.');
    if let Some(sentence) = security::sentence(api, operation) {
        text.push_str(&format!("\n\n{sentence}"));
    }
    Ok(docs::attributes(&text))
}

fn listed(name: &str, description: Option<&str>) -> String {
    let description = description.map(markdown::in_one_line).filter(|text| !text.is_empty());
    description.map_or_else(|| format!("- `{name}`"), |text| format!("- `{name}`: {text}"))
}

/// The module of an operation: its request and its inline types.
pub(crate) fn module(
    api: &Api,
    operation: &Operation,
    namespace: &Namespace,
    file: &mut Module,
) -> syn::Result<()> {
    let docs = format!("What belongs to {}.", code(&operation.path));
    let root = operation.place().root;
    let here = Scope { root: &root, modules: &operation.modules };
    file.reexport(reexport(api, operation))?;
    let module = file.child(&operation.module, &docs);
    let output = returns::output(api, operation, &here, module);
    description(api, operation, module)?;
    if let Some(pagination) = &operation.pagination {
        pagination::constant(pagination, module)?;
    }
    polling::constant(operation, module)?;
    request(api, operation, namespace, &here, module)?;
    let members = request_members(api, operation, &here, module);
    if !members.is_empty() {
        let request = operation.request.ident();
        module.implementation(&quote!(impl #request), members)?;
    }
    module.text(sending(operation, output)?);
    requests::written(operation, module)?;
    pagination::implementation(operation, module)?;
    polling::item(operation, module)?;
    failures(api, operation, &here, module)?;
    for choice in &operation.choices {
        choices::generate(api, choice, &here, module)?;
    }
    Ok(())
}

/// Re-exports the request and response types beside the struct of the namespace.
fn reexport(api: &Api, operation: &Operation) -> TokenStream {
    let (module, request) = (operation.module.ident(), operation.request.ident());
    if api.types.contains_key(&operation.place().inside(Step::Output)) {
        let response = operation.response.ident();
        quote!(pub use self::#module::{#request, #response};)
    } else {
        quote!(pub use self::#module::#request;)
    }
}

/// The macro call that adds the methods and traits of all requests.
fn sending(operation: &Operation, output: TokenStream) -> syn::Result<String> {
    let raw = match operation.answer {
        Answer::Text | Answer::Bytes => "raw ",
        _ => "",
    };
    let output = print::ty(output)?;
    let request = operation.request.ident();
    Ok(format!("crate::macros::request!({request} -> {raw}{output});\n"))
}

/// The types of the error responses, named after their status.
fn failures(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> syn::Result<()> {
    for failure in &operation.failures {
        // An inline type already has this name.
        if matches!(failure.ty.steps.last(), Some(Step::Failure(_))) {
            continue;
        }
        let described =
            docs::attributes(&format!("What is answered with the status {}.", failure.status));
        let (name, ty) = (failure.name.ident(), types::named(api, &failure.ty, here, module));
        module.item(quote!(#described pub type #name = #ty;))?;
    }
    Ok(())
}

fn description(api: &Api, operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let path = operation.address();
    let methods = operation.methods.iter().map(|method| {
        let name = quote::format_ident!("{}", method.as_str());
        quote!(Method::#name)
    });
    let answer = match &operation.answer {
        Answer::Key { key, presence, .. } => {
            module.import(Import::Json);
            match presence {
                Presence::Required | Presence::Identity => {
                    quote!(ResponseShape::Key(json::Field::essential(#key)))
                }
                _ => quote!(ResponseShape::Key(json::Field::optional(#key))),
            }
        }
        Answer::Body(_) => quote!(ResponseShape::Body),
        Answer::Optional(_) => {
            let without = operation.statuses_without_body();
            quote!(ResponseShape::Optional(&[#(#without),*]))
        }
        Answer::ByStatus { .. } => {
            module.import(Import::StatusBody);
            let bodies = operation.successes.iter().map(status_body);
            quote!(ResponseShape::ByStatus(&[#(#bodies),*]))
        }
        Answer::Text => quote!(ResponseShape::Text),
        Answer::Bytes => quote!(ResponseShape::Bytes),
        Answer::Envelope { .. } => quote!(ResponseShape::Envelope),
        Answer::Nothing => quote!(ResponseShape::Nothing),
    };
    let security = security::of_operation(api, operation, module);
    let effect = quote::format_ident!("{}", operation.effect.as_str());
    [Import::ResponseShape, Import::Effect, Import::Method, Import::Operation]
        .into_iter()
        .for_each(|name| module.import(name));
    module.item(quote! {
        pub(crate) static OPERATION: Operation = Operation {
            path: #path,
            methods: &[#(#methods),*],
            effect: Effect::#effect,
            response: #answer,
            security: #security,
        };
    })
}

/// The descriptor of what a status of success has as its body.
fn status_body(one: &SuccessStatus) -> TokenStream {
    let status = &one.status;
    match one.content {
        SuccessContent::Json => quote!(StatusBody::json(#status)),
        SuccessContent::Text => quote!(StatusBody::text(#status)),
        SuccessContent::Bytes | SuccessContent::Nothing => quote!(StatusBody::nothing(#status)),
    }
}

fn request(
    api: &Api,
    operation: &Operation,
    namespace: &Namespace,
    here: &Scope<'_>,
    module: &mut Module,
) -> syn::Result<()> {
    let described = docs::attributes(&format!(
        "A call of [`{function}`](super::{namespace}::{function}) that has not been sent yet.",
        function = operation.function.as_str(),
        namespace = namespace.name.as_str(),
    ));
    let mut fields = Vec::new();
    for Parameter { field, .. } in &operation.parameters {
        let (name, ty) = (field.name.ident(), types::path(api, &field.ty, here, module));
        let ty = match field.presence {
            Presence::Required | Presence::Identity => ty,
            Presence::RequiredNullable | Presence::Optional | Presence::Droppable => {
                quote!(Option<#ty>)
            }
            Presence::OptionalNullable => quote!(Option<Option<#ty>>),
        };
        fields.push(quote!(pub(super) #name: #ty));
    }
    for choice in &operation.choices {
        let (argument, name) = (choice.argument.ident(), choice.name.ident());
        let ty = if choice.presence == Presence::Optional {
            quote!(Option<#name>)
        } else {
            quote!(#name)
        };
        fields.push(quote!(pub(super) #argument: #ty));
    }
    let request = operation.request.ident();
    let reminder = match polling::waiting(operation) {
        Some(_) => {
            "nothing is sent before `.wait().await`, or `.await` to not wait for the outcome"
        }
        None => "nothing is sent before `.await`",
    };
    module.import(Import::PendingRequest);
    let shown = shown(operation);
    let derived = debug::derives(&shown, &quote!());
    module.item(quote! {
        #described
        #[derive(#derived)]
        #[must_use = #reminder]
        pub struct #request { pub(super) call: PendingRequest, #(#fields),* }
    })?;
    debug::implement(&operation.request, &shown, module);
    Ok(())
}

/// How `Debug` shows each field of a request.
fn shown(operation: &Operation) -> Vec<DebugField<'_>> {
    let parameters = operation.parameters.iter().map(|Parameter { field, .. }| {
        let depth = match field.presence {
            Presence::Required | Presence::Identity => Depth::None,
            Presence::OptionalNullable => Depth::OptionOfOption,
            _ => Depth::Option,
        };
        DebugField::new(&field.name, field.sensitivity, depth)
    });
    let choices =
        operation.choices.iter().map(|choice| DebugField::other(choice.argument.as_str()));
    [DebugField::other("call")].into_iter().chain(parameters).chain(choices).collect()
}

fn request_members(
    api: &Api,
    operation: &Operation,
    here: &Scope<'_>,
    module: &mut Module,
) -> Vec<TokenStream> {
    let mut members = Vec::new();
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    for field in fields.filter(|field| !is_argument(field)) {
        members.extend(setters(api, field, ArgumentOf::Request, here, module));
    }
    for choice in operation.choices.iter().filter(|choice| choice.presence == Presence::Optional) {
        let described = docs::described(&choice.docs, "One of these parameters.");
        let (argument, name) = (choice.argument.ident(), choice.name.ident());
        members.push(quote! {
            #described
            pub fn #argument(mut self, #argument: impl Into<#name>) -> Self {
                self.#argument = Some(#argument.into());
                self
            }
        });
    }
    if let Some(pagination) = &operation.pagination {
        members.extend(pagination::methods(api, pagination, here, module));
    }
    members.extend(polling::wait_method(api, operation, here, module));
    members
}
