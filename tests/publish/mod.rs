//! The command `publish`, from the outside, with a repository in a folder beside it.

mod place;

use std::fs;

use crate::publish::place::{Place, said};
use crate::site;

#[test]
fn what_leads_nowhere_is_told_before_it_is_published() {
    let place = Place::new();
    assert!(!place.publish(&["--dry-run"], 0).contains("leads nowhere"));
    place.build("<a href='/gone/'>words</a>");
    let said = place.publish(&[], 0);
    let expected =
        "warning: something leads nowhere: the link `https://old.example/gone/` leads nowhere";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_site_is_published_byte_for_byte_and_without_what_is_ours_alone() {
    let place = Place::new();
    for (path, text) in [
        ("ignore", "*.txt\n"),
        ("attributes", "* text eol=crlf\n"),
        ("public/.gitignore", "*\n"),
        ("public/.gitattributes", "* text eol=crlf\n"),
        ("public/lines.txt", "one\r\ntwo\nthree\r\n"),
        ("public/བོད་ \"a'b c", "name"),
        ("public/.DS_Store", "litter"),
    ] {
        // Windows has no such name.
        if !(cfg!(windows) && path.contains('"')) {
            fs::write(place.at(path), text).unwrap();
        }
    }
    let told = place.publish(&[], 0);
    assert!(told.contains("stillpress did not make"), "{told}");
    assert!(told.contains("Published to branch gh-pages of remote.git: "), "{told}");
    let mut built = site::files_in(&place.at("public"));
    built.retain(|path, _| !path.starts_with(".stillpress") && path != ".DS_Store");
    assert!(built.contains_key(".nojekyll"));
    assert!(place.published() == built, "{:?}", place.published().keys());
    assert_eq!(place.remote(&["log", "-1", "--format=%an %ae", "gh-pages"]), "Ann ann@ann.example");
    let modes = place.remote(&["ls-tree", "-r", "gh-pages"]);
    assert!(modes.lines().all(|line| line.starts_with("100644 blob ")), "{modes}");
}

#[test]
fn what_is_published_already_is_not_published_again() {
    let place = Place::new();
    place.publish(&[], 0);
    let tip = place.tip();
    assert!(place.publish(&[], 0).contains("Nothing to publish"));
    assert_eq!(place.tip(), tip);
    place.build("Second words");
    let told = place.publish(&[], 0);
    assert!(told.contains(" changed"), "{told}");
    assert_eq!(place.remote(&["rev-parse", "gh-pages^"]), tip);
    assert!(
        String::from_utf8_lossy(&place.published()["2024/05/01/hi/index.html"])
            .contains("Second words")
    );
}

#[test]
fn the_tree_depends_on_the_files_alone() {
    let (one, two) = (Place::new(), Place::new());
    one.publish(&[], 0);
    two.publish(&["--cname", "news.example", "--any-address"], 0);
    two.build("Other words");
    two.publish(&["--any-address"], 0);
    two.build("First words");
    two.publish(&["--any-address", "--orphan"], 0);
    let tree = |place: &Place| place.remote(&["ls-tree", "-r", "gh-pages"]);
    let with_domain = tree(&two);
    let without: Vec<_> = with_domain.lines().filter(|it| !it.ends_with("\tCNAME")).collect();
    assert_eq!(without.join("\n"), tree(&one));
}

#[test]
fn an_orphan_has_no_history() {
    let place = Place::new();
    place.publish(&[], 0);
    place.build("Second words");
    place.publish(&[], 0);
    // Nothing changes but that the past is gone.
    let told = place.publish(&["--orphan"], 0);
    assert!(told.contains("no file changed"), "{told}");
    assert_eq!(place.remote(&["rev-list", "--count", "gh-pages"]), "1");
    assert!(place.publish(&["--orphan"], 0).contains("Nothing to publish"));
    place.build("Third words");
    place.publish(&["--orphan"], 0);
    assert_eq!(place.remote(&["rev-list", "--count", "gh-pages"]), "1");
    assert!(place.published()["2024/05/01/hi/index.html"].windows(5).any(|it| it == b"Third"));
}

#[test]
fn what_somebody_else_put_on_the_branch_is_replaced_only_by_force() {
    let place = Place::new();
    place.commit_by_hand("precious.txt", "mine");
    let tip = place.tip();
    let told = place.publish(&[], 2);
    assert!(told.contains("did not publish") && told.contains("“By hand”"), "{told}");
    assert_eq!(place.tip(), tip);
    place.publish(&["--force"], 0);
    assert_eq!(place.remote(&["rev-parse", "gh-pages^"]), tip);
    assert!(!place.published().contains_key("precious.txt"));
    place.commit_by_hand("index.html", "edited");
    assert!(place.publish(&[], 2).contains("--force"));
}

#[test]
fn a_domain_is_kept_whoever_entered_it() {
    let place = Place::new();
    place.stillpress(&["build", "export", "--base-url", "https://news.example/"], 0);
    place.publish(&["--cname", "News.example"], 0);
    place.build("Second words");
    let told = place.publish(&[], 2);
    assert!(told.contains("built for https://old.example/"), "{told}");
    place.stillpress(&["build", "export", "--base-url", "https://news.example/"], 0);
    place.publish(&[], 0);
    assert_eq!(place.published()["CNAME"], b"news.example\n");
    // As the host does when its settings are changed.
    place.commit_by_hand("CNAME", "other.example");
    place.stillpress(&["build", "export", "--base-url", "https://www.other.example/"], 0);
    place.publish(&[], 0);
    assert_eq!(place.published()["CNAME"], b"other.example");
    let told = place.publish(&["--cname", "https://x.example/"], 2);
    assert!(told.contains("is no domain"), "{told}");
}

#[test]
fn a_dry_run_names_what_would_change_and_changes_nothing() {
    let place = Place::new();
    let told = place.publish(&["--dry-run", "-v"], 0);
    assert!(told.contains("new      .nojekyll\n") && told.contains("Would publish"), "{told}");
    assert_eq!(place.remote(&["branch", "--list"]), "");
    place.publish(&[], 0);
    let tip = place.tip();
    place.build("Second words");
    fs::write(place.at("public/robots.txt"), "edited").unwrap();
    let told = place.publish(&["-n", "-v"], 0);
    assert!(told.contains("changed  2024/05/01/hi/index.html\n"), "{told}");
    assert!(told.contains("changed  robots.txt\n"), "{told}");
    assert_eq!(place.tip(), tip);
}

#[cfg(unix)]
#[test]
fn what_the_host_refuses_leaves_the_branch_as_it_was() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    place.publish(&[], 0);
    let tip = place.tip();
    place.build("Second words");
    let hook = place.at("remote.git/hooks/pre-receive");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'Not on a Sunday.'\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let told = place.publish(&[], 2);
    assert!(told.contains("a rule against it"), "{told}");
    assert!(told.contains("remote: Not on a Sunday."), "{told}");
    assert_eq!(place.tip(), tip);
}

