//! One folder a case: `input/` is built, and must give exactly `expected/`.
//!
//! `SNAPSHOTS=overwrite cargo test` writes what was made over what was expected; read the diff.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::extract;
use crate::site::{self, Run};

/// Makes a test of each case, so that `cargo test unclosed` runs one, and fails for a folder
/// that is not named here.
macro_rules! cases {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { check(stringify!($name)); })*

        #[test]
        fn every_case_is_listed() {
            let mut folders: Vec<String> = fs::read_dir(cases_dir())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            folders.sort();
            assert_eq!(folders, [$(stringify!($name)),*]);
        }
    };
}

cases! {
    access_that_is_not_told,
    address_clashes,
    answers_with_a_gap,
    archives,
    attachment_links_to_files,
    attachment_links_to_pages,
    attachments_with_texts,
    blocks_of_the_theme,
    blocks_of_the_theme_that_fail,
    category_tree,
    comments,
    comments_that_are_not_for_readers,
    configuration_address_without_scheme,
    configuration_bad_address,
    configuration_bad_path_of_a_language,
    configuration_bad_redirect,
    configuration_bad_structure,
    configuration_bad_value,
    configuration_bad_zone,
    configuration_does_not_parse,
    configuration_unknown_key,
    custom_types_and_taxonomies,
    dates_impossible,
    envelope_array,
    envelope_array_of_arrays,
    envelope_byte_order_mark,
    envelope_concatenated,
    envelope_error_answer,
    envelope_gzip,
    envelope_ndjson,
    envelope_numeric_keys,
    envelope_object_of_arrays,
    envelope_of_the_api,
    envelope_single_object,
    envelope_standard_input,
    envelope_wordpress_com,
    envelope_wp_cli_rows,
    feeds_and_pages_of_one_address,
    feeds_beside_pages,
    feeds_with_recordings,
    files_of_other_kinds,
    formats,
    front_page_and_posts_page,
    front_page_from_configuration,
    front_page_told_by_its_address,
    front_page_without_posts_page,
    hierarchy,
    home_guessed_from_links,
    home_told_by_media,
    json_empty_file,
    json_gzip_cut,
    json_invalid,
    json_not_utf8,
    json_truncated,
    language_guessed_from_texts,
    language_of_the_site_ar,
    language_of_the_site_bo,
    language_without_words,
    languages_all_in_folders,
    languages_in_folders,
    languages_in_queries,
    languages_in_xml,
    languages_of_posts,
    languages_on_hosts,
    languages_with_front_pages,
    links,
    links_below_a_path,
    links_unsafe,
    loops_in_pages,
    markdown_front_matter_is_broken,
    markdown_page,
    markdown_that_hides_or_is_not_known,
    media,
    media_all_but_what_is_kept_apart,
    media_all_copied,
    media_all_without_a_list,
    media_broken,
    media_called_otherwise,
    media_in_a_renamed_folder,
    media_of_a_site_in_a_network,
    media_on_no_page,
    media_on_other_hosts,
    media_outside_uploads,
    media_told_by_texts,
    media_without_files,
    menu_classic_with_locations,
    menu_entries_of_all_kinds,
    menu_from_a_navigation_block,
    menu_from_configuration,
    menu_made_from_pages_and_categories,
    menus_in_parts_of_the_theme,
    merge_answers_of_one_post,
    nextpage_and_more,
    nothing_of_wordpress,
    parts_for_members,
    parts_of_plugins,
    plain_lone_post,
    plain_names_from_configuration,
    plain_structure_category,
    plain_structure_file,
    plain_structure_month_and_name,
    plain_structure_names,
    plain_structure_numbers,
    pretty_permalinks,
    raw_classic,
    raw_galleries,
    records_of_wrong_types,
    redirects_from_configuration,
    redirects_of_amp,
    redirects_to_files,
    redirects_unused_and_dead,
    rows_without_passwords_left_out,
    rows_without_passwords_published,
    saved_by_somebody_who_sees_more,
    several_sites,
    several_sites_of_like_ids,
    shortcodes_of_page_builders,
    site_in_a_folder_of_its_host,
    slugs_unsafe,
    statuses_that_hide,
    sticky_and_pagination,
    tags_that_nest_too_deep,
    terms_that_readers_never_saw,
    texts_that_need_a_word,
    theme_of_the_user,
    theme_that_does_not_parse,
    theme_with_an_unknown_field,
    theme_with_an_unknown_filter,
    theme_with_an_unknown_name,
    theme_with_an_unknown_option,
    theme_without_old_addresses,
    types_that_are_not_public,
    types_that_the_list_lacks,
    unknown_records,
    widgets_and_a_database,
    wxr,
    wxr_that_breaks_off,
}

