//! A build that remembers the one before makes the same site as one that starts from nothing,
//! whatever was changed in between.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use indicatif::ProgressBar;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, proptest};
use proptest::{prop_assert_eq, prop_oneof};
use serde_json::{Value, json};
use stillpress::commands::build::{Cache, build};
use stillpress::config::{self, Config, Preview};
use stillpress::output::Force;
use stillpress::render::Haste;
use tempfile::TempDir;

use crate::site;

/// What somebody does to an export, its configuration or its theme between two builds.
#[derive(Clone, Debug)]
enum Change {
    /// A field of a post, by the post's place.
    Post(usize, Field),
    AddPost(u64),
    RemovePost(usize),
    MovePost(usize),
    Comment(usize, &'static str),
    Term(&'static str),
    Setting(&'static str),
    Template(Option<&'static str>),
    BlockTemplate(Option<&'static str>),
    Upload(Option<&'static str>),
    RemoveFromSite(usize),
    EditOnSite(usize),
}

/// What is changed of a post.
#[derive(Clone, Debug)]
enum Field {
    Text(&'static str),
    Raw(&'static str),
    Title(&'static str),
    Slug(&'static str),
    Date(&'static str),
    Modified(&'static str),
    Status(&'static str),
    Categories(Vec<u64>),
    Picture(u64),
    Author(u64),
    Language(&'static str),
    Translations(Vec<u64>),
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_build_with_a_cache_makes_the_same_as_one_without(
        rounds in prop::collection::vec(prop::collection::vec(changes(), 0..3), 1..5),
    ) {
        let mut source = Source::new();
        let mut cache = Cache::default();
        source.write();
        source.build("out", Some(&mut cache));
        for changes in rounds {
            changes.iter().for_each(|change| source.change(change));
            source.write();
            cache.haste = Haste::SearchIsLater;
            source.build("out", Some(&mut cache));
            cache.haste = Haste::None;
            let told = source.build("out", Some(&mut cache));
            let fresh = source.build("fresh", None);
            prop_assert_eq!(told, fresh);
            prop_assert_eq!(source.files("out"), source.files("fresh"));
            fs::remove_dir_all(source.path("fresh")).unwrap();
        }
    }
}

#[test]
fn an_edit_of_one_text_leaves_other_files_alone() {
    let mut source = Source::new();
    let mut cache = Cache::default();
    source.write();
    source.build("out", Some(&mut cache));
    let before = source.files("out");
    source.change(&Change::Post(2, Field::Text("<p>Edited after all.</p>")));
    source.write();
    source.build("out", Some(&mut cache));
    let after = source.files("out");
    let changed = after.iter().filter(|&(path, bytes)| before.get(path) != Some(bytes)).count();
    assert!((1..30).contains(&changed) && changed < after.len(), "{changed} files changed");
}

fn changes() -> impl Strategy<Value = Change> {
    let place = || any::<u8>().prop_map(usize::from);
    prop_oneof![
        6 => (place(), fields()).prop_map(|(place, field)| Change::Post(place, field)),
        1 => (100..104_u64).prop_map(Change::AddPost),
        1 => place().prop_map(Change::RemovePost),
        1 => place().prop_map(Change::MovePost),
        1 => (place(), one_of(&["First!", "<b>Well", ""])).prop_map(|(p, t)| Change::Comment(p, t)),
        1 => one_of(&["News", "Culture", "བོད"]).prop_map(Change::Term),
        1 => one_of(&["", "title = \"T\"", "posts_per_page = 2", "[feeds]\nitems = 2",
            "[languages.de]\ntitle = \"D\"\npath = \"/german/\""])
            .prop_map(Change::Setting),
        1 => prop_oneof![Just(None), Just(Some("<p>{{ page.title }}</p>"))].prop_map(Change::Template),
        1 => prop_oneof![
            Just(None),
            Just(Some("<b>{{ post.label }}</b>")),
            Just(Some("{{ block.saved_html | safe }}{{ block.attributes.of | default(value=1) }}")),
        ].prop_map(Change::BlockTemplate),
        1 => prop_oneof![Just(None), Just(Some("a")), Just(Some("bb"))].prop_map(Change::Upload),
        1 => place().prop_map(Change::RemoveFromSite),
        1 => place().prop_map(Change::EditOnSite),
    ]
}

fn fields() -> impl Strategy<Value = Field> {
    let texts = &[
        "<p>Short.</p>",
        "<p>One.</p><!--nextpage--><p>Two.</p>",
        "<p><img src=\"/wp-content/uploads/a.jpg\"> <a href=\"/?p=3\">three</a></p>",
        "<p><a href=\"/?attachment_id=90\">file</a> <script>x</script></p>",
        "<form action=\"/x\"><p>ཀ་ཁ་ག</p></form>",
        "<iframe src=\"/?p=2\"></iframe>",
    ];
    let raw = &[
        "<!-- wp:latest-posts {\"displayPostContent\":true,\"displayAuthor\":true,\"displayPostDate\":true} /--><!-- wp:archives /-->",
        "<!-- wp:latest-comments /--><!-- wp:categories {\"showPostCounts\":true} /--><!-- wp:page-list /-->",
        "<!-- wp:query {\"query\":{\"perPage\":3,\"postType\":\"post\",\"orderBy\":\"title\"}} --><div><!-- wp:post-template --><!-- wp:post-title /--><!-- wp:post-content /--><!-- wp:post-featured-image /--><!-- /wp:post-template --></div><!-- /wp:query -->",
    ];
    let plugins = &[
        "<!-- wp:acme/part --><p>part</p><!-- /wp:acme/part -->",
        "<!-- wp:acme/part {\"of\":2} /-->",
    ];
    let dates = &["2024-05-01T09:00:00", "2024-05-02T09:00:00", "2023-01-01T00:00:00", ""];
    prop_oneof![
        4 => one_of(texts).prop_map(Field::Text),
        2 => one_of(raw).prop_map(Field::Raw),
        2 => one_of(plugins).prop_map(Field::Raw),
        2 => one_of(&["One", "Two <i>b</i>", ""]).prop_map(Field::Title),
        1 => one_of(&["one", "two", "page", "feed"]).prop_map(Field::Slug),
        1 => one_of(dates).prop_map(Field::Date),
        1 => one_of(dates).prop_map(Field::Modified),
        1 => one_of(&["publish", "draft", "private"]).prop_map(Field::Status),
        1 => prop::collection::vec(1..3_u64, 0..2).prop_map(Field::Categories),
        1 => (89..92_u64).prop_map(Field::Picture),
        1 => (1..3_u64).prop_map(Field::Author),
        3 => one_of(&["en", "de_DE", "bo", ""]).prop_map(Field::Language),
        2 => prop::collection::vec(1..6_u64, 0..3).prop_map(Field::Translations),
    ]
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(values)
}

/// An export, its configuration and a theme, and the sites made of them.
struct Source {
    place: TempDir,
    posts: Vec<Value>,
    comments: Vec<Value>,
    term: &'static str,
    settings: &'static str,
    template: Option<&'static str>,
    block_template: Option<&'static str>,
    upload: Option<&'static str>,
    /// How often a file was written: each time has its own second.
    clock: u64,
    written: BTreeMap<PathBuf, Vec<u8>>,
}

impl Source {
    fn new() -> Self {
        Self {
            place: TempDir::new().unwrap(),
            posts: (1..9).map(post).collect(),
            comments: Vec::new(),
            term: "News",
            settings: "",
            template: None,
            block_template: None,
            upload: Some("a"),
            clock: 0,
            written: BTreeMap::new(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    fn change(&mut self, change: &Change) {
        let count = self.posts.len();
        match *change {
            Change::Post(place, ref field) if count > 0 => {
                set(&mut self.posts[place % count], field);
            }
            Change::AddPost(id) if self.posts.iter().all(|post| post["id"] != id) => {
                self.posts.push(post(id));
            }
            Change::RemovePost(place) if count > 1 => {
                self.posts.remove(place % count);
            }
            Change::MovePost(place) if count > 0 => {
                let post = self.posts.remove(place % count);
                self.posts.push(post);
            }
            Change::Comment(place, text) if count > 0 => {
                let id = 1 + self.comments.len();
                let post = &self.posts[place % count]["id"];
                self.comments.push(json!({
                    "id": id, "post": post, "parent": 0, "author_name": "Ann", "status": "approved",
                    "type": "comment", "date": "2024-06-01T10:00:00", "link": "",
                    "content": { "rendered": text },
                }));
            }
            Change::Term(name) => self.term = name,
            Change::Setting(text) => self.settings = text,
            Change::Template(text) => self.template = text,
            Change::BlockTemplate(text) => self.block_template = text,
            Change::Upload(text) => self.upload = text,
            Change::RemoveFromSite(place) => {
                if let Some(file) = self.on_site(place) {
                    fs::remove_file(file).unwrap();
                }
            }
            Change::EditOnSite(place) => {
                // What a user edited is left alone, so it is put back by removing it.
                if let Some(file) = self.on_site(place) {
                    fs::write(&file, "edited").unwrap();
                    fs::remove_file(file).unwrap();
                }
            }
            _ => {}
        }
    }

    fn on_site(&self, place: usize) -> Option<PathBuf> {
        let files = self.files("out");
        let name = files.keys().nth(place % files.len().max(1))?;
        Some(self.path("out").join(name))
    }

    fn write(&mut self) {
        let half = self.posts.len() / 2;
        let json = |value: &[Value]| Value::Array(value.to_vec()).to_string();
        let terms = json!([
            { "id": 1, "taxonomy": "category", "name": self.term, "slug": "news", "parent": 0 },
            { "id": 2, "taxonomy": "category", "name": "Other", "slug": "other", "parent": 1 },
        ]);
        let media = json!([{
            "id": 90, "type": "attachment", "slug": "a", "status": "inherit", "post": 3,
            "source_url": "https://old.example/wp-content/uploads/a.jpg", "mime_type": "image/jpeg",
            "link": "https://old.example/?attachment_id=90", "title": { "rendered": "A" },
            "media_details": { "width": 640, "height": 480 },
        }]);
        self.put("in/posts-1.json", Some(&json(&self.posts[..half])));
        self.put("in/posts-2.json", Some(&json(&self.posts[half..])));
        self.put("in/comments.json", Some(&json(&self.comments)));
        self.put("in/terms.json", Some(&terms.to_string()));
        self.put("in/media.json", Some(&media.to_string()));
        self.put("in/uploads/a.jpg", self.upload);
        self.put("in/stillpress.toml", Some(self.settings));
        self.put("theme/templates/archive.html", self.template);
        self.put("theme/templates/blocks/acme/part.html", self.block_template);
        fs::create_dir_all(self.path("theme/templates")).unwrap();
    }

    /// Writes a file if that changes it, at a time of its own: files that were written a moment ago
    /// are read again in any case.
    fn put(&mut self, name: &str, text: Option<&str>) {
        let path = self.path(name);
        let Some(text) = text else {
            let _ = fs::remove_file(&path);
            self.written.remove(&path);
            return;
        };
        if self.written.get(&path).is_some_and(|before| before == text.as_bytes()) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        self.clock += 1;
        let time = SystemTime::now() - Duration::from_secs(100_000 - self.clock);
        File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        self.written.insert(path, text.as_bytes().to_vec());
    }

    /// Returns what was told.
    fn build(&self, out: &str, cache: Option<&mut Cache>) -> Vec<String> {
        let exports = vec![self.path("in")];
        let mut settings = config::read(None, &exports).unwrap();
        settings.theme.dir = Some(self.path("theme"));
        let config =
            Config { exports, output: self.path(out), preview: Preview::default(), settings };
        match build(&config, Force::No, cache, &ProgressBar::hidden()) {
            Ok(built) => {
                let told = built.report.diagnostics.iter().map(ToString::to_string);
                told.chain([format!("{:?}", built.report.ledger)]).collect()
            }
            Err(error) => {
                eprintln!("{error:#}");
                vec![format!("{error:#}")]
            }
        }
    }

    fn files(&self, out: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = files_in(&self.path(out));
        files.remove(".stillpress.json");
        files
    }
}

fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    if folder.exists() { site::files_in(folder) } else { BTreeMap::new() }
}

fn post(id: u64) -> Value {
    json!({
        "id": id, "date": format!("2024-04-{:02}T08:00:00", id % 28 + 1), "slug": format!("post-{id}"),
        "modified": "2024-04-30T08:00:00", "status": "publish", "type": "post",
        "link": format!("https://old.example/?p={id}"), "author": 1, "featured_media": 0,
        "title": { "rendered": format!("Post {id}") }, "categories": [1 + id % 2],
        "content": { "rendered": format!("<p>The text of post {id} about mountains.</p>") },
    })
}

fn set(post: &mut Value, field: &Field) {
    match field {
        Field::Text(text) => post["content"] = json!({"rendered": text, "protected": false}),
        Field::Raw(text) => post["content"] = json!({"raw": text, "protected": false}),
        Field::Title(text) => post["title"]["rendered"] = (*text).into(),
        Field::Slug(slug) => post["slug"] = (*slug).into(),
        Field::Date(date) => post["date"] = (*date).into(),
        Field::Modified(date) => post["modified"] = (*date).into(),
        Field::Status(status) => post["status"] = (*status).into(),
        Field::Categories(ids) => post["categories"] = ids.clone().into(),
        Field::Picture(id) => post["featured_media"] = (*id).into(),
        Field::Author(id) => post["author"] = (*id).into(),
        Field::Language(code) => post["lang"] = (*code).into(),
        Field::Translations(ids) => post["translations"] = ids.clone().into(),
    }
}
