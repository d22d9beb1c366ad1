//! The texts of notices: files in `DATA/office/notices/` that an office edits, in Chinese and English, as text and as HTML.
//!
//! The first line of a text is `Subject: …`. Places like `{{number}}` are filled in; an unknown one is named with its file and line when
//! the program starts, so that no petitioner ever gets a mail with braces in it.

use case::notice::{Language, NoticeKind};
use case::problem::{Problem, ProblemCode};

/// What can be filled in.
const PLACES: [&str; 7] = ["office", "phone", "number", "query_code", "case_number", "received_on", "status_url"];

/// The template files that ship with the program, in the folder of the office.
pub const SHIPPED: [(&str, &str); 12] = [
    ("notices/acknowledgement.zh.txt", include_str!("../../office/notices/acknowledgement.zh.txt")),
    ("notices/acknowledgement.zh.html", include_str!("../../office/notices/acknowledgement.zh.html")),
    ("notices/acknowledgement.en.txt", include_str!("../../office/notices/acknowledgement.en.txt")),
    ("notices/acknowledgement.en.html", include_str!("../../office/notices/acknowledgement.en.html")),
    ("notices/supplement.zh.txt", include_str!("../../office/notices/supplement.zh.txt")),
    ("notices/supplement.zh.html", include_str!("../../office/notices/supplement.zh.html")),
    ("notices/supplement.en.txt", include_str!("../../office/notices/supplement.en.txt")),
    ("notices/supplement.en.html", include_str!("../../office/notices/supplement.en.html")),
    ("notices/after_closing.zh.txt", include_str!("../../office/notices/after_closing.zh.txt")),
    ("notices/after_closing.zh.html", include_str!("../../office/notices/after_closing.zh.html")),
    ("notices/after_closing.en.txt", include_str!("../../office/notices/after_closing.en.txt")),
    ("notices/after_closing.en.html", include_str!("../../office/notices/after_closing.en.html")),
];

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values {
    /// The name of our office.
    pub office: String,
    /// Our telephone number.
    pub phone: String,
    /// 信访件编号.
    pub number: String,
    /// 查询码.
    pub query_code: String,
    /// The number of the case to which it belongs, or, after that has ended, which it answers.
    pub case_number: String,
    /// The day of receipt, such as `2026年11月24日` or `2026-11-24`.
    pub received_on: String,
    /// Where the state is looked up.
    pub status_url: String,
}

/// A notice as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Every template.
#[derive(Debug)]
pub struct Templates(Vec<Template>);

#[derive(Debug)]
struct Template {
    kind: NoticeKind,
    language: Language,
    subject: Vec<Piece>,
    text: Vec<Piece>,
    html: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Words(String),
    Place(usize),
}

impl Templates {
    /// Reads the templates; `file` gives the content of each file.
    ///
    /// # Errors
    /// Names file, line and what is wrong.
    pub fn read(file: &dyn Fn(&str) -> Result<Vec<u8>, Problem>) -> Result<Self, Problem> {
        let mut templates = Vec::new();
        for kind in NoticeKind::ALL {
            for language in Language::ALL {
                let name = format!("notices/{}.{}", kind.as_str(), language.as_str());
                let text = utf8(&format!("{name}.txt"), file(&format!("{name}.txt"))?)?;
                let html = utf8(&format!("{name}.html"), file(&format!("{name}.html"))?)?;
                let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
                let subject =
                    first.trim().strip_prefix("Subject:").map(str::trim).filter(|subject| !subject.is_empty());
                let subject = subject.ok_or_else(|| wrong(&format!("{name}.txt"), 1, "首行应为“Subject: 主题”"))?;
                templates.push(Template {
                    kind: *kind,
                    language: *language,
                    subject: pieces(&format!("{name}.txt"), 1, subject)?,
                    text: pieces(&format!("{name}.txt"), 2, rest.trim_start_matches(['\r', '\n']))?,
                    html: pieces(&format!("{name}.html"), 1, &html)?,
                });
            }
        }
        Ok(Self(templates))
    }

