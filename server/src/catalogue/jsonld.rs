//! One listing in the words of schema.org, for its page and for the dump.

use domain::clock::Clock;
use domain::geo::Position;
use domain::listing::kinds::{Experience, Heritage, Offer, Place, Product, Route, Session, Stay, Stop};
use domain::listing::{Details, Listing};
use domain::region::{Region, RegionCode};
use domain::time::WEEKDAYS_EN;
use domain::{Fen, Lang};
use serde_json::{Map, Value, json};

use super::dump::{attribution, licence_url};

/// A whole document with its context. Whoever shows it leaves samples out.
pub fn json_ld(listing: &Listing, base_url: &str, lang: Lang) -> Value {
    let base_url = base_url.trim_end_matches('/');
    let url = format!("{base_url}{}", listing.path(lang));
    let mut node = Map::new();
    node.insert("@context".into(), json!("https://schema.org"));
    // the thing is one, whatever language its page has
    node.insert("@id".into(), json!(format!("{base_url}{}#it", listing.path(Lang::Zh))));
    node.insert("identifier".into(), json!(listing.id));
    node.insert("url".into(), json!(url));
    node.insert("name".into(), json!(listing.title.get(lang)));
    node.insert("description".into(), json!(listing.summary.get(lang)));
    let other = listing.title.say(lang.other());
    let translated = (other.translated && other.text != listing.title.get(lang)).then_some(other.text);
    let names: Vec<&str> = translated.into_iter().chain(listing.aliases.iter().map(String::as_str)).collect();
    if !names.is_empty() {
        node.insert("alternateName".into(), json!(names));
    }
    // licence and credit belong to the text about the thing, not to the thing
    node.insert(
        "mainEntityOfPage".into(),
        json!({
            "@type": "WebPage", "@id": url, "inLanguage": lang.tag(),
            "datePublished": listing.published_at, "dateModified": listing.updated_at,
            "license": licence_url(&listing.provenance.licence),
            "creditText": attribution(listing.provenance.credits.iter().map(String::as_str)),
        }),
    );
    add_details(&mut node, listing, lang);
    Value::Object(node)
}

fn add_details(node: &mut Map<String, Value>, listing: &Listing, lang: Lang) {
    let (schema_type, own) = match &listing.details {
        Details::Route(it) => ("TouristTrip", route(it, lang)),
        Details::Place(it) => ("TouristAttraction", place_details(it, lang)),
        Details::Stay(it) => ("LodgingBusiness", stay(it, lang)),
        Details::Heritage(it) => ("TouristAttraction", heritage(it, lang)),
        Details::Experience(it) => ("Event", experience(it, listing, lang)),
        Details::Product(it) => ("Product", product(it, lang)),
        Details::Offer(it) => ("Offer", offer(it, lang)),
    };
    node.insert("@type".into(), json!(schema_type));
    if let Value::Object(own) = own {
        node.extend(own);
    }
    if matches!(listing.details, Details::Place(_) | Details::Stay(_) | Details::Heritage(_))
        && let Value::Object(place) = place(listing.region.as_ref(), listing.position.as_ref(), lang)
    {
        node.extend(place);
    }
    node.retain(|_, value| !value.is_null());
}

/// Address and position, as properties of a place.
fn place(region: Option<&RegionCode>, position: Option<&Position>, lang: Lang) -> Value {
    let mut place = Map::new();
    place.insert("address".into(), address(region.and_then(|code| code.region()), lang));
    if let Some(geo) = position.and_then(geo) {
        place.insert("geo".into(), geo);
    }
    Value::Object(place)
}

fn address(region: Option<&Region>, lang: Lang) -> Value {
    let mut address = json!({ "@type": "PostalAddress", "addressCountry": "CN", "addressRegion": lang.pick("湖南省", "Hunan") });
    if let Some(region) = region {
        let (name, prefecture) = (region.name.get(lang), region.prefecture_region().name.get(lang));
        let locality = match lang {
            _ if region.prefecture == region.code => name.to_owned(),
            Lang::Zh => format!("{prefecture}{name}"),
            Lang::En => format!("{name}, {prefecture}"),
        };
        address["addressLocality"] = json!(locality);
    }
    address
}

