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
    let body = reader::body(content.into(), IsRendered::No);
    let kind = if record.has("id") {
        PieceKind::TemplatePart
    } else if body.text.trim_start().starts_with("<svg") {
        PieceKind::Icon
    } else {
        PieceKind::Pattern
    };
    let id = record.hint("id");
    let (theme, slug) = id.split_once("//").unwrap_or_default();
    let name =
        if kind == PieceKind::TemplatePart { slug.into() } else { record.hint("name").into() };
    let area = record.hint("area").into();
    reader.copies.theme_pieces.push(ThemePiece { kind, name, theme: theme.into(), area, body });
    Ok(())
}

/// Returns them by kind and name, each once.
pub(super) fn sort(mut pieces: Vec<ThemePiece>) -> Vec<ThemePiece> {
    fn key(piece: &ThemePiece) -> (PieceKind, &str, &str) {
        (piece.kind, &*piece.name, &*piece.theme)
    }
    pieces.sort_by(|one, other| key(one).cmp(&key(other)));
    pieces.dedup_by(|one, other| key(one) == key(other));
    pieces
}
