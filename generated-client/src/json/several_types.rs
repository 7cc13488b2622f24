//! Tests of values of several types.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::tests::open;
use super::{Json, OneOf, Policy, neutral, object, one_of, read};

/// Declares an enum of several types the way that generated code does.
macro_rules! declare {
    ($name:ident { $($index:literal => $variant:ident($type:ty)),* $(,)? }) => {
        #[derive(Clone, Debug, PartialEq)]
        enum $name { $($variant($type),)* Unrecognized(Value) }

        impl OneOf for $name {
            fn select(index: usize) -> Option<Self> {
                match index {
                    $($index => Some(Self::$variant(neutral())),)*
                    _ => None,
                }
            }

            fn get(&self) -> &dyn Json {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }

            fn get_mut(&mut self) -> &mut dyn Json {
                match self {
                    $(Self::$variant(value) => value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }

        one_of!($name);
    };
}

declare!(Content {
    0 => Number(f64),
    1 => Integers(Vec<i64>),
    2 => Counts(BTreeMap<String, i64>),
});
declare!(Term { 0 => Sum(Sum), 1 => Product(Product), 2 => Literal(i64) });

/// Two objects that only the name of the second tells apart.
macro_rules! term {
    ($name:ident, $key:literal) => {
        #[derive(Clone, Debug, PartialEq)]
        struct $name {
            terms: Vec<Term>,
            name: String,
        }

        object!($name {
            0 => terms: required("terms"),
            1 => name: required($key),
        });
    };
}

term!(Sum, "total");
term!(Product, "total_product");

#[test]
fn what_json_tells_apart_is_repaired_in_place() {
    let (content, repairs) = open::<Content>(r#"[1,"a",2]"#);
    assert_eq!(content, Content::Integers(vec![1, 2]));
    assert_eq!(repairs, ["[1]: expected an integer, found a string"]);
    let (content, repairs) = open::<Content>(r#"{"a":1,"b":null}"#);
    assert_eq!(content, Content::Counts(BTreeMap::from([("a".to_owned(), 1)])));
    assert_eq!(repairs, ["b: expected an integer, found null"]);
}

#[test]
fn a_number_is_one_however_it_is_shown() {
    let (content, repairs) = open::<Content>(r#"{"$serde_json::private::Number":"1.5"}"#);
    assert_eq!((content, repairs.len()), (Content::Number(1.5), 0));
}

#[test]
fn what_is_no_variant_is_kept_and_told_in_strict_mode() {
    let (content, repairs) = open::<Content>("true");
    assert_eq!((content, repairs.len()), (Content::Unrecognized(json!(true)), 0));
    assert!(read::<Content>(b"true", Policy::Strict).is_err());
}

#[test]
fn a_value_is_not_tried_over_and_over_however_deep_it_is() {
    let depth = 40;
    let mut value = json!(7);
    for _ in 0..depth {
        value = json!({"terms": [value], "total_product": "p"});
    }
    let (term, repairs) = open::<Term>(&value.to_string());
    assert_eq!(repairs.len(), 0);
    let mut inner = &term;
    for _ in 0..depth {
        let Term::Product(product) = inner else { panic!("{inner:?}") };
        inner = &product.terms[0];
    }
    assert_eq!(*inner, Term::Literal(7));
    assert_eq!(serde_json::to_value(&term).unwrap(), value);
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let deep = r#"{"terms":["#.repeat(100_000);
    assert!(read::<Term>(deep.as_bytes(), Policy::Open).is_err());
}
