// api/things/list.rs
impl ListRequest {
    pub fn after(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    pub fn items_(mut self, items_: impl crate::IntoInteger) -> Self {
        self.items_ = Some(self.call.integer("items", items_));
        self
    }

    #[inline]
    pub fn wait(mut self, wait: bool) -> Self {
        self.wait = Some(wait);
        self
    }

    /// The pages of the list, one after another. Each is asked for when it is waited for.
    #[inline]
    pub fn pages(self) -> crate::Pages<models::Thing> {
        crate::Pages::new(self)
    }

    /// What is on the pages of the list, one by one.
    #[inline]
    pub fn items(self) -> crate::Items<models::Thing> {
        self.pages().items()
    }
}

// api/things/members.rs
impl MembersRequest {
    pub fn page(mut self, page: impl Into<String>) -> Self {
        self.page = Some(Some(page.into()));
        self
    }

    /// Sets `page` to null, which is not the same as leaving it out.
    #[inline]
    pub fn page_null(mut self) -> Self {
        self.page = Some(None);
        self
    }

    /// The pages of the list, one after another. Each is asked for when it is waited for.
    #[inline]
    pub fn pages(self) -> crate::Pages<String> {
        crate::Pages::new(self)
    }

    /// What is on the pages of the list, one by one.
    #[inline]
    pub fn items(self) -> crate::Items<String> {
        self.pages().items()
    }
}

// api/things/search.rs
/// A call of [`search`](super::Things::search) that has not been sent yet.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `.await`"]
pub struct SearchRequest {
    pub(super) call: PendingRequest,
    pub(super) from: String,
    pub(super) items_: Option<String>,
    pub(super) pages_: Option<i128>,
}

// api/things/search.rs
impl SearchRequest {
    pub fn items_(mut self, items_: impl Into<String>) -> Self {
        self.items_ = Some(items_.into());
        self
    }

    pub fn pages_(mut self, pages_: impl crate::IntoInteger) -> Self {
        self.pages_ = Some(self.call.integer("pages", pages_));
        self
    }

    /// The pages of the list, one after another. Each is asked for when it is waited for.
    #[inline]
    pub fn pages(self) -> crate::Pages<search_response::result::Hit> {
        crate::Pages::new(self)
    }

    /// What is on the pages of the list, one by one.
    #[inline]
    pub fn items(self) -> crate::Items<search_response::result::Hit> {
        self.pages().items()
    }
}

// api/things/search.rs
impl json::Body for SearchRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        fields.add("from", &self.from);
        fields.add_set("items", &self.items_);
        fields.add_set("pages", &self.pages_);
    }
}

