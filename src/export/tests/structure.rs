//! The site itself, its kinds of posts, its menus.

use crate::export::tests::{Folder, read_quietly};
use crate::model::{MenuObject, PostId, TermId};

#[test]
fn the_root_index_names_the_site() {
    let export = read_quietly(
        r#"{"name":"Tea &amp; More","description":"","url":"https://example.org/wp/","home":"https://example.org/",
        "gmt_offset":"5.5","timezone_string":"","namespaces":["wp/v2"],"routes":{"/":{"methods":["GET"]}},
        "show_on_front":"page","page_on_front":7,"page_for_posts":"9","site_icon":0,"site_logo":31}"#,
    );
    let site = &export.site;
    assert_eq!(site.name.as_deref(), Some("Tea &amp; More"));
    assert_eq!(site.home.as_deref(), Some("https://example.org"));
    assert_eq!(site.url.as_deref(), Some("https://example.org/wp"));
    assert_eq!((site.gmt_offset, &site.timezone), (Some(5.5), &None));
    assert_eq!((site.page_on_front, site.page_for_posts), (Some(PostId(7)), Some(PostId(9))));
    assert_eq!((site.site_icon, site.site_logo), (None, Some(PostId(31))));
}

#[test]
fn settings_complete_the_index() {
    let index = r#"{"name":"Tea","description":"d","home":"https://example.org","url":"https://example.org",
        "namespaces":[],"show_on_front":"posts","page_on_front":7}"#;
    let settings = r#"{"title":"Tea","description":"d","url":"https://example.org","email":"private@example.org",
        "timezone":"Asia/Kolkata","language":"bo","posts_per_page":5,"show_on_front":"posts","page_on_front":0}"#;
    let read = Folder::new(&[("a.json", index), ("b.json", settings)]).read();
    assert_eq!(read.diagnostics, []);
    let site = &read.value.site;
    assert_eq!(site.timezone.as_deref(), Some("Asia/Kolkata"));
    assert_eq!((site.language.as_deref(), site.posts_per_page), (Some("bo"), Some(5)));
    assert_eq!(site.page_on_front, None);
    assert!(!format!("{:?}", read.value).contains("private@"));
}

#[test]
fn a_zone_may_be_an_offset() {
    let zone = |zone: &str| {
        let json = format!(
            r#"{{"title":"T","url":"https://example.org","posts_per_page":1,"timezone":"{zone}"}}"#
        );
        let site = read_quietly(&json).site;
        (site.gmt_offset, site.timezone)
    };
    assert_eq!(zone("UTC+5.5"), (Some(5.5), None));
    assert_eq!(zone("-03:30"), (Some(-3.5), None));
    assert_eq!(zone("Europe/Berlin"), (None, Some("Europe/Berlin".to_owned())));
}

#[test]
fn post_types_and_taxonomies_stand_in_maps() {
    let types = r#"{"post":{"name":"Posts","slug":"post","hierarchical":false,"has_archive":false,"rest_base":"posts","taxonomies":["category"]},
        "book":{"name":"Books","slug":"book","hierarchical":true,"has_archive":"library/books","rest_base":"books","viewable":true,"taxonomies":[]},
        "film":{"name":"Films","slug":"film","hierarchical":false,"has_archive":true,"rest_base":"films","viewable":false},
        "play":{"name":"Plays","slug":"play","hierarchical":false,"has_archive":true,"rewrite":{"slug":"stage"}}}"#;
    let taxonomies = r#"{"genre":{"name":"Genres","slug":"genre","types":["book"],"hierarchical":true,"rest_base":"book-genres","visibility":{"public":true,"publicly_queryable":false}}}"#;
    let book = r#"{"id":1,"type":"book","status":"publish","title":"x","content":"y","book-genres":[8],"numbers":[1,2]}"#;
    let statuses = r#"{"publish":{"name":"Published","public":true,"queryable":true,"slug":"publish","date_floating":false}}"#;
    let film = r#"{"id":2,"type":"film","status":"publish","slug":"hi","title":"x","content":"y","link":"https://example.org/cinema/hi/"}"#;
    let files = [
        ("b.json", book),
        ("f.json", film),
        ("s.json", statuses),
        ("t.json", taxonomies),
        ("y.json", types),
    ];
    let read = Folder::new(&files).read();
    assert_eq!(read.diagnostics, []);
    let export = &read.value;
    let archives: Vec<_> =
        export.post_types.iter().map(|kind| kind.archive_slug.as_deref()).collect();
    assert_eq!(archives, [None, Some("library/books"), Some("cinema"), Some("stage")]);
    let viewable: Vec<_> = export.post_types.iter().map(|kind| kind.is_viewable).collect();
    assert_eq!(viewable, [None, Some(true), Some(false), None]);
    assert!(export.taxonomies[0].is_hierarchical);
    assert_eq!(export.taxonomies[0].is_viewable, Some(false));
    assert_eq!(export.taxonomies[0].rest_base.as_ref(), "book-genres");
    assert_eq!(*export.posts[0].terms, [TermId(8)]);
    assert_eq!(export.terms[0].taxonomy.as_ref(), "genre");
}

