//! The code that uses an item, by kind.
//!
//! Values are parameters of functions, so that none has to be constructed. They are passed by value, so that no coercion
//! hides a change. All types are written out, so that nothing is inferred.

use super::forms::Forms;
use crate::index::{Entry, FunctionParameter, Kind, Signature};

/// The Rust items that make up a use. Their names get a number when they are printed.
#[derive(Debug, Default)]
pub(super) struct Text {
    items: Vec<Item>,
    /// The other path, if the use checks that two paths name the same type.
    same_as: Option<String>,
}

#[derive(Debug)]
enum Item {
    /// The types of the parameters (which are called `a0`, `a1` and so on), the return type, and the body.
    Function(Vec<String>, String, String),
    Import(String),
    Implementation(String),
}

impl Text {
    /// The other path, if the use checks that two paths name the same type.
    pub(super) fn same_as(&self) -> Option<&str> {
        self.same_as.as_deref()
    }

    /// Prints the items, one per line. `number` makes their names unique in the file.
    pub(super) fn lines(&self, number: usize) -> impl Iterator<Item = String> {
        self.items.iter().enumerate().map(move |(index, item)| match item {
            Item::Function(parameters, returns, body) => {
                let parameters =
                    parameters.iter().enumerate().map(|(index, ty)| format!("a{index}: {ty}"));
                let parameters = parameters.collect::<Vec<_>>().join(", ");
                format!("pub fn f{number}_{index}({parameters}) -> {returns} {{ {body} }}")
            }
            Item::Import(path) => format!("pub use client::{path} as m{number}_{index};"),
            Item::Implementation(ty) => format!("impl Itself for {ty} {{}}"),
        })
    }

    fn function(mut self, parameters: &[&str], returns: &str, body: &str) -> Self {
        let parameters = parameters.iter().map(|&ty| ty.to_owned()).collect();
        self.items.push(Item::Function(parameters, returns.to_owned(), body.to_owned()));
        self
    }

    /// Checks that `ty` implements the traits of its kind.
    fn is(self, kind: &str, ty: &str) -> Self {
        self.function(&[], "()", &format!("kinds::{kind}::<{ty}>()"))
    }

    /// Checks that `ty` is a type of its own and not an alias.
    fn itself(mut self, ty: &str) -> Self {
        self.items.push(Item::Implementation(ty.to_owned()));
        self
    }

    /// Checks that two paths name the same type.
    fn same(self, path: &str, other: &str) -> Self {
        let text = self.function(&[path], other, "a0");
        Self { same_as: Some(other.to_owned()), ..text }
    }

    fn import(mut self, path: &str) -> Self {
        self.items.push(Item::Import(path.to_owned()));
        self
    }

    /// Checks that a variant can be constructed from its value and matched for it.
    fn variant(self, path: &str, ty: Option<&str>) -> Self {
        let (owner, _) = apart(path);
        match ty {
            None => {
                let body = format!("match a0 {{ {path} => true, _ => false }}");
                self.function(&[], owner, path).function(&[owner], "bool", &body)
            }
            Some(ty) => {
                let body = format!("match a0 {{ {path}(value) => Some(value), _ => None }}");
                let made = self.function(&[ty], owner, &format!("{path}(a0)"));
                made.function(&[owner], &format!("Option<{ty}>"), &body)
            }
        }
    }

    /// Checks that a function can be called, once with each accepted type of each argument.
    fn calls(
        mut self,
        path: &str,
        receiver: Option<&str>,
        parameters: &[FunctionParameter],
        returns: &str,
        forms: &Forms<'_>,
    ) -> Self {
        let forms: Vec<Vec<String>> =
            parameters.iter().map(|one| forms.of_parameter(one)).collect();
        let usual = || {
            let own = forms.iter().filter_map(|forms| forms.first()).cloned();
            receiver.map(str::to_owned).into_iter().chain(own).collect::<Vec<_>>()
        };
        let arguments: Vec<String> = (0..usual().len()).map(|index| format!("a{index}")).collect();
        let body = format!("{path}({})", arguments.join(", "));
        let mut call = |parameters| {
            self.items.push(Item::Function(parameters, returns.to_owned(), body.clone()));
        };
        call(usual());
        for (index, forms) in forms.iter().enumerate() {
            for form in forms.iter().skip(1) {
                let mut parameters = usual();
                parameters[index + usize::from(receiver.is_some())].clone_from(form);
                call(parameters);
            }
        }
        self
    }
}

