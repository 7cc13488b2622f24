//! Determines which alternatives of a choice implement `From` for their type, so that `assign(credential, user_id)`
//! does not have to name the alternative. If only one alternative is an ID, strings convert to it, as for an argument
//! of an ID type.
//!
//! Does the same for the variants of unions, where a string only converts to the string variant.

use std::collections::BTreeMap;

use crate::api::{Api, Arm, Conversion, Dispatch, Kind, Payload, Place, Type, Union};

pub(super) fn run(api: &mut Api) {
    let defined: BTreeMap<Place, Place> =
        api.types.keys().map(|place| (place.clone(), api.defined_at(place).clone())).collect();
    api.each_operation_mut(&mut |operation| {
        for choice in &mut operation.choices {
            let types: Vec<Option<Type>> =
                choice.arms.iter().map(|arm| telling(arm, &defined)).collect();
            let is_id = |ty: &&Option<Type>| matches!(ty, Some(Type::Id(_)));
            let ids = types.iter().filter(is_id).count();
            for (arm, ty) in choice.arms.iter_mut().zip(&types) {
                let alike = types.iter().filter(|other| *other == ty).count();
                if ty.is_some() && alike == 1 {
                    let by_text = ids == 1 && is_id(&ty);
                    arm.conversion = if by_text { Conversion::ByText } else { Conversion::ByType };
                }
            }
        }
    });
    for definition in api.types.values_mut() {
        if let Kind::Union(union) = &mut definition.kind
            && matches!(union.dispatch, Dispatch::JsonType | Dispatch::Order)
        {
            convert(union, &defined);
        }
    }
}

fn convert(union: &mut Union, defined: &BTreeMap<Place, Place>) {
    let types: Vec<Option<Type>> =
        union.variants.iter().map(|variant| canonical(&variant.ty, defined)).collect();
    for (variant, ty) in union.variants.iter_mut().zip(&types) {
        let alike = types.iter().filter(|other| *other == ty).count();
        if ty.is_some() && alike == 1 {
            variant.conversion = Conversion::ByType;
        }
    }
}

/// A key that is equal for types to which the same values convert; `None` for any JSON.
fn canonical(ty: &Type, defined: &BTreeMap<Place, Place>) -> Option<Type> {
    let mut ty = ty.clone();
    match ty.innermost_mut() {
        Type::Any => return None,
        Type::Named(place) => *place = defined.get(place)?.clone(),
        constant @ Type::Constant(_) => *constant = Type::Boolean,
        _ => {}
    }
    Some(if matches!(ty, Type::Integer(_) | Type::Decimal) { Type::Number } else { ty })
}

/// The type, if it identifies the alternative: an ID or an object. A string or a number does not.
fn telling(arm: &Arm, defined: &BTreeMap<Place, Place>) -> Option<Type> {
    match &arm.payload {
        Payload::Field(field) if matches!(field.ty, Type::Id(_)) => Some(field.ty.clone()),
        Payload::Field(field) => match &field.ty {
            Type::Named(place) => defined.get(place).cloned().map(Type::Named),
            _ => None,
        },
        Payload::Object(place) => defined.get(place).cloned().map(Type::Named),
        Payload::None => None,
    }
}
