// api/things/list.rs
impl crate::page::PaginatedRequest for ListRequest {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        &PAGING
    }

    #[inline]
    fn call(&self) -> &PendingRequest {
        &self.call
    }

    #[inline]
    fn cursor(&self) -> Option<&str> {
        self.after.as_deref()
    }

    #[inline]
    fn set_cursor(&mut self, cursor: String) {
        self.after = Some(cursor);
    }
}

// api/things/members.rs
impl crate::page::PaginatedRequest for MembersRequest {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        &PAGING
    }

    #[inline]
    fn call(&self) -> &PendingRequest {
        &self.call
    }

    #[inline]
    fn cursor(&self) -> Option<&str> {
        self.page.as_ref().and_then(|cursor| cursor.as_deref())
    }

    #[inline]
    fn set_cursor(&mut self, cursor: String) {
        self.page = Some(Some(cursor));
    }
}

// api/things/search.rs
impl crate::page::PaginatedRequest for SearchRequest {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        &PAGING
    }

    #[inline]
    fn call(&self) -> &PendingRequest {
        &self.call
    }

    #[inline]
    fn cursor(&self) -> Option<&str> {
        Some(self.from.as_str())
    }

    #[inline]
    fn set_cursor(&mut self, cursor: String) {
        self.from = cursor;
    }
}

