//! One style sheet out of many.

use std::path::Path;

use anyhow::{Context, Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::Browsers;

/// The oldest browsers the styles are compiled for: those that understand the wasm and the modules of the browser part too.
fn targets() -> Browsers {
    let version = |major: u32| Some(major << 16);
    Browsers {
        android: version(99),
        chrome: version(99),
        edge: version(99),
        firefox: version(97),
        ios_saf: version(14),
        safari: version(14),
        samsung: version(15),
        ..Browsers::default()
    }
}

/// Follows the imports of `entry`, lowers what old browsers lack, and takes the air out.
pub fn bundle(entry: &Path) -> Result<String> {
    let files = FileProvider::new();
    // A located error is printed as file:line:column, which terminals and editors make a link of.
    let at = |error: &dyn std::fmt::Display| anyhow!("{error}");
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| at(&error)).with_context(|| entry.display().to_string())?;
    let targets = targets().into();
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| at(&error))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    Ok(printed.map_err(|error| at(&error))?.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_become_one_small_sheet_in_their_layers() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("main.css"), "@layer base;\n@import \"base.css\" layer(base);\n").unwrap();
        std::fs::write(folder.path().join("base.css"), ".card {\n  color: #ff0000;\n}\n").unwrap();
        assert_eq!(bundle(&folder.path().join("main.css")).unwrap(), "@layer base{.card{color:red}}");
    }

    #[test]
    fn a_missing_import_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("main.css"), "@import \"gone.css\";\n").unwrap();
        let error = format!("{:#}", bundle(&folder.path().join("main.css")).unwrap_err());
        assert!(error.contains("main.css"), "{error}");
    }
}
