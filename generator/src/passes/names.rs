//! Names that clash are settled here, scope by scope, independent of the order of the document. Afterwards nobody converts
//! case.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{
    Api, Arm, ConstantName, FieldName, FunctionName, Kind, ModuleName, Name, Namespace, Operation,
    Others, Place, Root, Step, Type, TypeName, VariantName, singular,
};

pub(super) fn run(api: &mut Api) {
    let mut modules = BTreeMap::new();
    name_namespaces(&mut api.namespaces, &api.client, &[], &mut modules);
    name_schemas(api, &mut modules);
    name_types(api, &modules);
    for definition in api.types.values_mut() {
        name_members(&mut definition.kind);
    }
    api.each_operation_mut(&mut name_parameters);
    name_security(api);
}

/// Settles names in one scope. Of those that are called the same, the characters that no case has tell some apart; whoever
/// has none of them, or is called exactly so, keeps the name; the others are numbered in the order of their words, which
/// nothing else in the document changes.
fn unique_names<N: Name>(words: &[&str], reserved: &[&str]) -> Vec<N> {
    let names = spelled::<N>(words);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_cached_key(|&index| {
        let (words, name) = (words[index], names[index].as_str());
        (N::new(words).as_str() != name, words != name, words)
    });
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut settled = names.clone();
    for index in order {
        let numbered = (2..).map(|number| names[index].numbered(number));
        let mut candidates = std::iter::once(names[index].clone()).chain(numbered);
        if let Some(name) = candidates.find(|name| !taken.contains(name.as_str())) {
            taken.insert(name.as_str().to_owned());
            settled[index] = name;
        }
    }
    settled
}

/// The names as they are, but for those that are called like others: in these, every character counts.
fn spelled<N: Name>(words: &[&str]) -> Vec<N> {
    let plain: Vec<N> = words.iter().map(|words| N::new(words)).collect();
    let mut of_name: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, words) in plain.iter().zip(words) {
        of_name.entry(name.as_str()).or_default().insert(words);
    }
    let spelled = plain.iter().zip(words).map(|(name, words)| match &of_name[name.as_str()] {
        alike if alike.len() > 1 => N::spelled_out(words),
        _ => name.clone(),
    });
    spelled.collect()
}

/// The modules below `models` or `api` in which the types of a root stand.
type Modules = BTreeMap<Root, Vec<ModuleName>>;

fn joined(path: &[ModuleName], module: &ModuleName) -> Vec<ModuleName> {
    path.iter().cloned().chain([module.clone()]).collect()
}

/// The methods of every client, beside which the first namespaces stand.
const CLIENT: [&str; 6] = ["builder", "call", "context", "new", "request", "with"];

/// The module of a namespace imports the type of the client.
fn name_namespaces(
    namespaces: &mut [Namespace],
    client: &str,
    above: &[ModuleName],
    modules: &mut Modules,
) {
    let words: Vec<String> = last_words(namespaces);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = unique_names::<ModuleName>(&words, &[]);
    let methods: &[&str] = if above.is_empty() { &CLIENT } else { &[] };
    let functions = unique_names::<FunctionName>(&words, methods);
    let types = words.iter().flat_map(|word| unique_names::<TypeName>(&[word], &[client]));
    let types: Vec<TypeName> = types.collect();
    let named = namespaces.iter_mut().zip(names).zip(functions).zip(types);
    for (((namespace, module), function), name) in named {
        namespace.name = name;
        namespace.module = module;
        namespace.function = function;
        let path = joined(above, &namespace.module);
        name_operations(namespace, client, &path, modules);
        name_namespaces(&mut namespace.namespaces, client, &path, modules);
    }
}

fn last_words(namespaces: &[Namespace]) -> Vec<String> {
    let last = |namespace: &Namespace| namespace.path.last().cloned().unwrap_or_default();
    namespaces.iter().map(last).collect()
}

