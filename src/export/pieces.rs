//! Patterns, template parts and icons, which blocks show by their names.

use crate::export::json::{Record, Unreadable};
use crate::export::reader::{self, IsRendered, Reader};
use crate::model::{PieceKind, ThemePiece};

/// Reads one of them. What its theme does not show, or what holds nothing, is passed over.
pub(super) fn read(reader: &mut Reader<'_>, record: &Record<'_>) -> Result<(), Unreadable> {
    let is_shown = record.text("status")?.is_none_or(|status| status == "publish");
    // A pattern has a text where others have two forms.
    let content = record.markup("content")?.and_then(|content| content.raw.or(content.rendered));
    let Some(content) = content.filter(|_| is_shown) else { return Ok(()) };
    let body = reader::body(content, IsRendered::No);
    let kind = if record.has("id") {
        PieceKind::TemplatePart
    } else if body.text.trim_start().starts_with("<svg") {
        PieceKind::Icon
    } else {
        PieceKind::Pattern
    };
    let key = if kind == PieceKind::TemplatePart { "id" } else { "name" };
    let [name, area] = [key, "area"].map(|key| record.hint(key).into());
    reader.part.theme_pieces.push(ThemePiece { kind, name, area, body });
    Ok(())
}
