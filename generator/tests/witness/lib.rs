//! Uses each item of a client by itself.

#![allow(warnings)]

mod kinds;
mod uses_0;
