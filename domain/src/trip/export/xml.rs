//! As much XML as two file formats need.

use crate::xml::escape;

/// Written front to back; elements are closed in the order in which they must be.
pub struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    pub fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.indent();
        self.text.extend(["<", name]);
        for (key, value) in attributes {
            self.text.extend([" ", *key, "=\"", &escape(value), "\""]);
        }
        self.text.push_str(">\n");
        self.open.push(name);
    }

    pub fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.indent();
        self.text.extend(["</", name, ">\n"]);
    }

    pub fn leaf(&mut self, name: &str, value: &str) {
        self.indent();
        self.text.extend(["<", name, ">", &escape(value), "</", name, ">\n"]);
    }

    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn indent(&mut self) {
        self.text.extend(std::iter::repeat_n("  ", self.open.len()));
    }
}
