//! What a use of each kind of item is.
//!
//! Values are parameters of functions, so that nothing has to be made up, and are passed on by value, so that no coercion
//! hides a change. All types are written out, so that none is inferred.

use super::forms::Forms;
use crate::index::{Entry, Kind, Signature, Taken};

/// The items that a use consists of, but for the number that gives them their names.
#[derive(Debug, Default)]
pub(super) struct Text {
    items: Vec<Item>,
}

#[derive(Debug)]
enum Item {
    /// The types of its parameters, which are called `a0`, `a1` and so on; what it gives; its body.
    Function(Vec<String>, String, String),
    Import(String),
    Implementation(String),
}

impl Text {
    /// The items, a line each, by names that no other use has.
    pub(super) fn lines(&self, number: usize) -> impl Iterator<Item = String> {
        self.items.iter().enumerate().map(move |(index, item)| match item {
            Item::Function(takes, gives, body) => {
                let takes = takes.iter().enumerate().map(|(index, ty)| format!("a{index}: {ty}"));
                let takes = takes.collect::<Vec<_>>().join(", ");
                format!("pub fn f{number}_{index}({takes}) -> {gives} {{ {body} }}")
            }
            Item::Import(path) => format!("pub use client::{path} as m{number}_{index};"),
            Item::Implementation(ty) => format!("impl Itself for {ty} {{}}"),
        })
    }

    fn function(mut self, takes: &[&str], gives: &str, body: &str) -> Self {
        let takes = takes.iter().map(|&ty| ty.to_owned()).collect();
        self.items.push(Item::Function(takes, gives.to_owned(), body.to_owned()));
        self
    }

    /// That `ty` is what types of its kind are known to be.
    fn is(self, kind: &str, ty: &str) -> Self {
        self.function(&[], "()", &format!("kinds::{kind}::<{ty}>()"))
    }

    /// That `ty` is no second name of another type.
    fn itself(mut self, ty: &str) -> Self {
        self.items.push(Item::Implementation(ty.to_owned()));
        self
    }

    /// That a variant can be made from its value, and gives it back.
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

    /// That a function can be called, once with each form of each argument.
    fn calls(
        mut self,
        path: &str,
        receiver: Option<&str>,
        takes: &[Taken],
        gives: &str,
        forms: &Forms<'_>,
    ) -> Self {
        let forms: Vec<Vec<String>> = takes.iter().map(|taken| forms.of_taken(taken)).collect();
        let usual = || {
            let own = forms.iter().filter_map(|forms| forms.first()).cloned();
            receiver.map(str::to_owned).into_iter().chain(own).collect::<Vec<_>>()
        };
        let arguments: Vec<String> = (0..usual().len()).map(|index| format!("a{index}")).collect();
        let body = format!("{path}({})", arguments.join(", "));
        let mut call = |takes| {
            self.items.push(Item::Function(takes, gives.to_owned(), body.clone()));
        };
        call(usual());
        for (index, forms) in forms.iter().enumerate() {
            for form in &forms[1..] {
                let mut takes = usual();
                takes[index + usize::from(receiver.is_some())].clone_from(form);
                call(takes);
            }
        }
        self
    }
}

/// The use of an item; none of one that is used with its function.
pub(super) fn of(entry: &Entry, forms: &Forms<'_>) -> Option<Text> {
    let (path, text) = (entry.item.path.as_str(), Text::default());
    let (owner, name) = apart(path);
    Some(match (entry.item.kind, &entry.facts.signature) {
        (Kind::Argument, _) => return None,
        (Kind::Module, _) => {
            Text { items: vec![Item::Import(path.to_owned())] }
        }
        (Kind::Namespace, _) => text.is("link", path).itself(path),
        (Kind::Scheme, Signature::Value(ty)) => text.function(&[], ty, path),
        (Kind::Field, Signature::Value(ty)) => text.function(&[owner], ty, &format!("a0.{name}")),
        (Kind::Variant, Signature::Variant(ty)) => text.variant(path, ty.as_deref()),
        (Kind::Request, Signature::Call(gives)) => request(text, path, gives),
        (kind, Signature::Function { takes, gives }) => {
            let (receiver, gives) = match kind {
                Kind::Link | Kind::Method | Kind::Poll | Kind::Key | Kind::Accessor => {
                    (Some(format!("&{owner}")), gives.as_str())
                }
                Kind::Setter | Kind::NullSetter => (Some(owner.to_owned()), owner),
                Kind::Pages | Kind::Items | Kind::Wait => (Some(owner.to_owned()), gives.as_str()),
                _ => (None, gives.as_str()),
            };
            text.calls(path, receiver.as_deref(), takes, gives, forms)
        }
        (_, Signature::Type { original: Some(original), .. }) => {
            text.function(&[path], original, "a0")
        }
        (kind, Signature::Type { from, .. }) => made(ty(text, kind, path), path, from),
        (Kind::Id, Signature::Name) => ty(text, Kind::Id, path),
        // Nothing else is known of it than that it is there.
        _ => text.function(&[path], path, "a0"),
    })
}

fn request(text: Text, path: &str, gives: &str) -> Text {
    text.is("request", path)
        .itself(path)
        .function(&[path], &format!("Sending<{gives}>"), &format!("{path}::send(a0)"))
        .function(&[path], &format!("Sending<Response<{gives}>>"), &format!("{path}::response(a0)"))
        .function(&[path, "CallOptions"], path, &format!("{path}::options(a0, a1)"))
}

fn ty(text: Text, kind: Kind, path: &str) -> Text {
    let unrecognized = format!("{path}::Unrecognized");
    let as_str = |text: Text| {
        text.function(&[&format!("&{path}")], "&str", &format!("{path}::as_str(a0)"))
    };
    match kind {
        Kind::Id => {
            let text = as_str(text.is("id", path).itself(path));
            text.function(&[path], "String", &format!("{path}::into_string(a0)"))
        }
        Kind::Enum => {
            as_str(text.is("text", path).itself(path)).variant(&unrecognized, Some("String"))
        }
        Kind::Union => {
            let text = text.is("json", path).itself(path);
            text.variant(&unrecognized, Some("serde_json::Value"))
        }
        Kind::Choice => text.is("choice", path).itself(path),
        _ => text.is("json", path).itself(path),
    }
}

fn made(text: Text, path: &str, from: &[String]) -> Text {
    from.iter().fold(text, |text, form| text.function(&[form], path, "a0.into()"))
}

/// What an item stands in, and its name there.
fn apart(path: &str) -> (&str, &str) {
    path.rsplit_once("::").unwrap_or(("", path))
}
