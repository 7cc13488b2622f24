// api/orders/check.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/orders/{id}",
    methods: &[Method::HEAD],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

// api/orders/find.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/orders/{id}",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Optional(&["202"]),
    security: &[],
};

// api/orders/note_on_order.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/orders/{id}/note",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Body,
    security: &[],
};

// api/orders/place_order.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/orders",
    methods: &[Method::POST],
    effect: Effect::Write,
    response: ResponseShape::ByStatus(
        &[StatusBody::json("200"), StatusBody::json("201"), StatusBody::json("202")],
    ),
    security: &[],
};

// api/orders/track.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/orders/{id}/status",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::ByStatus(
        &[
            StatusBody::json("200"),
            StatusBody::text("202"),
            StatusBody::nothing("204"),
            StatusBody::json("206"),
            StatusBody::json("2XX"),
        ],
    ),
    security: &[],
};

