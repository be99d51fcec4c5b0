//! KML 2.2: a folder a day, with its stops and a line through them in their order.

use chrono::SecondsFormat;

use super::xml::Xml;
use super::{Sheet, say_line, utc};
use crate::xml::escape;

/// The text of a `.kml` file.
pub fn kml(sheet: &Sheet) -> String {
    let mut xml = Xml::new();
    xml.open("kml", &[("xmlns", "http://www.opengis.net/kml/2.2")]);
    xml.open("Document", &[]);
    xml.leaf("name", &sheet.title());
    describe(&mut xml, &sheet.preface(true));
    for day in sheet.days() {
        let entries = sheet.entries(day);
        xml.open("Folder", &[]);
        xml.leaf("name", &sheet.say_day(day));
        let mut line = Vec::new();
        for entry in &entries {
            let Some(position) = entry.position else { continue };
            let coordinates = format!("{:.6},{:.6}", position.lon, position.lat);
            xml.open("Placemark", &[]);
            xml.leaf("name", &entry.map_name());
            describe(&mut xml, &entry.remarks.join("\n"));
            xml.open("TimeSpan", &[]);
            xml.leaf("begin", &utc(entry.begin).to_rfc3339_opts(SecondsFormat::Secs, true));
            xml.leaf("end", &utc(entry.end).to_rfc3339_opts(SecondsFormat::Secs, true));
            xml.close();
            xml.open("Point", &[]);
            xml.leaf("coordinates", &coordinates);
            xml.close();
            xml.close();
            line.push(coordinates);
        }
        if line.len() > 1 {
            xml.open("Placemark", &[]);
            xml.leaf("name", say_line(sheet.lang));
            xml.open("LineString", &[]);
            xml.leaf("tessellate", "1");
            xml.leaf("coordinates", &line.join(" "));
            xml.close();
            xml.close();
        }
        xml.close();
    }
    xml.finish()
}

/// A description is read as HTML, so what people wrote is made plain text of twice.
fn describe(xml: &mut Xml, text: &str) {
    xml.leaf("description", &escape(text));
}
