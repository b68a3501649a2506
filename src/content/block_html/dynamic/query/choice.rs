//! Which posts a query loop shows.

use std::cmp::{Ordering, Reverse};

use serde_json::Value;

use crate::content::blocks::attributes::Attributes;
use crate::content::surroundings::Surroundings;
use crate::content::surroundings::facts::PostFacts;
use crate::content::text::plain_text;
use crate::model::{PostId, TermId};

/// The posts of a page of a loop.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    /// In order.
    pub posts: Vec<PostId>,
    /// Which page it is: 1 or more.
    pub page: usize,
    /// How many there are on all pages.
    pub total: usize,
    /// How many stand on a page.
    pub per_page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// No page of a loop holds more.
const MOST: usize = 100;

/// Finds the posts of a page of a loop. `own` is the post it stands in.
pub fn find(
    surroundings: &dyn Surroundings,
    attributes: &Attributes,
    (own, page): (PostId, usize),
) -> Found {
    if attributes.is_on(&["query", "inherit"]) {
        return inherited(surroundings, own);
    }
    let query = Query { surroundings, attributes };
    let post_type = attributes.text(&["query", "postType"]).unwrap_or("post");
    let ids = surroundings.posts(post_type).into_iter();
    let mut posts: Vec<PostFacts<'_>> = ids.filter_map(|id| surroundings.post(id)).collect();
    let wanted = query.filter();
    posts.retain(|post| wanted.holds(post));
    query.sort(&mut posts);
    let per_page = query.per_page();
    let offset = attributes.count(&["query", "offset"]).unwrap_or(0);
    let total = posts.len();
    let before = offset + (page - 1) * per_page;
    let shown: Vec<PostId> = posts.iter().skip(before).take(per_page).map(|post| post.id).collect();
    let pages = total.div_ceil(per_page);
    let most = attributes.count(&["query", "pages"]).filter(|most| *most > 0);
    Found {
        posts: if page == 1 { query.with_sticky(shown, post_type) } else { shown },
        page,
        total,
        per_page,
        pages: most.map_or(pages, |most| most.min(pages)),
    }
}

/// What a text inherits is the query for itself.
fn inherited(surroundings: &dyn Surroundings, own: PostId) -> Found {
    let posts: Vec<PostId> = surroundings.post(own).map(|post| post.id).into_iter().collect();
    Found { total: posts.len(), page: 1, pages: posts.len(), per_page: 1, posts }
}

struct Query<'q> {
    surroundings: &'q dyn Surroundings,
    attributes: &'q Attributes,
}

/// What posts must be like.
#[derive(Debug, Default)]
struct Filter {
    authors: Vec<u64>,
    excluded: Vec<u64>,
    words: Vec<String>,
    /// Of each of these at least one.
    any_of: Vec<Vec<TermId>>,
    none_of: Vec<TermId>,
    parents: Vec<u64>,
    formats: Vec<String>,
    sticky: Option<bool>,
}

