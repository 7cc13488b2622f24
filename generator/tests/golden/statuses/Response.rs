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

// api/orders/place_order.rs
crate::macros::request!(PlaceOrderRequest -> PlaceOrderResponse);

// api/orders/place_order.rs
/// What `/orders` answers.
///
/// The variants are told apart by the status of the response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PlaceOrderResponse {
    /// 200: At once
    Ok(models::Order),
    /// 201: New
    Created(models::Order),
    /// 202: Later
    Accepted(models::Job),
    /// A value that is none of these, as it was sent.
    Unrecognized(serde_json::Value),
}

// api/orders/place_order.rs
impl json::OneOf for PlaceOrderResponse {
    #[inline]
    fn select(index: usize) -> Option<Self> {
        let empty = match index {
            0 => Self::Ok(json::neutral()),
            1 => Self::Created(json::neutral()),
            2 => Self::Accepted(json::neutral()),
            _ => return None,
        };
        Some(empty)
    }

    #[inline]
    fn get(&self) -> &dyn json::Json {
        match self {
            Self::Ok(value) => value,
            Self::Created(value) => value,
            Self::Accepted(value) => value,
            Self::Unrecognized(value) => value,
        }
    }

    #[inline]
    fn get_mut(&mut self) -> &mut dyn json::Json {
        match self {
            Self::Ok(value) => value,
            Self::Created(value) => value,
            Self::Accepted(value) => value,
            Self::Unrecognized(value) => value,
        }
    }
}

// api/orders/place_order.rs
json::one_of!(PlaceOrderResponse);

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

// api/orders/track.rs
crate::macros::request!(TrackRequest -> Option<TrackResponse>);

// api/orders/track.rs
/// What `/orders/{id}/status` answers.
///
/// The variants are told apart by the status of the response.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TrackResponse {
    /// 200: Shipped
    Ok(track_response::OkType),
    /// The status 202.
    Accepted(String),
    /// 206: Anything
    PartialContent(serde_json::Value),
    /// 2XX: Any other
    Success(Vec<i128>),
    /// A value that is none of these, as it was sent.
    Unrecognized(serde_json::Value),
}

// api/orders/track.rs
impl json::OneOf for TrackResponse {
    #[inline]
    fn select(index: usize) -> Option<Self> {
        let empty = match index {
            0 => Self::Ok(json::neutral()),
            1 => Self::Accepted(json::neutral()),
            2 => Self::PartialContent(json::neutral()),
            3 => Self::Success(json::neutral()),
            _ => return None,
        };
        Some(empty)
    }

    #[inline]
    fn get(&self) -> &dyn json::Json {
        match self {
            Self::Ok(value) => value,
            Self::Accepted(value) => value,
            Self::PartialContent(value) => value,
            Self::Success(value) => value,
            Self::Unrecognized(value) => value,
        }
    }

    #[inline]
    fn get_mut(&mut self) -> &mut dyn json::Json {
        match self {
            Self::Ok(value) => value,
            Self::Accepted(value) => value,
            Self::PartialContent(value) => value,
            Self::Success(value) => value,
            Self::Unrecognized(value) => value,
        }
    }
}

// api/orders/track.rs
json::one_of!(TrackResponse);