/// A pin only where one may be dropped; a circle where the distance is known; else nothing, for machines believe pins.
fn geo(position: &Position) -> Option<Value> {
    let pin = json!({ "@type": "GeoCoordinates", "latitude": position.lat, "longitude": position.lon });
    match position.accuracy_m {
        _ if position.is_exact() => Some(pin),
        Some(metres) => Some(json!({ "@type": "GeoCircle", "geoMidpoint": pin, "geoRadius": metres })),
        None => None,
    }
}

/// `168.00`, without a float in between.
fn yuan(price: Fen) -> String {
    let sign = if price.0 < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", price.0.unsigned_abs() / 100, price.0.unsigned_abs() % 100)
}

fn route(route: &Route, lang: Lang) -> Value {
    let stop = |(index, stop): (usize, &Stop)| {
        let mut item = json!({ "@type": "TouristAttraction", "name": stop.name.get(lang) });
        if let Some(outside) = &stop.outside {
            item["address"] = json!({ "@type": "PostalAddress", "addressCountry": "CN", "addressRegion": outside.get(lang) });
        } else if let Some(code) = &stop.region {
            item["address"] = address(code.region(), lang);
        }
        if let Some(geo) = stop.position.as_ref().and_then(geo) {
            item["geo"] = geo;
        }
        if let Some(place) = &stop.place {
            item["identifier"] = json!(place);
        }
        json!({ "@type": "ListItem", "position": index + 1, "item": item })
    };
    let stops: Vec<Value> = route.stops.iter().enumerate().map(stop).collect();
    json!({
        "additionalType": route.family.label(lang),
        "itinerary": {
            "@type": "ItemList", "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "numberOfItems": stops.len(), "itemListElement": stops,
        },
    })
}

fn place_details(place: &Place, lang: Lang) -> Value {
    let opening = place.opening.as_ref();
    // the vocabulary has no months that return every year: they are said in words, where hours would otherwise promise too much
    let months = opening.map(|opening| opening.closed_months()).filter(|months| !months.is_empty());
    let shut =
        months.map(|months| lang.pick(format!("{}不开放", months.say(Lang::Zh)), format!("closed in {}", months.say(Lang::En))));
    let spans = opening.into_iter().flat_map(|opening| opening.hours()).map(|it| {
        let mut span = json!({
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": it.weekdays.iter().map(|day| format!("https://schema.org/{}", WEEKDAYS_EN[day as usize - 1])).collect::<Vec<_>>(),
            "opens": it.from, "closes": if it.until == Clock::MIDNIGHT { "23:59".to_owned() } else { it.until.to_string() },
        });
        if let Some(shut) = &shut {
            span["description"] = json!(shut);
        }
        span
    });
    let spans: Vec<Value> = spans.collect();
    let season = shut.as_ref().filter(|_| spans.is_empty());
    json!({
        "additionalType": place.sort.get(lang),
        "openingHoursSpecification": (!spans.is_empty()).then_some(&spans),
        "additionalProperty": season.map(|shut| json!([{
            "@type": "PropertyValue", "name": lang.pick("不开放的日子", "Closed"), "value": shut,
        }])),
    })
}

fn stay(stay: &Stay, lang: Lang) -> Value {
    let range = match (stay.price_min, stay.price_max) {
        (Some(min), Some(max)) if min != max => Some(format!("{min}–{max}")),
        (Some(price), _) | (None, Some(price)) => Some(price.to_string()),
        (None, None) => None,
    };
    let amenity = |name: &str| json!({ "@type": "LocationFeatureSpecification", "name": name, "value": true });
    let amenities: Vec<Value> = stay.amenities.iter().map(|a| amenity(a.label(lang))).collect();
    json!({
        "additionalType": stay.stay_type.label(lang),
        "priceRange": range,
        "currenciesAccepted": "CNY",
        "numberOfRooms": stay.rooms,
        "amenityFeature": (!amenities.is_empty()).then_some(amenities),
        "brand": stay.brand.as_ref().map(|brand| json!({ "@type": "Brand", "name": brand.get(lang) })),
    })
}