fn cases_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

#[track_caller]
fn check(name: &str) {
    let case = cases_dir().join(name);
    let expected = case.join("expected");
    let made = make(&case);
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    for (file, text) in &made {
        assert.eq(text, snapbox::Data::read_from(&expected.join(file), None));
    }
    let known = site::files_in(&expected).into_keys();
    let not_made: Vec<String> = known.filter(|file| !made.contains_key(&**file)).collect();
    assert!(not_made.is_empty(), "{name}: expected, but not made: {not_made:?}");
}

/// Returns the files of `expected/` as the case comes out.
fn make(case: &Path) -> BTreeMap<&'static str, String> {
    let run = run(case);
    let files = run.files();
    let mut made = BTreeMap::from([("report.txt", report(&run, case))]);
    if files.is_empty() {
        return made;
    }
    made.insert("files.txt", files.keys().map(|name| format!("{name}\n")).collect());
    let pages: Vec<String> = looks(case)
        .iter()
        .flat_map(|look| files.iter().filter_map(|(name, bytes)| look.at(name, bytes)))
        .collect();
    if !pages.is_empty() {
        made.insert("pages.txt", pages.join("\n"));
    }
    made
}

fn run(case: &Path) -> Run {
    let input = case.join("input");
    let lines = fs::read_to_string(case.join("args.txt")).unwrap_or_default();
    let lines = lines.replace("[CASE]", case.to_str().unwrap());
    let (stdin, mut arguments): (Vec<&str>, Vec<&str>) =
        lines.lines().partition(|line| line.starts_with("< "));
    let stdin = stdin.first().map(|line| fs::read(input.join(&line[2..])).unwrap());
    if stdin.is_none() {
        arguments.insert(0, input.to_str().unwrap());
    }
    site::stillpress(TempDir::new().unwrap(), &arguments, &stdin.unwrap_or_default())
}

/// Returns what the run told, without what differs from run to run and from theme to theme.
fn report(run: &Run, case: &Path) -> String {
    let told = run.told.replace('\\', "/");
    let folder = |name: &str| case.join(name).to_str().unwrap().replace('\\', "/");
    let told = told.replace(&folder("input"), "[INPUT]").replace(&folder(""), "[CASE]/");
    let place = run.place.path().to_str().unwrap().replace('\\', "/");
    let lines = told.lines().map(|line| match line.starts_with("public holds ") {
        true => "public holds [FILES] files. Took [SECONDS] s.".to_owned(),
        false => line.replace(&place, "[PLACE]"),
    });
    let lines: String = lines.map(|line| line + "\n").collect();
    format!("{lines}exit code: {}\n", run.exit_code)
}

/// What a case looks at.
struct Look {
    /// With `*` for anything. `None` is every post and page.
    pattern: Option<String>,
    classes: Vec<String>,
}

fn looks(case: &Path) -> Vec<Look> {
    let Ok(text) = fs::read_to_string(case.join("look.txt")) else {
        return vec![Look { pattern: None, classes: Vec::new() }];
    };
    let look = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Look { pattern: words.next(), classes: words.collect() }
    };
    text.lines().map(look).collect()
}

impl Look {
    /// Returns what this file says, if the case looks at it.
    fn at(&self, name: &str, bytes: &[u8]) -> Option<String> {
        let text = std::str::from_utf8(bytes).ok()?;
        let is_looked_at = match &self.pattern {
            Some(pattern) => is_match(pattern, name),
            None => name.ends_with(".html") && extract::is_singular(text),
        };
        let classes: Vec<&str> = self.classes.iter().map(String::as_str).collect();
        is_looked_at.then(|| extract::extract(name, text, &classes))
    }
}

/// Returns whether `name` is like `pattern`, where `*` stands for anything, also for `/`.
fn is_match(pattern: &str, name: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(name) = name.strip_prefix(start) else { return false };
    let mut ends = name.char_indices().map(|(place, _)| place).chain([name.len()]);
    ends.any(|end| is_match(rest, &name[end..]))
}
