//! The constant parts of a witness crate: its root, and the traits that each kind of type has to implement.

/// The start of `lib.rs`; the `mod` lines of the uses follow.
pub(super) const ROOT: &str = "\
//! Uses each item of a client by itself.

#![allow(warnings)]

mod kinds;
";

/// The first line of each file of uses. It makes types available as paths from the root of the client.
pub(super) const IMPORTS: &str = "use client::*; use crate::kinds::{self, Itself};";

/// Functions that check which traits each kind of type implements. Every type implements `Itself`, so that two types that
/// become one type conflict.
pub(super) const KINDS: &str = "\
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub trait Itself {}

pub fn link<T: Clone + Debug + Send + Sync + 'static>() {}

pub fn request<T: Clone + Debug + Send + Sync + 'static>() {}

pub fn choice<T: Clone + Debug + PartialEq + Send + Sync + 'static>() {}

pub fn json<T: Clone + Debug + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static>() {}

pub fn text<T>()
where
    T: Clone + Debug + PartialEq + Eq + Hash + Send + Sync + Serialize + DeserializeOwned + 'static,
    T: Display + AsRef<str> + From<String> + for<'a> From<&'a str> + for<'a> From<&'a String>,
{
}

pub fn id<T>()
where
    T: Clone + Debug + PartialEq + Eq + PartialOrd + Ord + Hash + Send + Sync + Serialize + DeserializeOwned + 'static,
    T: Display + AsRef<str> + From<String> + for<'a> From<&'a str> + for<'a> From<&'a String>,
    T: FromStr + for<'a> From<&'a T>,
    String: From<T>,
{
}
";
