//! How calls come in: the watched folder, the command that writes recordings down, the telephone system that announces them.

use serde::Deserialize;

/// Settings of calls.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallSettings {
    /// The folder into which telephone systems write recordings and transcripts; empty: none is watched.
    pub folder: String,
    /// Seconds for which the files of a call must be unchanged before they are taken.
    pub settle_seconds: u64,
    /// The command that writes a recording down, program and arguments; empty: none.
    pub recogniser: Vec<String>,
    /// Seconds that it may take.
    pub recogniser_seconds: u64,
    /// Mebibytes of memory that it may use.
    pub recogniser_memory_mebibytes: u64,
    /// Cores that it may keep busy for all of that time.
    pub recogniser_cores: u64,
    /// Whether it is kept off the network and away from the data folder.
    pub recogniser_isolated: bool,
    /// What a telephone system shows that announces calls; empty: none may.
    pub push_token: String,
}

impl std::fmt::Debug for CallSettings {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let push = if self.push_token.is_empty() { "off" } else { "on" };
        formatter
            .debug_struct("CallSettings")
            .field("folder", &self.folder)
            .field("push", &push)
            .finish_non_exhaustive()
    }
}

impl CallSettings {
    /// A token that nobody guesses.
    const SHORTEST_TOKEN: usize = 32;
    /// A job of reading a recording must end before its lease does (one hour).
    const LONGEST: u64 = 3_000;

    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=Self::LONGEST).contains(&self.recogniser_seconds) || self.recogniser_cores == 0 {
            return Err(format!("calls：recogniser_seconds应为1至{}，recogniser_cores不能为0", Self::LONGEST));
        }
        if !self.push_token.is_empty() && self.push_token.len() < Self::SHORTEST_TOKEN {
            return Err(format!("calls.push_token至少{}个字符，例如openssl rand -hex 32的结果", Self::SHORTEST_TOKEN));
        }
        if self.recogniser_memory_mebibytes < 64 {
            return Err("calls：recogniser_memory_mebibytes不能小于64".to_owned());
        }
        let names_recording = self.recogniser.iter().any(|part| part.contains(crate::calls::recogniser::RECORDING));
        if !self.recogniser.is_empty() && !names_recording {
            return Err("calls.recogniser中应有一个参数含{recording}，即录音文件的位置".to_owned());
        }
        Ok(())
    }
}
