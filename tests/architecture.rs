//! Keeps the stages in order: a module may use only what comes before it in the pipeline. Keeps
//! imports in one form, and the README's list of diagnostics complete.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and the modules of this crate it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("stored", &[]),
    ("model", &["stored"]),
    ("wordpress", &[]),
    ("media_types", &[]),
    ("names", &[]),
    ("suggestions", &[]),
    ("text_hash", &[]),
    ("config", &["suggestions"]),
    ("ledger", &["model"]),
    ("diagnostics", &["ledger", "model"]),
    ("content", &["diagnostics", "ledger", "media_types", "model", "wordpress"]),
    (
        "export",
        &[
            "content",
            "diagnostics",
            "media_types",
            "model",
            "names",
            "stored",
            "suggestions",
            "wordpress",
        ],
    ),
    ("media", &["config", "diagnostics", "media_types", "model", "names", "stored", "text_hash"]),
    (
        "site",
        &[
            "config",
            "content",
            "diagnostics",
            "media",
            "model",
            "names",
            "suggestions",
            "text_hash",
            "wordpress",
        ],
    ),
    ("output", &["diagnostics", "ledger", "names", "stored"]),
    (
        "render",
        &[
            "config",
            "content",
            "diagnostics",
            "export",
            "ledger",
            "media",
            "media_types",
            "model",
            "output",
            "site",
            "suggestions",
            "wordpress",
        ],
    ),
    (
        "commands",
        &[
            "config",
            "content",
            "diagnostics",
            "export",
            "ledger",
            "media",
            "media_types",
            "model",
            "names",
            "output",
            "render",
            "site",
            "wordpress",
        ],
    ),
];

/// How a code stands in the sources: as the first argument of one of these.
const TELLERS: [&str; 8] = [
    "Diagnostic::warning(",
    "Diagnostic::error(",
    " warning(",
    " error(",
    ".warn(",
    ".warn_once(",
    ".error(",
    ".fail(",
];

#[test]
fn imports_follow_the_pipeline() {
    let mut violations = Vec::new();
    for (module, may_use) in MAY_USE {
        for file in rust_files(module) {
            for used in modules_used(&code_of(&file)) {
                if used != *module && !may_use.contains(&used.as_str()) {
                    violations.push(format!("{}: `{module}` may not use `{used}`", file.display()));
                }
            }
        }
    }
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_pipeline() {
    let entries = fs::read_dir(src()).unwrap().map(|entry| entry.unwrap().path());
    let names = entries.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    let modules: BTreeSet<String> =
        names.filter(|name| !matches!(&**name, "lib" | "main")).collect();
    let known: BTreeSet<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(modules, known);
}

#[test]
fn a_file_imports_a_module_on_one_line() {
    let mut violations = Vec::new();
    for file in MAY_USE.iter().flat_map(|(module, _)| rust_files(module)) {
        let code = fs::read_to_string(&file).unwrap();
        let imports = code.lines().filter_map(|line| line.strip_prefix("use crate::"));
        let modules: Vec<&str> = imports.map(module_of).collect();
        let distinct: BTreeSet<&&str> = modules.iter().collect();
        if distinct.len() < modules.len() {
            violations.push(file.display().to_string());
        }
    }
    assert!(violations.is_empty(), "two lines import one module in\n{}", violations.join("\n"));
}

/// One who reads a name's path finds the file, wherever the path stands.
#[test]
fn paths_start_at_the_crate() {
    let mut violations = Vec::new();
    for file in MAY_USE.iter().flat_map(|(module, _)| rust_files(module)) {
        let code = code_of(&file);
        let lines = relative_paths(&code).into_iter();
        violations.extend(lines.map(|line| format!("{}: {line}", file.display())));
    }
    assert!(violations.is_empty(), "these paths are relative:\n{}", violations.join("\n"));
}

#[test]
fn relative_paths_are_found() {
    let check = |code: &str, expected: &[&str]| {
        assert_eq!(relative_paths(code), expected);
    };
    check("use crate::a::b;\nuse std::fmt;\n// super::c\npub(super) fn d() {}", &[]);
    check("use super::a;\n    super::b();", &["use super::a;", "    super::b();"]);
    check("pub mod a;\nmod b;\nuse a::C;\npub use b::d;", &["use a::C;", "pub use b::d;"]);
    check("pub use self::a::B;", &["pub use self::a::B;"]);
}

#[test]
fn the_readme_lists_every_diagnostic() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, section) = readme.split_once("\n## Diagnostics\n").unwrap();
    let section = section.split("\n## ").next().unwrap_or_default();
    let listed = |code: &String| section.contains(&format!("`{code}`"));
    let missing: Vec<String> = codes().into_iter().filter(|code| !listed(code)).collect();
    assert!(missing.is_empty(), "README.md does not list {missing:?}");
}

