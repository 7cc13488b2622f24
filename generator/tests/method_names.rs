//! The rule for the names of methods, which `xtask/README.md` describes.

#![allow(clippy::expect_used, clippy::panic, reason = "a failed step fails the test")]

use std::collections::BTreeMap;

use seam_generator::{Kind, Options, Source, names};
use serde_json::{Map, Value, json};

/// An operation: its tag, verb, path and operation ID. An empty tag or ID is left out.
type Described<'a> = (&'a str, &'a str, &'a str, &'a str);

fn operation(tag: &str, id: &str) -> Value {
    let mut operation = json!({ "responses": { "204": { "description": "" } } });
    if !tag.is_empty() {
        operation["tags"] = json!([tag]);
    }
    if !id.is_empty() {
        operation["operationId"] = json!(id);
    }
    operation
}

fn document(operations: &[Described<'_>]) -> Value {
    let mut paths = Map::new();
    for (tag, verb, path, id) in operations {
        let item = paths.entry(*path).or_insert_with(|| json!({}));
        item[verb.to_lowercase()] = operation(tag, id);
    }
    json!({ "openapi": "3.0.3", "info": { "title": "", "version": "1" }, "paths": paths })
}

/// The method chain of each operation, by `GET /path`.
fn methods(document: &Value) -> BTreeMap<String, String> {
    let source = Source { name: "names.json".to_owned(), text: document.to_string() };
    let items = names(&source, None, &Options::default()).expect("the document is in order");
    let methods = items.iter().filter(|item| item.kind == Kind::Method);
    let named = methods.map(|item| {
        let steps: Vec<&str> = item.path.split("::").collect();
        // `api::users::keys::Keys::list` is `users.keys.list`.
        let chain = [&steps[1..steps.len() - 2], &steps[steps.len() - 1..]].concat().join(".");
        let (path, verb) =
            item.place.as_str().trim_start_matches("/paths/").rsplit_once('/').expect("a verb");
        (format!("{} {}", verb.to_uppercase(), path.replace("~1", "/")), chain)
    });
    named.collect()
}

#[track_caller]
fn assert_names(rows: &[(Described<'_>, &str)]) {
    let operations: Vec<Described<'_>> = rows.iter().map(|(operation, _)| *operation).collect();
    let methods = methods(&document(&operations));
    for ((_, verb, path, id), expected) in rows {
        let found = methods.get(&format!("{verb} {path}")).map_or("nothing", String::as_str);
        assert_eq!(found, *expected, "{verb} {path} {id}");
    }
}

/// Like [`assert_names`], with a document for each operation.
#[track_caller]
fn assert_each(rows: &[(Described<'_>, &str)]) {
    rows.iter().for_each(|row| assert_names(std::slice::from_ref(row)));
}

#[test]
fn the_words_of_the_namespace_are_not_repeated() {
    assert_each(&[
        (("pets", "GET", "/animals", "listPets"), "pets.list"),
        (("pets", "GET", "/animals/{id}", "pets/fetch"), "pets.fetch"),
        (("pets", "POST", "/animals", "pet_create"), "pets.create"),
        (
            ("identity", "DELETE", "/x/{id}/sessions", "deleteIdentitySessions"),
            "identity.delete_sessions",
        ),
        (("identity", "POST", "/code", "createCodeForIdentity"), "identity.create_code"),
        (("identity", "GET", "/x", "getIdentityByExternalId"), "identity.get_by_external_id"),
        (("Event Type", "GET", "/x", "event-type.list"), "event_type.list"),
        (("Receiving Emails", "GET", "/x", "emails/list-receiving"), "receiving_emails.list"),
        (("points", "POST", "/x", "batch_update_points"), "points.batch_update"),
        (("lobbies", "PUT", "/x", "create_or_join_lobby"), "lobbies.create_or_join"),
        (("player", "POST", "/x", "skip-a-users-track"), "player.skip_users_track"),
    ]);
}

#[test]
fn words_that_say_more_stay() {
    assert_each(&[
        // A noun before the namespace is another thing.
        (("apps", "POST", "/x", "createProjectApp"), "apps.create_project_app"),
        (("albums", "DELETE", "/me/albums", "remove-albums-user"), "albums.remove_albums_user"),
        // A verb that is the namespace too.
        (("search", "GET", "/x", "searchItems"), "search.search_items"),
        (("search", "GET", "/x", "search"), "search.search"),
        (("pets", "GET", "/x", "petsByOwner"), "pets.get_by_owner"),
        // All nouns are the resource.
        (("keys", "GET", "/keys", "list_api_keys"), "keys.list"),
        (
            ("snapshots", "POST", "/shards/{id}/snapshots", "create_shard_snapshot"),
            "snapshots.create_for_shard",
        ),
        (("sessions", "GET", "/x", "listMySessions"), "sessions.list_mine"),
    ]);
}

#[test]
fn what_frameworks_and_versions_add_is_removed() {
    assert_each(&[
        (("app", "POST", "/api/v1/app", "v1.app.create"), "app.create"),
        (("items", "GET", "/x", "listItemsUsingGET"), "items.list"),
        (("items", "GET", "/x", "listItemsUsingGET_1"), "items.list"),
        (("auth", "POST", "/api/v1/auth/logout", "logout_api_v1_auth_logout_post"), "auth.logout"),
        (("items", "PUT", "/items/{item_id}", "rename_items__item_id__put"), "items.rename"),
        (("batches", "POST", "/x", "close_batch_v2025.0"), "batches.close"),
    ]);
    assert_names(&[
        (("tasks", "GET", "/tasks", "run_tasks"), "tasks.run"),
        (("tasks", "GET", "/v2/tasks", "run_tasks_v2"), "tasks.run_v2"),
    ]);
}

#[test]
fn an_operation_id_that_repeats_the_path_counts_as_none() {
    assert_names(&[
        (("Files", "GET", "/files/{file_id}", "get_files_id"), "files.get"),
        (("Files", "PUT", "/files/{file_id}", "put_files_id"), "files.update"),
        (("Files", "DELETE", "/files/{file_id}", ""), "files.delete"),
        (("Files", "POST", "/files", "post_files"), "files.create"),
        (("Files", "POST", "/files/{file_id}/copy", "post_files_id_copy"), "files.copy"),
        (("Files", "GET", "/files/{file_id}/lock", ""), "files.lock"),
        (
            ("Files", "GET", "/files/{file_id}/thumbnail.{ext}", "get_files_id_thumbnail_id"),
            "files.get_thumbnail",
        ),
        (("Files", "POST", "/files/{file_id}/secret/rotate", ""), "files.rotate_secret"),
        (("Files", "POST", "/files/{file_id}/levels:trim", ""), "files.trim_levels"),
        (("Comments", "GET", "/files/{file_id}/comments", ""), "comments.get_for_file"),
        (("Notes", "PUT", "/notes/{id}", ""), "notes.update"),
        (("Notes", "PATCH", "/notes/{id}", ""), "notes.patch"),
        (("Notes", "DELETE", "/notes", ""), "notes.delete_all"),
        (("Tasks", "PATCH", "/tasks/{id}", ""), "tasks.update"),
        (("Charges", "POST", "/charges/{id}", ""), "charges.update"),
        (("Notes", "POST", "/notes/{id}", ""), "notes.create"),
        (("Trashed tasks", "POST", "/tasks/{id}", ""), "trashed_tasks.post"),
        (("Sign requests", "POST", "/sign_requests", ""), "sign_requests.create"),
    ]);
}

#[test]
fn a_path_without_tag_is_the_namespace() {
    assert_names(&[
        (("", "GET", "/", ""), "root.get"),
        (("", "GET", "/api/v1/users/{id}/keys/{key}", ""), "users.keys.get"),
        (("", "POST", "/things/get", ""), "things.get"),
        (("", "POST", "/doors/{id}/unlock", "doors_unlock_post"), "doors.unlock"),
        (
            ("", "GET", "/guilds/{id}/members/search", "search_guild_members"),
            "guilds.members.search",
        ),
        (
            ("", "POST", "/guilds/{id}/bulk-ban", "bulk_ban_users_from_guild"),
            "guilds.bulk_ban_users",
        ),
        (("", "GET", "/users/@me", "get_my_user"), "users.get_mine"),
        (("", "GET", "/users/{id}/folders/0", ""), "users.folders.get"),
        // Another path is in this namespace.
        (("", "POST", "/jobs/run", ""), "jobs.run.run"),
        (("", "GET", "/jobs/run/{id}/log", ""), "jobs.run.log.get"),
    ]);
}

#[test]
fn names_of_rust_and_the_runtime_are_avoided() {
    assert_each(&[
        (("files", "POST", "/x", "moveFile"), "files.move_file"),
        (("repos", "POST", "/repos/{id}/clone", ""), "repos.clone_repo"),
        (("games", "POST", "/games/{id}/match", ""), "games.match_game"),
    ]);
}

#[test]
fn lists_are_listed() {
    let thing = json!({ "type": "object", "properties": { "id": { "type": "string" } } });
    let many = json!({ "type": "array", "items": thing });
    let page = json!({ "type": "object", "properties": { "total": { "type": "integer" }, "entries": many } });
    let inner =
        json!({ "type": "object", "properties": { "ok": { "type": "boolean" }, "result": page } });
    let one =
        json!({ "type": "object", "properties": { "name": { "type": "string" }, "parts": many } });
    let rows = [
        ("/things", &many, "list"),
        ("/things", &page, "list"),
        ("/things", &inner, "list"),
        ("/things", &one, "list"),
        ("/things", &thing, "get"),
        ("/things/{id}", &one, "get"),
        ("/things/{id}", &page, "list"),
    ];
    for (path, schema, name) in rows {
        for id in ["", "getThings"] {
            let mut document = document(&[("things", "GET", path, id)]);
            document["paths"][path]["get"]["responses"] = json!({ "200": {
                "description": "", "content": { "application/json": { "schema": schema } },
            } });
            let methods = methods(&document);
            assert_eq!(methods[&format!("GET {path}")], format!("things.{name}"), "{schema}");
        }
    }
}

#[test]
fn operations_that_would_have_one_name_get_longer_ones() {
    assert_names(&[
        (("points", "GET", "/points/{id}", "get_point"), "points.get"),
        (("points", "POST", "/points", "get_points"), "points.get_points"),
        (("sessions", "GET", "/sessions", "listSessions"), "sessions.list"),
        (("sessions", "GET", "/users/{id}/sessions", "listUserSessions"), "sessions.list_for_user"),
        (("Pet Store", "GET", "/one", "same"), "pet_store.same"),
        (("Pet Store", "GET", "/two", "same"), "pet_store.get_two"),
    ]);
}

#[test]
fn extensions_take_precedence() {
    let mut document =
        document(&[("pets", "GET", "/pets", "listPets"), ("pets", "GET", "/dogs", "x")]);
    let dogs = &mut document["paths"]["/dogs"]["get"];
    dogs["x-fern-sdk-group-name"] = json!(["pets"]);
    dogs["x-fern-sdk-method-name"] = json!("list");
    let methods = methods(&document);
    assert_eq!(methods["GET /dogs"], "pets.list");
    assert_eq!(methods["GET /pets"], "pets.list_pets");
}

#[test]
fn an_operation_that_is_added_renames_no_other() {
    let before = [
        ("files", "GET", "/files/{id}", "get_files_id"),
        ("files", "GET", "/files", "listFiles"),
        ("", "POST", "/guilds/{id}/bans/search", "search_bans"),
        ("", "GET", "/guilds/{id}", ""),
        ("snapshots", "POST", "/shards/{id}/snapshots", "create_shard_snapshot"),
    ];
    let added = [
        ("files", "POST", "/files/{id}/copy", "copyFile"),
        ("files", "GET", "/archived/files", "listArchivedFilesOfAllUsers"),
        ("files", "GET", "/files/{id}/content", ""),
        ("", "GET", "/guilds/{id}/bans", "list_guild_bans"),
        (
            "snapshots",
            "POST",
            "/clusters/{id}/shards/{shard}/snapshots",
            "create_shard_snapshot_of_cluster",
        ),
        ("other", "GET", "/other", "get"),
    ];
    let names = methods(&document(&before));
    for one in added {
        let more = methods(&document(&[&before[..], &[one]].concat()));
        for (operation, name) in &names {
            assert_eq!(more.get(operation), Some(name), "{one:?} renames {operation}");
        }
    }
}

#[test]
fn the_order_of_the_document_makes_no_difference() {
    let mut operations = vec![
        ("pets", "GET", "/pets/{id}", "same"),
        ("pets", "GET", "/a", "same"),
        ("pets", "POST", "/a", "same_pet"),
        ("pets", "PUT", "/b/{id}/same", "put_b_id_same"),
    ];
    let names = methods(&document(&operations));
    operations.reverse();
    assert_eq!(methods(&document(&operations)), names);
    let unique: std::collections::BTreeSet<&String> = names.values().collect();
    assert_eq!(unique.len(), names.len());
}

#[test]
fn verbs_with_one_operation_id_are_one_method_if_they_are_described_alike() {
    let mut document = document(&[
        ("things", "POST", "/things/change", "change"),
        ("things", "PATCH", "/things/change", "change"),
        ("things", "PUT", "/things/change", "change"),
    ]);
    document["paths"]["/things/change"]["put"]["responses"] =
        json!({ "200": { "description": "", "content": { "text/plain": {} } } });
    let methods = methods(&document);
    assert_eq!(methods["POST /things/change"], "things.change");
    assert_eq!(methods["PUT /things/change"], "things.put_change");
    assert_eq!(methods.len(), 2);
}
