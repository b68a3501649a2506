//! Keeps the theme author's guide true: it names every view with every field.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::site;

#[test]
fn the_guide_names_every_field_of_every_view() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("themes/README.md")).unwrap();
    let code = fs::read_to_string(root.join("src/render/views.rs")).unwrap();
    let mut missing = Vec::new();
    for (view, fields) in views(&code) {
        let Some(section) = section(&guide, view) else {
            missing.push(view.to_owned());
            continue;
        };
        let untold = fields.iter().filter(|field| !section.contains(&format!("| `{field}` |")));
        missing.extend(untold.map(|field| format!("{view}.{field}")));
    }
    assert!(missing.is_empty(), "themes/README.md lacks {}", missing.join(", "));
}

#[test]
fn the_guide_names_no_field_that_is_gone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("themes/README.md")).unwrap();
    let code = fs::read_to_string(root.join("src/render/views.rs")).unwrap();
    let views = views(&code);
    for part in guide.split("\n### ").skip(1).filter(|part| part.contains("| Field | Type |")) {
        let name = part.lines().next().unwrap();
        let (_, fields) = views.iter().find(|(view, _)| *view == name).expect(name);
        for row in part.lines().filter(|line| line.starts_with("| `")) {
            let field = row.split('`').nth(1).unwrap();
            assert!(fields.contains(&field), "{name} has no field `{field}`");
        }
    }
}

#[test]
fn the_guide_names_every_template() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let guide = fs::read_to_string(root.join("README.md")).unwrap();
    let templates = site::files_in(&root.join("default/templates"));
    let untold = templates
        .keys()
        .filter(|name| !name.starts_with("components/") && !guide.contains(&format!("`{name}`")));
    assert_eq!(untold.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn the_guide_names_every_component_with_its_arguments() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let guide = fs::read_to_string(root.join("README.md")).unwrap();
    let rows =
        section(&guide, "Components").unwrap().lines().filter(|line| line.starts_with("| `"));
    let rows: Vec<(&str, &str)> = rows.filter_map(|row| row[2..].split_once(" | ")).collect();
    for file in site::files_in(&root.join("default/templates/components")).into_values() {
        let text = String::from_utf8(file).unwrap();
        for defined in text.split("{% component ").skip(1) {
            let (name, rest) = defined.split_once('(').unwrap();
            let row = rows.iter().find(|(names, _)| names.contains(&format!("`{name}`")));
            let (_, told) = row.unwrap_or_else(|| panic!("the guide lacks `{name}`"));
            let arguments = rest.split_once(')').unwrap().0.split(", ");
            for argument in arguments.filter(|argument| !argument.starts_with('@')) {
                let argument = argument.split('=').next().unwrap();
                assert!(told.contains(&format!("`{argument}`")), "{name}: {argument}");
            }
        }
    }
}

#[test]
fn the_block_of_the_guide_is_shown_as_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guide = fs::read_to_string(root.join("themes/README.md")).unwrap();
    let part = section(&guide, "Blocks").unwrap();
    let mut examples =
        part.split("```html\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let (markup, template) = (examples.next().unwrap(), examples.next().unwrap());
    let place = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("theme/templates/blocks/acme/notice.html", template);
    let post = serde_json::json!([{
        "id": 1, "type": "post", "status": "publish", "slug": "a", "date": "2026-01-02T10:00:00",
        "link": "https://old.example/a/", "title": { "rendered": "A" }, "content": { "raw": markup, "protected": false },
    }]);
    write("in/posts.json", &post.to_string());
    let run = site::stillpress(place, &["in", "--theme", "theme"], b"");
    let page = String::from_utf8(run.files()["a/index.html"].clone()).unwrap();
    let expected = "<aside class=\"notice notice-warm\">\n  <h3 id=\"snow\">Snow</h3>\n  \n\
                    <p class=\"wp-block-paragraph\">The pass is closed.</p>\n\n</aside>";
    assert!(page.contains(expected), "{page}");
}

/// Returns the public structs in `code` with their fields that templates see by name.
fn views(code: &str) -> Vec<(&str, Vec<&str>)> {
    let mut views: Vec<(&str, Vec<&str>)> = Vec::new();
    let (mut is_inside, mut is_skipped) = (false, false);
    for line in code.lines() {
        if let Some(rest) = line.strip_prefix("pub struct ") {
            views.push((rest.split([' ', '{']).next().unwrap(), Vec::new()));
            is_inside = true;
        } else if line == "}" {
            is_inside = false;
        } else if !is_inside {
            // Methods are public, too, but templates do not see them.
        } else if let Some(rest) = line.strip_prefix("    pub ") {
            let field = rest.split(':').next().unwrap();
            if !is_skipped {
                views.last_mut().unwrap().1.push(field);
            }
            is_skipped = false;
        } else if line.contains("#[serde(flatten)]") {
            is_skipped = true;
        }
    }
    views
}

/// Returns the part of the guide about a view.
fn section<'a>(guide: &'a str, view: &str) -> Option<&'a str> {
    let (_, after) = guide.split_once(&format!("\n### {view}\n"))?;
    Some(after.split("\n### ").next().unwrap_or(after))
}
