// api/calls/basic.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/basic",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::LOGIN]],
};

// api/calls/bearer.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/bearer",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::TOKEN]],
};

// api/calls/cookie.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/cookie",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::SESSION]],
};

// api/calls/degraded.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/degraded",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::KEY_2]],
};

// api/calls/either.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/either",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[
        &[security::KEY_2, security::LOGIN],
        &[security::TOKEN],
        &[security::OPEN_ID],
    ],
};

// api/calls/header.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/header",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::KEY_2]],
};

// api/calls/http.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/http",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::ALIAS]],
};

// api/calls/open.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/open",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

// api/calls/optional.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/optional",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[], &[security::TOKEN]],
};

// api/calls/query.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/query",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::KEY]],
};

// api/calls/together.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/together",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[&[security::KEY_2, security::OAUTH, security::SESSION]],
};

