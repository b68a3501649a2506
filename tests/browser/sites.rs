//! The sites that are looked at, built, or shown by `stillpress serve`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::preview::Preview;

/// A site.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Site {
    /// The sample export.
    Sample,
    /// The sample with pages of every block, in raw form.
    Blocks,
    /// Whatever export the variable `EXPORT` names.
    Own,
}

/// A page of every kind of the sample, below the site's path.
const SAMPLE_PAGES: [&str; 14] = [
    "",
    "page/2/",
    "2026/05/18/school-library-opens-with-four-thousand-books/",
    "2026/02/18/56644/",
    "2025/01/20/write-for-this-paper-a-guide-for-contributors/",
    "about/",
    "imprint/",
    "category/culture/",
    "category/%E0%BD%96%E0%BD%BC%E0%BD%91%E0%BC%8B%E0%BD%A1%E0%BD%B2%E0%BD%82/",
    "author/karma-wangdu/",
    "2025/",
    "search/",
    "old-addresses/",
    "404.html",
];

/// The pages of blocks: the names of their files, with their markup.
const BLOCKS: [(&str, &str); 5] = [
    ("text", include_str!("blocks/text.html")),
    ("media", include_str!("blocks/media.html")),
    ("design", include_str!("blocks/design.html")),
    ("widgets", include_str!("blocks/widgets.html")),
    ("site", include_str!("blocks/site.html")),
];

/// The number of the first page of blocks; the others follow.
const FIRST: usize = 90_001;

/// The synced pattern that the page of widgets shows.
const PATTERN: usize = 90_099;

/// A site that is shown. Its export may go with it.
pub(crate) struct Shown {
    pub(crate) preview: Preview,
    /// Of its pages, below the site's path.
    pub(crate) paths: Vec<String>,
    _export: TempDir,
}

impl Site {
    /// Returns whether there is one.
    pub(crate) fn is_there(self) -> bool {
        self != Self::Own || own().is_some()
    }

    /// Shows it below `base`, a path that begins and ends with a slash.
    pub(crate) fn serve(self, base: &str) -> Shown {
        let place = TempDir::new().unwrap();
        let exports = self.exports(place.path());
        let (first, others) = exports.split_first().unwrap();
        let mut arguments = vec!["--no-watch", "--base-path", base];
        arguments.extend(others.iter().map(|path| path.to_str().unwrap()));
        let preview = Preview::start(first, &arguments);
        let paths = self.paths(&preview);
        Shown { preview, paths, _export: place }
    }

    /// Builds it into a new folder in `place`, and returns that.
    pub(crate) fn build(self, place: &Path) -> PathBuf {
        let site = place.join("site");
        let mut command = Command::new(env!("CARGO_BIN_EXE_stillpress"));
        let command = command.arg("build").args(self.exports(place)).arg("--quiet");
        assert!(command.arg("-o").arg(&site).status().unwrap().success());
        site
    }

    fn exports(self, place: &Path) -> Vec<PathBuf> {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
        match self {
            Self::Sample => vec![sample],
            Self::Blocks => {
                let file = place.join("blocks.json");
                fs::write(&file, blocks().to_string()).unwrap();
                vec![sample, file]
            }
            Self::Own => vec![own().expect("the variable EXPORT names an export")],
        }
    }

    fn paths(self, preview: &Preview) -> Vec<String> {
        match self {
            Self::Sample => SAMPLE_PAGES.map(str::to_owned).to_vec(),
            Self::Blocks => BLOCKS.map(|(name, _)| format!("blocks-{name}/")).to_vec(),
            Self::Own => {
                let map = preview.get("/sitemap.xml");
                let addresses = map.split("<url><loc>").skip(1);
                let addresses = addresses.filter_map(|rest| rest.split_once("</loc>"));
                let path = |url: &str| url.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
                addresses.map(|(url, _)| path(url)).collect()
            }
        }
    }
}

impl Shown {
    /// Returns the full address of a path below the site's own.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.preview.address)
    }
}

fn own() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("EXPORT")?);
    Some(fs::canonicalize(path).expect("what the variable EXPORT names must be there"))
}

/// Returns the records of the pages of blocks, as editors see them.
fn blocks() -> Value {
    let pages = (FIRST..).zip(BLOCKS).map(|(id, (name, raw))| {
        let note = "2d1a8c9e-4a4b-4c3e-9a68-0f7f7b6f1a01";
        let notes = json!([{ "id": note, "content": "The word is an <em>old</em> one." }]);
        let mut page = record(id, "page", &format!("blocks-{name}"), raw);
        page["title"] = json!({ "raw": format!("Blocks: {name}") });
        page["meta"] = json!({ "footnotes": notes.to_string() });
        page["featured_media"] = json!(58010);
        page
    });
    let pattern =
        "<!-- wp:paragraph --><p>A pattern that many pages show.</p><!-- /wp:paragraph -->";
    let pattern = record(PATTERN, "wp_block", "a-pattern", pattern);
    let comments = [("A reader", 0), ("Another", 1)].map(|(name, answers)| {
        json!({
            "id": 90_000 + answers + 1, "post": FIRST + 4, "parent": answers * 90_001, "author_name": name,
            "date": "2026-06-20T09:00:00", "type": "comment", "status": "approved",
            "content": { "rendered": "<p>Thank you.</p>" },
        })
    });
    json!({ "pages": pages.collect::<Vec<_>>(), "blocks": [pattern], "comments": comments })
}

fn record(id: usize, kind: &str, slug: &str, raw: &str) -> Value {
    json!({
        "id": id, "type": kind, "slug": slug, "status": "publish", "author": 5,
        "date": "2026-06-19T09:00:00", "modified": "2026-06-19T09:00:00",
        "link": format!("https://www.lungta-times.example/?page_id={id}"),
        "title": { "raw": slug }, "content": { "raw": raw, "protected": false }, "excerpt": { "raw": "" },
    })
}
