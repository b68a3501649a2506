//! What is made from the command line's own definition: `man` and `completions`.

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::site;

const COMMANDS: [&str; 11] = [
    "fetch",
    "init",
    "build",
    "serve",
    "check",
    "publish",
    "resolve",
    "explain",
    "doctor",
    "completions",
    "man",
];

fn run(arguments: &[&str]) -> Output {
    site::command(Path::new("."), arguments).output().unwrap()
}

#[track_caller]
fn printed(arguments: &[&str]) -> String {
    site::printed(Path::new("."), arguments, 0)
}

#[test]
fn every_command_has_a_page_that_names_all_its_options() {
    let help = printed(&["--help"]);
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{help}");
        let page = printed(&["man", command]).replace("\\-", "-");
        assert!(page.contains(&format!("stillpress-{command}")), "{page}");
        let help = printed(&[command, "--help"]);
        for option in help.split(&[' ', ',', '\n'][..]).filter(|word| word.starts_with("--")) {
            assert!(page.contains(option), "{option} is missing in\n{page}");
        }
    }
    assert!(printed(&["man"]).contains("stillpress\\-publish(1)"));
}

#[test]
fn pages_replace_no_other_files() {
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("man/man1");
    let arguments = ["man", "--dir", to.to_str().unwrap()];
    printed(&arguments);
    printed(&arguments);
    assert_eq!(fs::read_dir(&to).unwrap().count(), COMMANDS.len() + 1);
    fs::write(to.join("stillpress.1"), "mine").unwrap();
    assert_eq!(run(&arguments).status.code(), Some(2));
    assert_eq!(fs::read_to_string(to.join("stillpress.1")).unwrap(), "mine");
    assert_eq!(run(&["man", "publsh"]).status.code(), Some(2));
}

#[test]
fn shells_learn_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} does not learn {command}");
        }
        assert!(script.contains("any-address"), "{shell} learns no options");
    }
}

#[test]
fn an_address_of_another_computer_is_not_blamed_on_the_port() {
    for more in [&["--port", "8239"][..], &[]] {
        // An address for documents, which no computer has.
        let arguments =
            [&["serve", "sample-export", "--interface", "192.0.2.1"][..], more].concat();
        let output = run(&arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2));
        assert!(told.contains("192.0.2.1 is no address of this computer"), "{told}");
        assert!(!told.contains("--port"), "{told}");
    }
}

#[test]
fn where_no_folder_can_be_made_another_one_is_named() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let output = run(&["build", "sample-export", "-o", file.join("site").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("--output-dir") && !told.contains(".stillpress-new"), "{told}");
}

#[test]
fn a_bad_base_address_is_told_of_where_it_stands() {
    let place = TempDir::new().unwrap();
    let settings = place.path().join("stillpress.toml");
    fs::write(&settings, "title = \"News\"\nbase_url = \"news\"\n").unwrap();
    let settings = settings.to_str().unwrap();
    let check = |verb: &str, more: &[&str], expected: &str| {
        let arguments = [&[verb, "sample-export", "--config", settings][..], more].concat();
        let output = run(&arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.starts_with(expected), "{told}");
    };
    let in_file = format!("error: the configuration is not valid: {settings}:2:1: `news` is not");
    check("build", &[], &in_file);
    check("serve", &[], &in_file);
    check("build", &["--base-url", "paper"], "error: `paper` is not a base address");
}
