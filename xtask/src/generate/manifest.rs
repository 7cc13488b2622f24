//! Reads the manifest of the client, and rewrites it for a crate outside the workspace.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, anyhow, ensure};
use seam_generator::WHOLE_API;
use toml_edit::{Array, Decor, DocumentMut, Item, Table, TableLike, Value, value};

use crate::repo::{CLIENT, Repo, WORKSPACE};

/// Cargo features with the features that each one enables.
pub(super) type Features = BTreeMap<String, BTreeSet<String>>;

/// The key under `[package.metadata]` that marks a generated crate, which may be replaced.
const MARKER: &str = "openapi-client";

/// Tables of dependencies, at the top level or under a target.
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Tables that only the checked-in client has: its development, and facts about Seam.
const LEFT_OUT: [&str; 3] = ["example", "bench", "badges"];
/// The test that a generated crate shares with the checked-in client: it calls every operation.
const TEST: &str = "conformance";
const TEST_DEPENDENCIES: [&str; 5] = ["axum", "boon", "libtest-mimic", "serde_yaml", "tokio"];
const LEFT_OUT_OF_PACKAGE: [&str; 6] =
    ["description", "keywords", "categories", "homepage", "repository", "documentation"];

/// The package name of the checked-in client.
pub fn client_name(repo: &Repo) -> Result<String> {
    let name = client_manifest();
    let manifest = parse(&repo.read(&name, "restore it from git")?, &name)?;
    let package = manifest.get("package").and_then(|package| package.get("name"));
    let package = package.and_then(Item::as_str);
    package.map(str::to_owned).ok_or_else(|| anyhow!("{name} names no package"))
}

/// Whether [`standalone`] wrote this manifest.
pub(super) fn is_marked(manifest: &str) -> bool {
    let manifest = manifest.parse::<DocumentMut>().ok();
    let package = manifest.as_ref().and_then(|manifest| manifest.get("package"));
    package.and_then(|package| package.get("metadata")?.get(MARKER)).is_some()
}

/// Whether a crate contains the test that calls every operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tested {
    Yes,
    No,
}

/// The client's manifest for the package `name`, with everything that it inherits from the workspace written out.
pub(super) fn standalone(
    repo: &Repo,
    name: &str,
    spec: &str,
    tested: Tested,
    features: &Features,
) -> Result<String> {
    let path = client_manifest();
    let mut manifest = parse(&repo.read(&path, "restore it from git")?, &path)?;
    let shared = parse(&repo.read(WORKSPACE, "restore it from git")?, WORKSPACE)?;
    let shared = shared.get("workspace").and_then(Item::as_table);
    let shared = shared.ok_or_else(|| anyhow!("{WORKSPACE} has no [workspace]"))?;
    let resolving = || format!("{path} cannot be made to stand alone");
    for key in LEFT_OUT {
        manifest.remove(key);
    }
    development(&mut manifest, tested);
    package(&mut manifest, shared, name, spec).with_context(resolving)?;
    dependencies(manifest.as_table_mut(), shared).with_context(resolving)?;
    if let Some(targets) = manifest.get_mut("target").and_then(Item::as_table_mut) {
        for (_, target) in targets.iter_mut() {
            if let Some(target) = target.as_table_mut() {
                dependencies(target, shared).with_context(resolving)?;
            }
        }
    }
    if manifest.get("lints").is_some_and(inherits) {
        manifest.insert("lints", inherited(shared, "lints").with_context(resolving)?);
    }
    // An empty `[workspace]` table keeps Cargo from looking for a workspace in the parent folders.
    manifest.insert("workspace", Item::Table(Table::new()));
    forget_positions(manifest.as_table_mut());
    with_features(&manifest.to_string(), features)
}

/// Removes the tests and dev-dependencies that the crate does not have.
fn development(manifest: &mut DocumentMut, tested: Tested) {
    if tested == Tested::No {
        manifest.remove("dev-dependencies");
        manifest.remove("test");
        return;
    }
    if let Some(table) = manifest.get_mut("dev-dependencies").and_then(Item::as_table_mut) {
        table.retain(|name, _| TEST_DEPENDENCIES.contains(&name));
    }
    if let Some(tests) = manifest.get_mut("test").and_then(Item::as_array_of_tables_mut) {
        tests.retain(|test| test.get("name").and_then(Item::as_str) == Some(TEST));
        // The comment above the test is about the checked-in client.
        tests.iter_mut().for_each(|test| *test.decor_mut() = Decor::default());
    }
}

/// The comment above the features for parts of the API.
const SAID: &str = "# Parts of the API, by the first link of the method chain; `cargo xtask generate` writes these.\n";

