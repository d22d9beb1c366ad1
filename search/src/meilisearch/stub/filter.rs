//! The filter language, as much of it as is needed: `=`, `IN`, `<`, `>=`, `AND`, `OR`, `NOT`, brackets.

use serde_json::{Map, Value};

use super::state::error;

type Document = Map<String, Value>;

/// A condition.
#[derive(Debug)]
pub(super) enum Filter {
    In(String, Vec<String>),
    Below(String, f64),
    AtLeast(String, f64),
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
}

impl Filter {
    /// Reads a filter that names only attributes of `filterable`.
    pub(super) fn parse(text: &str, uid: &str, filterable: &[String]) -> Result<Self, Value> {
        let bad = || error("invalid_search_filter", &format!("Index `{uid}`: filter {text}"));
        let tokens = tokens(text).ok_or_else(bad)?;
        let mut parser = Parser { tokens: &tokens, filterable };
        let filter = parser.any().ok_or_else(bad)?;
        if parser.tokens.is_empty() { Ok(filter) } else { Err(bad()) }
    }

    /// Whether a document fulfils it.
    pub(super) fn holds(&self, document: &Document) -> bool {
        let values = |name: &str| match document.get(name) {
            Some(Value::Array(values)) => values.clone(),
            Some(value) => vec![value.clone()],
            None => Vec::new(),
        };
        let numbers = |name: &str| values(name).into_iter().filter_map(|value| value.as_f64()).collect::<Vec<_>>();
        let written = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match self {
            Self::In(name, wanted) => values(name).iter().any(|value| wanted.contains(&written(value))),
            Self::Below(name, bound) => numbers(name).iter().any(|number| number < bound),
            Self::AtLeast(name, bound) => numbers(name).iter().any(|number| number >= bound),
            Self::And(a, b) => a.holds(document) && b.holds(document),
            Self::Or(a, b) => a.holds(document) || b.holds(document),
            Self::Not(inner) => !inner.holds(document),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Sign(&'static str),
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign = ["<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","].into_iter().find(|sign| rest.starts_with(sign));
        if let Some(sign) = sign {
            tokens.push(Token::Sign(sign));
            rest = rest.get(sign.len()..)?;
        } else if first == '"' || first == '\'' {
            let mut value = String::new();
            let mut characters = rest.char_indices().skip(1);
            let end = loop {
                match characters.next()? {
                    (_at, '\\') => match characters.next()? {
                        (_at, escaped) if escaped == first => value.push(escaped),
                        (_at, other) => value.extend(['\\', other]),
                    },
                    (at, character) if character == first => break at,
                    (_at, character) => value.push(character),
                }
            };
            tokens.push(Token::Quoted(value));
            rest = rest.get(end + 1..)?;
        } else {
            let end = rest.find(|c: char| c.is_whitespace() || "<>=()[],\"'".contains(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(end);
            tokens.push(Token::Word(word.to_owned()));
            rest = behind;
        }
        rest = rest.trim_start();
    }
    Some(tokens)
}

struct Parser<'a> {
    tokens: &'a [Token],
    filterable: &'a [String],
}

impl Parser<'_> {
    fn next(&mut self) -> Option<&Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn takes(&mut self, wanted: &Token) -> bool {
        let there = self.tokens.first() == Some(wanted);
        if there {
            self.tokens = &self.tokens[1..];
        }
        there
    }

    fn word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }

    fn any(&mut self) -> Option<Filter> {
        let mut left = self.all()?;
        while self.word("OR") {
            left = Filter::Or(Box::new(left), Box::new(self.all()?));
        }
        Some(left)
    }

    fn all(&mut self) -> Option<Filter> {
        let mut left = self.one()?;
        while self.word("AND") {
            left = Filter::And(Box::new(left), Box::new(self.one()?));
        }
        Some(left)
    }

    fn one(&mut self) -> Option<Filter> {
        if self.word("NOT") {
            return Some(Filter::Not(Box::new(self.one()?)));
        }
        if self.takes(&Token::Sign("(")) {
            let inner = self.any()?;
            return self.takes(&Token::Sign(")")).then_some(inner);
        }
        let Token::Word(name) = self.next()? else { return None };
        let name = name.clone();
        if !self.filterable.contains(&name) {
            return None;
        }
        match self.next()? {
            Token::Sign("=") => Some(Filter::In(name, vec![self.value()?])),
            Token::Sign("<") => Some(Filter::Below(name, self.value()?.parse().ok()?)),
            Token::Sign(">=") => Some(Filter::AtLeast(name, self.value()?.parse().ok()?)),
            Token::Word(word) if word == "IN" => {
                let mut values = Vec::new();
                if !self.takes(&Token::Sign("[")) {
                    return None;
                }
                while !self.takes(&Token::Sign("]")) {
                    values.push(self.value()?);
                    self.takes(&Token::Sign(","));
                }
                Some(Filter::In(name, values))
            }
            _ => None,
        }
    }

    fn value(&mut self) -> Option<String> {
        match self.next()? {
            Token::Word(value) | Token::Quoted(value) => Some(value.clone()),
            Token::Sign(_) => None,
        }
    }
}
