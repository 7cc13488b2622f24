// api/twins/delete.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/delete",
    methods: &[Method::POST],
    effect: Effect::Idempotent,
    answer: Answer::Nothing,
    security: &[],
};

// api/twins/list.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/list",
    methods: &[Method::POST],
    effect: Effect::Read,
    answer: Answer::Nothing,
    security: &[],
};

// api/twins/replace.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/replace",
    methods: &[Method::PATCH, Method::POST],
    effect: Effect::Idempotent,
    answer: Answer::Nothing,
    security: &[],
};

// api/twins/update.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/things/update",
    methods: &[Method::PATCH, Method::POST],
    effect: Effect::Write,
    answer: Answer::Nothing,
    security: &[],
};

