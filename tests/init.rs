//! The command `init`, from the outside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::site;

/// A folder with the sample export in it, as `my-export`.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-export");
        for (path, bytes) in site::files_in(&sample) {
            let to = folder.path().join("my-export").join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Runs the command in the folder, and returns what it said.
    #[track_caller]
    fn stillpress(&self, arguments: &[&str], code: i32) -> String {
        let mut command = site::command(self.folder.path(), arguments);
        let output = command.stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }
}

#[test]
fn a_site_with_the_written_settings_is_the_one_without() {
    let place = Place::new();
    place.stillpress(&["build", "my-export", "-o", "without"], 0);
    place.stillpress(&["init", "my-export"], 0);
    let settings = place.read("stillpress.toml");
    assert!(settings.contains("\ntitle = \"The Lungta Times\"\n"), "{settings}");
    assert!(settings.contains("\ntimezone = \"Asia/Kolkata\"\n"), "{settings}");
    place.stillpress(&["build", "my-export", "-o", "with", "--strict"], 0);
    let files = |name: &str| {
        let mut files = site::files_in(&place.at(name));
        files.remove(".stillpress.json");
        files
    };
    assert!(files("with") == files("without"));
    assert_eq!(place.read(".gitignore"), "/public/\n.stillpress-*\n");
}

#[test]
fn what_is_there_is_left_unless_forced() {
    let place = Place::new();
    fs::write(place.at("stillpress.toml"), "title = \"Mine\"\n").unwrap();
    let said = place.stillpress(&["init", "my-export"], 0);
    assert!(
        said.contains(
            "Left stillpress.toml as it is. --force replaces it, with all that init writes.\n"
        ),
        "{said}"
    );
    assert!(said.contains("Wrote .gitignore: "), "{said}");
    assert_eq!(place.read("stillpress.toml"), "title = \"Mine\"\n");
    let said = place.stillpress(&["init", "my-export", "--force"], 0);
    assert!(said.contains(".gitignore is there already, as it would be written.\n"), "{said}");
    assert!(place.read("stillpress.toml").contains("The Lungta Times"));
}

#[test]
fn a_list_of_what_git_passes_over_is_never_replaced() {
    let place = Place::new();
    fs::write(place.at(".gitignore"), "mine\n").unwrap();
    let said = place.stillpress(&["init", "my-export", "--force"], 0);
    assert!(said.contains("Left .gitignore as it is. See that /public/"), "{said}");
    assert_eq!(place.read(".gitignore"), "mine\n");
}

#[test]
fn an_export_that_cannot_be_read_writes_nothing() {
    let place = Place::new();
    place.stillpress(&["init", "nowhere", "--dir", "new"], 2);
    place.stillpress(&["init", "my-export", "--dir", "new", "--program", "stillpress"], 2);
    place.stillpress(&["init", "my-export", "--dir", "new", "--theme", "../x"], 2);
    assert!(!place.at("new").exists());
    // Neither an export nor a theme.
    place.stillpress(&["init"], 2);
}

#[test]
fn an_export_elsewhere_has_to_be_copied_for_github() {
    let place = Place::new();
    let said = place.stillpress(&["init", "my-export", "--dir", "new/site"], 0);
    assert!(said.contains("copy my-export into new/site."), "{said}");
    let workflow = place.read("new/site/.github/workflows/publish.yml");
    assert!(workflow.contains(" build my-export --base-url \"$BASE_URL\""), "{workflow}");
}