#[cfg(unix)]
#[test]
fn the_users_hooks_are_not_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    fs::create_dir(place.at("hooks")).unwrap();
    // The host is this computer, too, and its hooks are its own.
    let not_there = "#!/bin/sh\ncase $PWD in *remote.git) exit 0;; esac\n";
    for name in ["pre-push", "reference-transaction", "post-checkout"] {
        let hook = place.at("hooks").join(name);
        let touch = place.at("hook-ran");
        fs::write(&hook, format!("{not_there}touch '{}'\nexit 1\n", touch.display())).unwrap();
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let config = fs::read_to_string(place.at("gitconfig")).unwrap();
    let hooks = place.at("hooks").to_str().unwrap().to_owned();
    fs::write(place.at("gitconfig"), config.replace("= hooks", &format!("= {hooks}"))).unwrap();
    place.publish(&[], 0);
    assert!(!place.at("hook-ran").exists());
}

#[test]
fn without_git_it_says_where_to_get_it() {
    let place = Place::new();
    let output = place.command().arg("publish").env("PATH", "").output().unwrap();
    assert!(said(&output, 2).contains("https://git-scm.com/downloads"));
}

#[test]
fn a_repository_that_is_not_there_is_an_error() {
    let place = Place::new();
    let told = place.stillpress(&["publish", "-r", "nowhere.git"], 2);
    assert!(told.contains("no such repository"), "{told}");
    let told = place.stillpress(&["publish"], 2);
    assert!(told.contains("you are in no git repository"), "{told}");
    let told = place.stillpress(&["publish", "-r", "https://ann:s3cret@127.0.0.1:1/x.git"], 2);
    assert!(told.contains("cannot be reached") && !told.contains("s3cret"), "{told}");
    let told = place.stillpress(&["publish", "--repository=--upload-pack=touch x"], 2);
    assert!(told.contains("is no address of a repository"), "{told}");
    assert!(!place.at("x").exists(), "{told}");
}

#[test]
fn a_site_that_could_not_be_put_in_its_place_whole_is_told() {
    let place = Place::new();
    assert!(!place.publish(&["-n"], 0).contains("could not put"));
    fs::write(place.at("public/robots.txt"), "mine").unwrap();
    place.build("Second words");
    let told = place.publish(&["-n"], 0);
    assert!(told.contains("the last build could not put every file in its place"), "{told}");
}

