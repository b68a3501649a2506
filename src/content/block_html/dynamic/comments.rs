//! Comments: the latest of the site, and those under a post.

use std::fmt::Write;

use crate::content::block_html::dynamic::post::address;
use crate::content::block_html::dynamic::words::word;
use crate::content::block_html::dynamic::wrapper::{Wrapper, attribute, push_link};
use crate::content::block_html::dynamic::{dates, excerpts};
use crate::content::block_html::render::{Place, Renderer};
use crate::content::block_html::scope::Scope;
use crate::content::blocks::attributes::Attributes;
use crate::content::comments;
use crate::content::html::entities::{push_attribute, push_text};
use crate::content::sanitizer::{Writer, sanitize};
use crate::content::surroundings::facts::{CommentFacts, ThreadFacts};
use crate::content::text::plain_text;
use crate::ledger::Why;

/// Prints one of these blocks.
pub fn print(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope, name: &str) -> bool {
    match name {
        "comments" | "post-comments" => {
            let post = renderer.context.surroundings.post(scope.post_or(renderer));
            // What holds nothing but a form is not shown.
            return post.is_none_or(|post| post.comments == 0);
        }
        "latest-comments" => latest(renderer, &place.attributes()),
        "comments-title" => title(renderer, &place.attributes(), scope),
        "comment-template" => template(renderer, place, scope),
        "comment-author-name" | "comment-content" | "comment-date" => {
            one(renderer, &place.attributes(), scope, name);
        }
        "comment-edit-link" | "comment-reply-link" | "post-comments-form" => {
            let message = "left out what answers comments".to_owned();
            let help = "nothing: a static site takes no comments";
            let kind = ("comment-form", Why::NeedsServer);
            renderer.fates.warn("form-dropped", kind, message, help);
        }
        // All comments stand on one page.
        "comments-pagination"
        | "comments-pagination-next"
        | "comments-pagination-numbers"
        | "comments-pagination-previous" => {}
        _ => return false,
    }
    true
}

fn comment_address(comment: &CommentFacts<'_>) -> String {
    format!("{}#comment-{}", address(comment.post), comment.id.0)
}

fn latest(renderer: &mut Renderer<'_>, attributes: &Attributes) {
    let surroundings = renderer.context.surroundings;
    let count = attributes.count(&["commentsToShow"]).unwrap_or(5).clamp(1, 100);
    let comments = surroundings.newest_comments(count);
    let shows_date = attributes.is_not_off(&["displayDate"]);
    let shown = attributes.text(&["displayContent"]);
    let shows_excerpt = match shown {
        Some(shown) => shown == "excerpt",
        None => attributes.is_not_off(&["displayExcerpt"]),
    };
    let shows_all = shown == Some("full");
    let mut wrapper =
        Wrapper::new(if comments.is_empty() { "div" } else { "ol" }, "latest-comments");
    if attributes.is_not_off(&["displayAvatar"]) {
        wrapper = wrapper.class("has-avatars");
    }
    if shows_date {
        wrapper = wrapper.class("has-dates");
    }
    if shows_excerpt || shows_all {
        wrapper = wrapper.class("has-excerpts");
    }
    if comments.is_empty() {
        wrapper = wrapper.class("no-comments");
        wrapper.open(renderer, attributes);
        let _ = write!(renderer.html, "{}</div>", word(surroundings, "no_comments"));
        return;
    }
    wrapper.open(renderer, attributes);
    for comment in &comments {
        renderer.html.push_str("<li class=\"wp-block-latest-comments__comment\"><article><footer class=\"wp-block-latest-comments__comment-meta\">");
        meta(renderer, comment);
        if let (true, Some(date)) = (shows_date, comment.date) {
            let words = dates::written(renderer, &date, "");
            let class = " class=\"wp-block-latest-comments__comment-date\"";
            dates::push(&mut renderer.html, &date, &words, class);
        }
        renderer.html.push_str("</footer>");
        if shows_excerpt || shows_all {
            let text =
                if shows_all { whole(renderer, comment) } else { beginning(renderer, comment) };
            let _ = write!(
                renderer.html,
                "<div class=\"wp-block-latest-comments__comment-excerpt\">{text}</div>"
            );
        }
        renderer.html.push_str("</article></li>");
    }
    renderer.html.push_str("</ol>");
}

fn whole(renderer: &Renderer<'_>, comment: &CommentFacts<'_>) -> String {
    let surroundings = renderer.context.surroundings;
    let html = comments::html(comment.content, surroundings.locale());
    sanitize(&html, Writer::Commenter, surroundings).as_str().to_owned()
}

fn beginning(renderer: &Renderer<'_>, comment: &CommentFacts<'_>) -> String {
    let html = comments::html(comment.content, renderer.context.surroundings.locale());
    let beginning = excerpts::first_words(&plain_text(&html), 20);
    let mut html = String::from("<p>");
    push_attribute(&mut html, &beginning.text);
    html.push_str(if beginning.is_cut { "…</p>" } else { "</p>" });
    html
}

