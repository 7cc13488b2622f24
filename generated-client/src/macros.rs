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
