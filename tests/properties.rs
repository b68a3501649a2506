//! What holds for every input: no panic, nothing outside the output folder, the same bytes again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use indicatif::ProgressBar;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_oneof};
use serde_json::{Value, json};
use stillpress::commands::build::build;
use stillpress::config::{Config, Preview, Settings};
use stillpress::diagnostics::Report;
use stillpress::output::{Force, Written};
use tempfile::TempDir;

use crate::{links, site};

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_bytes_end_in_a_site_or_in_an_error(
        files in prop::collection::vec((file_names(), any::<Vec<u8>>()), 1..4),
    ) {
        let place = TempDir::new().unwrap();
        write(place.path(), &files);
        let _ = made(place.path());
    }

    #[test]
    fn any_cut_or_change_of_an_export_ends_in_a_site_or_in_an_error(
        posts in posts(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        end in any::<prop::sample::Index>(),
    ) {
        let place = TempDir::new().unwrap();
        let mut bytes = Value::Array(posts).to_string().into_bytes();
        for (index, byte) in changes {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(end.index(bytes.len() + 1));
        write(place.path(), &[("posts.json".to_owned(), bytes)]);
        let _ = made(place.path());
    }

    #[test]
    fn a_second_build_changes_nothing(posts in posts()) {
        let place = export(posts);
        let (report, first) = made(place.path()).unwrap();
        let before = times(&place.path().join("out"));
        let (again, second) = made(place.path()).unwrap();
        prop_assert_eq!(times(&place.path().join("out")), before);
        prop_assert_eq!((second.added, second.changed, second.removed), (0, 0, 0));
        prop_assert_eq!(second.unchanged, first.added);
        prop_assert_eq!(report.diagnostics, again.diagnostics);
    }

    #[test]
    fn the_bytes_do_not_depend_on_the_number_of_threads(posts in posts()) {
        let place = export(posts);
        let mut sites = [1, 2, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let (report, _) = pool.install(|| made(place.path())).unwrap();
            let site = files(place.path());
            fs::remove_dir_all(place.path().join("out")).unwrap();
            (site, report.diagnostics)
        });
        let last = sites[2].clone();
        for (number, site) in sites.iter_mut().enumerate() {
            prop_assert!(site.1 == last.1, "the report of {} threads", number + 1);
            for (name, bytes) in &last.0 {
                prop_assert!(site.0.get(name) == Some(bytes), "{name} of {} threads", number + 1);
            }
            prop_assert_eq!(site.0.len(), last.0.len());
        }
    }

    #[test]
    fn every_link_within_the_site_leads_to_a_file(posts in posts()) {
        let place = export(posts);
        made(place.path()).unwrap();
        prop_assert_eq!(links::broken(&files(place.path())), [""; 0]);
    }

    #[test]
    fn every_file_stands_in_the_output_folder(posts in posts()) {
        let place = export(posts);
        made(place.path()).unwrap();
        let all = site::files_in(place.path()).into_keys();
        let outside: Vec<String> = all.filter(|name| !name.starts_with("out/")).collect();
        prop_assert_eq!(outside, ["in/export.json"]);
    }
}

/// Small alphabets, so that addresses clash and links meet their target.
fn posts() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec(post(), 1..8)
}

fn post() -> impl Strategy<Value = Value> {
    let numbers = (1..12_u32, 0..12_u32, 0..5_u32, 1..4_u32);
    (numbers, slugs(), dates(), types(), links_of_posts(), contents(), any::<bool>()).prop_map(
        |((id, parent, term, author), slug, date, post_type, link, content, sticky)| {
            // In addresses WordPress escapes what would end the path.
            let in_link = slug.replace('?', "%3f").replace('#', "%23");
            json!({
                "id": id, "parent": parent, "slug": slug, "date": date, "date_gmt": date,
                "modified": date, "status": "publish", "type": post_type, "sticky": sticky,
                "link": link.replace("SLUG", &in_link).replace("ID", &id.to_string()),
                "guid": {"rendered": format!("https://old.example/?p={id}")},
                "title": {"rendered": format!("{slug} {id}")},
                "content": {"rendered": content, "protected": false},
                "excerpt": {"rendered": "", "protected": false},
                "author": author, "categories": [term + 1], "tags": [term + 20, 20],
                "featured_media": 0, "format": if id % 3 == 0 { "quote" } else { "standard" },
            })
        },
    )
}