impl Query<'_> {
    fn at(&self, name: &str) -> Option<&Value> {
        self.attributes.at(&["query", name])
    }

    fn per_page(&self) -> usize {
        let asked = self.attributes.number(&["query", "perPage"]);
        let asked = asked.map_or(self.surroundings.site().posts_per_page, |count| count as usize);
        asked.clamp(1, MOST)
    }

    fn filter(&self) -> Filter {
        let text = |name| self.attributes.text(&["query", name]).unwrap_or_default();
        let author = self.attributes.written(&["query", "author"]).unwrap_or_default();
        let is_hierarchical = text("postType") == "page";
        let search = text("search").to_lowercase();
        let mut filter = Filter {
            authors: author.split(',').filter_map(|id| id.trim().parse().ok()).collect(),
            excluded: self.attributes.ids(&["query", "exclude"]),
            words: search.split_whitespace().map(str::to_owned).collect(),
            parents: match is_hierarchical {
                true => self.attributes.ids(&["query", "parents"]),
                false => Vec::new(),
            },
            formats: strings(self.at("format")),
            sticky: match text("sticky") {
                "only" => Some(true),
                "exclude" => Some(false),
                _ => None,
            },
            ..Filter::default()
        };
        for (name, taxonomy) in [("categoryIds", "category"), ("tagIds", "post_tag")] {
            let ids = self.attributes.ids(&["query", name]);
            self.terms(&mut filter, ids, taxonomy);
        }
        let [included, excluded] = self.taxonomies();
        for (taxonomy, ids) in included.and_then(Value::as_object).into_iter().flatten() {
            self.terms(&mut filter, numbers(ids), taxonomy);
        }
        for ids in excluded.and_then(Value::as_object).into_iter().flatten() {
            let below =
                numbers(ids.1).into_iter().flat_map(|id| self.with_below(TermId(id), ids.0));
            filter.none_of.extend(below);
        }
        filter
    }

    /// Returns what is said of terms that posts must have, and of those they must not have. It once said only
    /// the former.
    fn taxonomies(&self) -> [Option<&Value>; 2] {
        let told = self.at("taxQuery");
        let part = |name| told.and_then(|told| told.get(name));
        match (part("include"), part("exclude")) {
            (None, None) => [told, None],
            parts => parts.into(),
        }
    }

    fn includes_terms(&self) -> bool {
        let included = self.taxonomies()[0].and_then(Value::as_object);
        included.is_some_and(|taxonomies| !taxonomies.is_empty())
    }

    fn terms(&self, filter: &mut Filter, ids: Vec<u64>, taxonomy: &str) {
        if !ids.is_empty() {
            let all = ids.into_iter().flat_map(|id| self.with_below(TermId(id), taxonomy));
            filter.any_of.push(all.collect());
        }
    }

    /// Returns a term and those below it: posts of these are its posts, too. WordPress passes over
    /// those below it where a loop chooses.
    fn with_below(&self, id: TermId, _taxonomy: &str) -> Vec<TermId> {
        vec![id]
    }

    fn sort(&self, posts: &mut [PostFacts<'_>]) {
        let order = self.attributes.text(&["query", "order"]).unwrap_or("desc");
        let by = self.attributes.text(&["query", "orderBy"]).unwrap_or("date");
        let is_down = !order.eq_ignore_ascii_case("asc");
        let turn = |order: Ordering| if is_down { order.reverse() } else { order };
        match by {
            "title" => {
                let titles: std::collections::HashMap<PostId, String> = posts
                    .iter()
                    .map(|post| (post.id, plain_text(post.title).to_lowercase()))
                    .collect();
                posts.sort_by(|one, other| turn(titles[&one.id].cmp(&titles[&other.id])));
            }
            "modified" => posts.sort_by(|one, other| turn(one.modified.cmp(&other.modified))),
            "menu_order" | "menuOrder" => {
                posts.sort_by(|one, other| turn(one.menu_order.cmp(&other.menu_order)));
            }
            "author" => posts.sort_by(|one, other| turn(one.author.cmp(&other.author))),
            "id" | "ID" => posts.sort_by(|one, other| turn(one.id.cmp(&other.id))),
            "comment_count" => posts.sort_by(|one, other| turn(one.comments.cmp(&other.comments))),
            // Newest first is how they come.
            _ if is_down => {}
            _ => posts.reverse(),
        }
    }

    /// Puts the sticky posts first, as on a home page, in addition to the others.
    fn with_sticky(&self, page: Vec<PostId>, post_type: &str) -> Vec<PostId> {
        let is_chosen = self.includes_terms()
            || ["categoryIds", "tagIds"]
                .iter()
                .any(|name| !self.attributes.ids(&["query", name]).is_empty())
            || self.attributes.text(&["query", "search"]).is_some()
            || !strings(self.at("format")).is_empty();
        let choice = self.attributes.text(&["query", "sticky"]).unwrap_or_default();
        if is_chosen || !choice.is_empty() || post_type != "post" {
            return page;
        }
        let excluded = self.attributes.ids(&["query", "exclude"]);
        let ids = self.surroundings.posts("post").into_iter();
        let is_sticky =
            |id: &PostId| self.surroundings.post(*id).is_some_and(|post| post.is_sticky);
        let mut first: Vec<PostId> =
            ids.filter(|id| !excluded.contains(&id.0)).filter(is_sticky).collect();
        // Those of the page keep their order, before those that are added.
        first.sort_by_key(|id| Reverse(page.contains(id)));
        let rest = page.into_iter().filter(|id| !first.contains(id)).collect::<Vec<_>>();
        first.into_iter().chain(rest).collect()
    }
}

impl Filter {
    fn holds(&self, post: &PostFacts<'_>) -> bool {
        let is_by = self.authors.is_empty() || self.authors.contains(&post.author.0);
        let has_terms =
            self.any_of.iter().all(|any| any.iter().any(|term| post.terms.contains(term)));
        let has_none = !self.none_of.iter().any(|term| post.terms.contains(term));
        let is_below = self.parents.is_empty()
            || post.parent.is_some_and(|parent| self.parents.contains(&parent.0));
        let format = if post.format.is_empty() { "standard" } else { post.format };
        let has_format = self.formats.is_empty() || self.formats.iter().any(|it| it == format);
        is_by
            && has_terms
            && has_none
            && is_below
            && has_format
            && !self.excluded.contains(&post.id.0)
            && self.sticky.is_none_or(|wanted| post.is_sticky == wanted)
            && self.says(post)
    }

    /// Searching looks at title and excerpt: the texts themselves are not at hand here.
    fn says(&self, post: &PostFacts<'_>) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = format!("{} {}", plain_text(post.title), post.excerpt).to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

fn numbers(value: &Value) -> Vec<u64> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_u64).collect()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
