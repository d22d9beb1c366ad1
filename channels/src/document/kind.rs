//! What kinds of documents there are.

use office_oxide::DocumentFormat;
use serde::{Deserialize, Serialize};

/// A kind of document, by what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// Word until 2003, and WPS.
    OldWord,
    /// Excel until 2003, and WPS.
    OldExcel,
    /// PowerPoint until 2003, and WPS.
    OldPowerPoint,
    /// Word since 2007 (ECMA-376).
    Word,
    /// Excel since 2007.
    Excel,
    /// PowerPoint since 2007.
    PowerPoint,
    /// A text of OpenDocument (ISO/IEC 26300).
    OpenText,
    /// A spreadsheet of OpenDocument.
    OpenSpreadsheet,
    /// A presentation of OpenDocument.
    OpenPresentation,
    /// Rich Text.
    RichText,
}

impl DocumentKind {
    /// Its media type, as registered with IANA (ISO/IEC 26300-3 section 2.2.4 for OpenDocument).
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::OldWord => DocumentFormat::Doc.mime_type(),
            Self::OldExcel => DocumentFormat::Xls.mime_type(),
            Self::OldPowerPoint => DocumentFormat::Ppt.mime_type(),
            Self::Word => DocumentFormat::Docx.mime_type(),
            Self::Excel => DocumentFormat::Xlsx.mime_type(),
            Self::PowerPoint => DocumentFormat::Pptx.mime_type(),
            Self::OpenText => "application/vnd.oasis.opendocument.text",
            Self::OpenSpreadsheet => "application/vnd.oasis.opendocument.spreadsheet",
            Self::OpenPresentation => "application/vnd.oasis.opendocument.presentation",
            Self::RichText => "application/rtf",
        }
    }
}