fn slugs() -> impl Strategy<Value = String> {
    let odd = [
        "a",
        "b",
        "a-2",
        "2",
        "2024",
        "page",
        "feed",
        "05",
        "..",
        "",
        "con",
        "a/b",
        "search",
        "category",
        "%e0%bd%96",
        "བོད",
        ".git",
        "index.html",
    ];
    prop_oneof![4 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned), 1 => any::<String>()]
}

fn dates() -> impl Strategy<Value = String> {
    let day = (2023..2025_u32, 1..13_u32, 1..29_u32)
        .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}T09:00:00"));
    // The last ones leave the years of four digits in UTC.
    let odd = ["0000-00-00T00:00:00", "", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"];
    prop_oneof![6 => day, 3 => prop::sample::select(odd.to_vec()).prop_map(str::to_owned)]
}

fn types() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["post", "post", "post", "page", "recipe"][..])
}

fn links_of_posts() -> impl Strategy<Value = String> {
    let links = [
        "https://old.example/?p=ID",
        "https://old.example/?p=ID",
        "https://old.example/2024/05/SLUG/",
        "https://old.example/SLUG/",
        "https://old.example/SLUG",
        "",
    ];
    prop::sample::select(links.to_vec()).prop_map(str::to_owned)
}

fn contents() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => pieces().prop_map(str::to_owned),
        2 => (1..12_u32).prop_map(|id| format!("<a href=\"/?p={id}\">x</a>")),
        1 => any::<String>(),
    ];
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

fn pieces() -> impl Strategy<Value = &'static str> {
    let pieces = [
        "<p>Text.</p>\n",
        "<div>",
        "</div>",
        "<b><i>x</b></i>",
        "<!--nextpage-->",
        "<!--more-->",
        "<!-- wp:image {\"id\":7} /-->",
        "<img src=\"/wp-content/uploads/a.jpg\">",
        "<a href=\"/2024/\">",
        "<a href=\"/category/2/feed/\">feed</a>",
        "<a href=\"/a/feed/\">feed</a>",
        "<a href=\"/2024/05/feed/\">feed</a>",
        "<a href=\"/?cat=2&amp;paged=2\">older</a>",
        "<a href=\"/?feed=rss2\">feed</a>",
        "<a href=\"/page/2/\">older</a>",
        "<a href=\"../a\">up</a>",
        "<a href=\"/a/2/\">second page</a>",
        "<script>x",
        "[gallery ids=\"7\"]",
        "<table><tr><td>",
        "]]>",
        "{{ site }}",
    ];
    prop::sample::select(pieces.to_vec())
}

fn file_names() -> impl Strategy<Value = String> {
    let names = ["a.json", "b.json.gz", "c.md", "d.ndjson", "e.txt", "stillpress.toml"];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

fn export(posts: Vec<Value>) -> TempDir {
    let place = TempDir::new().unwrap();
    let bytes = Value::Array(posts).to_string().into_bytes();
    write(place.path(), &[("export.json".to_owned(), bytes)]);
    place
}

fn write(place: &Path, files: &[(String, Vec<u8>)]) {
    fs::create_dir_all(place.join("in")).unwrap();
    for (name, bytes) in files {
        fs::write(place.join("in").join(name), bytes).unwrap();
    }
}

/// Builds `in` into `out`.
fn made(place: &Path) -> anyhow::Result<(Report, Written)> {
    let exports: Vec<PathBuf> = vec![place.join("in")];
    let settings = stillpress::config::read(None, &exports).unwrap_or_else(|_| Settings::default());
    let preview = Preview::default();
    let config = Config { exports, output: place.join("out"), preview, settings };
    let built = build(&config, Force::No, None, &ProgressBar::hidden())?;
    Ok((built.report, built.written))
}

/// Returns the files of the site, without the manifest, which holds times.
fn files(place: &Path) -> Files {
    let mut files = site::files_in(&place.join("out"));
    files.remove(".stillpress.json");
    files
}

fn times(root: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap()))
        .collect()
}
