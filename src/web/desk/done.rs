//! What the next page says about what was just done. The address carries a code; the words stand here, so that a link cannot put
//! words of its own on our pages.

/// The name of the query field.
pub const FIELD: &str = "done";

macro_rules! done {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $text:literal;)*) => {
        /// Something that was just done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Done {
            $($(#[$doc])* $name,)*
        }

        impl Done {
            /// `path` with the code in its query.
            #[must_use]
            pub fn on(self, path: &str) -> String {
                let code = match self { $(Self::$name => $code,)* };
                let joint = if path.contains('?') { '&' } else { '?' };
                format!("{path}{joint}{FIELD}={code}")
            }
        }

        /// The words for a code; none for anything else.
        #[must_use]
        pub fn text(code: &str) -> Option<&'static str> {
            match code { $($code => Some($text),)* _ => None }
        }
    };
}

done! {
    /// A finding was confirmed.
    Confirmed, "confirmed", "已确认认定。如有误，可在查重结果中撤销。";
    /// A finding was refused.
    Refused, "refused", "已否认，不作重复或同类处理。如有误，可在查重结果中撤销。";
    /// A decision was taken back.
    Undone, "undone", "已撤销认定，查重结果恢复为待认定。";
    /// A case was sent.
    Sent, "sent", "已决定转送、交办，函件正在发出。";
    /// A dispatch was taken back.
    Recalled, "recalled", "已撤回，可以重新转送、交办。函件如已发出，请另行通知该单位。";
    /// A dispatch is sent again.
    Resent, "resent", "正在重新发送函件。";
    /// A notice is sent again.
    NoticeResent, "notice-resent", "正在重新发送回执。";
    /// A case was sealed.
    Sealed, "sealed", "已密封，只有检举控告专办人员可以查看。";
    /// A case was unsealed.
    Unsealed, "unsealed", "已解除密封，按一般事项办理。";
    /// A refused arrival is read again.
    Retried, "retried", "正在重新读取来件。";
    /// A mail of the quarantine is registered.
    RegisteredAnyway, "registered-anyway", "正在登记为信访件，完成后可在信访事项列表中看到。";
    /// A batch's file is parted again.
    Reparted, "reparted", "正在重新拆分该文件。";
    /// A batch was taken in.
    BatchTaken, "batch-taken", "扫描件已安全保存，正在拆分和识别。";
    /// A sealed envelope was handed over.
    SealedHandedOver, "sealed-handed-over", "已记录移交。";
    /// The confirmation of a letter was taken back.
    CheckUndone, "check-undone", "已撤销核对，更正内容已放回草稿，可以继续修改。";
    /// A correction was taken back.
    CorrectionUndone, "correction-undone", "已撤销这处更正。";
    /// Pages of a letter are read again.
    ReadingAgain, "reading-again", "正在重新识别未读的页，完成后请刷新本页核对。";
    /// Attachments of a mail are read again.
    ReadingAttachments, "reading-attachments", "正在重新识读附件，完成后刷新本页可见。";
    /// A dead job is tried again.
    Revived, "revived", "任务已重新开始。";
    /// An answer was published.
    AnswerPublished, "answer-published", "已公开。如有不妥，可在下面撤回。";
    /// A published answer was withdrawn.
    AnswerWithdrawn, "answer-withdrawn", "已撤回，公众不再看到。";
    /// A representative was named.
    RepresentativeNamed, "representative-named", "已记为代表。如有误，可在代表名单中撤销。";
    /// A representative was taken back.
    RepresentativeUndone, "representative-undone", "已撤销代表。";
    /// The index is made anew.
    RebuildAsked, "rebuild-asked", "已安排重建检索索引，在后台进行。";
    /// The index is made anew already.
    RebuildUnderWay, "rebuild-under-way", "检索索引已经在重建。";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_codes_have_words() {
        let path = Done::Sent.on("/desk/cases/1");
        assert_eq!(path, "/desk/cases/1?done=sent");
        assert!(text("sent").is_some());
        assert_eq!(text("<b>任意文字</b>"), None);
    }
}