#[test]
fn a_page_that_was_changed_by_hand_is_not_published_once_its_post_is_hidden() {
    let place = Place::new();
    let hide = |status: &str| {
        let post = |id: u32, status: &str| {
            format!(
                r#"{{"id":{id},"slug":"page-{id}","status":"{status}","type":"page","title":"P{id}",
                "link":"https://old.example/page-{id}/","content":{{"rendered":"<p>{id}</p>"}}}}"#
            )
        };
        let posts = format!("[{},{}]", post(1, "publish"), post(2, status));
        fs::write(place.at("export/posts.json"), posts).unwrap();
        place.stillpress(&["build", "export"], 0)
    };
    hide("publish");
    let page = place.at("public/page-2/index.html");
    fs::write(&page, "changed by hand").unwrap();
    assert!(!place.publish(&["-n"], 0).contains("no longer part"));
    let told = hide("private");
    assert!(told.contains("error[output-left]: `page-2/index.html` is no longer part"), "{told}");
    let told = place.publish(&[], 2);
    assert!(told.contains("`public` still holds `page-2/index.html`"), "{told}");
    assert_eq!(place.remote(&["branch", "--list"]), "");
    assert!(place.publish(&["-n", "--left-files"], 0).contains("warning: published, though"));
    fs::remove_file(&page).unwrap();
    place.publish(&[], 0);
    assert!(!place.published().contains_key("page-2/index.html"));
}

#[test]
fn only_a_whole_site_of_ours_is_published() {
    let place = Place::new();
    fs::create_dir(place.at("holidays")).unwrap();
    fs::write(place.at("holidays/index.html"), "mine").unwrap();
    let told = place.publish(&["holidays"], 2);
    assert!(told.contains("was not written by stillpress"), "{told}");
    assert!(place.publish(&["nowhere"], 2).contains("there is no folder"));

    fs::remove_file(place.at("public/robots.txt")).unwrap();
    let told = place.publish(&[], 2);
    assert!(told.contains("gone") && told.contains("`robots.txt`"), "{told}");
    place.build("First words");
    fs::create_dir(place.at("public/.stillpress-staging")).unwrap();
    assert!(place.publish(&[], 2).contains("interrupted"));
    fs::remove_dir(place.at("public/.stillpress-staging")).unwrap();
    place.stillpress(&["build", "export", "--drafts"], 0);
    assert!(place.publish(&[], 2).contains("a preview"));
    assert_eq!(place.remote(&["branch", "--list"]), "");
}

#[cfg(unix)]
#[test]
fn names_that_no_host_can_serve_stop_it() {
    let place = Place::new();
    fs::write(place.at("public/a\nb"), "").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", place.at("public/link")).unwrap();
    let told = place.publish(&[], 2);
    assert!(told.contains("a\\nb") && told.contains("link"), "{told}");
    fs::remove_file(place.at("public/a\nb")).unwrap();
    fs::remove_file(place.at("public/link")).unwrap();
    fs::write(place.at("public/INDEX.html"), "").unwrap();
    fs::write(place.at("public/%41"), "").unwrap();
    let told = place.publish(&[], 0);
    // On a disk that takes both names for one there is no clash to tell of.
    let is_one = place.at("public/Index.html").exists();
    assert!(is_one || told.contains("one file on Windows and macOS"), "{told}");
    assert!(told.contains("readers cannot reach `%41`"), "{told}");
}

#[test]
fn the_remote_of_the_repository_one_stands_in_is_published_to_and_nothing_else_is_touched() {
    let place = Place::new();
    place.git(&["init", "--quiet", "."]);
    assert!(place.stillpress(&["publish"], 2).contains("no remote called `origin`"));
    place.git(&["remote", "add", "origin", "remote.git"]);
    place.git(&["config", "user.email", "desk@news.example"]);
    place.git(&["add", "export"]);
    let state = |place: &Place| {
        let index = fs::read(place.at(".git/index")).unwrap();
        let mut git = site::files_in(&place.at(".git"));
        git.remove("index");
        (index, git)
    };
    let before = state(&place);
    let told = place.stillpress(&["publish"], 0);
    assert!(told.contains("of remote.git"), "{told}");
    assert!(state(&place) == before);
    assert_eq!(place.remote(&["log", "-1", "--format=%ae", "gh-pages"]), "desk@news.example");
    assert!(place.stillpress(&["publish", "-r", "origin"], 0).contains("Nothing to publish"));
}

#[test]
fn a_user_whom_git_does_not_know_publishes_as_nobody() {
    let place = Place::new();
    let mut command = place.command();
    fs::write(place.at("gitconfig"), "").unwrap();
    let told = command.args(["publish", "-r", "remote.git"]).output().unwrap();
    assert!(said(&told, 0).contains("Git has no name for you"));
    assert_eq!(
        place.remote(&["log", "-1", "--format=%an %ae %ai", "gh-pages"]).rsplit(' ').next(),
        Some("+0000")
    );
    assert!(place.remote(&["log", "-1", "--format=%an", "gh-pages"]) == "stillpress");
}
