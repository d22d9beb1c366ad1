//! The words of a letter with the role that each part has on the page.

/// One part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 标题: large and centred.
    Title(String),
    /// 称呼: at the left margin.
    Salutation(String),
    /// 正文: indented by two characters and broken into lines.
    Paragraph(String),
    /// 落款: name, telephone number or date, at the right.
    Signature(String),
}

impl Block {
    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Title(text) | Self::Salutation(text) | Self::Paragraph(text) | Self::Signature(text) => text,
        }
    }
}

/// A letter from its title to its date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// Its parts in reading order.
    pub blocks: Vec<Block>,
}

impl Letter {
    /// Reads the plain form in which sample letters are written: the first line is the title, a second line
    /// ending in `：` is the salutation, lines starting with `>` are set at the right, all others are paragraphs. Where the first line
    /// starts with `<`, or with `|`, there is no title: such lines are a salutation, or a paragraph, wherever they stand.
    /// Empty lines are left out.
    #[must_use]
    pub fn from_plain(text: &str) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let block = if let Some(left) = line.strip_prefix('<') {
                Block::Salutation(left.trim().to_owned())
            } else if let Some(paragraph) = line.strip_prefix('|') {
                Block::Paragraph(paragraph.trim().to_owned())
            } else if blocks.is_empty() {
                Block::Title(line.to_owned())
            } else if let Some(right) = line.strip_prefix('>') {
                Block::Signature(right.trim().to_owned())
            } else if blocks.len() == 1 && line.ends_with('：') {
                Block::Salutation(line.to_owned())
            } else {
                Block::Paragraph(line.to_owned())
            };
            blocks.push(block);
        }
        Self { blocks }
    }

    /// What a perfect reader finds on the pages: one line for each part.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.blocks.iter().map(Block::text).collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, Letter};

    #[test]
    fn a_letter_may_have_no_title() {
        let letter = Letter::from_plain("< 同志：\n| 你们好。\n> 张三\n");
        let roles = [
            Block::Salutation("同志：".to_owned()),
            Block::Paragraph("你们好。".to_owned()),
            Block::Signature("张三".to_owned()),
        ];
        assert_eq!(letter.blocks, roles);
        assert_eq!(letter.text(), "同志：\n你们好。\n张三");
    }

    #[test]
    fn tells_the_roles_apart() {
        let letter =
            Letter::from_plain("反映噪声\n\n尊敬的领导：\n我们的要求如下：\n请处理。\n> 张三\n> 2026年5月1日\n");
        assert_eq!(
            letter.blocks,
            [
                Block::Title("反映噪声".to_owned()),
                Block::Salutation("尊敬的领导：".to_owned()),
                Block::Paragraph("我们的要求如下：".to_owned()),
                Block::Paragraph("请处理。".to_owned()),
                Block::Signature("张三".to_owned()),
                Block::Signature("2026年5月1日".to_owned()),
            ]
        );
    }
}
