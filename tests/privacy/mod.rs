//! What was not public in WordPress must be nowhere in the site: neither in a page nor in a feed,
//! the site map, the manifest, or the name of a file.

mod export;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::privacy::export::{HIDDEN, export, post_of, text};
use crate::site::{self, Run};

/// What every hidden text in the export begins with.
const CANARY: &str = "canary";

#[test]
fn nothing_hidden_reaches_the_site() {
    let run = build(&[]);
    assert_eq!(canaries(&run), BTreeSet::new());
    // The site is not empty, and what was public is there.
    for name in ["2024/05/open/index.html", "asking/index.html"] {
        let page = page(&run, name);
        for public in ["Open text", "Open comment", "Pema"] {
            assert!(page.contains(public), "{public} is missing in {name}");
        }
    }
}

#[test]
fn rules_of_hosts_and_old_addresses_name_nothing_that_is_hidden() {
    for host in ["nginx", "netlify", "cloudflare"] {
        let settings = TempDir::new().unwrap();
        let path = settings.path().join("all.toml");
        let text = format!(
            "host = \"{host}\"\nuploads = \"all\"\n\n[permalinks]\nold_structures = [\"/archives/%post_id%/\", \"/old/%postname%/\"]\n"
        );
        fs::write(&path, text).unwrap();
        let run = build(&["--config", path.to_str().unwrap()]);
        assert_eq!(canaries(&run), BTreeSet::new(), "{host}");
    }
}

#[test]
fn lists_saved_by_an_editor_name_nothing_that_is_hidden() {
    let run = build(&["-v"]);
    let page = page(&run, "listing/index.html");
    for public in ["Before all lists", "Open child", "After all lists", "A public entry"] {
        assert!(page.contains(public), "{public}");
    }
    assert!(run.told.contains("hidden-in-list"), "{}", run.told);
}

#[test]
fn what_wordpress_exports_itself_hides_as_much() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/wxr/input");
    let export = fs::read_to_string(case.join("valley.WordPress.2024-06-01.xml")).unwrap();
    // Mails, logins, drafts, passwords and what they hide, comments nobody approved, orders.
    assert!(export.matches(CANARY).count() > 8);
    let run = site::build(&case, &[]);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    assert_eq!(canaries(&run), BTreeSet::new());
    assert!(page(&run, "2024/05/rain-at-last/index.html").contains("At last!"));
}

#[test]
fn a_preview_shows_drafts_and_scheduled_posts_but_nothing_else_that_is_hidden() {
    let run = build(&["--drafts", "--future"]);
    let expected = ["draft-content", "future-content", "pending-content"];
    let shown: Vec<String> =
        canaries(&run).into_iter().filter(|it| it.ends_with("-content")).collect();
    assert_eq!(shown, expected);
    for never in ["private", "trash", "auto-draft", "password", "revision", "email", "spam"] {
        assert!(!canaries(&run).iter().any(|it| it.starts_with(never)), "{never}");
    }
}

#[test]
fn links_to_hidden_posts_lead_nowhere_and_are_told() {
    let run = build(&["-v"]);
    let page = page(&run, "2024/05/open/index.html");
    let (_, text) = page.split_once("entry-content").unwrap();
    for (id, _) in HIDDEN {
        let link = format!("?p={id}");
        assert!(run.told.contains(&format!("a link leads to `/{link}`")), "{link}\n{}", run.told);
        assert!(!text.contains(&format!("href=\"/{link}")), "{link}");
    }
}

#[test]
fn attachments_of_hidden_posts_stay_as_public_as_in_wordpress() {
    let run = build(&[]);
    let files = run.files();
    assert!(files.contains_key("wp-content/uploads/2024/04/lake.jpg"));
    assert!(!files.contains_key("wp-content/uploads/2024/04/unused.jpg"));
}

#[test]
fn what_only_members_saw_is_nowhere_and_that_is_proved() {
    let place = TempDir::new().unwrap();
    let hidden = "<p>canary one two three four five six seven eight nine ten.</p>";
    let paid = format!("<!-- wp:jetpack/paywall /-->{hidden}");
    let block = format!(
        "<!-- wp:premium-content/subscriber-view -->{hidden}<!-- /wp:premium-content/subscriber-view -->\
         <!-- wp:paragraph --><p>Open end.</p><!-- /wp:paragraph -->"
    );
    let shortcode = format!("Open start. [membership level=\"1\"]{hidden}[/membership] Open end.");
    let mut whole = post_of(4, "publish", "whole");
    whole["content"] = text(hidden);
    whole["meta"] = json!({"_jetpack_newsletter_access": "paid_subscribers"});
    let mut posts = vec![whole];
    for (id, content) in [(1, &paid), (2, &block), (3, &shortcode)] {
        let mut post = post_of(id, "publish", &format!("part-{id}"));
        post["content"] = text(content);
        post["excerpt"] = json!({"raw": "", "rendered": hidden, "protected": false});
        posts.push(post);
    }
    let export = place.path().join("posts.json");
    fs::write(&export, Value::Array(posts).to_string()).unwrap();
    let input = export.to_str().unwrap();
    let run = site::stillpress(TempDir::new().unwrap(), &["-v", input], b"");
    assert_eq!(canaries(&run), BTreeSet::new());
    assert!(run.told.contains("1 post for members"), "{}", run.told);
    assert_eq!(run.told.matches("[members-only]").count(), 3, "{}", run.told);
    assert!(page(&run, "2024/05/part-1/index.html").contains("The rest was for members only."));
    assert!(page(&run, "2024/05/part-3/index.html").contains("Open end."));
}

#[test]
fn a_post_that_was_made_private_disappears() {
    let place = TempDir::new().unwrap();
    let write = |post: Value| {
        let text = Value::Array(vec![post, post_of(2, "publish", "other")]).to_string();
        fs::write(place.path().join("posts.json"), text).unwrap();
    };
    write(post_of(1, "publish", "once-public"));
    let input = place.path().join("posts.json").to_str().unwrap().to_owned();
    let run = site::stillpress(TempDir::new().unwrap(), &[&input], b"");
    assert!(run.files().keys().any(|name| name.contains("once-public")));
    write(post_of(1, "private", "once-public"));
    let run = site::stillpress(run.place, &[&input], b"");
    let left = run.files().into_iter().filter(|(name, bytes)| {
        name.contains("once-public") || String::from_utf8_lossy(bytes).contains("once-public")
    });
    assert_eq!(left.map(|(name, _)| name).collect::<Vec<_>>(), [""; 0]);
}

/// Returns the names of the canaries found in the files of the site and their names.
fn canaries(run: &Run) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, bytes) in site::files_in(&run.folder()) {
        let text = format!("{name}\n{}", String::from_utf8_lossy(&bytes));
        let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let after = text.split(CANARY).skip(1);
        found.extend(after.map(|rest| {
            let rest = rest.trim_start_matches('-');
            rest.chars().take_while(is_name).collect::<String>()
        }));
    }
    found
}

fn page(run: &Run, name: &str) -> String {
    String::from_utf8(run.files()[name].clone()).unwrap()
}

fn build(arguments: &[&str]) -> Run {
    let input = TempDir::new().unwrap();
    for (name, value) in export() {
        fs::write(input.path().join(name), value.to_string()).unwrap();
    }
    let uploads = input.path().join("uploads/2024/04");
    fs::create_dir_all(&uploads).unwrap();
    for name in ["lake.jpg", "unused.jpg"] {
        fs::write(uploads.join(name), "not really a picture").unwrap();
    }
    let run = site::build(input.path(), arguments);
    assert_eq!(run.exit_code, 0, "{}", run.told);
    run
}
