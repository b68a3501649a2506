//! The text of a `stillpress.toml`: what the export says, and all else commented out. Pure.

use crate::commands::time_zone::clock;
use crate::config;
use crate::content;
use crate::model::{Export, PostId, SiteRecord, Status};
use crate::render::theme;
use crate::site::{Rules, languages, old_site, permalinks};

/// All settings, each commented out.
const TEMPLATE: &str = include_str!("stillpress.toml");

/// Returns the text of a `stillpress.toml` for a site that uses the theme in the folder
/// `theme_folder`, if it is told.
pub fn print(export: &Export, theme_folder: Option<&str>) -> String {
    let site = &export.site;
    let plain = |text: &Option<String>| text.as_deref().map(content::plain_text);
    // The new site cannot be where WordPress.com has the old one.
    let home = old_site::home_address(export, &export.attachments);
    let home = home.filter(|home| !home.ends_with(old_site::WORDPRESS_COM));
    let home = home.map(|home| format!("{home}/"));
    let language = site.language.as_deref().map(languages::tag_of_locale);
    let text = |value: Option<String>| {
        let value = value.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        value.filter(|text| !text.is_empty()).map(toml::Value::String)
    };
    let count = site.posts_per_page.and_then(|count| i64::try_from(count).ok());
    let id = |page: Option<PostId>| Some(toml::Value::Integer(i64::try_from(page?.0).ok()?));
    let structure = has_plain_links(export).then(|| permalinks::DEFAULT.to_owned());
    let mut filled = TEMPLATE.to_owned() + &theme_options();
    for (key, value) in [
        ("title", text(plain(&site.name))),
        ("description", text(plain(&site.description))),
        ("base_url", text(home)),
        ("language", text(language)),
        ("timezone", text(time_zone(export))),
        ("posts_per_page", count.map(toml::Value::Integer)),
        ("page_on_front", id(site.page_on_front)),
        ("page_for_posts", id(site.page_for_posts)),
        ("structure", text(structure)),
        ("dir", text(theme_folder.map(ToOwned::to_owned))),
    ] {
        let Some(value) = value else { continue };
        let more = fill(&filled, key, &value);
        // An export may say what stillpress does not take, such as a time zone that is gone.
        if is_valid(&more) {
            filled = more;
        }
    }
    filled
}

/// Returns the time zone that the export tells, or if it tells none the one that the dates do.
fn time_zone(export: &Export) -> Option<String> {
    let SiteRecord { timezone, gmt_offset, .. } = &export.site;
    let of_dates = || clock(export).filter(|_| gmt_offset.is_none())?.zone();
    timezone.clone().or_else(of_dates)
}

/// Returns the options of the default theme, commented out, each with its value and what it means.
pub fn theme_options() -> String {
    let manifest = theme::default_file("theme.toml").unwrap_or_default();
    let lines = manifest.lines().skip_while(|line| *line != "[options]").skip(1);
    let mut lines: Vec<&str> = lines.take_while(|line| !line.starts_with('[')).collect();
    let is_option = |line: &&str| line.contains(" = ") && !line.starts_with('#');
    // What follows the last option is about the next table.
    lines.truncate(lines.iter().rposition(is_option).map_or(0, |last| last + 1));
    let comment_out =
        |line: &str| if is_option(&line) { format!("#{line}\n") } else { format!("{line}\n") };
    lines.into_iter().map(comment_out).collect()
}

/// Returns `text` with a value that the export says in place of the first example for `key`.
fn fill(text: &str, key: &str, value: &toml::Value) -> String {
    let example = format!("\n#{key} = ");
    let Some(start) = text.find(&example).map(|at| at + 1) else { return text.to_owned() };
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    format!("{}{key} = {value}{}", &text[..start], &text[end..])
}

/// Returns whether posts had addresses such as `/?p=12`.
fn has_plain_links(export: &Export) -> bool {
    let mut public = export.posts.iter().filter(|post| &*post.post_type == "post");
    public.any(|post| post.status == Status::Publish && post.link.contains("/?p="))
}

