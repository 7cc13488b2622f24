//! Macros that generated code calls.

/// Gives a request, whose `call` is that of `OPERATION` and which is its input, the ways to send it.
#[allow(unused_macros, reason = "a document may have no operations")]
macro_rules! request {
    ($name:ident -> raw $output:ty) => {
        $crate::macros::request!($name, $output, send_raw, response_raw);
    };
    ($name:ident -> $output:ty) => {
        $crate::macros::request!($name, $output, send, response);
    };
    ($name:ident, $output:ty, $send:ident, $response:ident) => {
        // Each function is `#[inline]`, so that only a crate that calls one compiles it, with the types that it handles.
        impl $name {
            /// Sends the request with these options, which win over those of the client.
            #[inline]
            pub fn options(mut self, options: $crate::CallOptions) -> Self {
                self.call.set(options);
                self
            }

            /// Sends the request.
            #[inline]
            pub fn send(self) -> $crate::ResponseFuture<$output> {
                self.call.$send(&self)
            }

            /// Sends the request, and gives the answer with all that came with it.
            #[inline]
            pub fn response(self) -> $crate::ResponseFuture<$crate::Response<$output>> {
                self.call.$response(&self)
            }
        }

        // Whoever does not ask for fakes does not compile what a fake of the transport has to know.
        #[cfg(feature = "testing")]
        impl $crate::testing::Fakeable for $name {
            type Output = $output;
            const OPERATION: $crate::testing::Faked = $crate::testing::Faked::new(&OPERATION);
        }
    };
}
#[allow(unused_imports, reason = "a document may have no operations")]
pub(crate) use request;
