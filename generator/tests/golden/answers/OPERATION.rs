// api/root/index.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