fn is_valid(text: &str) -> bool {
    config::parse(text).is_ok_and(|settings| Rules::new(&settings).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Post;
    use crate::render::theme::Theme;

    /// Returns the text without the `#` before settings; before comments there is `# `.
    fn uncommented(text: &str) -> String {
        let uncomment = |line: &str| match line.strip_prefix('#') {
            Some(setting) if !setting.is_empty() && !setting.starts_with(' ') => setting.to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(|line| uncomment(line) + "\n").collect()
    }

    #[track_caller]
    fn read(text: &str) -> config::Settings {
        let mut settings = config::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        Rules::new(&settings).unwrap();
        settings.theme.dir = None;
        Theme::load(&settings).unwrap();
        settings
    }

    #[test]
    fn the_text_is_read_as_if_there_were_none() {
        let text = print(&Export::default(), None);
        assert_eq!(read(&text), config::Settings::default());
    }

    #[test]
    fn every_setting_that_is_commented_out_is_valid() {
        let text = print(&Export::default(), None);
        let all = read(&uncommented(&text));
        assert_eq!(all.menus.len(), 2);
        assert!(all.theme.options.contains_key("accent"));
        let lines: Vec<&str> = text.lines().collect();
        let mut count = 0;
        for (at, line) in lines.iter().enumerate() {
            // Those of tables with a number need the line with the number.
            let is_alone = line.starts_with('#') && !line.starts_with("# ") && line.contains(" = ");
            let block = lines[..at].iter().rev().take_while(|line| !line.is_empty());
            if is_alone && !block.clone().any(|line| line.starts_with("#[")) {
                let mut one = lines.clone();
                one[at] = &line[1..];
                read(&one.join("\n"));
                count += 1;
            }
        }
        assert!(count > 28, "{count}");
    }

    #[test]
    fn every_setting_there_is_can_be_found() {
        let text = uncommented(&print(&Export::default(), None));
        for table in [
            "",
            "[permalinks]",
            "[feeds]",
            "[content]",
            "[categories.1]",
            "[tags.1]",
            "[terms.1]",
            "[types.1]",
            "[authors.1]",
            "[media.1]",
            "[[menus.main]]",
        ] {
            let error = config::parse(&format!("{table}\nzzz = 1\n")).unwrap_err();
            let known = error.split('`').skip(3).step_by(2);
            let known = known.take_while(|name| !name.contains(' '));
            let section = match table {
                "" => text.as_str(),
                table => {
                    let start = table.trim_end_matches(|it: char| it.is_ascii_digit() || it == ']');
                    text.split(start).nth(1).unwrap_or_else(|| panic!("{start} is missing"))
                }
            };
            let section =
                if table.is_empty() { section } else { section.split("\n\n").next().unwrap() };
            for name in known {
                let is_there = [format!("\n{name} = "), format!("[{name}"), format!("{name}]]")];
                let children = table.contains("menus") && name == "children";
                assert!(
                    children || is_there.iter().any(|it| section.contains(it)),
                    "{name} of {table} is missing"
                );
            }
        }
    }

    #[test]
    fn no_site_is_to_be_where_wordpress_com_has_the_old_one() {
        let home = Some("https://tea.wordpress.com".to_owned());
        let site = SiteRecord { home, ..SiteRecord::default() };
        let text = print(&Export { site, ..Export::default() }, None);
        assert_eq!(config::parse(&text).unwrap().base_url, None);
    }

    #[test]
    fn the_time_zone_is_the_one_that_dates_tell_where_nothing_else_does() {
        let post = |month: &str| Post {
            status: Status::Publish,
            date: format!("2026-{month}-05T11:00:00").parse().ok(),
            date_gmt: format!("2026-{month}-05T08:00:00").parse().ok(),
            ..Post::default()
        };
        let check = |site: SiteRecord, expected: Option<&str>| {
            let posts = vec![post("01"), post("07")];
            let text = print(&Export { site, posts, ..Export::default() }, None);
            assert_eq!(config::parse(&text).unwrap().timezone.as_deref(), expected);
        };
        check(SiteRecord::default(), Some("Etc/GMT-3"));
        check(SiteRecord { gmt_offset: Some(5.5), ..SiteRecord::default() }, None);
        let told = || Some("Europe/Istanbul".to_owned());
        check(SiteRecord { timezone: told(), ..SiteRecord::default() }, told().as_deref());
    }

    #[test]
    fn what_the_export_says_is_written_and_what_it_says_wrong_is_not() {
        let site = SiteRecord {
            name: Some("A &amp; “B”\n\\ \"C\"".to_owned()),
            home: Some("https://news.example/blog".to_owned()),
            language: Some("en_GB".to_owned()),
            timezone: Some("Atlantis/Harbour".to_owned()),
            posts_per_page: Some(7),
            ..SiteRecord::default()
        };
        let text = print(&Export { site, ..Export::default() }, Some("my \"theme\""));
        let settings = config::parse(&text).unwrap();
        assert_eq!(settings.title.as_deref(), Some("A & “B” \\ \"C\""));
        assert_eq!(settings.base_url.as_deref(), Some("https://news.example/blog/"));
        assert_eq!(settings.language.as_deref(), Some("en-GB"));
        assert_eq!((settings.timezone, settings.posts_per_page), (None, Some(7)));
        assert_eq!(settings.theme.dir, Some("my \"theme\"".into()));
    }
}