/// Codes that no case shows: what they tell of needs another folder, or very much.
const WITHOUT_CASE: [&str; 9] = [
    "ambiguous-media",
    "empty-terms",
    "media-name",
    "output-edited",
    "output-foreign",
    "output-left",
    "output-manifest",
    "output-name",
    "unreadable-media",
];

#[test]
fn every_diagnostic_has_a_case() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let reports = walkdir::WalkDir::new(cases).into_iter().map(Result::unwrap);
    let reports = reports.filter(|entry| entry.file_name() == "report.txt");
    let told: String = reports.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect();
    // What finished sites are told of is shown by tests of their own.
    let tests = ["mod.rs", "old.rs", "external.rs", "texts.rs"].map(|name| {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check");
        fs::read_to_string(tests.join(name)).unwrap()
    });
    let told = told + &tests.concat();
    let is_shown = |code: &String| told.contains(&format!("[{code}]"));
    let without: Vec<String> = codes().into_iter().filter(|code| !is_shown(code)).collect();
    assert_eq!(without, WITHOUT_CASE);
}

/// Returns the codes of all diagnostics.
fn codes() -> BTreeSet<String> {
    let files = MAY_USE.iter().flat_map(|(module, _)| rust_files(module));
    files.flat_map(|file| codes_in(&code_of(&file))).collect()
}

/// Returns what stands in a file before its tests, which may use any module.
fn code_of(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

fn codes_in(code: &str) -> Vec<String> {
    let after = TELLERS.iter().flat_map(|teller| code.split(teller).skip(1));
    let literals = after.filter_map(|rest| rest.trim_start().strip_prefix('"'));
    literals.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Returns the name after each `crate::` outside comments. A grouped `crate::{…}` gives an
/// empty name, so that it is refused: one line a module shows what a file depends on.
fn modules_used(code: &str) -> Vec<String> {
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

/// Returns the lines with a path that starts at the file's own module, at the one above it or at
/// one below.
fn relative_paths(code: &str) -> Vec<&str> {
    fn after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
        line.trim_start_matches("pub ").strip_prefix(word)
    }
    let below: BTreeSet<&str> =
        code.lines().filter_map(|line| after(line, "mod ")?.strip_suffix(';')).collect();
    let is_import_relative = |line: &str| {
        let start = after(line, "use ").and_then(|path| path.split("::").next());
        start.is_some_and(|name| name == "self" || below.contains(name))
    };
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.filter(|line| line.contains("super::") || is_import_relative(line)).collect()
}

/// Returns the module that an import names or takes something from. Functions are called by their
/// module's name, so what is small is a module.
fn module_of(import: &str) -> &str {
    let (module, last) = import.rsplit_once("::").unwrap_or(("", import));
    let is_module = last.starts_with(char::is_lowercase) && last.ends_with(';');
    if is_module { import.trim_end_matches(';') } else { module }
}

/// Returns the files of a module, which is `src/NAME.rs` or the folder `src/NAME`, without its
/// tests.
fn rust_files(module: &str) -> Vec<PathBuf> {
    let file = src().join(module).with_extension("rs");
    if file.exists() {
        return vec![file];
    }
    let entries = walkdir::WalkDir::new(src().join(module)).sort_by_file_name();
    let paths = entries.into_iter().map(|entry| entry.unwrap().into_path());
    let is_test = |path: &Path| {
        path.components().any(|part| {
            let name = part.as_os_str();
            name == "tests" || name == "tests.rs"
        })
    };
    paths.filter(|path| path.extension().is_some_and(|it| it == "rs") && !is_test(path)).collect()
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
