//! Text as slugs and as plain text.

/// Returns the slug WordPress would make of `name`, percent-decoded.
pub(super) fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' | '_' => slug.push(letter),
            letter if letter.is_whitespace() || "-/.–—".contains(letter) => {
                let is_apart = slug.is_empty() || slug.ends_with('-');
                slug.push_str(if is_apart { "" } else { "-" });
            }
            // Every script's letters and signs stay; only Latin punctuation goes.
            letter if !letter.is_ascii() && !letter.is_control() => slug.push(letter),
            _ => (),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Returns HTML as plain text, for showing it to people: without tags, and with the entities that
/// titles hold decoded.
pub(super) fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(place) = rest.find(['<', '&']) {
        text.push_str(&rest[..place]);
        rest = &rest[place..];
        let end = match rest.as_bytes()[0] {
            b'<' => rest.find('>'),
            // Entities are short: what runs on is an ampersand.
            _ => rest.bytes().take(10).position(|byte| byte == b';'),
        };
        let is_tag = rest.starts_with('<');
        match end {
            Some(end) if is_tag => rest = &rest[end + 1..],
            // Nothing after it can be a tag either.
            None if is_tag => break,
            end => match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
                Some((letter, end)) => {
                    text.push(letter);
                    rest = &rest[end + 1..];
                }
                None => {
                    text.push('&');
                    rest = &rest[1..];
                }
            },
        }
    }
    text + rest
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        return char::from_u32(u32::from_str_radix(number, 16).ok()?);
    }
    if let Some(number) = name.strip_prefix('#') {
        return char::from_u32(number.parse().ok()?);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "hellip" => Some('…'),
        "nbsp" => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_every_script() {
        for (name, expected) in [
            ("News & Views", "news-views"),
            ("  Straße  nach/Porto. ", "straße-nach-porto"),
            ("བོད་ཀྱི་ལོ་རྒྱུས།", "བོད་ཀྱི་ལོ་རྒྱུས།"),
            ("हिन्दी", "हिन्दी"),
            ("!?", ""),
        ] {
            assert_eq!(slugify(name), expected);
        }
    }

    #[test]
    fn titles_are_shown_as_people_read_them() {
        for (html, expected) in [
            ("Tea &amp; <em>butter</em> &#8217;s &#x2019;", "Tea & butter ’s ’"),
            ("a < b & c &unknown; &#xd800; &", "a < b & c &unknown; &#xd800; &"),
            ("བོད&hellip;", "བོད…"),
        ] {
            assert_eq!(plain(html), expected);
        }
    }
}