fn meta(renderer: &mut Renderer<'_>, comment: &CommentFacts<'_>) {
    let surroundings = renderer.context.surroundings;
    // The site's own people are found at their posts.
    let own = comment.user.and_then(|id| surroundings.author(id));
    let own = own.map(|author| format!("/?author={}", author.id.0));
    let url = match comment.author_url {
        "" => own,
        url => Some(url.to_owned()),
    };
    let class = " class=\"wp-block-latest-comments__comment-author\"";
    let mut author = String::new();
    match &url {
        Some(url) => push_link(&mut author, url, class),
        None => author.extend(["<span", class, ">"]),
    }
    push_text(&mut author, &plain_text(comment.author));
    author.push_str(if url.is_some() { "</a>" } else { "</span>" });
    let mut post = String::new();
    push_link(
        &mut post,
        &comment_address(comment),
        " class=\"wp-block-latest-comments__comment-link\"",
    );
    let title = surroundings.post(comment.post).map_or("", |post| post.title);
    let _ = write!(post, "{}</a>", if title.trim().is_empty() { "#" } else { title });
    let phrase = word(surroundings, "comment_on");
    renderer.html.push_str(&phrase.replace("{author}", &author).replace("{post}", &post));
}

fn title(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope) {
    let surroundings = renderer.context.surroundings;
    let Some(post) = surroundings.post(scope.post_or(renderer)) else { return };
    if post.comments == 0 {
        return;
    }
    let level = attributes.count(&["level"]).unwrap_or(2).clamp(1, 6);
    let tag = format!("h{level}");
    let shows_count = attributes.is_not_off(&["showCommentsCount"]);
    let shows_title = attributes.is_not_off(&["showPostTitle"]);
    let key = if post.comments == 1 { "response_one" } else { "responses" };
    let phrase = word(surroundings, key).replace("{n}", &post.comments.to_string());
    let quoted = format!("&#8220;{}&#8221;", post.title);
    let words = match (shows_count, shows_title) {
        (_, true) => phrase.replace("{title}", &quoted),
        (true, false) => phrase.split("{title}").next().unwrap_or_default().trim().to_owned(),
        (false, false) => quoted,
    };
    let id = if attributes.text(&["anchor"]).is_some() { None } else { Some("comments") };
    let mut wrapper = Wrapper::new(&tag, "comments-title");
    if let Some(id) = id {
        wrapper = wrapper.attribute("id", id);
    }
    wrapper.open(renderer, attributes);
    let _ = write!(renderer.html, "{words}</{tag}>");
}

fn template(renderer: &mut Renderer<'_>, place: &Place<'_>, scope: &Scope) {
    let surroundings = renderer.context.surroundings;
    let threads = surroundings.comments_of(scope.post_or(renderer));
    if threads.is_empty() {
        return;
    }
    Wrapper::new("ol", "comment-template").open(renderer, &place.attributes());
    let mut count = 0;
    for thread in &threads {
        threads_below(renderer, place, (thread, scope), (1, &mut count));
    }
    renderer.html.push_str("</ol>");
}

fn threads_below(
    renderer: &mut Renderer<'_>,
    place: &Place<'_>,
    (thread, scope): (&ThreadFacts<'_>, &Scope),
    (depth, count): (usize, &mut usize),
) {
    if !renderer.may_repeat(place) {
        return;
    }
    let side = if count.is_multiple_of(2) { "even" } else { "odd alt" };
    let thread_side = if depth > 1 {
        String::new()
    } else {
        format!(" thread-{}", side.replace(" alt", " thread-alt"))
    };
    let id = thread.comment.id.0;
    *count += 1;
    let _ = write!(
        renderer.html,
        "<li id=\"comment-{id}\" class=\"comment {side}{thread_side} depth-{depth}\">"
    );
    let inner = Scope { comment: Some(thread.comment.id), ..scope.clone() };
    renderer.nodes(place.document, place.inner(), &inner);
    if !thread.answers.is_empty() {
        renderer.html.push_str("<ol>");
        for answer in &thread.answers {
            threads_below(renderer, place, (answer, scope), (depth + 1, count));
        }
        renderer.html.push_str("</ol>");
    }
    renderer.html.push_str("</li>");
}

fn find<'s>(threads: &[ThreadFacts<'s>], scope: &Scope) -> Option<CommentFacts<'s>> {
    threads.iter().find_map(|thread| match Some(thread.comment.id) == scope.comment {
        true => Some(thread.comment),
        false => find(&thread.answers, scope),
    })
}

fn one(renderer: &mut Renderer<'_>, attributes: &Attributes, scope: &Scope, name: &str) {
    let surroundings = renderer.context.surroundings;
    if scope.comment.is_none() {
        return;
    }
    let threads = surroundings.comments_of(scope.post_or(renderer));
    let Some(comment) = find(&threads, scope) else { return };
    Wrapper::new("div", name).open(renderer, attributes);
    let is_link = attributes.is_not_off(&["isLink"]);
    match name {
        "comment-author-name" => {
            let is_link = is_link && !comment.author_url.is_empty();
            let html = &mut renderer.html;
            if is_link {
                let target = attributes.text(&["linkTarget"]).unwrap_or("_self");
                let more = " rel=\"external nofollow ugc\"".to_owned()
                    + &attribute("target", Some(target));
                push_link(html, comment.author_url, &more);
            }
            push_text(html, &plain_text(comment.author));
            html.push_str(if is_link { "</a>" } else { "" });
        }
        "comment-date" => {
            if let Some(date) = comment.date {
                let format = attributes.text(&["format"]).filter(|it| *it != "human-diff");
                let words = dates::written(renderer, &date, format.unwrap_or_default());
                let html = &mut renderer.html;
                let _ = write!(html, "<time datetime=\"{}\">", dates::machine(&date));
                if is_link {
                    push_link(html, &comment_address(&comment), "");
                }
                push_attribute(html, &words);
                html.push_str(if is_link { "</a></time>" } else { "</time>" });
            }
        }
        _ => {
            let text = whole(renderer, &comment);
            renderer.html.push_str(&text);
        }
    }
    renderer.html.push_str("</div>");
}