/// Returns the manifest with a feature for each part of the API. All of them are on by default.
pub(super) fn with_features(manifest: &str, features: &Features) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse().context("the manifest cannot be read")?;
    let table = manifest.entry("features").or_insert(Item::Table(Table::new()));
    let table = table.as_table_mut().ok_or_else(|| anyhow!("its [features] are no table"))?;
    table.retain(|name, _| !is_of_api(name));
    if let Some(default) = table.get_mut("default").and_then(Item::as_array_mut) {
        default.retain(|one| one.as_str() != Some(WHOLE_API));
        if !features.is_empty() {
            default.push(WHOLE_API);
        }
    }
    for (name, needs) in features {
        let mut needs: Array = needs.iter().collect();
        if name == WHOLE_API {
            needs.iter_mut().for_each(|one| one.decor_mut().set_prefix("\n    "));
            needs.set_trailing_comma(true);
            needs.set_trailing("\n");
        }
        table.insert(name, value(needs));
    }
    if let Some(mut key) = table.key_mut(WHOLE_API) {
        key.leaf_decor_mut().set_prefix(SAID);
    }
    Ok(manifest.to_string())
}

/// Whether a feature stands for the API or a part of it.
fn is_of_api(name: &str) -> bool {
    name.strip_prefix(WHOLE_API).is_some_and(|part| part.is_empty() || part.starts_with('-'))
}

fn client_manifest() -> String {
    format!("{CLIENT}/Cargo.toml")
}

fn parse(text: &str, name: &str) -> Result<DocumentMut> {
    text.parse().with_context(|| format!("{name} cannot be read"))
}

fn package(manifest: &mut DocumentMut, shared: &Table, name: &str, spec: &str) -> Result<()> {
    let package = manifest.get_mut("package").and_then(Item::as_table_mut);
    let package = package.ok_or_else(|| anyhow!("it has no [package]"))?;
    for key in LEFT_OUT_OF_PACKAGE {
        package.remove(key);
    }
    for (key, item) in package.iter_mut() {
        if inherits(item) {
            let fields = shared.get("package").and_then(Item::as_table);
            let fields = fields.ok_or_else(|| anyhow!("{WORKSPACE} has no [workspace.package]"))?;
            *item = inherited(fields, key.get())?;
        }
    }
    package.insert("name", value(name));
    package.insert("description", value(format!("Client of the API that {spec} describes")));
    let mut marker = Table::new();
    marker.insert("spec", value(spec));
    let mut metadata = Table::new();
    metadata.set_implicit(true);
    metadata.insert(MARKER, Item::Table(marker));
    package.insert("metadata", Item::Table(metadata));
    Ok(())
}

/// Writes out the inherited dependencies in `holder`, which is the manifest or one of its targets.
fn dependencies(holder: &mut Table, shared: &Table) -> Result<()> {
    for key in DEPENDENCIES {
        let Some(table) = holder.get_mut(key).and_then(Item::as_table_mut) else {
            continue;
        };
        for (name, item) in table.iter_mut() {
            if inherits(item) {
                let known = shared.get("dependencies").and_then(Item::as_table);
                let known = known.ok_or_else(|| anyhow!("{WORKSPACE} has no dependencies"))?;
                *item = merged(inherited(known, name.get())?, item)?;
            }
            let has_path = item.as_table_like().is_some_and(|table| table.contains_key("path"));
            ensure!(!has_path, "its dependency `{}` is a folder of this workspace", name.get());
        }
    }
    Ok(())
}

/// The workspace's entry for a dependency, merged with the package's own features, `optional` and `default-features`.
fn merged(base: Item, own: &Item) -> Result<Item> {
    let own = own.as_table_like().ok_or_else(|| anyhow!("a dependency is no table"))?;
    let features = features(own);
    let added: Vec<(&str, &Item)> =
        own.iter().filter(|(key, _)| !matches!(*key, "workspace" | "features")).collect();
    if features.is_empty() && added.is_empty() {
        return Ok(base);
    }
    let mut table = match base.into_value() {
        Ok(Value::InlineTable(table)) => table,
        Ok(version) => [("version", version)].into_iter().collect(),
        Err(_) => return Err(anyhow!("{WORKSPACE} has a dependency that is no value")),
    };
    let mut all = self::features(&table);
    all.extend(features);
    if !all.is_empty() {
        table.insert("features", Value::Array(all.into_iter().collect::<Array>()));
    }
    for (key, item) in added {
        let value =
            item.as_value().ok_or_else(|| anyhow!("`{key}` of a dependency is no value"))?;
        table.insert(key, value.clone());
    }
    table.fmt();
    Ok(value(table))
}

fn features(dependency: &dyn TableLike) -> Vec<String> {
    let features = dependency.get("features").and_then(Item::as_array);
    let names = features.into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn inherits(item: &Item) -> bool {
    let table = item.as_table_like();
    table.and_then(|table| table.get("workspace")).and_then(Item::as_bool) == Some(true)
}

fn inherited(shared: &Table, key: &str) -> Result<Item> {
    let item = shared.get(key).cloned();
    item.ok_or_else(|| anyhow!("`{key}` is inherited, and {WORKSPACE} does not have it"))
}

/// Forgets the positions that tables had in their original files, so that they are printed in the order of insertion.
fn forget_positions(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Some(table) = item.as_table_mut() {
            forget_positions(table);
        }
    }
}
