//! Just enough of an HTML reader to look at what was rendered.

#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// The opening tags in their order. Values are quoted, as the renderer writes them.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = end_of_tag(rest);
        found.push(read_tag(&rest[..end]));
        rest = &rest[end..];
    }
    found
}

fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn read_tag(text: &str) -> Tag {
    let (name, mut rest) = text.split_once(|c: char| c.is_whitespace()).unwrap_or((text, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"").and_then(|after| after.split_once('"')) {
            Some((value, after)) => {
                rest = after;
                value.to_owned()
            }
            None => String::new(),
        };
        attributes.push((key, value));
    }
    Tag { name: name.trim_end_matches('/').to_owned(), attributes }
}

pub fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

pub fn hrefs(html: &str) -> Vec<String> {
    let links = tags(html).into_iter().filter(|tag| tag.name == "a");
    links.filter_map(|tag| attribute(&tag.attributes, "href").map(|href| href.replace("&amp;", "&"))).collect()
}

/// What each link says, or is called.
pub fn link_texts(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for part in html.split("<a ").skip(1) {
        let end = end_of_tag(part);
        let label = attribute(&read_tag(&format!("a {}", &part[..end])).attributes, "aria-label").map(str::to_owned);
        let inner = part[end..].trim_start_matches('>').split("</a>").next().unwrap_or_default();
        let mut text = String::new();
        let mut inside = false;
        for c in inner.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        texts.push(label.unwrap_or(text));
    }
    texts
}
