// api/pets/add.rs
impl Input for AddRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.value("application/json", &self.body);
    }
}

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

// api/pets/file.rs
impl Input for FileRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.bytes("application/pdf", &self.body);
    }
}

// api/pets/form.rs
impl Input for FormRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.accept("text/plain");
        let fields = parts
            .form(const {
                &[
                    Parameter::query("owner").style(Style::DeepObject),
                    Parameter::query("sizes").explode(false),
                ]
            });
        fields.add_set("extra", &self.extra);
        fields.add("name", &self.name);
        fields.add_set("nick", &self.nick);
        fields.add_set("owner", &self.owner);
        fields.add_set("sizes", &self.sizes);
        fields.add_set("tags", &self.tags);
    }
}

// api/pets/note.rs
impl Input for NoteRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.add(Parameter::query("id"), &self.id);
        if let Some(body) = &self.body {
            parts.text("text/plain", body);
        }
    }
}

// api/pets/open.rs
impl Input for OpenRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.value("application/json", &self.body);
    }
}

// api/pets/photo.rs
impl Input for PhotoRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.accept("image/*");
        let fields = parts.multipart(&[("image", "image/png")]);
        fields.add("kind", &self.kind);
        fields.add_set("place", &self.place);
        parts.files("image", [&self.image]);
        parts.files("others", self.others.iter().flatten());
    }
}

// api/pets/replace.rs
impl Input for ReplaceRequest {
    #[inline]
    fn write<'a>(&'a self, parts: &mut RequestParts<'a>) {
        parts.accept("application/vnd.pets+json");
        if let Some(body) = &self.body {
            parts.value("application/merge-patch+json", body);
        }
    }
}

