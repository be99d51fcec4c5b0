//! The part of the description that is for the bureau.

use domain::search::LONGEST_QUERY;
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } })
}

fn answers(name: &str) -> Value {
    let problem = |about: &str| json!({ "description": about, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    json!({
        "200": { "description": "The answer.", "content": schema(name) },
        "400": problem("Something is wrong with what was sent; `problems` names it."),
        "401": problem("The bureau's token is needed."),
        "404": problem("There is no such decision; or the operator has set no token, and then nothing is here."),
        "503": problem("The database cannot be reached at the moment."),
    })
}

fn operation(summary: &str, id: &str, parameters: Value, responses: Value) -> Value {
    json!({ "summary": summary, "operationId": id, "security": [{ "bureau": [] }], "parameters": parameters, "responses": responses })
}

/// Paths of the bureau, by path.
pub fn paths() -> Vec<(&'static str, Value)> {
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    let if_match = json!({
        "name": "If-Match", "in": "header", "schema": { "type": "string" },
        "description": "The revision that is changed, as ETag gave it. Needed for a decision that exists.",
    });
    let query = |name: &str, about: &str, needed: bool| json!({ "name": name, "in": "query", "required": needed, "description": about, "schema": { "type": "string" } });
    let mut put = operation("Make a decision, or change it", "decide", json!([id, if_match]), answers("Decision"));
    put["requestBody"] = json!({ "required": true, "content": schema("Draft") });
    let refusals = [
        ("201", "Made."),
        ("409", "It contradicts another decision, has ended, or there are too many."),
        ("412", "It was changed meanwhile."),
        ("428", "It exists: say in If-Match which revision is meant."),
    ];
    for (status, about) in refusals {
        put["responses"][status] = json!({ "description": about });
    }
    let end = operation("End a decision; it stays on record", "endDecision", json!([id, if_match]), answers("Decision"));
    let mut preview = operation("What a decision would change; nothing is kept", "preview", json!([]), answers("Preview"));
    preview["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": {
        "type": "object", "required": ["entry"],
        "properties": {
            "entry": { "$ref": "#/components/schemas/Draft" },
            "queries": { "type": "array", "maxItems": 20, "items": { "type": "string", "maxLength": LONGEST_QUERY } },
        },
    } } } });
    vec![
        (
            "/api/v1/bureau/curation",
            json!({ "get": operation("Decisions about search", "decisions", json!([query("ended", "1: those that have ended, too.", false)]), answers("Decisions")) }),
        ),
        (
            "/api/v1/bureau/curation/{id}",
            json!({ "get": operation("One decision with every change of it", "decision", json!([id]), answers("Decision")), "put": put, "delete": end }),
        ),
        ("/api/v1/bureau/preview", json!({ "post": preview })),
        (
            "/api/v1/bureau/searches",
            json!({ "get": operation(
                "What was searched for in a month and not found, or hardly",
                "gaps",
                json!([
                    query("month", "Such as 2026-11.", true),
                    query("county", "Code of a county or prefecture that the searches named.", false),
                    query("format", "json or csv; json unless given.", false),
                ]),
                answers("Gaps"),
            ) }),
        ),
    ]
}

/// Schemas of the bureau, by name.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let words = || json!({ "type": "array", "items": { "type": "string" } });
    let reason =
        json!({ "type": "object", "required": ["zh"], "properties": { "zh": { "type": "string" }, "en": { "type": "string" } } });
    let draft = json!({
        "id": { "type": "string" }, "kind": { "type": "string", "enum": ["synonym", "pin", "hide", "silence"] },
        "word": { "type": "string" }, "others": words(), "both_ways": { "type": "boolean" },
        "query": { "type": "string" }, "match": { "type": "string", "enum": ["whole", "phrase"] },
        "listings": words(), "position": { "type": "integer", "minimum": 1, "maximum": 10 },
        "county": { "type": "string", "description": "Only for searches whose words name it." },
        "from": { "type": "string", "format": "date", "description": "The first day in Shanghai." },
        "until": { "type": "string", "format": "date", "description": "The first day on which it holds no more." },
        "reason": reason, "role": { "type": "string", "description": "In what role it was decided; no person." },
    });
    let mut decided = draft.clone();
    for time in ["created_at", "changed_at", "ended_at"] {
        decided[time] = json!({ "type": ["string", "null"], "format": "date-time" });
    }
    decided["revision"] = json!({ "type": "integer" });
    decided["active"] = json!({ "type": "boolean" });
    decided["history"] =
        json!({ "type": "array", "items": { "type": "object", "required": ["revision", "change", "at", "entry"] } });
    let placed = json!({ "type": "array", "items": { "type": "object", "required": ["id", "position"] } });
    let counts = ["asked", "none", "poor", "good", "corrected", "askers_at_least"];
    let counted: serde_json::Map<String, Value> =
        counts.iter().map(|name| ((*name).to_owned(), json!({ "type": "integer" }))).collect();
    let needed = ["id", "kind", "from", "reason"];
    let kept = [&needed[..], &["revision", "created_at", "changed_at", "ended_at", "active"]].concat();
    vec![
        ("Draft", json!({ "type": "object", "required": needed, "additionalProperties": false, "properties": draft })),
        ("Decision", json!({ "type": "object", "required": kept, "properties": decided })),
        (
            "Decisions",
            json!({ "type": "object", "required": ["entries"], "properties": { "entries": { "type": "array", "items": { "$ref": "#/components/schemas/Decision" } } } }),
        ),
        (
            "Preview",
            json!({ "type": "object", "required": ["searches", "conflict", "missing"], "properties": { "missing": { "type": "array", "items": { "type": "string" }, "description": "Listings it names that are not in the catalogue at present." }, "conflict": { "type": ["string", "null"], "description": "Why it could not be made as it is." }, "searches": { "type": "array", "items": {
            "type": "object",
            "required": ["query", "before", "after", "total_before", "total_after", "entered", "left", "moved"],
            "properties": {
                "query": { "type": "string" }, "before": words(), "after": words(),
                "total_before": { "type": "integer" }, "total_after": { "type": "integer" }, "entered": placed, "left": placed,
                "moved": { "type": "array", "items": { "type": "object", "required": ["id", "from", "to"] } },
            },
        } } } }),
        ),
        (
            "Gaps",
            json!({ "type": "object", "required": ["month", "searches", "others"], "properties": {
            "month": { "type": "string" },
            "searches": { "type": "array", "items": {
                "allOf": [{ "$ref": "#/components/schemas/Counts" }],
                "required": ["text", "county", "hits", "gap"],
                "properties": { "text": { "type": "string" }, "county": { "type": ["string", "null"] }, "hits": { "type": "integer" }, "gap": { "type": "boolean" } },
            } },
            "others": { "$ref": "#/components/schemas/Counts" },
        } }),
        ),
        ("Counts", json!({ "type": "object", "required": counts, "properties": counted })),
    ]
}
