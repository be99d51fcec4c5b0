//! The description of the open interface. Its parameters come from the table the parser itself reads, so they cannot differ.

mod bureau;

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::listing::Kind;
use domain::search::{MOST_VALUES, PARAMS};
use serde_json::{Value, json};

use super::page_cache::Page;
use super::visitor::Visitor;
use crate::state::App;

pub async fn document(State(app): State<Arc<App>>, visitor: Visitor) -> Response {
    Page::new("application/json", describe(&app.config.base_url).to_string()).answer(&visitor.headers)
}

fn parameter(name: &str, about: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": about, "schema": schema })
}

fn answers(schema: &str) -> Value {
    let problem = |about: &str| json!({ "description": about, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    json!({
        "200": {
            "description": "The answer. Carries an ETag; ask again with If-None-Match.",
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
        },
        "400": problem("A parameter is wrong; `problems` names it."),
        "404": problem("There is nothing at this address."),
        "429": problem("Too many requests; wait for Retry-After seconds."),
        "503": problem("The database cannot be reached at the moment."),
    })
}

/// OpenAPI 3.1.
pub fn describe(base_url: &str) -> Value {
    let kinds: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let search: Vec<Value> = PARAMS
        .iter()
        .map(|param| {
            let single = match param.name {
                "kind" => json!({ "type": "string", "enum": kinds }),
                "lang" => json!({ "type": "string", "enum": ["zh", "en"], "default": "zh" }),
                "sort" => json!({ "type": "string", "enum": ["relevance", "distance", "price", "newest"] }),
                "page" => json!({ "type": "integer", "minimum": 1, "default": 1 }),
                "per_page" => json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 }),
                "price_min" | "price_max" => json!({ "type": "integer", "minimum": 0, "description": "fen" }),
                "month" => json!({ "type": "integer", "minimum": 1, "maximum": 12 }),
                "date" => json!({ "type": "string", "format": "date" }),
                "corridor_km" => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 100 }),
                "radius_km" => json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 500 }),
                "barrier_free" | "voucher" | "exact" | "explain" => json!({ "type": "string", "enum": ["0", "1"] }),
                _ => json!({ "type": "string" }),
            };
            let schema =
                if param.repeats { json!({ "type": "array", "items": single, "maxItems": MOST_VALUES }) } else { single };
            let mut parameter = parameter(param.name, param.about, schema);
            if param.repeats {
                parameter["explode"] = true.into();
            }
            parameter
        })
        .collect();
    let text =
        json!({ "type": "object", "required": ["zh"], "properties": { "zh": { "type": "string" }, "en": { "type": "string" } } });
    let clock = json!({ "type": "string", "examples": ["09:00"] });
    let nullable = |kind: &str| json!({ "type": [kind, "null"] });
    let named =
        json!({ "type": ["object", "null"], "properties": { "code": { "type": "string" }, "name": { "type": "string" } } });
    let ranges =
        json!({ "type": "array", "items": { "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 } });
    let mut whole = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "游潇湘 You Xiaoxiang",
            "version": "1",
            "description": "Read access to the catalogue. Coordinates are WGS84 and mostly approximate: see accuracy_m. Credit 游潇湘 (You Xiaoxiang) and the names in provenance.credits, among them GeoNames (CC BY 4.0); all notices are at /dumps/LICENSE.txt.",
            "license": { "name": "CC BY 4.0 (data)", "url": "https://creativecommons.org/licenses/by/4.0/" },
        },
        "servers": [{ "url": base_url }],
        "paths": {
            "/api/v1/search": { "get": { "summary": "Search", "operationId": "search", "parameters": search, "responses": answers("Found") } },
            "/api/v1/suggest": { "get": {
                "summary": "Suggestions while typing",
                "operationId": "suggest",
                "parameters": [
                    parameter("q", "What has been typed so far.", json!({ "type": "string" })),
                    parameter("lang", "Language of the suggestions.", json!({ "type": "string", "enum": ["zh", "en"] })),
                ],
                "responses": answers("Suggested"),
            } },
            "/api/v1/listings": { "get": {
                "summary": "Changes, oldest first, with tombstones",
                "operationId": "changes",
                "parameters": [
                    parameter("kind", "Only this kind.", json!({ "type": "string", "enum": kinds })),
                    parameter("updated_from", "Only what was changed here at or after this time, or says of itself that it was.", json!({ "type": "string", "format": "date-time" })),
                    parameter("cursor", "Where an earlier answer stopped. One that is ahead of the catalogue is refused: start again without it.", json!({ "type": "string" })),
                ],
                "responses": answers("Changes"),
            } },
            "/api/v1/listings/{kind}/{slug}": { "get": {
                "summary": "One listing, whole",
                "operationId": "listing",
                "parameters": [
                    { "name": "kind", "in": "path", "required": true, "schema": { "type": "string", "enum": kinds } },
                    { "name": "slug", "in": "path", "required": true, "schema": { "type": "string" } },
                ],
                "responses": answers("Listing"),
            } },
        },
        "components": { "schemas": {
            "Problem": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": { "type": "string" }, "title": { "type": "string" }, "status": { "type": "integer" },
                    "code": { "type": "string" }, "detail": { "type": "string" },
                    "problems": { "type": "array", "items": {
                        "type": "object",
                        "required": ["field", "code", "text"],
                        "properties": { "field": { "type": "string" }, "code": { "type": "string" }, "text": { "type": "string" } },
                    } },
                },
            },
            "Hit": {
                "type": "object",
                "required": ["id", "kind", "slug", "title", "summary", "county", "prefecture", "lat", "lon", "accuracy_m", "distance_km", "highlight", "url", "sample"],
                "properties": {
                    "id": { "type": "string" }, "kind": { "type": "string", "enum": kinds }, "slug": { "type": "string" },
                    "title": { "type": "string" }, "summary": { "type": "string" },
                    "county": named, "prefecture": named,
                    "lat": nullable("number"), "lon": nullable("number"), "accuracy_m": nullable("integer"), "distance_km": nullable("number"),
                    "highlight": { "type": "object", "required": ["title", "summary"], "properties": { "title": ranges, "summary": ranges } },
                    "url": { "type": "string" }, "sample": { "type": "boolean" },
                    "pinned": { "type": "object", "description": "Recommended by the bureau for this search: why, and until when (that day not included).", "required": ["reason", "until"], "properties": {
                        "reason": { "type": "string" }, "until": { "type": ["string", "null"], "format": "date" },
                    } },
                    "explain": { "type": "object", "description": "With explain=1: how the words match, and what the score is multiplied by." },
                },
            },
            "Found": {
                "type": "object",
                "required": ["query", "total", "page", "per_page", "hits", "facets", "chips", "notes"],
                "properties": {
                    "query": { "type": "object" }, "total": { "type": "integer" }, "page": { "type": "integer" }, "per_page": { "type": "integer" },
                    "hits": { "type": "array", "items": { "$ref": "#/components/schemas/Hit" } },
                    "facets": { "type": "object", "additionalProperties": { "type": "array", "items": {
                        "type": "object",
                        "required": ["value", "label", "count"],
                        "properties": { "value": { "type": "string" }, "label": { "type": "string" }, "count": { "type": "integer" } },
                    } } },
                    "notes": { "type": "array", "items": {
                        "type": "object", "required": ["code", "text"],
                        "properties": {
                            "code": { "type": "string" }, "text": { "type": "string" },
                            "from": { "type": "string" }, "to": { "type": "string" }, "reason": { "type": "string" },
                        },
                    } },
                    "chips": { "type": "array", "description": "Conditions understood from q; repeat a code as `literal` to take it away.", "items": {
                        "type": "object",
                        "required": ["code", "param", "values", "label", "span"],
                        "properties": {
                            "code": { "type": "string" }, "param": { "type": "string" }, "label": { "type": "string" },
                            "values": { "type": "array", "items": { "type": "string" } },
                            "span": { "type": "array", "items": { "type": "integer" } },
                        },
                    } },
                },
            },
            "Suggested": {
                "type": "object",
                "required": ["suggestions"],
                "properties": { "suggestions": { "type": "array", "items": {
                    "type": "object",
                    "required": ["text", "kind", "url"],
                    "properties": { "text": { "type": "string" }, "kind": { "type": "string", "description": "A kind, region, or search: what others have searched for." }, "url": { "type": "string" } },
                } } },
            },
            "Listing": {
                "type": "object",
                "required": ["id", "kind", "slug", "title", "summary", "terrain", "provenance", "published_at", "updated_at", "details", "sample", "url"],
                "properties": {
                    "id": { "type": "string" }, "kind": { "type": "string", "enum": kinds }, "slug": { "type": "string" },
                    "title": text, "summary": text, "url": { "type": "string" }, "sample": { "type": "boolean" },
                    "provenance": { "type": "object", "required": ["source", "confidence", "as_of", "licence"] },
                    "details": {
                        "type": "object", "required": ["kind"],
                        "properties": { "opening": { "$ref": "#/components/schemas/Opening" } },
                    },
                    "updated_at": { "type": "string", "format": "date-time" },
                },
            },
            "Opening": {
                "type": "object",
                "description": "When a place lets people in. A weekday without hours is one on which it is shut; without any hours nobody knows them.",
                "properties": {
                    "hours": { "type": "array", "items": {
                        "type": "object",
                        "required": ["weekdays", "from", "until"],
                        "properties": {
                            "weekdays": { "type": "array", "items": { "enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] } },
                            "from": clock, "until": clock, "last_entry": clock,
                        },
                    } },
                    "closed_months": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 12 } },
                },
            },
            "Tombstone": {
                "type": "object",
                "required": ["id", "kind", "slug", "withdrawn_at"],
                "properties": { "withdrawn_at": { "type": "string", "format": "date-time" } },
            },
            "Changes": {
                "type": "object",
                "required": ["listings", "cursor", "next"],
                "properties": {
                    "listings": { "type": "array", "items": { "anyOf": [
                        { "$ref": "#/components/schemas/Listing" }, { "$ref": "#/components/schemas/Tombstone" },
                    ] } },
                    "cursor": { "type": "string" },
                    "next": nullable("string"),
                },
            },
        } },
    });
    for (path, described) in bureau::paths() {
        whole["paths"][path] = described;
    }
    for (name, schema) in bureau::schemas() {
        whole["components"]["schemas"][name] = schema;
    }
    whole["components"]["securitySchemes"] = json!({ "bureau": { "type": "http", "scheme": "bearer" } });
    whole
}
