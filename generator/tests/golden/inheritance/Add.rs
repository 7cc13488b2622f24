// api/animals/add.rs
/// A call of [`add`](super::Animals::add) that has not been sent yet.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `.await`"]
pub struct AddRequest {
    pub(super) call: PendingRequest,
    pub(super) body: models::Animal,
}

// api/animals/add.rs
crate::macros::request!(AddRequest -> models::Cat);

// api/animals/add.rs
impl Input for AddRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.value("application/json", &self.body);
    }
}

