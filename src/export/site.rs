//! What an export says of the site itself: its root index, its settings, its kinds of posts.

use crate::export::json::{self, Record, Unreadable};
use crate::export::reader::{self, Reader};
use crate::model::{LanguagePlugin, PostId, PostType, SiteRecord, Taxonomy};

/// Reads the root index (`/wp-json/`).
pub(super) fn read_index(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let timezone = text(record, "timezone_string")?;
    let site = SiteRecord {
        name: text(record, "name")?,
        description: record.text("description")?.map(Into::into),
        home: address(record, "home")?,
        url: address(record, "url")?,
        timezone: timezone.filter(|zone| !zone.starts_with("UTC")),
        gmt_offset: record.fraction("gmt_offset"),
        has_amp: has_amp(record),
        language_plugin: language_plugin(record),
        ..read_choices(record)?
    };
    reader.copies.sites.push(site);
    Ok(())
}

/// Reads the settings (`/wp/v2/settings`). There `url` is where WordPress is installed, which is
/// mostly the public address as well.
pub(super) fn read_settings(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<(), Unreadable> {
    let timezone = text(record, "timezone")?;
    let posts_per_page = record.id("posts_per_page")?;
    let site = SiteRecord {
        name: text(record, "title")?,
        description: record.text("description")?.map(Into::into),
        url: address(record, "url")?,
        language: text(record, "language")?,
        gmt_offset: timezone.as_deref().and_then(offset),
        timezone: timezone.filter(|zone| offset(zone).is_none()),
        posts_per_page: posts_per_page.and_then(|count| usize::try_from(count).ok()),
        date_format: text(record, "date_format")?,
        ..read_choices(record)?
    };
    reader.copies.sites.push(site);
    Ok(())
}

/// Reads a post type.
pub(super) fn read_post_type(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<(), Unreadable> {
    let Some(name) = text(record, "slug")? else { return Ok(()) };
    let rest_base = text(record, "rest_base")?.unwrap_or_else(|| name.clone());
    let post_type = PostType {
        label: reader::boxed(record, "name")?.unwrap_or_default(),
        is_hierarchical: record.flag("hierarchical").unwrap_or(false),
        archive_slug: archive_slug(record, &name).map(Into::into),
        rest_base: rest_base.into(),
        is_viewable: record.flag("viewable"),
        name: reader.shared(&name),
    };
    reader.copies.post_types.push(post_type);
    for name in record.list("taxonomies").ok().flatten().unwrap_or_default() {
        let name = reader.shared(&json::string(name.get()));
        reader.copies.taxonomies_of_types.insert(name);
    }
    Ok(())
}

/// Reads a taxonomy.
pub(super) fn read_taxonomy(
    reader: &mut Reader<'_>,
    record: &Record<'_>,
) -> Result<(), Unreadable> {
    let Some(name) = text(record, "slug")? else { return Ok(()) };
    let visibility = record.object("visibility").ok().flatten().unwrap_or_default();
    let taxonomy = Taxonomy {
        label: reader::boxed(record, "name")?.unwrap_or_default(),
        is_hierarchical: record.flag("hierarchical").unwrap_or(false),
        rest_base: text(record, "rest_base")?.unwrap_or_else(|| name.clone()).into(),
        is_viewable: visibility.flag("publicly_queryable"),
        name: reader.shared(&name),
    };
    reader.copies.taxonomies.push(taxonomy);
    Ok(())
}

/// Plugins announce themselves by what they add to the API. None if the index lacks the list.
fn has_amp(record: &Record<'_>) -> Option<bool> {
    let namespaces = json::elements(record.get("namespaces")?)?;
    Some(namespaces.iter().any(|namespace| {
        let name = json::string(namespace.get());
        name.starts_with("amp/") || name.starts_with("amp-") || name.starts_with("ampforwp")
    }))
}

fn language_plugin(record: &Record<'_>) -> Option<LanguagePlugin> {
    let namespaces = json::elements(record.get("namespaces")?)?;
    namespaces.iter().find_map(|namespace| match &*json::string(namespace.get()) {
        name if name.starts_with("pll/") => Some(LanguagePlugin::Polylang),
        name if name.starts_with("wpml/") => Some(LanguagePlugin::Wpml),
        _ => None,
    })
}

/// Reads what index and settings share.
fn read_choices(record: &Record<'_>) -> Result<SiteRecord, Unreadable> {
    let id = |key| Ok(record.id(key)?.map(PostId));
    let has_page_on_front = record.text("show_on_front")?.as_deref() == Some("page");
    Ok(SiteRecord {
        page_on_front: id("page_on_front")?.filter(|_| has_page_on_front),
        page_for_posts: id("page_for_posts")?.filter(|_| has_page_on_front),
        site_icon: id("site_icon")?,
        site_logo: id("site_logo")?,
        ..SiteRecord::default()
    })
}

/// `has_archive` is a path, or says that the path is the type's own.
fn archive_slug(record: &Record<'_>, name: &str) -> Option<String> {
    let clean =
        |path: &str| Some(path.trim_matches('/').to_owned()).filter(|path| !path.is_empty());
    match record.flag("has_archive") {
        None => clean(&record.hint("has_archive")),
        Some(false) => None,
        Some(true) => {
            let rewrite = record.object("rewrite").ok().flatten().unwrap_or_default();
            clean(&rewrite.hint("slug")).or_else(|| Some(name.to_owned()))
        }
    }
}

fn text(record: &Record<'_>, key: &'static str) -> Result<Option<String>, Unreadable> {
    Ok(record.text(key)?.filter(|text| !text.is_empty()).map(Into::into))
}

fn address(record: &Record<'_>, key: &'static str) -> Result<Option<String>, Unreadable> {
    let address = text(record, key)?.map(|address| address.trim_end_matches('/').to_owned());
    Ok(address.filter(|address| !address.is_empty()))
}

/// Returns the hours in a zone such as `UTC+5.5`, or `+05:30`.
fn offset(zone: &str) -> Option<f64> {
    let clock = zone.strip_prefix("UTC").unwrap_or(zone);
    if clock.is_empty() {
        return None;
    }
    let (hours, minutes) = clock.split_once(':').unwrap_or((clock, "0"));
    let (hours, minutes): (f64, f64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let is_possible = hours.abs() <= 15.0 && (0.0..60.0).contains(&minutes);
    let fraction = if clock.starts_with('-') { -minutes } else { minutes } / 60.0;
    is_possible.then_some(hours + fraction)
}
