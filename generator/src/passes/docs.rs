//! Converts descriptions to Markdown for rustdoc.

use crate::api::{Api, Docs, Kind};
use crate::markdown;

pub(super) fn run(api: &mut Api) {
    for definition in api.types.values_mut() {
        mend(&mut definition.docs);
        match &mut definition.kind {
            Kind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| mend(&mut variant.docs));
                union.shared.iter_mut().for_each(|shared| mend(&mut shared.docs));
            }
            Kind::Struct(_) | Kind::Enum(_) | Kind::Alias(_) => {}
        }
    }
    api.each_field_mut(&mut |_, field| mend(&mut field.docs));
    for (name, scheme) in &mut api.schemes {
        mend(&mut scheme.docs);
        let label = markdown::in_one_line(&markdown::mend(&scheme.label));
        scheme.label = if label.is_empty() { markdown::code(name) } else { label };
    }
    api.each_operation_mut(&mut |operation| {
        mend(&mut operation.docs);
        operation.choices.iter_mut().for_each(|choice| mend(&mut choice.docs));
    });
}

fn mend(docs: &mut Docs) {
    for text in [&mut docs.title, &mut docs.description].into_iter().flatten() {
        *text = markdown::mend(text);
    }
    docs.description = docs.description.take().filter(|text| !text.is_empty());
}
