//! Sizes of type that shrink on small screens, as WordPress makes them for block themes.

use serde_json::Value;

/// The screens between which type grows, in pixels: the least wide one WordPress reckons with, and
/// the wide size of its own themes.
const NARROW: f64 = 320.0;
const WIDE: f64 = 1340.0;
/// No type is made smaller, in pixels.
const SMALLEST: f64 = 14.0;
const ROOT: f64 = 16.0;

/// Returns a size of type as it is written into a style.
pub fn size(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => {
            let pixels = format!("{number}px");
            Some(fluid(&pixels).unwrap_or(pixels))
        }
        Value::String(text) if !text.is_empty() => {
            Some(fluid(text).unwrap_or_else(|| text.clone()))
        }
        _ => None,
    }
}

/// Returns a size that grows with the screen up to `size`. `None` if it does not.
pub fn fluid(size: &str) -> Option<String> {
    let at = size.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = size.split_at(at);
    let preferred: f64 = number.trim().parse().ok()?;
    let pixels = match unit {
        "px" => 1.0,
        "rem" | "em" => ROOT,
        _ => return None,
    };
    let limit = SMALLEST / pixels;
    if !preferred.is_finite() || preferred < limit {
        return None;
    }
    // The larger the type, the more it shrinks.
    let factor = (1.0 - 0.075 * (preferred * pixels).log2()).clamp(0.25, 0.75);
    let least = round(preferred * factor).max(limit);
    let growth = 100.0 * (preferred - least) / ((WIDE - NARROW) / pixels);
    let growth = if growth == 0.0 { 1.0 } else { round(growth) };
    let (least_in_rem, offset) = (round(least * pixels / ROOT), round(NARROW / pixels / 100.0));
    Some(format!(
        "clamp({least}{unit}, {least_in_rem}rem + ((1vw - {offset}{unit}) * {growth}), {size})"
    ))
}

fn round(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_grows_between_two_screens() {
        let check = |size: &str, expected: Option<&str>| {
            assert_eq!(fluid(size).as_deref(), expected, "{size}");
        };
        check("40px", Some("clamp(24.034px, 1.502rem + ((1vw - 3.2px) * 1.565), 40px)"));
        check("2rem", Some("clamp(1.25rem, 1.25rem + ((1vw - 0.2rem) * 1.176), 2rem)"));
        check("14px", Some("clamp(14px, 0.875rem + ((1vw - 3.2px) * 1), 14px)"));
        for fixed in ["10px", "2vw", "clamp(1rem, 2vw, 2rem)", "large", ""] {
            check(fixed, None);
        }
    }
}
