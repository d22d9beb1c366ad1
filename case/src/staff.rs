//! Who works in the office and what each may do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::StaffId;

/// A member of the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Its identifier.
    pub id: StaffId,
    /// The name to sign in with.
    pub user_name: UserName,
    /// The name shown to colleagues.
    pub display_name: String,
    /// What the person does; decides the rights.
    pub roles: Vec<Role>,
    /// Whether the person can sign in; nobody is deleted, since events name them.
    pub active: bool,
}

/// A name to sign in with: 2 to 32 of `a-z`, `0-9`, `.`, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct UserName(String);

/// The text is no user name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("用户名应为2至32位小写字母、数字、“.”、“-”或“_”")]
pub struct InvalidUserName;

impl UserName {
    /// Reads a user name; capital letters count as small ones.
    ///
    /// # Errors
    /// The text is too short, too long or has other characters.
    pub fn parse(text: &str) -> Result<Self, InvalidUserName> {
        let plain = text.trim().to_ascii_lowercase();
        let fits = (2..=32).contains(&plain.len())
            && plain.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
        if fits { Ok(Self(plain)) } else { Err(InvalidUserName) }
    }

    /// The name under which commands at the server act; nobody can be called so, since it is too long to be chosen.
    #[must_use]
    pub fn server() -> Self {
        Self("command-line-of-the-server-itself".to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for UserName {
    type Error = InvalidUserName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<UserName> for String {
    fn from(name: UserName) -> Self {
        name.0
    }
}

/// What a member of the staff does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 收发员: scans and registers letters.
    Clerk,
    /// 接线员: enters calls.
    Operator,
    /// 办信人员: decides duplicates, units and sending.
    Officer,
    /// 检举控告专办: the only one who sees sealed cases.
    Accusations,
    /// 负责人: reads everything but the sealed.
    Head,
    /// 系统管理员: users, units, jobs, quarantine; no cases.
    Administrator,
}

/// One thing that a handler does for somebody; named in the handler's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// See the queue, cases and submissions that are not sealed, personal data masked.
    ReadCases,
    /// See a petitioner's data unmasked; each look is an event.
    Unmask,
    /// Open originals and attachments.
    OpenFiles,
    /// Enter submissions for petitioners.
    Enter,
    /// Check what was read from letters against their pages, and put it right. What is checked is shown unmasked beside its image.
    Verify,
    /// Decide findings, classes and units, and send.
    Decide,
    /// See and decide sealed cases.
    Sealed,
    /// See and retry refused arrivals and dead jobs.
    Quarantine,
    /// Add users and units.
    Administer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] =
        [Self::Clerk, Self::Operator, Self::Officer, Self::Accusations, Self::Head, Self::Administrator];

    /// The name in the store and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Operator => "operator",
            Self::Officer => "officer",
            Self::Accusations => "accusations",
            Self::Head => "head",
            Self::Administrator => "administrator",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clerk => "收发员",
            Self::Operator => "接线员",
            Self::Officer => "办信人员",
            Self::Accusations => "检举控告专办",
            Self::Head => "负责人",
            Self::Administrator => "系统管理员",
        }
    }

    /// What the role may do.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Clerk => &[P::ReadCases, P::OpenFiles, P::Enter, P::Verify, P::Quarantine],
            Self::Operator => &[P::ReadCases, P::Enter],
            Self::Officer => &[P::ReadCases, P::Unmask, P::OpenFiles, P::Enter, P::Verify, P::Decide, P::Quarantine],
            Self::Accusations => &[P::ReadCases, P::Unmask, P::OpenFiles, P::Enter, P::Verify, P::Decide, P::Sealed],
            Self::Head => &[P::ReadCases, P::OpenFiles],
            Self::Administrator => &[P::Quarantine, P::Administer],
        }
    }
}

impl Staff {
    /// Whether the person is active and one of their roles allows `permission`.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.active && self.roles.iter().any(|role| role.permissions().contains(&permission))
    }
}

/// The text names no role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("没有这个角色：应为clerk、operator、officer、accusations、head或administrator")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|role| role.as_str() == text).ok_or(UnknownRole)
    }
}
