//! The attributes of a block, read leniently: what is of another type than expected is not there.

use serde_json::{Map, Value};

/// A block's attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(Map<String, Value>);

impl Attributes {
    /// Reads the JSON of a block's opening comment.
    pub fn read(json: &str) -> Self {
        if json.is_empty() {
            return Self::default();
        }
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// Takes what was made as JSON.
    pub fn from_value(value: Value) -> Self {
        match value {
            Value::Object(map) => Self(map),
            _ => Self::default(),
        }
    }

    /// Returns what stands at a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.0.get(*first)?, |value, name| value.get(*name))
    }

    /// Returns a text that is not empty.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.as_str().filter(|text| !text.is_empty())
    }

    /// Returns a number, which some write as a text.
    pub fn number(&self, path: &[&str]) -> Option<f64> {
        match self.at(path)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Returns a whole number of 0 or more.
    pub fn count(&self, path: &[&str]) -> Option<usize> {
        let number = self.number(path)?;
        // The cast saturates.
        (number >= 0.0).then_some(number as usize)
    }

    /// Returns an id: a whole number above 0.
    pub fn id(&self, path: &[&str]) -> Option<u64> {
        self.at(path).and_then(id_of)
    }

    /// Returns the ids in a list of numbers, or of objects with an `id`.
    pub fn ids(&self, path: &[&str]) -> Vec<u64> {
        let list = self.at(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|value| id_of(value.get("id").unwrap_or(value))).collect()
    }

    /// Returns whether something is set, written as a truth or as a number.
    pub fn is_on(&self, path: &[&str]) -> bool {
        match self.at(path) {
            Some(Value::Bool(is_on)) => *is_on,
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(Value::String(text)) => !text.is_empty() && text != "0",
            _ => false,
        }
    }

    /// Returns whether something is not switched off: for what is on unless told otherwise.
    pub fn is_not_off(&self, path: &[&str]) -> bool {
        self.at(path).and_then(Value::as_bool).unwrap_or(true)
    }

    /// Returns a text or number as CSS would have it.
    pub fn written(&self, path: &[&str]) -> Option<String> {
        written(self.at(path)?)
    }
}

/// Returns a text or number as CSS would have it. `None` for what is empty or neither.
pub fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn id_of(value: &Value) -> Option<u64> {
    let id = match value {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    (id > 0).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_leniently() {
        let attributes = Attributes::read(
            r#"{"a":{"b":"c"},"n":"7","on":1,"off":false,"ids":[1,{"id":2},"3",0]}"#,
        );
        assert_eq!(attributes.text(&["a", "b"]), Some("c"));
        assert_eq!(attributes.text(&["a"]), None);
        assert_eq!(attributes.count(&["n"]), Some(7));
        assert_eq!(attributes.ids(&["ids"]), [1, 2, 3]);
        assert!(attributes.is_on(&["on"]) && !attributes.is_on(&["nothing"]));
        assert!(attributes.is_not_off(&["nothing"]) && !attributes.is_not_off(&["off"]));
        assert_eq!(Attributes::read("{no json"), Attributes::default());
    }
}
