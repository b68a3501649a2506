//! The hosts at which sites of WordPress.com were before they had a domain of their own: there they still
//! answer, and old texts link to them.

use std::collections::BTreeSet;

use crate::model::{Attachment, Export, Post};
use crate::site::old_site::addresses::host_of;

/// What such hosts end with.
pub const WORDPRESS_COM: &str = ".wordpress.com";
/// What the hosts of their files end with.
pub const FILES: &str = ".files.wordpress.com";

/// Returns the hosts of posts that the site itself made, whose guids name the number they still have, as
/// far as its files are there, too: elsewhere the site is a copy of one that may go on.
pub fn own(export: &Export, attachments: &[Attachment]) -> BTreeSet<String> {
    let files = attachments.iter().filter_map(|attachment| host_of(&attachment.source_url));
    let files = files.map(|host| host.replace(FILES, WORDPRESS_COM));
    let files: BTreeSet<String> = files.collect();
    let is_own = |post: &&Post| {
        let query = post.guid.split_once('?').map_or("", |(_, query)| query);
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let number = pairs.find(|(name, _)| matches!(*name, "p" | "page_id"));
        number.is_some_and(|(_, number)| number.parse() == Ok(post.id.0))
    };
    let mut own = hosts(export.posts.iter().filter(is_own));
    own.retain(|host| files.contains(host));
    own
}

/// Returns the hosts of all posts, also of those that came from another site.
pub fn all(export: &Export) -> BTreeSet<String> {
    hosts(export.posts.iter())
}

fn hosts<'e>(posts: impl Iterator<Item = &'e Post>) -> BTreeSet<String> {
    let there = posts.filter(|post| post.guid.contains(WORDPRESS_COM));
    let hosts = there.filter_map(|post| host_of(&post.guid));
    hosts.filter(|host| host.ends_with(WORDPRESS_COM)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PostId;
    use crate::site::old_site::OldSite;

    #[test]
    fn links_to_the_first_name_of_a_site_are_its_own() {
        let post = |id, guid: &str| Post {
            id: PostId(id),
            guid: guid.into(),
            link: "https://garden.example/a/".into(),
            ..Post::default()
        };
        let mut export = Export::default();
        export.site.home = Some("https://garden.example".to_owned());
        export.posts = vec![
            post(7, "http://garden.wordpress.com/?p=7"),
            post(8, "http://garden.wordpress.com/?page_id=8"),
            post(9, "http://other.wordpress.com/?p=12"),
            post(10, "http://evil.example/.wordpress.com?p=10"),
        ];
        let file = Attachment {
            source_url: "https://garden.files.wordpress.com/2024/05/a.jpg".into(),
            ..Attachment::default()
        };
        let copy = OldSite::of(&export, &[], &[]);
        assert!(copy.local("http://garden.wordpress.com/about/").is_none());
        let old = OldSite::of(&export, &[file], &[]);
        let path = |address: &'static str| old.local(address).map(|local| local.path);
        assert_eq!(path("http://garden.wordpress.com/about/"), Some("/about/"));
        assert_eq!(path("https://other.wordpress.com/about/"), None);
        assert_eq!(path("http://evil.example/about/"), None);
        assert!(all(&export).contains("other.wordpress.com"));
    }
}