/// The uses of an item. Most have one; arguments have none, as the use of their function covers them; aliases have several.
pub(super) fn of(entry: &Entry, forms: &Forms<'_>) -> Vec<Text> {
    let (path, text) = (entry.item.path.as_str(), Text::default());
    let (owner, name) = apart(path);
    let used = match (entry.item.kind, &entry.facts.signature) {
        (Kind::Argument, _) => return Vec::new(),
        (Kind::Module, _) => text.import(path),
        (Kind::Namespace, _) => text.is("link", path),
        (Kind::Scheme, Signature::Value(ty)) => text.function(&[], ty, path),
        (Kind::Field, Signature::Value(ty)) => text.function(&[owner], ty, &format!("a0.{name}")),
        (Kind::Variant, Signature::Variant(ty)) => text.variant(path, ty.as_deref()),
        (Kind::Request, Signature::Call(returns)) => request(text, path, returns),
        (kind, Signature::Function { parameters, returns }) => {
            let receiver = receiver(kind, owner);
            let returns = if returns == "Self" { owner } else { returns };
            text.calls(path, receiver.as_deref(), parameters, returns, forms)
        }
        (Kind::Alias, _) => {
            let named = forms.defined(path).map(|entry| ty(text, entry, path));
            let same = forms.names_before(path).map(|other| Text::default().same(path, other));
            return named.into_iter().chain(same).collect();
        }
        _ => ty(text, entry, path).itself(path),
    };
    vec![used]
}

/// The type of the receiver of a method.
fn receiver(kind: Kind, owner: &str) -> Option<String> {
    match kind {
        Kind::Link | Kind::Method | Kind::Poll | Kind::Key | Kind::Accessor => {
            Some(format!("&{owner}"))
        }
        Kind::Setter | Kind::NullSetter | Kind::Pages | Kind::Items | Kind::Wait => {
            Some(owner.to_owned())
        }
        _ => None,
    }
}

fn request(text: Text, path: &str, returns: &str) -> Text {
    text.is("request", path)
        .function(&[path], &format!("ResponseFuture<{returns}>"), &format!("{path}::send(a0)"))
        .function(
            &[path],
            &format!("ResponseFuture<Response<{returns}>>"),
            &format!("{path}::response(a0)"),
        )
        .function(&[path, "CallOptions"], path, &format!("{path}::options(a0, a1)"))
}

/// Adds what every type of the kind of `entry` supports, by the name at `path`.
fn ty(text: Text, entry: &Entry, path: &str) -> Text {
    let borrowed = format!("&{path}");
    let unrecognized = format!("{path}::Unrecognized");
    let as_str = |text: Text| text.function(&[&borrowed], "&str", &format!("{path}::as_str(a0)"));
    let text = match entry.item.kind {
        Kind::Id => {
            let text = as_str(text.is("id", path));
            text.function(&[path], "String", &format!("{path}::into_string(a0)"))
        }
        Kind::Enum => as_str(text.is("text", path)).variant(&unrecognized, Some("String")),
        Kind::NumericEnum => {
            let number = entry.facts.signature.made_from();
            text.is("json", path).variant(&unrecognized, number)
        }
        Kind::Union => text.is("json", path).variant(&unrecognized, Some("serde_json::Value")),
        Kind::Choice => text.is("choice", path),
        _ => text.is("json", path).function(&[path], "()", &format!("let {path} {{ .. }} = a0;")),
    };
    let Signature::Type { from, .. } = &entry.facts.signature else { return text };
    from.iter().fold(text, |text, form| text.function(&[form], path, "a0.into()"))
}

/// Splits the path of an item into the path of its owner and its own name.
fn apart(path: &str) -> (&str, &str) {
    path.rsplit_once("::").unwrap_or(("", path))
}