#[test]
fn the_workflow_builds_and_deploys_with_what_pages_need() {
    let place = Place::new();
    let said = place.stillpress(&["init", "my-export"], 0);
    let text = place.read(".github/workflows/publish.yml");
    let line = text.lines().position(|line| line == "  STILLPRESS: \"\"").unwrap() + 1;
    assert!(said.contains(&format!("write it after STILLPRESS, in line {line}.")), "{said}");

    place.stillpress(&["init", "my-export", "--force", "--program", "./tools/stillpress"], 0);
    let text = place.read(".github/workflows/publish.yml");
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    assert_eq!(workflow["env"]["STILLPRESS"], "./tools/stillpress");
    let permissions =
        serde_json::json!({"contents": "read", "pages": "write", "id-token": "write"});
    assert_eq!(workflow["permissions"], permissions);
    assert_eq!(workflow["concurrency"]["group"], "pages");
    assert_eq!(workflow["jobs"]["deploy"]["needs"], "build");
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let with = |action: &str| {
        let is_used =
            |step: &&Value| step["uses"].as_str().is_some_and(|it| it.starts_with(action));
        steps.iter().find(is_used).unwrap_or_else(|| panic!("{action} is not used"))
    };
    assert_eq!(with("actions/configure-pages@")["id"], "pages");
    let upload = with("actions/upload-pages-artifact@");
    assert_eq!(upload["with"], serde_json::json!({"path": "public", "include-hidden-files": true}));
    let build = steps.iter().find(|step| step["env"]["BASE_URL"].is_string()).unwrap();
    assert_eq!(build["env"]["BASE_URL"], "${{ steps.pages.outputs.base_url }}");
}

/// Runs the workflow's own script for the site, with a program that only says what it was told.
#[cfg(unix)]
#[test]
fn the_scripts_of_the_workflow_run() {
    let place = Place::new();
    place.stillpress(&["init", "my-export"], 0);
    let text = place.read(".github/workflows/publish.yml");
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    let steps = workflow["jobs"]["build"]["steps"].as_array().unwrap();
    let scripts: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert_eq!(scripts.len(), 3);
    let run = |script: &str, program: &str| {
        let mut command = Command::new("sh");
        command.args(["-e", "-c", script]).current_dir(place.folder.path());
        command.env("STILLPRESS", program).env("HOME", place.folder.path());
        command.env("GITHUB_OUTPUT", place.at("output")).env("BASE_URL", "https://a.example/b");
        command.output().unwrap()
    };
    let said = run(scripts[0], "");
    assert_eq!(said.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&said.stdout).starts_with("::error::Say where"));
    fs::create_dir_all(place.at(".cargo/bin")).unwrap();
    let program = place.at(".cargo/bin/stillpress");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_stillpress"), program).unwrap();
    let said = run(scripts[2], "./tools");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(place.read("public/index.html").contains("https://a.example/b/"));
    assert!(!place.at("public/.stillpress.json").exists());
}

#[test]
fn a_starter_theme_changes_the_default_one() {
    let place = Place::new();
    let said = place.stillpress(&["init", "--theme", "my-theme"], 0);
    assert!(said.contains("write dir = \"my-theme\" below [theme]"), "{said}");
    assert!(!place.at("stillpress.toml").exists());
    place.stillpress(&["build", "my-export", "--theme", "my-theme", "--strict"], 0);
    let files = site::files_in(&place.at("public"));
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let pages: Vec<_> = pages.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let posts = pages.iter().filter(|page| page.contains("class=\"single single-post"));
    let thanks = "<p class=\"wrap starter-thanks\">The Lungta Times</p>";
    assert!(posts.clone().count() > 10 && posts.clone().all(|page| page.contains(thanks)));
    assert!(pages.iter().filter(|page| page.starts_with("<!DOCTYPE html>")).all(|page| {
        page.contains("/assets/extra.css?v=") || page.contains("http-equiv=\"refresh\"")
    }));
    // What the style sheet names is there to be changed.
    let style = String::from_utf8_lossy(&files["assets/extra.css"]);
    let default = String::from_utf8_lossy(&files["assets/style.css"]);
    let names = style.split("--").skip(1).map(|rest| {
        rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()
    });
    for name in names.filter(|name| !name.is_empty()) {
        assert!(default.contains(&format!("--{name}:")), "--{name} is not in the default theme");
    }
}

#[test]
fn settings_and_theme_made_together_fit() {
    let place = Place::new();
    place.stillpress(&["init", "my-export", "--theme", "my theme"], 0);
    place.stillpress(&["build", "my-export", "--strict"], 0);
    assert!(place.at("public/assets/extra.css").exists());
}
