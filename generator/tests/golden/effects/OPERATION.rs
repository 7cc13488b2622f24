// api/twins/delete.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/delete",
    methods: &[Method::POST],
    effect: Effect::Idempotent,
    response: ResponseShape::Nothing,
    security: &[],
};

// api/twins/list.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/list",
    methods: &[Method::POST],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

// api/twins/replace.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/replace",
    methods: &[Method::PATCH, Method::POST],
    effect: Effect::Idempotent,
    response: ResponseShape::Nothing,
    security: &[],
};

// api/twins/update.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/update",
    methods: &[Method::PATCH, Method::POST],
    effect: Effect::Write,
    response: ResponseShape::Nothing,
    security: &[],
};

