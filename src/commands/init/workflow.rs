//! The text of the workflow that builds and publishes a site on GitHub. Pure.

use anyhow::ensure;

/// Where GitHub looks for it.
pub const PATH: &str = ".github/workflows/publish.yml";

/// Where the program comes from if the user does not say. Empty if the program does not know.
pub const DEFAULT: &str = env!("CARGO_PKG_REPOSITORY");

const TEMPLATE: &str = include_str!("publish.yml");

/// The line of the template that says where the program comes from.
const PROGRAM: &str = "  STILLPRESS: \"\"";

/// Returns the text of the workflow that builds a site from `exports`, with the program that
/// `program` says.
pub fn print(exports: &[String], program: Option<&str>) -> String {
    let exports: Vec<String> = exports.iter().map(|path| word(path)).collect();
    let program = format!("  STILLPRESS: \"{}\"", program.unwrap_or(DEFAULT));
    let built = format!("build {}", exports.join(" "));
    // What the user says may hold any word of the template.
    TEMPLATE.replacen("build EXPORT", &built, 1).replacen(PROGRAM, &program, 1)
}

/// Returns `told` as the workflow takes it: the address of a repository, or a folder.
///
/// # Errors
/// It is neither.
pub fn program(told: &str) -> anyhow::Result<String> {
    let is_address = told.contains("://") && !told.starts_with('-');
    let is_folder = told.starts_with("./") && told.len() > 2;
    let is_plain = !told.contains(|letter: char| {
        letter.is_control() || letter.is_whitespace() || "\"\\`$".contains(letter)
    });
    ensure!(
        (is_address || is_folder) && is_plain,
        "`{told}` is no place to get stillpress from; write the address of its git repository, such \
         as https://host.example/stillpress.git, or a folder of yours, such as ./stillpress"
    );
    Ok(told.to_owned())
}

/// Returns the number of the line where a user says where the program comes from.
pub fn line_of_program() -> usize {
    TEMPLATE.lines().position(|line| line == PROGRAM).map_or(1, |line| line + 1)
}

/// Returns `text` as one word of the shell.
fn word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if text.chars().all(is_plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    // A name that looks like an option is a path all the same.
    let text = if text.starts_with('-') { format!("./{text}") } else { text.to_owned() };
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_of_the_shell() {
        let text = print(&["my export's".to_owned(), "-x".to_owned()], Some("./stillpress"));
        assert!(text.contains("build 'my export'\\''s' './-x' --base-url"), "{text}");
        assert!(text.contains("\n  STILLPRESS: \"./stillpress\"\n"), "{text}");
    }

    #[test]
    fn what_is_filled_in_may_hold_words_of_the_template() {
        let program = "https://host.example/EXPORT/stillpress.git";
        let text = print(&["export".to_owned()], Some(program));
        assert!(text.contains(&format!("STILLPRESS: \"{program}\"")), "{text}");
        assert!(text.contains("build export --base-url"), "{text}");
    }

    #[test]
    fn the_line_to_change_is_where_it_is_said_to_be() {
        let text = print(&["export".to_owned()], None);
        let line = text.lines().nth(line_of_program() - 1).unwrap();
        assert!(line.starts_with("  STILLPRESS: "), "{line}");
    }

    #[test]
    fn a_place_for_the_program_is_an_address_or_a_folder() {
        assert!(program("https://host.example/stillpress.git").is_ok());
        assert!(program("./tools/stillpress").is_ok());
        for wrong in ["", "stillpress", "./", "https://x/\"; rm", "--git=://"] {
            assert!(program(wrong).is_err(), "{wrong}");
        }
    }
}
