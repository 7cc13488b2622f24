//! The implementation of `Input`: where each parameter of a request is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::is_argument;
use super::module::{Import, Module};
use crate::api::{
    Body, Encoding, Operation, Parameter, ParameterLocation, Presence, Style, Type, Whole,
};

/// The media type of most request bodies.
const JSON: &str = "application/json";

/// Implements `Input` for a request. A request that is only a JSON object has a shorter form.
pub(super) fn written(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let only_json = matches!(&operation.body, Body::Json(media) if media == JSON);
    let is_property = |parameter: &Parameter| parameter.location == ParameterLocation::Property;
    if only_json && operation.accept.is_none() && operation.parameters.iter().all(is_property) {
        return object(operation, module);
    }
    let outside = operation.parameters.iter().filter_map(|one| parameter(one, module));
    let mut statements: Vec<TokenStream> = outside.collect();
    if let Some(media) = &operation.accept {
        statements.push(quote!(parts.accept(#media);));
    }
    statements.extend(body(operation, module));
    statements.extend(at_least_one(&quote!(parts), &operation.at_least_one));
    let parts = if statements.is_empty() { quote!(_) } else { quote!(parts) };
    [Import::Input, Import::RequestParts].into_iter().for_each(|name| module.import(name));
    let request = operation.request.ident();
    module.item(quote! {
        impl Input for #request {
            fn write<'a>(&'a self, #parts: &mut RequestParts<'a>) { #(#statements)* }
        }
    })
}

/// The checks that at least one parameter of each list is set.
pub(super) fn at_least_one<'a>(
    to: &'a TokenStream,
    lists: &'a [Vec<String>],
) -> impl Iterator<Item = TokenStream> + 'a {
    lists.iter().map(move |keys| quote!(#to.at_least_one(&[#(#keys),*]);))
}

fn object(operation: &Operation, module: &mut Module) -> syn::Result<()> {
    let mut written = properties(operation, &|choice, _| quote!(#choice.fields(fields)));
    written.extend(at_least_one(&quote!(fields), &operation.at_least_one));
    let fields = if written.is_empty() { quote!(_) } else { quote!(fields) };
    let request = operation.request.ident();
    module.import(Import::Json);
    module.item(quote! {
        impl json::Body for #request {
            fn fields<'a>(&'a self, #fields: &mut json::Fields<'a>) {
                #(#written)*
            }
        }
    })
}

/// A parameter outside of the body.
fn parameter(parameter: &Parameter, module: &mut Module) -> Option<TokenStream> {
    let key = &parameter.field.key;
    let made = match parameter.location {
        ParameterLocation::Path => quote!(Parameter::path(#key)),
        ParameterLocation::Query => quote!(Parameter::query(#key)),
        ParameterLocation::Header => quote!(Parameter::header(#key)),
        ParameterLocation::Cookie => quote!(Parameter::cookie(#key)),
        ParameterLocation::Property | ParameterLocation::Body => return None,
    };
    module.import(Import::Parameter);
    let default = Encoding::of(parameter.location.default_style());
    let made = encoded(made, parameter.encoding, default, module);
    let name = parameter.field.name.ident();
    Some(if is_argument(&parameter.field) {
        quote!(parts.add(#made, &self.#name);)
    } else {
        quote!(parts.add_set(#made, &self.#name);)
    })
}

/// Adds the encoding of a parameter where it is not the default.
fn encoded(
    mut made: TokenStream,
    encoding: Encoding,
    default: Encoding,
    module: &mut Module,
) -> TokenStream {
    if encoding.style != default.style {
        let style = quote::format_ident!("{}", encoding.style.as_str());
        module.import(Import::Style);
        made = quote!(#made.style(Style::#style));
    }
    // `explode` has no effect on JSON, which is one value, nor on deep objects, whose properties are always separate.
    let has_way = !matches!(encoding.style, Style::Json | Style::DeepObject);
    if has_way && encoding.explode != default.explode {
        let explode = encoding.explode;
        made = quote!(#made.explode(#explode));
    }
    if encoding.reserved {
        made = quote!(#made.reserved());
    }
    made
}

fn body(operation: &Operation, module: &mut Module) -> Vec<TokenStream> {
    let begun = match &operation.body {
        Body::Nothing => return Vec::new(),
        Body::Whole(whole, media) => return vec![self::whole(operation, *whole, media)],
        Body::Json(media) if media == JSON => quote!(parts.json()),
        Body::Json(media) => quote!(parts.json_as(#media)),
        Body::Form(encodings) => {
            let encodings = encodings.iter().map(|(key, encoding)| {
                module.import(Import::Parameter);
                let default = Encoding::of(Style::Form);
                encoded(quote!(Parameter::query(#key)), *encoding, default, module)
            });
            let encodings: Vec<_> = encodings.collect();
            if encodings.is_empty() {
                quote!(parts.form(&[]))
            } else {
                quote!(parts.form(const { &[#(#encodings),*] }))
            }
        }
        Body::Multipart(types) => {
            let types = types.iter().map(|(key, media)| quote!((#key, #media)));
            quote!(parts.multipart(&[#(#types),*]))
        }
    };
    let fields =
        properties(operation, &|_, borrowed| quote!(json::Body::fields(#borrowed, fields)));
    if !operation.choices.is_empty() {
        module.import(Import::Json);
    }
    let mut statements =
        if fields.is_empty() { vec![quote!(#begun;)] } else { vec![quote!(let fields = #begun;)] };
    statements.extend(fields);
    statements.extend(operation.parameters.iter().filter_map(files));
    statements
}

/// The properties of the body, and the choices among them.
fn properties(
    operation: &Operation,
    add: &dyn Fn(TokenStream, TokenStream) -> TokenStream,
) -> Vec<TokenStream> {
    let of_body = |parameter: &&Parameter| {
        parameter.location == ParameterLocation::Property
            && *parameter.field.ty.innermost() != Type::File
    };
    let parameters = operation.parameters.iter().filter(of_body).map(|parameter| {
        let (key, name) = (&parameter.field.key, parameter.field.name.ident());
        if is_argument(&parameter.field) {
            quote!(fields.add(#key, &self.#name);)
        } else {
            quote!(fields.add_set(#key, &self.#name);)
        }
    });
    let choices = operation.choices.iter().map(|choice| {
        let argument = choice.argument.ident();
        if choice.presence == Presence::Optional {
            let add = add(quote!(chosen), quote!(chosen));
            quote!(if let Some(chosen) = &self.#argument { #add; })
        } else {
            let add = add(quote!(self.#argument), quote!(&self.#argument));
            quote!(#add;)
        }
    });
    parameters.chain(choices).collect()
}

/// The properties of a multipart body that are files.
fn files(parameter: &Parameter) -> Option<TokenStream> {
    if *parameter.field.ty.innermost() != Type::File {
        return None;
    }
    let (key, name) = (&parameter.field.key, parameter.field.name.ident());
    let is_list = matches!(parameter.field.ty, Type::List(_));
    Some(match (is_argument(&parameter.field), is_list) {
        (true, false) => quote!(parts.files(#key, [&self.#name]);),
        (false, true) => quote!(parts.files(#key, self.#name.iter().flatten());),
        (true, true) | (false, false) => quote!(parts.files(#key, &self.#name);),
    })
}

fn whole(operation: &Operation, whole: Whole, media: &str) -> TokenStream {
    let body =
        operation.parameters.iter().find(|parameter| parameter.location == ParameterLocation::Body);
    let Some(Parameter { field, .. }) = body else { return quote!() };
    let name = field.name.ident();
    let method = match whole {
        Whole::Json => quote!(value),
        Whole::Text => quote!(text),
        Whole::Bytes => quote!(bytes),
    };
    if is_argument(field) {
        quote!(parts.#method(#media, &self.#name);)
    } else {
        quote!(if let Some(body) = &self.#name { parts.#method(#media, body); })
    }
}