/// Methods stand beside the namespaces below, which keep their names.
fn name_operations(
    namespace: &mut Namespace,
    client: &str,
    path: &[ModuleName],
    modules: &mut Modules,
) {
    let below = last_words(&namespace.namespaces);
    let below: Vec<&str> = below.iter().map(String::as_str).collect();
    let functions = unique_names::<FunctionName>(&below, &[]);
    let functions: Vec<&str> = functions.iter().map(FunctionName::as_str).collect();
    let taken = unique_names::<ModuleName>(&below, &[]);
    let taken: Vec<&str> = taken.iter().map(ModuleName::as_str).collect();
    let wires: Vec<String> =
        namespace.operations.iter().map(|operation| operation.wire.clone()).collect();
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    let names = unique_names::<FunctionName>(&wires, &functions)
        .into_iter()
        .zip(unique_names(&wires, &taken));
    let types = name_calls(&wires, &[client, namespace.name.as_str()]);
    for ((operation, (function, module)), (request, response)) in
        namespace.operations.iter_mut().zip(names).zip(types)
    {
        operation.function = function;
        operation.module = module;
        operation.request = request;
        operation.response = response;
        let path = joined(path, &operation.module);
        modules.insert(operation.place().root, path);
    }
    let taken = namespace.operations.iter().map(|operation| operation.function.as_str().to_owned());
    let taken: Vec<String> = taken.chain(functions.iter().map(|&name| name.to_owned())).collect();
    name_waiting(namespace, &taken);
}

/// The types of calls and of responses. They stand in the modules of their operations, and by the same names beside the
/// struct of the namespace.
fn name_calls(operations: &[&str], beside: &[&str]) -> Vec<(TypeName, TypeName)> {
    let suffixed = |suffix: &str| -> Vec<String> {
        operations.iter().map(|words| format!("{words}_{suffix}")).collect()
    };
    let words = [suffixed("request"), suffixed("response")].concat();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let taken = [beside, &IN_OPERATIONS].concat();
    let mut requests = unique_names::<TypeName>(&words, &taken);
    let responses = requests.split_off(operations.len());
    requests.into_iter().zip(responses).collect()
}

/// The methods that wait give way to what the document names.
fn name_waiting(namespace: &mut Namespace, taken: &[String]) {
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let operations = namespace.operations.iter_mut();
    let waiting: Vec<_> = operations.filter_map(|one| one.polling.as_mut()).collect();
    let names = unique_names::<FunctionName>(&vec![WAIT; waiting.len()], &taken);
    waiting.into_iter().zip(names).for_each(|(polling, name)| polling.function = name);
}

/// What a method is called that waits for the end of something.
const WAIT: &str = "wait";

fn name_schemas(api: &Api, modules: &mut Modules) {
    let schemas: BTreeSet<&str> = (api.types.keys())
        .filter_map(|place| match &place.root {
            Root::Schema(name) => Some(name.as_str()),
            Root::Operation { .. } => None,
        })
        .collect();
    let schemas: Vec<&str> = schemas.into_iter().collect();
    for (schema, module) in schemas.iter().zip(unique_names::<ModuleName>(&schemas, &[])) {
        modules.insert(Root::Schema((*schema).to_owned()), vec![module]);
    }
}

/// Types by the module they stand in: what is inline in a type stands in the module of its name.
fn name_types(api: &mut Api, modules: &Modules) {
    let mut roots: BTreeMap<Root, Vec<Place>> = BTreeMap::new();
    for place in api.types.keys() {
        roots.entry(place.root.clone()).or_default().push(place.clone());
    }
    let in_operations = in_operations(api);
    for (root, places) in roots {
        let Some(path) = modules.get(&root) else { continue };
        let reserved = reserved(&in_operations, &root);
        let reserved: Vec<&str> = reserved.iter().map(String::as_str).collect();
        let top = Place { root: root.clone(), steps: Vec::new() };
        let response = in_operations.get(&root).map(|names| &names.response);
        name_level(api, &places, &top, path, &reserved, response);
        if let Root::Schema(name) = &root
            && let Some(definition) = api.types.get_mut(&Place::schema(name))
        {
            definition.modules = path.clone();
            definition.name = TypeName::new(name);
        }
    }
}

