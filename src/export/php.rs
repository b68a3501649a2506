//! Values as PHP's `serialize` writes them, as far as pictures and languages need it.

/// How deep arrays may stand in arrays. Deeper ones are not WordPress's.
const MAXIMUM_DEPTH: usize = 16;

/// A value. What is none of these is not read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(i64),
    /// Keys and values, in their order.
    Array(Vec<(Value<'a>, Value<'a>)>),
    /// Nothing, yes or no, or a number with a fraction.
    Other,
}

impl<'a> Value<'a> {
    /// Returns the value under `key`, if this is an array that has it.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Array(entries) = self else { return None };
        entries.iter().find(|(name, _)| *name == Value::Text(key)).map(|(_, value)| value)
    }

    /// Returns the number in it, which may be written as text.
    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns the text in it.
    pub(super) fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Parses what `serialize` wrote. Returns `None` for anything else, and for objects.
pub(super) fn parse(text: &str) -> Option<Value<'_>> {
    let mut parser = Parser { rest: text.trim_start() };
    parser.value(0)
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        if depth > MAXIMUM_DEPTH {
            return None;
        }
        let kind = self.rest.as_bytes().first()?;
        match kind {
            b's' => self.string().map(Value::Text),
            b'a' => self.array(depth),
            b'i' => self.scalar()?.parse().ok().map(Value::Number),
            b'd' | b'b' => self.scalar().map(|_| Value::Other),
            b'N' => {
                self.expect("N;")?;
                Some(Value::Other)
            }
            _ => None,
        }
    }

    /// Parses `a:2:{…}`.
    fn array(&mut self, depth: usize) -> Option<Value<'a>> {
        self.expect("a:")?;
        let length: usize = self.until(":{")?.parse().ok()?;
        let mut entries = Vec::new();
        for _ in 0..length {
            entries.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        self.expect("}")?;
        Some(Value::Array(entries))
    }

    /// Parses `s:3:"…";`. The length is in bytes.
    fn string(&mut self) -> Option<&'a str> {
        self.expect("s:")?;
        let length: usize = self.until(":\"")?.parse().ok()?;
        let text = self.rest.get(..length)?;
        self.rest = &self.rest[length..];
        self.expect("\";")?;
        Some(text)
    }

    /// Parses `i:3;` and the like, and returns what stands between.
    fn scalar(&mut self) -> Option<&'a str> {
        self.rest = self.rest.get(1..)?;
        self.expect(":")?;
        self.until(";")
    }

    fn until(&mut self, end: &str) -> Option<&'a str> {
        let (before, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        Some(before)
    }

    fn expect(&mut self, mark: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(mark)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_read_by_their_keys() {
        let sizes = r#"a:2:{s:5:"width";i:800;s:5:"sizes";a:1:{s:6:"medium";a:2:{s:4:"file";s:7:"བ-1.jp";i:0;d:1.5;}}}"#;
        let sizes = sizes.replace("s:7", "s:8");
        let parsed = parse(&sizes).unwrap();
        assert_eq!(parsed.get("width").and_then(Value::number), Some(800));
        let file = parsed.get("sizes").and_then(|it| it.get("medium")?.get("file")?.text());
        assert_eq!(file, Some("བ-1.jp"));
        assert_eq!(parsed.get("height"), None);
    }

    #[test]
    fn what_is_nothing_of_the_kind_is_not_read() {
        let check = |text: &str, expected: Option<Value<'_>>| assert_eq!(parse(text), expected);
        check("i:-4;", Some(Value::Number(-4)));
        check("N;", Some(Value::Other));
        check("b:1;", Some(Value::Other));
        check("s:3:\"a\"b\";", Some(Value::Text("a\"b")));
        for text in ["", "x", "i:;", "s:9:\"a\";", "s:1:\"བ\";", "a:9:{i:0;i:1;}", "O:1:\"A\":0:{}"]
        {
            check(text, None);
        }
        check(&"a:1:{i:0;".repeat(1000), None);
        check("a:99999999999:{", None);
    }
}
