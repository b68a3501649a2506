//! Whatever bytes come, nothing panics, and nothing takes forever.

use std::time::{Duration, Instant};

use proptest::prelude::{ProptestConfig, any, prop, proptest};

use crate::export::tests::{Folder, codes, post_json};
use crate::export::{read, read_body};

/// Far more than any of these takes, and far less than quadratic time would.
const PATIENCE: Duration = Duration::from_secs(20);

fn check_bytes(name: &str, bytes: &[u8]) {
    let folder = Folder::new(&[]);
    folder.write(name, bytes);
    let Ok(read) = read(&[folder.path(name)]) else { return };
    for post in &read.value.posts {
        if let Some(place) = &post.body {
            read_body(&read.value.files, place).unwrap();
        }
    }
}

/// How an export in XML begins.
const WXR: &str = "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>";

fn check_xml_quickly(inner: &str) {
    let folder = Folder::new(&[("a.xml", &format!("{WXR}{inner}")), ("b.json", &post_json(1, ""))]);
    let start = Instant::now();
    folder.read();
    assert!(start.elapsed() < PATIENCE);
}

fn check_quickly(json: &str) -> Vec<String> {
    let folder = Folder::new(&[("a.json", json), ("b.json", &post_json(1, ""))]);
    let start = Instant::now();
    let read = folder.read();
    assert!(start.elapsed() < PATIENCE);
    codes(&read).into_iter().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for name in ["a.json", "a.md", "a.txt", "a.json.gz"] {
            check_bytes(name, &bytes);
        }
        check_bytes("a.xml", &[WXR.as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_mixture_of_xml_is_survived(
        parts in prop::collection::vec("</?(item|title|wp:post_id|wp:author|wp:term|wp:postmeta|wp:meta_key|wp:meta_value|wp:comment|content:encoded|category)>|<!\\[CDATA\\[|\\]\\]>|<!--|-->|[0-9a-z&;<>\"' ]|_wp_attachment_metadata|a:1:\\{s:|<category domain=\"[a-z]?\" nicename=\"[a-z%]?\">|<wp:post_id>7</wp:post_id>", 0..60),
    ) {
        check_bytes("a.xml", (WXR.to_owned() + &parts.concat()).as_bytes());
    }

    #[test]
    fn any_mixture_of_json_is_survived(
        parts in prop::collection::vec("[\\[\\]{}:,\"0-9a-z \n\\\\]|\"id\":|\"type\":\"post\"|\"content\":|\"rendered\":|\"title\":|\"ID\":7|\"posts\":\\[|\"_embedded\":\\{|\"taxonomy\":\"x\"|null|\"class_list\":\\[", 0..60),
        fence in "|---\n|\\+\\+\\+\n",
    ) {
        let text = parts.concat();
        check_bytes("a.json", text.as_bytes());
        check_bytes("a.md", format!("{fence}{text}\n{fence}{text}").as_bytes());
    }

    #[test]
    fn any_value_in_any_field_is_survived(
        key in "id|type|title|content|excerpt|date|slug|class_list|categories|_links|_embedded|meta|media_details|post|menus|parent|ID|post_content|author|terms|attachments",
        value in "-?[0-9]{1,25}|null|true|false|\"\"|\"x\"|\\[\\]|\\{\\}|\\[1,\"2\",\\{\\}\\]|\\{\"rendered\":7\\}|\\{\"raw\":\"x\"\\}|1e999|-0.5|\\[\\[\\{\"id\":1\\}\\]\\]",
        shape in "\"id\":1|\"ID\":1|\"term_id\":3|\"comment_ID\":3|\"id\":1,\"taxonomy\":\"x\",\"name\":\"y\"|\"id\":1,\"media_type\":\"image\"|\"id\":1,\"post\":2,\"author_name\":\"x\"",
    ) {
        check_bytes("a.json", format!("[{{{shape},\"{key}\":{value}}}]").as_bytes());
    }
}

#[test]
fn xml_takes_linear_time() {
    let id = "<wp:post_id>7</wp:post_id>";
    for many in ["<item>", "<a>", "<![CDATA[", "<item><![CDATA[", "<!--", "&", "<item></item>", "<"]
    {
        check_xml_quickly(&many.repeat(100_000));
        check_xml_quickly(&format!("<item>{id}{}", many.repeat(100_000)));
        check_xml_quickly(&format!("<item>{id}{}</item>", many.repeat(100_000)));
    }
    let categories: String = (0..50_000)
        .map(|n| format!("<category domain=\"d{n}\" nicename=\"x\">x</category>"))
        .collect();
    check_xml_quickly(&format!("<item>{id}{categories}</item>"));
    let terms: String = (0..50_000)
        .map(|n| format!("<wp:category><wp:category_nicename>{n}</wp:category_nicename><wp:category_parent>{}</wp:category_parent></wp:category>", n + 1))
        .collect();
    check_xml_quickly(&terms);
}

#[test]
fn deep_nesting_is_told() {
    for open in ["[", "{\"a\":", "[{\"a\":", "{\"id\":1,\"content\":["] {
        assert_eq!(check_quickly(&open.repeat(100_000)), ["invalid-json"], "{open}");
    }
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(check_quickly(&nested), ["invalid-json"]);
    let inner = format!(
        r#"{{"id":1,"type":"post","title":"x","content":"y","acme":{nested},"_embedded":{{"author":{nested}}}}}"#
    );
    assert_eq!(check_quickly(&inner), [""; 0]);
}

#[test]
fn front_matter_cannot_grow_without_end() {
    let letters: Vec<char> = ('a'..='k').collect();
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for pair in letters.windows(2) {
        let (one, two) = (pair[0], pair[1]);
        let many = format!("*{one}, ").repeat(9);
        bomb.push_str(&format!("{two}: &{two} [{many}]\n"));
    }
    let nested = format!("a: {}", "[".repeat(100_000));
    for front in [bomb, nested] {
        let yaml = format!("---\n{front}\n---\ntext");
        let toml = format!("+++\n{front}\n+++\ntext");
        let files = [("a.md", yaml.as_str()), ("b.md", &toml), ("c.json", &post_json(1, ""))];
        let start = Instant::now();
        let read = Folder::new(&files).read();
        assert!(start.elapsed() < PATIENCE);
        assert_eq!(codes(&read), ["invalid-front-matter", "invalid-front-matter"]);
    }
}

#[test]
fn many_keys_lines_and_breaks_take_linear_time() {
    let keys: String = (0..200_000).map(|n| format!("\"k{n}\":[1],")).collect();
    check_quickly(&format!("{{\"id\":1,\"type\":\"post\",\"title\":\"x\",{keys}\"z\":1}}"));
    check_quickly(&"{\n".repeat(200_000));
    check_quickly(&"{\"a\":1\n".repeat(200_000));
    check_quickly(&"[1,\n".repeat(200_000));
    check_quickly(&"{\"id\":1,\"type\":\"post\",\"title\":[\"<\"]}\n".repeat(20_000));
    let title = "<&".repeat(500_000);
    check_quickly(&format!("{{\"id\":1,\"type\":\"post\",\"title\":\"{title}\",\"slug\":[7]}}"));
    check_quickly(&"\"".repeat(400_000));
    let lines = "{\"id\":1 x}\n".repeat(500_000);
    assert_eq!(check_quickly(&lines).len(), 1);
    let lines = format!("{lines}{}", post_json(3, "").replace('\n', ""));
    assert_eq!(check_quickly(&lines).len(), 500_000);
}
