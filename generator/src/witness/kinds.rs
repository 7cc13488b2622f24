//! What does not depend on the items: the root of the crate, and what each kind of type is known to be able to.

/// The root, before the modules.
pub(super) const ROOT: &str = "\
//! Uses each item of a client by itself.

#![allow(warnings)]

mod kinds;
";

/// The first line of a file of uses. Types are written from the root of the client.
pub(super) const IMPORTS: &str = "use client::*; use crate::kinds::{self, Itself};";

/// What each kind of type is known to be able to. Types that become one another's second name have `Itself` twice.
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