/// What stands in the module of an operation besides its types.
const IN_OPERATIONS: [&str; 13] = [
    "CallOptions",
    "Effect",
    "Input",
    "Method",
    "Operation",
    "Parameter",
    "PendingRequest",
    "RequestParts",
    "Response",
    "ResponseFuture",
    "ResponseShape",
    "Scalar",
    "Style",
];

/// The types in the module of an operation whose names are settled.
struct InOperation {
    request: TypeName,
    response: TypeName,
    choices: Vec<TypeName>,
}

fn in_operations(api: &Api) -> BTreeMap<Root, InOperation> {
    let of_operation = |operation: &&Operation| {
        let names = InOperation {
            request: operation.request.clone(),
            response: operation.response.clone(),
            choices: operation.choices.iter().map(|choice| choice.name.clone()).collect(),
        };
        (operation.place().root, names)
    };
    api.operations().iter().map(of_operation).collect()
}

/// What the types inline in a schema or an operation may not be called.
fn reserved(in_operations: &BTreeMap<Root, InOperation>, root: &Root) -> Vec<String> {
    let names: Vec<String> = match root {
        Root::Schema(name) => vec![TypeName::new(name).as_str().to_owned()],
        Root::Operation { .. } => IN_OPERATIONS.map(str::to_owned).to_vec(),
    };
    let own = in_operations.get(root).into_iter();
    let own = own.flat_map(|names| names.choices.iter().chain([&names.request, &names.response]));
    names.into_iter().chain(own.map(|name| name.as_str().to_owned())).collect()
}

fn name_level(
    api: &mut Api,
    places: &[Place],
    above: &Place,
    path: &[ModuleName],
    reserved: &[&str],
    response: Option<&TypeName>,
) {
    let depth = above.steps.len();
    let below = places.iter().filter(|place| place.steps.starts_with(&above.steps));
    let steps: BTreeSet<&Step> = below.filter_map(|place| place.steps.get(depth)).collect();
    let words = level_words(&steps, reserved, response);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let names = unique_names::<TypeName>(&words, reserved);
    let modules = unique_names::<ModuleName>(&words, &[]);
    for ((step, name), module) in steps.into_iter().zip(names).zip(modules) {
        let name = response.filter(|_| *step == Step::Output).cloned().unwrap_or(name);
        let place = above.inside(step.clone());
        if let Some(definition) = api.types.get_mut(&place) {
            definition.modules = path.to_vec();
            definition.name = name;
        }
        name_level(api, places, &place, &joined(path, &module), &[], None);
    }
}

/// What types of one module are called by. One of many gives way to what is called so by itself: a number would say less,
/// and would be another one when a third thing of that name comes.
fn level_words(
    steps: &BTreeSet<&Step>,
    reserved: &[&str],
    response: Option<&TypeName>,
) -> Vec<String> {
    let words: Vec<String> = steps
        .iter()
        .map(|step| match (step, response) {
            (Step::Output, Some(name)) => name.as_str().to_owned(),
            _ => step_words(step),
        })
        .collect();
    let names: Vec<TypeName> = words.iter().map(|words| TypeName::new(words)).collect();
    let is_taken = |name: &TypeName| {
        reserved.contains(&name.as_str()) || names.iter().filter(|other| *other == name).count() > 1
    };
    let settled = steps.iter().zip(&words).zip(&names).map(|((step, word), name)| match step {
        Step::Element(key) if key != word && is_taken(name) => format!("{key}_item"),
        _ => word.clone(),
    });
    settled.collect()
}

