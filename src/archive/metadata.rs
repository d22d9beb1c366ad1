//! The metadata of an archive file as XMP (ISO 16684-1): what it is, of which letter, and by which standard. Nothing personal.

use jiff::Timestamp;

/// What is said of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// The registration number of the letter.
    pub number: String,
    /// The office.
    pub office: String,
    /// BLAKE3 of the original, in hexadecimal digits.
    pub original: String,
    /// When the letter was registered.
    pub created: Timestamp,
    /// When the last correction was made; when it was registered, without any.
    pub modified: Timestamp,
}

impl Metadata {
    /// The packet, read-only.
    #[must_use]
    pub fn packet(&self) -> String {
        let [number, office, original] = [&self.number, &self.office, &self.original].map(|text| escaped(text));
        let [created, modified] = [self.created, self.modified].map(moment);
        format!(
            r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">来信 {number}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{office}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:identifier>{number}</dc:identifier>
<dc:source>blake3:{original}</dc:source>
<xmp:CreateDate>{created}</xmp:CreateDate>
<xmp:ModifyDate>{modified}</xmp:ModifyDate>
<xmp:CreatorTool>xinqiao</xmp:CreatorTool>
<pdf:Producer>xinqiao</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
            mark = '\u{FEFF}'
        )
    }
}

/// Without fractions of a second: some readers know none.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Text between tags; what XML does not know is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars().filter(|sign| !sign.is_control()) {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_break_the_packet() {
        let at = Timestamp::from_microsecond(1_795_482_000_123_456).unwrap();
        let metadata = Metadata {
            number: "DZ-20261124-00001".to_owned(),
            office: "某市<信访>&\u{0}局".to_owned(),
            original: "00ff".to_owned(),
            created: at,
            modified: at,
        };
        let packet = metadata.packet();
        assert!(packet.contains("<rdf:li>某市&lt;信访&gt;&amp;局</rdf:li>"), "{packet}");
        assert!(packet.contains("<xmp:CreateDate>2026-11-24T01:00:00Z</xmp:CreateDate>"), "{packet}");
    }
}