#[test]
fn menus_have_their_items_in_order() {
    let menus = r#"[{"id":20,"name":"Main","slug":"main","description":"","locations":["primary"],"auto_add":false},
        {"id":21,"name":"Foot","slug":"foot","description":"","locations":[],"auto_add":false}]"#;
    let items = r#"[
        {"id":3,"title":{"rendered":"Sub"},"status":"publish","url":"https://example.org/sub/","type":"post_type","object":"page","object_id":7,"parent":2,"menu_order":3,"invalid":false,"menus":20},
        {"id":1,"title":{"rendered":"Home"},"status":"publish","url":"/","type":"custom","object":"custom","object_id":1,"parent":0,"menu_order":1,"menus":20},
        {"id":2,"title":{"rendered":"Boats"},"status":"publish","url":"https://example.org/c/","type":"taxonomy","object":"category","object_id":4,"parent":0,"menu_order":2,"menus":[20,21]},
        {"id":4,"title":{"rendered":"Gone"},"status":"draft","url":"","type":"custom","object":"custom","object_id":4,"parent":0,"menu_order":4,"menus":20},
        {"id":5,"title":{"rendered":"Bad"},"status":"publish","url":"","type":"post_type","object":"page","object_id":99,"parent":0,"menu_order":5,"invalid":true,"menus":20}]"#;
    let locations = r#"{"primary":{"name":"primary","description":"Top","menu":20},
        "footer":{"name":"footer","description":"Below","menu":21},"social":{"name":"social","description":"","menu":0}}"#;
    let files = [("a.json", menus), ("b.json", items), ("c.json", locations), ("d.json", items)];
    let read = Folder::new(&files).read();
    assert_eq!(read.diagnostics, []);
    let [main, foot] = &read.value.menus[..] else { panic!("two menus") };
    assert_eq!(
        (main.locations.as_deref().unwrap(), foot.locations.as_deref().unwrap()),
        (&["primary".to_owned()][..], &["footer".to_owned()][..])
    );
    let titles: Vec<_> = main.items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Home", "Boats", "Sub"]);
    assert_eq!(main.items[0].object, MenuObject::Address);
    assert_eq!(main.items[1].object, MenuObject::Term(TermId(4)));
    assert_eq!(main.items[2].object, MenuObject::Post(PostId(7)));
    assert_eq!(main.items[2].parent, Some(2));
    assert_eq!(foot.items.len(), 1);
}

#[test]
fn a_list_under_the_name_of_a_taxonomy_of_types_is_of_its_terms() {
    let types = r#"{"talk":{"name":"Talks","slug":"talk","hierarchical":false,"rest_base":"talks","taxonomies":["category","stage"]}}"#;
    let talk = |fields: &str| {
        format!(
            r#"{{"id":1,"type":"talk","status":"publish","title":"x","content":"y","stage":[30],"seats":[7]{fields}}}"#
        )
    };
    let check = |talk: &str, taxonomies: &str, terms: &[&str], unsure: &[&str]| {
        let files = [("types.json", types), ("talk.json", talk), ("taxonomies.json", taxonomies)];
        let export = Folder::new(&files).read().value;
        assert_eq!(export.terms.iter().map(|term| &*term.taxonomy).collect::<Vec<_>>(), terms);
        let found = export.unsure_taxonomies.iter().map(|name| &**name);
        assert_eq!(found.collect::<Vec<_>>(), unsure);
    };
    check(&talk(""), "[]", &["stage"], &["stage"]);
    // Classes have only what is public.
    check(&talk(r#","class_list":["stage-main"]"#), "[]", &["stage"], &[]);
    let listed = r#"{"genre":{"name":"Genres","slug":"genre","types":["book"],"hierarchical":true,"rest_base":"genres"}}"#;
    check(&talk(""), listed, &[], &[]);
}
