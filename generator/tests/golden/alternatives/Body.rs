// api/things/fail.rs
impl json::Body for FailRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        self.failure.fields(fields);
    }
}

// api/things/fail.rs
impl json::Body for Failure {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Broken(value) => fields.add_all(value),
            Self::Late(value) => fields.add_all(value),
        }
    }
}

// api/things/limit.rs
impl json::Body for LimitRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        if let Some(chosen) = &self.ceiling {
            chosen.fields(fields);
        }
        self.r#where.fields(fields);
    }
}

// api/things/limit.rs
impl json::Body for Ceiling {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Celsius(value) => fields.add_all(value),
            Self::Fahrenheit(value) => fields.add("max_fahrenheit", value),
        }
    }
}

// api/things/limit.rs
impl json::Body for Where {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Place(value) => fields.add("place_id", value),
            Self::OnFloor(value) => fields.add_all(value),
        }
    }
}

// api/things/list.rs
impl json::Body for ListRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        fields.add_set("limit", &self.limit);
        if let Some(chosen) = &self.choice {
            chosen.fields(fields);
        }
    }
}

// api/things/list.rs
impl json::Body for Choice {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Person(value) => fields.add("person_id", value),
            Self::PersonIdAndPlaceId(value) => fields.add_all(value),
        }
    }
}

// api/things/set.rs
impl json::Body for SetRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        fields.add("thing", &self.thing);
        self.mode.fields(fields);
    }
}

// api/things/set.rs
impl json::Body for Mode {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::Off => fields.add("mode", &"off"),
            Self::Heat(value) => {
                fields.add("mode", &"heat");
                fields.add_all(value);
            }
            Self::Level(value) => {
                fields.add("mode", &"level");
                fields.add_all(value);
            }
        }
    }
}

// api/things/two.rs
impl json::Body for TwoRequest {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        self.choice.fields(fields);
        self.choice_2.fields(fields);
    }
}

// api/things/two.rs
impl json::Body for Choice {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::A(value) => fields.add("a", value),
            Self::B(value) => fields.add("b", value),
        }
    }
}

// api/things/two.rs
impl json::Body for Choice2 {
    #[inline]
    fn fields<'a>(&'a self, fields: &mut json::Fields<'a>) {
        match self {
            Self::C(value) => fields.add("c", value),
            Self::D(value) => fields.add("d", value),
        }
    }
}

