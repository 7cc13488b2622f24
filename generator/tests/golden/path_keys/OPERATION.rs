// api/files_fields_name/list.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/files?fields=name",
    methods: &[Method::GET],
    effect: Effect::Read,
    response: ResponseShape::Nothing,
    security: &[],
};

