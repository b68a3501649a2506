//! Pictures in few colours: their lights and shades are mapped onto others.
//!
//! WordPress puts the filter for that at the end of the page, as a drawing. Here it stands in the
//! rule itself, which needs nothing else of the page. A browser that does not take it from there
//! shows the picture without colour.

use serde_json::Value;

use crate::content::block_html::sheet::Sheet;
use crate::content::blocks::attributes::Attributes;

/// The colours of WordPress's own presets: a theme's are not known.
const PRESETS: [(&str, [&str; 2]); 8] = [
    ("dark-grayscale", ["#000000", "#7f7f7f"]),
    ("grayscale", ["#000000", "#ffffff"]),
    ("purple-yellow", ["#8c00b7", "#fcff41"]),
    ("blue-red", ["#000097", "#ff4747"]),
    ("midnight", ["#000000", "#00a5ff"]),
    ("magenta-yellow", ["#c7005a", "#fff278"]),
    ("purple-green", ["#a60072", "#67ff66"]),
    ("blue-orange", ["#1900d8", "#ffa96b"]),
];

/// So many colours of a picture count.
const MOST: usize = 32;

/// Returns the class of a block whose picture is in few colours. In `selector`, `&` stands for the
/// block.
pub fn class(attributes: &Attributes, selector: &str, sheet: &mut Sheet) -> Option<String> {
    let told = attributes.at(&["style", "color", "duotone"])?;
    let is_set = told.is_array() || told.as_str().is_some_and(|name| name != "unset");
    let filter = colors(told).map(|colors| filter(&colors)).unwrap_or_default();
    let rule = format!("{selector}{{filter:grayscale(1){filter}}}");
    is_set.then(|| sheet.add("wp-duotone-", &rule))
}

/// Returns the colours from the darkest on.
fn colors(told: &Value) -> Option<Vec<[u8; 3]>> {
    if let Some(list) = told.as_array() {
        let colors: Option<Vec<_>> =
            list.iter().take(MOST).map(|color| color_of(color.as_str()?)).collect();
        return colors.filter(|colors| colors.len() > 1);
    }
    let name = told.as_str()?.rsplit('|').next()?;
    let (_, colors) = PRESETS.iter().find(|(preset, _)| *preset == name)?;
    colors.iter().map(|color| color_of(color)).collect()
}

/// Reads `#rgb`, `#rrggbb` or `rgb(r, g, b)`.
fn color_of(written: &str) -> Option<[u8; 3]> {
    let written = written.trim();
    if let Some(parts) = written.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) {
        let parts = parts.split(',').map(|part| part.trim().parse::<u8>());
        return parts.collect::<Result<Vec<u8>, _>>().ok()?.try_into().ok();
    }
    let digits = written.strip_prefix('#')?;
    let digits: Vec<u8> = digits
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    match *digits {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        // The last two of eight are how much shines through.
        [a, b, c, d, e, f] | [a, b, c, d, e, f, _, _] => Some([a * 16 + b, c * 16 + d, e * 16 + f]),
        _ => None,
    }
}

/// Returns the function that maps grey onto the colours.
fn filter(colors: &[[u8; 3]]) -> String {
    let table = |channel: usize| {
        let values = colors.iter().map(|color| {
            let value = (f64::from(color[channel]) / 255.0 * 1000.0).round() / 1000.0;
            value.to_string()
        });
        values.collect::<Vec<_>>().join(" ")
    };
    let channels = ["R", "G", "B"].into_iter().enumerate().map(|(channel, name)| {
        format!("%3CfeFunc{name} type='table' tableValues='{}'/%3E", table(channel))
    });
    let channels: String = channels.collect();
    format!(
        " url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cfilter id='wp-duotone' color-interpolation-filters='sRGB'%3E%3CfeComponentTransfer%3E{channels}%3C/feComponentTransfer%3E%3C/filter%3E%3C/svg%3E#wp-duotone\")"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(duotone: &str, expected: &str) {
        let json = format!("{{\"style\":{{\"color\":{{\"duotone\":{duotone}}}}}}}");
        let mut sheet = Sheet::default();
        let class = class(&Attributes::read(&json), "& img", &mut sheet);
        let tables: Vec<String> = sheet
            .element()
            .split("tableValues='")
            .skip(1)
            .filter_map(|rest| rest.split('\'').next().map(str::to_owned))
            .collect();
        assert_eq!(tables.join("|"), expected);
        let is_grey = sheet.element().contains(" img{filter:grayscale(1)");
        assert_eq!(class.is_some(), is_grey);
    }

    #[test]
    fn lights_and_shades_have_their_colours() {
        check(r##"["#000","#fff"]"##, "0 1|0 1|0 1");
        check(r##"["#336699","rgb(255, 0, 51)"]"##, "0.2 1|0.4 0|0.6 0.2");
        check(r##"["#000","#f00","#fff"]"##, "0 1 1|0 0 1|0 0 1");
        check(r#""var:preset|duotone|midnight""#, "0 0|0 0.647|0 1");
    }

    #[test]
    fn colours_that_are_not_known_are_grey() {
        check(r#""var:preset|duotone|of-the-theme""#, "");
        check(r#"["papayawhip","red"]"#, "");
        check(r##"["#000"]"##, "");
    }

    #[test]
    fn a_picture_may_keep_its_own() {
        check(r#""unset""#, "");
    }
}
