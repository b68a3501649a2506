//! Front matter: fields in TOML (`+++`) or YAML (`---`) before a text.

use serde_json::Value;

/// The front matter, between its fences.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Front<'a> {
    /// There is none.
    None,
    Toml(&'a str),
    Yaml(&'a str),
    /// It begins with this line, and has no end.
    Unclosed(&'a str),
}

/// Returns the front matter and the text after it. Empty lines may stand before.
pub(super) fn split(text: &str) -> Option<(Front<'_>, &str)> {
    let before = text.len() - text.trim_start_matches(['\r', '\n', ' ', '\t']).len();
    let fence = text[before..].lines().next()?.trim_end();
    if fence != "+++" && fence != "---" {
        return None;
    }
    let unclosed = Some((Front::Unclosed(fence), text));
    let Some(start) = text[before..].find('\n').map(|end| before + end + 1) else {
        return unclosed;
    };
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        let next = end + line.len();
        if line.trim_end() == fence {
            let front = &text[start..end];
            let front = if fence == "+++" { Front::Toml(front) } else { Front::Yaml(front) };
            return Some((front, &text[next..]));
        }
        end = next;
    }
    unclosed
}

/// Why front matter does not parse.
pub(super) struct Trouble {
    pub(super) message: String,
    /// Line and column within the front matter, counted from 1.
    pub(super) position: Option<(usize, usize)>,
}

impl Front<'_> {
    /// Returns the front matter as JSON, so that it is read like any other record.
    pub(super) fn to_json(&self) -> Result<String, Trouble> {
        let value = match self {
            Front::Toml(text) => toml_to_json(text)?,
            Front::Yaml(text) if !text.trim().is_empty() => yaml_to_json(text)?,
            Front::None | Front::Yaml(_) => Value::Null,
            Front::Unclosed(fence) => {
                let message = format!("it begins with `{fence}`, and no other such line ends it");
                return Err(Trouble { message, position: None });
            }
        };
        match value {
            // Who writes by hand may begin keys with a capital.
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(key, value)| (key.to_lowercase(), value));
                Ok(Value::Object(fields.collect()).to_string())
            }
            Value::Null => Ok("{}".to_owned()),
            _ => Err(Trouble { message: "it holds no fields".to_owned(), position: None }),
        }
    }
}

fn toml_to_json(text: &str) -> Result<Value, Trouble> {
    match text.parse::<toml::Table>() {
        Ok(table) => Ok(plain(toml::Value::Table(table))),
        Err(error) => {
            let before = error.span().and_then(|span| text.get(..span.start));
            let position = before.map(|before| {
                let start = before.rfind('\n').map_or(0, |end| end + 1);
                (before.matches('\n').count() + 1, before.len() - start + 1)
            });
            Err(Trouble { message: error.message().to_owned(), position })
        }
    }
}

fn yaml_to_json(text: &str) -> Result<Value, Trouble> {
    serde_saphyr::from_str(text).map_err(|error| {
        let counted = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let place = error.location();
        let position = place.map(|place| (counted(place.line()), counted(place.column())));
        let message = error.without_snippet().to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        Trouble { message, position }
    })
}

/// Returns a TOML value as JSON, in which dates are text.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(plain).collect(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, plain(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(Front<'_>, &str)>) {
        assert_eq!(split(text), expected, "{text}");
    }

    #[test]
    fn front_matter_stands_between_fences() {
        check("---\na: 1\n---\ntext", Some((Front::Yaml("a: 1\n"), "text")));
        check("+++\r\na = 1\r\n+++\r\n", Some((Front::Toml("a = 1\r\n"), "")));
        check("---\n---", Some((Front::Yaml(""), "")));
        check("\r\n \n---\na: 1\n---\ntext", Some((Front::Yaml("a: 1\n"), "text")));
        let unclosed = "---\na: 1\n+++\n";
        check(unclosed, Some((Front::Unclosed("---"), unclosed)));
        check("---", Some((Front::Unclosed("---"), "---")));
        check("----\na: 1\n----\n", None);
        check("text\n---\n---\n", None);
        check("\n\n", None);
        check("", None);
    }

    #[test]
    fn both_languages_say_the_same() {
        let toml = Front::Toml("a = 2026-06-05\nb = [\"x\", 7]\n[c]\nd = true\n");
        let yaml = Front::Yaml("a: 2026-06-05\nb: [x, 7]\nc:\n  d: true\n");
        let expected = r#"{"a":"2026-06-05","b":["x",7],"c":{"d":true}}"#;
        assert_eq!(toml.to_json().ok().as_deref(), Some(expected));
        assert_eq!(yaml.to_json().ok().as_deref(), Some(expected));
    }

    #[test]
    fn trouble_has_a_place() {
        for (front, expected) in
            [(Front::Toml("a = 1\nb = \n"), (2, 5)), (Front::Yaml("a: 1\nb: [x\n"), (2, 4))]
        {
            assert_eq!(front.to_json().err().and_then(|trouble| trouble.position), Some(expected));
        }
    }
}
