// api/things/fail.rs
/// failure
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// `broken`
    Broken(failure::Broken),
    /// `late`
    Late(failure::Late),
}

// api/things/fail.rs
/// What is inline in `failure`.
pub mod failure {
    use crate::json;

    /// The variant `broken`.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct Broken {
        pub code: Option<broken::Code>,
    }

    impl Broken {
        /// Makes one with nothing set.
        #[must_use]
        #[inline]
        pub fn new() -> Self {
            Self { code: None }
        }

        #[must_use]
        pub fn code(mut self, code: impl Into<broken::Code>) -> Self {
            self.code = Some(code.into());
            self
        }
    }

    json::object!(Broken {
        0 => code: optional("code"),
    });

    /// The variant `late`.
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct Late {
        pub code: late::Code,
        pub place_id: Option<String>,
    }

    impl Late {
        /// Makes one with what is required.
        #[must_use]
        pub fn new(code: impl Into<late::Code>) -> Self {
            Self {
                code: code.into(),
                place_id: None,
            }
        }

        #[must_use]
        pub fn place_id(mut self, place_id: impl Into<String>) -> Self {
            self.place_id = Some(place_id.into());
            self
        }
    }

    json::object!(Late {
        0 => code: required("code"),
        1 => place_id: optional("place_id"),
    });

    /// What is inline in `broken`.
    pub mod broken {
        use crate::json;

        /// The value of `code`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            /// `broken`
            Broken,
            /// `lost`
            Lost,
            /// A text that this version of the client does not know.
            Unrecognized(String),
        }

        json::open_enum!(Code {
            Broken = "broken",
            Lost = "lost",
        });
    }

    /// What is inline in `late`.
    pub mod late {
        use crate::json;

        /// The value of `code`.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            /// `late`
            Late,
            /// A text that this version of the client does not know.
            Unrecognized(String),
        }

        json::open_enum!(Code {
            Late = "late",
        });
    }
}

// api/things/limit.rs
/// ceiling
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ceiling {
    /// `celsius`
    Celsius(ceiling::Celsius),
    Fahrenheit(f64),
}

// api/things/limit.rs
/// where
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Where {
    Place(ids::PlaceId),
    /// `on_floor`
    OnFloor(r#where::OnFloor),
}

// api/things/list.rs
/// One of the parameters below.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    Person(ids::PersonId),
    /// `person_id_and_place_id`
    PersonIdAndPlaceId(choice::PersonIdAndPlaceId),
}

// api/things/set.rs
/// One of the parameters below.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mode {
    /// `mode` is `off`.
    Off,
    /// `mode` is `heat`.
    Heat(mode::Heat),
    /// `mode` is `level`.
    Level(mode::Level),
}

// api/things/two.rs
/// One of the parameters below.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    A(String),
    B(String),
}

// api/things/two.rs
/// One of the parameters below.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Choice2 {
    C(String),
    D(i128),
}

