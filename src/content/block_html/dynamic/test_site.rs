//! A small site, for tests of the blocks that ask it.

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset};

use crate::content::surroundings::Surroundings;
use crate::content::surroundings::facts::{
    AuthorFacts, CommentFacts, PostFacts, SiteFacts, TermFacts, ThreadFacts,
};
use crate::model::{AuthorId, Body, BodyFormat, CommentId, CommentText, PostId, TermId};

/// Three posts, of which the second is sticky, and a page below another.
pub struct News;

const TERMS: [(u64, &str, &str, Option<u64>, usize); 3] = [
    (1, "category", "Boats & co", None, 2),
    (2, "category", "Oars", Some(1), 1),
    (3, "post_tag", "Wood", None, 1),
];

static COMMENT: LazyLock<CommentText> =
    LazyLock::new(|| CommentText::Rendered("<p>Well <b>done</b>.</p><script>x</script>".into()));

fn date(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text).ok()
}

impl Surroundings for News {
    fn site(&self) -> SiteFacts<'_> {
        let title = "The \"News\"";
        SiteFacts {
            title,
            home: "/",
            date_format: "j F Y",
            posts_per_page: 5,
            ..SiteFacts::default()
        }
    }

    fn posts(&self, post_type: &str) -> Vec<PostId> {
        match post_type {
            "post" => [13, 12, 11].map(PostId).to_vec(),
            "page" => [21, 20].map(PostId).to_vec(),
            _ => Vec::new(),
        }
    }

    fn post(&self, id: PostId) -> Option<PostFacts<'_>> {
        let (title, day, terms): (_, _, &[TermId]) = match id.0 {
            5 => ("This one", "2026-03-01T10:00:00+01:00", &[]),
            11 => ("Boats", "2026-01-05T10:00:00+01:00", &[TermId(1), TermId(3)]),
            12 => ("An oar", "2026-01-09T10:00:00+01:00", &[TermId(1)]),
            13 => ("", "2026-02-01T10:00:00+01:00", &[]),
            20 => ("About", "2025-01-01T10:00:00+01:00", &[]),
            21 => ("Team", "2025-01-02T10:00:00+01:00", &[]),
            _ => return None,
        };
        let is_post = id.0 < 20;
        Some(PostFacts {
            id,
            post_type: if is_post { "post" } else { "page" },
            title,
            slug: "slug",
            date: date(day),
            modified: date(day),
            author: AuthorId(1),
            featured_media: None,
            excerpt: "One two three…",
            excerpt_html: (id.0 == 13).then_some("One <em>two</em>."),
            has_own_excerpt: id.0 == 13,
            terms,
            parent: (id.0 == 21).then_some(PostId(20)),
            menu_order: 0,
            is_sticky: id.0 == 12,
            format: "",
            words: 400,
            comments: usize::from(id.0 == 11),
            comments_open: false,
            previous: (id.0 == 12).then_some(PostId(11)),
            next: None,
            footnotes: r#"[{"id":"a-b","content":"A <em>note</em>."}]"#,
        })
    }

    fn body(&self, id: PostId) -> Option<Body> {
        let text = match id.0 {
            11 => {
                "<!-- wp:paragraph --><p>One two three four.</p><!-- /wp:paragraph --><!--more-->Five."
            }
            // It shows itself, and all others.
            12 => {
                "<!-- wp:latest-posts {\"displayPostContent\":true,\"displayPostContentRadio\":\"full_post\"} /-->"
            }
            _ => "",
        };
        Some(Body::new(BodyFormat::Blocks, text.to_owned()))
    }

    fn terms(&self, taxonomy: &str) -> Vec<TermId> {
        TERMS.iter().filter(|term| term.1 == taxonomy).map(|term| TermId(term.0)).collect()
    }

    fn term(&self, id: TermId) -> Option<TermFacts<'_>> {
        let &(_, taxonomy, name, parent, count) = TERMS.iter().find(|term| term.0 == id.0)?;
        let parent = parent.map(TermId);
        let below = TERMS.iter().filter(|term| term.3 == Some(id.0)).map(|term| term.4);
        let count_below = count + below.sum::<usize>();
        let (slug, description) = ("slug", "");
        Some(TermFacts { id, taxonomy, name, slug, description, parent, count, count_below })
    }

    fn author(&self, id: AuthorId) -> Option<AuthorFacts<'_>> {
        Some(AuthorFacts { id, name: "Ann O'Neill", description: "" })
    }

    fn comments_of(&self, post: PostId) -> Vec<ThreadFacts<'_>> {
        let comments = self.newest_comments(1).into_iter().filter(|it| it.post == post);
        comments.map(|comment| ThreadFacts { comment, answers: Vec::new() }).collect()
    }

    fn newest_comments(&self, _: usize) -> Vec<CommentFacts<'_>> {
        vec![CommentFacts {
            id: CommentId(7),
            post: PostId(11),
            author: "Bob &amp; co &#8211; <b>news</b>",
            author_url: "",
            user: Some(AuthorId(7)),
            date: date("2026-01-06T10:00:00+01:00"),
            content: &COMMENT,
            is_ping: false,
        }]
    }

    fn most_loop_pages(&self, _: PostId) -> usize {
        2
    }

    fn reusable_block(&self, id: PostId) -> Option<&Body> {
        static BLOCKS: std::sync::OnceLock<[Body; 2]> = std::sync::OnceLock::new();
        let blocks = BLOCKS.get_or_init(|| {
            ["<!-- wp:block {\"ref\":30} /-->again", "<!-- wp:heading {\"metadata\":{\"name\":\"Head\",\"bindings\":{\"__default\":{\"source\":\"core/pattern-overrides\"}}}} --><h2 id=\"h\">Own</h2><!-- /wp:heading -->"]
                .map(|text| Body::new(BodyFormat::Blocks, text.to_owned()))
        });
        blocks.get(usize::try_from(id.0).ok()?.checked_sub(30)?)
    }
}
