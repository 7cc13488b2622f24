// api/pets/add.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/pets",
    methods: &[Method::POST],
    effect: Effect::Write,
    response: ResponseShape::Body,
    security: &[],
};

// api/pets/choice.rs
impl Input for ChoiceRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.add_set(Parameter::query("dry"), &self.dry);
        let fields = parts.json();
        fields.add_set("body", &self.body);
        json::Body::fields(&self.choice, fields);
    }
}

// api/pets/choice.rs
impl json::Body for Choice {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::A(value) => fields.add("a", value),
            Self::B(value) => fields.add("b", value),
        }
    }
}

// api/pets/file.rs
pub(crate) static OPERATION: Operation = Operation {
    path: "/pets/file",
    methods: &[Method::PUT],
    effect: Effect::Idempotent,
    response: ResponseShape::Body,
    security: &[],
};

// api/pets/open.rs
/// A call of [`open`](super::Pets::open) that has not been sent yet.
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `.await`"]
pub struct OpenRequest {
    pub(super) call: PendingRequest,
    pub(super) body: Body,
}

// api/pets/open.rs
/// The value of `body`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Body {
    pub name: String,
    pub unnamed: i128,
    /// Properties that the API does not name.
    pub additional_properties: std::collections::BTreeMap<String, i128>,
}

// api/pets/open.rs
impl Body {
    /// Makes one with what is required.
    #[must_use]
    pub fn new(name: impl Into<String>, unnamed: impl Into<i128>) -> Self {
        Self {
            name: name.into(),
            unnamed: unnamed.into(),
            additional_properties: json::neutral(),
        }
    }

    /// Properties that the API does not name.
    #[must_use]
    #[inline]
    pub fn additional_properties(
        mut self,
        additional_properties: std::collections::BTreeMap<String, i128>,
    ) -> Self {
        self.additional_properties = additional_properties;
        self
    }
}

// api/pets/open.rs
json::object!(Body {
    0 => name: required("name"),
    1 => unnamed: required("unnamed"),
    ..additional_properties
});

// api/pets/photo.rs
/// The value of `kind`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `face`
    Face,
    /// `body`
    Body,
    /// A text that this version of the client does not know.
    Unrecognized(String),
}

// api/pets/photo.rs
json::open_enum!(Kind {
    Face = "face",
    Body = "body",
});

// api/pets/same.rs
impl json::Body for SameRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        fields.add_set("pet", &self.pet);
    }
}

// api/pets/tell.rs
impl json::Body for TellRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        self.choice.fields(fields);
    }
}

// api/pets/tell.rs
impl json::Body for Choice {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Kept(value) => fields.add_all(value),
            Self::B(value) => fields.add("b", value),
        }
    }
}

