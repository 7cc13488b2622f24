//! Macros that generated code calls.

/// Implements sending for a request type, which has a field `call` and implements `Input`.
#[allow(unused_macros, reason = "a document may have no operations")]
macro_rules! request {
    ($name:ident -> raw $output:ty) => {
        $crate::macros::request!($name, $output, send_raw, response_raw);
    };
    ($name:ident -> $output:ty) => {
        $crate::macros::request!($name, $output, send, response);
    };
    ($name:ident, $output:ty, $send:ident, $response:ident) => {
        // The functions are `#[inline]`, so that only a crate that calls one compiles it, with the types that it handles.
        impl $name {
            /// Sends the request with these options, which win over those of the client.
            #[inline]
            pub fn options(mut self, options: $crate::CallOptions) -> Self {
                self.call.set(options);
                self
            }

            /// Sends the request, as `.await` does: this is for functions that take a future, such as `tokio::spawn`.
            #[inline]
            pub fn send(self) -> $crate::ResponseFuture<$output> {
                self.call.$send(&self)
            }

            /// Returns what the request would send, without credentials, or why it cannot be sent.
            #[inline]
            pub fn preview(&self) -> ::core::result::Result<$crate::Preview, $crate::Error> {
                self.call.preview(self)
            }

            /// Sends the request, and returns the result with the rest of the response.
            #[inline]
            pub fn response(self) -> $crate::ResponseFuture<$crate::Response<$output>> {
                self.call.$response(&self)
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = Result<$output, $crate::Error>;
            type IntoFuture = $crate::ResponseFuture<$output>;

            /// Sends the request.
            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }

        // Only for crates with the feature, as it has a cost for each operation.
        #[cfg(feature = "testing")]
        impl $crate::testing::Fakeable for $name {
            type Output = $output;
            const OPERATION: $crate::testing::Faked = $crate::testing::Faked::new(&OPERATION);
        }
    };
}
#[allow(unused_imports, reason = "a document may have no operations")]
pub(crate) use request;

/// Implements `Debug` for a struct that has secrets. A row says of a field whether it is hidden, and then whether it is an
/// option, of which `Debug` shows whether it is set.
#[allow(unused_macros, reason = "a document may have no secrets")]
macro_rules! debug {
    ($name:ident { $($field:ident $(: $($hidden:ident)+)?,)* }) => {
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(
                        stringify!($field).trim_start_matches("r#"),
                        $crate::macros::shown!(&self.$field $(, $($hidden)+)?),
                    ))*
                    .finish()
            }
        }
    };
}
#[allow(unused_imports, reason = "a document may have no secrets")]
pub(crate) use debug;

/// What `Debug` shows of a field.
#[allow(unused_macros, reason = "a document may have no secrets")]
macro_rules! shown {
    ($value:expr) => {
        $value
    };
    ($value:expr, hidden) => {
        &$crate::redact::Hidden
    };
    ($value:expr, hidden option) => {
        &$value.as_ref().map(|_| $crate::redact::Hidden)
    };
    ($value:expr, hidden option of option) => {
        &$value.as_ref().map(|value| value.as_ref().map(|_| $crate::redact::Hidden))
    };
}
#[allow(unused_imports, reason = "a document may have no secrets")]
pub(crate) use shown;