fn heritage(heritage: &Heritage, lang: Lang) -> Value {
    let list = heritage.list.as_ref().map_or(heritage.level.label(lang), |list| list.get(lang));
    let mut facts = vec![json!({ "@type": "PropertyValue", "name": lang.pick("级别", "Level"), "value": list })];
    // a number nobody has checked is not for machines to repeat
    if let Some(number) = heritage.number.as_ref().filter(|_| heritage.number_verified) {
        facts.push(json!({ "@type": "PropertyValue", "name": lang.pick("编号", "Number"), "value": number }));
    }
    let category = heritage.category.as_ref().map(|category| category.get(lang));
    json!({
        "additionalType": category.unwrap_or(lang.pick("非物质文化遗产", "Intangible cultural heritage")),
        "additionalProperty": facts,
    })
}

fn experience(experience: &Experience, listing: &Listing, lang: Lang) -> Value {
    let schedule = |session: &Session| {
        let days = session.weekdays.iter().filter_map(|day| WEEKDAYS_EN.get((*day as usize).checked_sub(1)?));
        json!({
            "@type": "Schedule", "scheduleTimezone": "Asia/Shanghai", "repeatFrequency": "P1W",
            "byDay": days.map(|day| format!("https://schema.org/{day}")).collect::<Vec<_>>(),
            "startTime": format!("{}:00", session.start), "endTime": format!("{}:00", session.end),
        })
    };
    let schedules: Vec<Value> = experience.sessions.iter().map(schedule).collect();
    let mut location = place(listing.region.as_ref(), listing.position.as_ref(), lang);
    location["@type"] = json!("Place");
    location["name"] = json!(listing.region.as_ref().and_then(|code| code.region()).map_or("", |region| region.name.get(lang)));
    let ages = match (experience.age_min, experience.age_max) {
        (None, None) => None,
        (min, max) => Some(format!("{}-{}", min.unwrap_or(0), max.map(|age| age.to_string()).unwrap_or_default())),
    };
    json!({
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventSchedule": (!schedules.is_empty()).then_some(schedules),
        "duration": format!("PT{}M", experience.duration_min),
        "location": location,
        "typicalAgeRange": ages,
        "maximumAttendeeCapacity": experience.group_max,
        "inLanguage": (!experience.languages.is_empty()).then(|| experience.languages.iter().map(|l| l.tag()).collect::<Vec<_>>()),
        "offers": experience.price.map(|price| json!({ "@type": "Offer", "price": yuan(price), "priceCurrency": "CNY" })),
    })
}

fn product(product: &Product, lang: Lang) -> Value {
    let certificate = |name: &str| json!({ "@type": "Certification", "name": name });
    let certificates: Vec<Value> = product.certificates.iter().map(|text| certificate(text.get(lang))).collect();
    let shops: Vec<Value> = product
        .sold_at
        .iter()
        .map(|shop| {
            let seller = json!({ "@type": "Organization", "name": shop.name.get(lang) });
            json!({ "@type": "Offer", "url": shop.url, "seller": seller })
        })
        .collect();
    json!({
        "additionalType": product.product_type.label(lang),
        "category": product.category.get(lang),
        "brand": product.brand.as_ref().map(|brand| json!({ "@type": "Brand", "name": brand.get(lang) })),
        "hasCertification": (!certificates.is_empty()).then_some(certificates),
        "offers": (!shops.is_empty()).then_some(shops),
    })
}

fn offer(offer: &Offer, lang: Lang) -> Value {
    let spend = offer
        .threshold
        .map(|threshold| json!({ "@type": "PriceSpecification", "minPrice": yuan(threshold), "priceCurrency": "CNY" }));
    let region = json!({ "@type": "AdministrativeArea", "name": lang.pick("湖南省", "Hunan") });
    json!({
        "additionalType": offer.offer_type.label(lang),
        "category": offer.season_title.get(lang),
        "validFrom": offer.period().map(|period| period.start),
        // the first moment at which it is over
        "validThrough": offer.period().map(|period| period.end),
        "eligibleRegion": region,
        "eligibleTransactionVolume": spend,
    })
}
