// api/things/list.rs
impl crate::page::PaginatedRequest for Request {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        const {
            &crate::page::Pagination {
                results: &[json::Field::essential("data")],
                next: &[json::Field::optional("paging"), json::Field::optional("next")],
                more: None,
            }
        }
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
impl crate::page::PaginatedRequest for Request {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        const {
            &crate::page::Pagination {
                results: &[json::Field::essential("members")],
                next: &[json::Field::optional("next")],
                more: None,
            }
        }
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
impl crate::page::PaginatedRequest for Request {
    #[inline]
    fn pagination(&self) -> &'static crate::page::Pagination {
        const {
            &crate::page::Pagination {
                results: &[
                    json::Field::essential("result"),
                    json::Field::essential("hits"),
                ],
                next: &[json::Field::optional("next")],
                more: Some(&[json::Field::optional("more")]),
            }
        }
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

