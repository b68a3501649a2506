//! A theme to start with: it changes a little of the default one, and shows how.

use anyhow::ensure;

use crate::commands::init::files::NewFile;
use crate::commands::init::settings;
use crate::names;

const MANIFEST: &str = include_str!("../../../themes/starter/theme.toml");
const TEMPLATE: &str = include_str!("../../../themes/starter/templates/post.html");
const STYLE: &str = include_str!("../../../themes/starter/assets/extra.css");

/// Returns the files of a theme called `name`, in a folder of that name.
///
/// # Errors
/// No folder can be called so.
pub fn files(name: &str) -> anyhow::Result<Vec<NewFile>> {
    ensure!(
        names::is_safe_path(name) && !name.contains('/') && !name.starts_with('.'),
        "no theme can be called `{name}`; take a plain name, such as my-theme"
    );
    let quoted = toml::Value::from(name).to_string();
    let manifest = MANIFEST.replacen("\"my-theme\"", &quoted, 1);
    let others = settings::theme_options();
    let others = others.lines().filter(|line| !line.starts_with("#extra_css"));
    let others: Vec<&str> = others.filter(|line| !line.starts_with("# A style sheet")).collect();
    let file = |path: &str, text: String, purpose| NewFile {
        path: format!("{name}/{path}"),
        text,
        purpose,
    };
    Ok(vec![
        file(
            "theme.toml",
            format!("{manifest}{}\n", others.join("\n")),
            "the name of the theme, and its options",
        ),
        file(
            "templates/post.html",
            TEMPLATE.to_owned(),
            "a post as the default theme shows it, with a line below",
        ),
        file(
            "assets/extra.css",
            STYLE.to_owned(),
            "your own style, over that of the default theme",
        ),
    ])
}