fn step_words(step: &Step) -> String {
    match step {
        Step::Property(key) => key.clone(),
        Step::Element(key) => singular(key),
        Step::Variant(tag) => tag.clone(),
        Step::Output => "response".to_owned(),
        Step::Failure(status) => format!("failure_{status}"),
    }
}

fn name_members(kind: &mut Kind) {
    match kind {
        Kind::Struct(object) => {
            let keys = object.fields.iter().map(|field| field.key.as_str());
            let words: Vec<&str> =
                keys.chain(object.others.iter().map(|_| Others::WORDS)).collect();
            let mut names = unique_names::<FieldName>(&words, &[]).into_iter();
            object.fields.iter_mut().zip(&mut names).for_each(|(field, name)| field.name = name);
            object.others.iter_mut().zip(&mut names).for_each(|(others, name)| others.name = name);
        }
        Kind::Enum(values) => {
            let texts: Vec<&str> = values.values.iter().map(|value| value.text.as_str()).collect();
            let names = unique_names::<VariantName>(&texts, &[]);
            values.values.iter_mut().zip(names).for_each(|(value, name)| value.name = name);
        }
        Kind::Union(union) => {
            let words: Vec<&str> =
                union.variants.iter().map(|variant| variant.word.as_str()).collect();
            let names = unique_names::<VariantName>(&words, &[]);
            union.variants.iter_mut().zip(names).for_each(|(variant, name)| variant.name = name);
            let keys: Vec<&str> = union.shared.iter().map(|shared| shared.key.as_str()).collect();
            let discriminator = union.discriminator().map(|one| one.accessor.as_str());
            let names = unique_names::<FunctionName>(&keys, discriminator.as_slice());
            union.shared.iter_mut().zip(names).for_each(|(shared, name)| shared.name = name);
        }
        Kind::Alias(_) => {}
    }
}

/// Arguments, setters and choices share a scope, in which `a_null` is the setter that makes `a` null.
fn name_parameters(operation: &mut Operation) {
    let keys = operation.parameters.iter().map(|parameter| parameter.word.clone());
    let titles = operation.choices.iter().map(|choice| choice.title.clone());
    let words: Vec<String> = keys.chain(titles).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut names = unique_names::<FieldName>(&words, &methods_of(operation)).into_iter();
    for (parameter, name) in operation.parameters.iter_mut().zip(&mut names) {
        parameter.field.name = name;
    }
    operation.choices.iter_mut().zip(&mut names).for_each(|(choice, name)| choice.argument = name);
    for choice in &mut operation.choices {
        let words = arm_words(&choice.arms);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let names = unique_names::<VariantName>(&words, &[]);
        for (arm, name) in choice.arms.iter_mut().zip(names) {
            arm.name = name;
        }
    }
}

/// The methods of requests that are not reserved for all fields.
fn methods_of(operation: &Operation) -> Vec<&'static str> {
    let pages = operation.pagination.iter().flat_map(|_| ["items", "pages"]);
    pages.chain(operation.wait.iter().map(|_| WAIT)).chain(["preview"]).collect()
}

/// `Assignee::AcsUser(AcsUserId)` says twice that it is an id, and need not say it thrice, unless another alternative is
/// what the id is of.
fn arm_words(arms: &[Arm]) -> Vec<String> {
    let is_other = |words: &str| arms.iter().any(|arm| arm.word == words);
    let words = arms.iter().map(|arm| {
        let short = match arm.field().map(|field| &field.ty) {
            Some(Type::Id(_)) => arm.word.strip_suffix("_id"),
            _ => None,
        };
        short.filter(|short| !is_other(short)).unwrap_or(&arm.word).to_owned()
    });
    words.collect()
}

fn name_security(api: &mut Api) {
    let words: Vec<&str> = api.schemes.keys().map(String::as_str).collect();
    let constants = unique_names::<ConstantName>(&words, &[]);
    let named = api.schemes.values_mut().zip(constants);
    named.for_each(|(scheme, constant)| scheme.constant = constant);
}