    /// A notice with everything filled in.
    ///
    /// # Errors
    /// Never: every kind has a template in every language.
    pub fn fill(&self, kind: NoticeKind, language: Language, values: &Values) -> Result<Filled, Problem> {
        let found = self.0.iter().find(|template| template.kind == kind && template.language == language);
        let template = found.ok_or_else(|| Problem::from(ProblemCode::Internal))?;
        Ok(Filled {
            subject: filled(&template.subject, values, &str::to_owned),
            text: filled(&template.text, values, &str::to_owned),
            html: filled(&template.html, values, &escaped),
        })
    }
}

impl Values {
    /// The values in the order of [`PLACES`].
    const fn all(&self) -> [&String; 7] {
        let Self { office, phone, number, query_code, case_number, received_on, status_url } = self;
        [office, phone, number, query_code, case_number, received_on, status_url]
    }
}

fn filled(pieces: &[Piece], values: &Values, written: &dyn Fn(&str) -> String) -> String {
    let values = values.all();
    let one = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Place(place) => values.get(*place).map(|value| written(value)).unwrap_or_default(),
    };
    pieces.iter().map(one).collect()
}

fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn pieces(file: &str, first_line: usize, text: &str) -> Result<Vec<Piece>, Problem> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut line = first_line;
    while let Some((before, behind)) = rest.split_once("{{") {
        line += before.matches('\n').count();
        let (name, after) = behind.split_once("}}").ok_or_else(|| wrong(file, line, "“{{”没有对应的“}}”"))?;
        let place = PLACES.iter().position(|place| *place == name.trim()).ok_or_else(|| {
            wrong(file, line, &format!("没有{{{{{}}}}}这一项；可用：{}", name.trim(), PLACES.join("、")))
        })?;
        pieces.push(Piece::Words(before.to_owned()));
        pieces.push(Piece::Place(place));
        rest = after;
    }
    pieces.push(Piece::Words(rest.to_owned()));
    Ok(pieces)
}

fn utf8(file: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|_other| wrong(file, 1, "应为UTF-8编码"))
}

fn wrong(file: &str, line: usize, what: &str) -> Problem {
    ProblemCode::InvalidConfiguration.because(format!("{file}第{line}行：{what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values {
            office: "定州市<群众>工作中心".to_owned(),
            phone: "0312-0000000".to_owned(),
            number: "DZ20261124000013".to_owned(),
            query_code: "ABCD-EFGH".to_owned(),
            case_number: "DZ20261124000013".to_owned(),
            received_on: "2026年11月24日".to_owned(),
            status_url: "https://xinqiao.example.invalid/petitions/status".to_owned(),
        }
    }

    fn shipped(name: &str) -> Result<Vec<u8>, Problem> {
        let found = SHIPPED.iter().find(|(shipped, _)| *shipped == name);
        found.map(|(_, content)| content.as_bytes().to_vec()).ok_or_else(|| ProblemCode::Internal.into())
    }

    #[test]
    fn the_shipped_notices() {
        let templates = Templates::read(&shipped).unwrap();
        for kind in NoticeKind::ALL {
            for language in Language::ALL {
                let notice = templates.fill(*kind, *language, &values()).unwrap();
                let whole = format!("Subject: {}\n\n{}\n----\n{}", notice.subject, notice.text, notice.html);
                insta::assert_snapshot!(format!("{}-{}", kind.as_str(), language.as_str()), whole);
            }
        }
    }

    #[test]
    fn what_an_office_edits_is_checked() {
        let with = |name: &'static str, content: &'static str| {
            Templates::read(&move |asked| if asked == name { Ok(content.as_bytes().to_vec()) } else { shipped(asked) })
        };
        let edited = with("notices/acknowledgement.zh.txt", "Subject: 您好\n\n编号{{ number }}。\n").unwrap();
        let notice = edited.fill(NoticeKind::Acknowledgement, Language::Zh, &values()).unwrap();
        assert_eq!((notice.subject.as_str(), notice.text.as_str()), ("您好", "编号DZ20261124000013。\n"));
        for (content, line, what) in [
            ("您好\n", "第1行", "Subject"),
            ("Subject: 您好\n编号{{nummer}}\n", "第2行", "nummer"),
            ("Subject: 您好\n编号{{number\n", "第2行", "}}"),
        ] {
            let problem = with("notices/acknowledgement.zh.txt", content).unwrap_err();
            assert!(problem.detail.contains(what) && problem.detail.contains(line), "{}", problem.detail);
        }
    }
}
