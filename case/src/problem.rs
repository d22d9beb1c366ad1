//! The one table of what can be wrong with input or fail in the gateway: for HTTP (RFC 9457), for the command line, for
//! the quarantine list and for marks on a statement.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $status:literal, $title:literal;)*) => {
        /// A named problem. The code is stable: others script against it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ProblemCode {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl ProblemCode {
            /// Every problem.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name for programs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status of an answer that reports it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// What it is, for people.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

problems! {
    // What came in at a door
    /// Nothing in it.
    EmptyInput, "empty_input", 422, "内容为空";
    /// More bytes than the door takes.
    InputTooLarge, "input_too_large", 413, "文件过大";
    /// The bytes are of no type that the door reads.
    UnsupportedType, "unsupported_type", 415, "不支持的文件类型";
    /// The file ends too early or is damaged.
    DamagedFile, "damaged_file", 422, "文件损坏或不完整";
    /// A password is needed to read it.
    PasswordProtected, "password_protected", 422, "文件有密码保护";
    /// More pages than the limit.
    TooManyPages, "too_many_pages", 422, "页数过多";
    /// More pixels than the limit.
    TooManyPixels, "too_many_pixels", 422, "图像尺寸过大";
    /// More parts, or parts nested deeper, than the limit.
    TooDeep, "too_deep", 422, "结构嵌套过深或部件过多";
    /// The text is in no charset that could be told.
    UnknownCharset, "unknown_charset", 422, "无法识别文字编码";
    /// Not the JSON or transcript that the door takes.
    MalformedInput, "malformed_input", 422, "格式不符合要求";
    /// A field of the form is wrong; the detail names it.
    InvalidField, "invalid_field", 422, "填写有误";
    /// It is not a message of a person: a bounce, an automatic answer, our own.
    NotAPetition, "not_a_petition", 422, "不是信访内容";
    /// The mail server that delivered it calls it spam.
    MarkedAsSpam, "marked_as_spam", 422, "被邮件服务器标记为垃圾邮件";
    /// A page took longer than the limit.
    PageTimeout, "page_timeout", 422, "页面识别超时";
    /// The page reader crashed on a page.
    PageCrashed, "page_crashed", 422, "页面识别进程异常终止";
    /// The page reader ran out of the memory it may use.
    PageMemory, "page_memory", 422, "页面识别超出内存限制";
    /// A document took longer than the limit.
    DocumentTimeout, "document_timeout", 422, "文档读取超时";
    /// The document reader ran out of the memory it may use.
    DocumentMemory, "document_memory", 422, "文档读取超出内存限制";
    /// Not tried yet: what the time or the number for one mail allowed was used up by others.
    NotReadYet, "not_read_yet", 503, "尚未识读";
    /// A recording came without a transcript, and there is no program that writes it down.
    RecogniserMissing, "recogniser_missing", 422, "录音没有文字，且未配置转写程序";
    /// The program that writes recordings down failed or took too long.
    RecogniserFailed, "recogniser_failed", 422, "录音转写失败";
    /// A page carries the sticker of a sealed envelope, which must not be scanned.
    SealedScanned, "sealed_scanned", 422, "密封件不得扫描";
    /// The file named on the command line could not be read.
    UnreadableFile, "unreadable_file", 422, "文件无法读取";

    // Requests
    /// No such thing, or not for this user.
    NotFound, "not_found", 404, "未找到";
    /// The address is there, but not for this method.
    MethodNotAllowed, "method_not_allowed", 405, "不支持这种请求方法";
    /// Number or query code is wrong; which of them is not told.
    WrongNumberOrCode, "wrong_number_or_code", 404, "编号或查询码不正确";
    /// Not signed in.
    SignInRequired, "sign_in_required", 401, "请先登录";
    /// User name or password is wrong; which of them is not told.
    WrongPassword, "wrong_password", 401, "用户名或密码不正确";
    /// Signed in, but without the right.
    Forbidden, "forbidden", 403, "没有权限";
    /// The request did not come from our own page.
    ForeignOrigin, "foreign_origin", 403, "页面已过期，请刷新后重试";
    /// The rest of the request did not come in time.
    RequestTimeout, "request_timeout", 408, "上传中断，等待超时";
    /// Too many requests.
    TooManyRequests, "too_many_requests", 429, "操作过于频繁，请稍后再试";
    /// The case changed meanwhile.
    Conflict, "conflict", 409, "信访事项已被他人修改，请刷新";
    /// Somebody else has the letter open, or has changed its check meanwhile.
    CheckChanged, "check_changed", 409, "这封信已由他人核对";
    /// The state of the case does not allow it.
    InvalidTransition, "invalid_transition", 409, "当前状态不能这样办理";
    /// The unit is the respondent, its parent, its child or led by the respondent.
    UnitIsRespondent, "unit_is_respondent", 422, "不得转送被反映单位及其上下级";
    /// The idempotency key was used for other content.
    KeyReused, "key_reused", 422, "重复的提交编号对应不同内容";
    /// The queue is over its bound.
    QueueFull, "queue_full", 503, "系统繁忙，请稍后再试";
    /// The day's registration numbers are used up.
    NumbersUsedUp, "numbers_used_up", 503, "当日登记编号已用完";

    // The installation
    /// The configuration or a data file of the office is wrong; the detail names file and line.
    InvalidConfiguration, "invalid_configuration", 500, "配置有误";
    /// No space left.
    DiskFull, "disk_full", 507, "磁盘空间不足";
    /// The process that reads documents cannot be started.
    DocumentReaderMissing, "document_reader_missing", 503, "文档读取进程无法启动";
    /// Tesseract or its library is missing.
    OcrMissing, "ocr_missing", 503, "未安装文字识别程序Tesseract";
    /// The language data of Tesseract is missing.
    OcrLanguageMissing, "ocr_language_missing", 503, "未安装文字识别语言数据chi_sim";
    /// The networks of PP-OCR are not where the configuration says.
    OcrModelMissing, "ocr_model_missing", 503, "未安装文字识别模型PP-OCR";
    /// A file of PP-OCR is not the one whose hash we know; it is not used.
    OcrModelForeign, "ocr_model_foreign", 503, "文字识别模型的校验值不符";
    /// The programs that take PDF pages apart are missing.
    PdfToolsMissing, "pdf_tools_missing", 503, "未安装PDF处理程序poppler-utils";
    /// The fonts with which sample letters are drawn are missing.
    FontMissing, "font_missing", 503, "未安装中文字体";
    /// A watched folder cannot be read or written.
    FolderUnusable, "folder_unusable", 503, "监视目录无法使用";
    /// The store cannot be reached or answered wrongly.
    StoreFailed, "store_failed", 503, "数据库不可用";
    /// The search index cannot be used; intake goes on without it.
    SearchFailed, "search_failed", 503, "检索服务不可用";
    /// The search server does not answer, or not to us; what waits for it goes on when it does.
    SearchUnreachable, "search_unreachable", 503, "检索服务器暂不可用";
    /// The search index is of another version or damaged and is rebuilt from the database.
    IndexOutdated, "index_outdated", 503, "检索索引正待重建";
    /// The search index does not hold what the database does.
    IndexDiffers, "index_differs", 500, "检索索引与数据库不一致";
    /// The answer of this case cannot be published, or not as it was written.
    NotPublishable, "not_publishable", 422, "不能公开";
    /// The group or the case has as many representatives as it may, or this petitioner cannot be one.
    InvalidRepresentative, "invalid_representative", 422, "不能推选为代表";
    /// A mail could not be handed to the mail server.
    MailFailed, "mail_failed", 502, "邮件发送失败";
    /// A mailbox could not be fetched.
    MailboxFailed, "mailbox_failed", 502, "邮箱收取失败";
    /// Another process works on the same data folder.
    DataInUse, "data_in_use", 503, "数据目录正被另一进程使用";
    /// A check found damage: a broken chain, a missing original.
    IntegrityBroken, "integrity_broken", 500, "数据完整性检查未通过";
    /// A fault of the gateway itself; the log has the cause.
    Internal, "internal", 500, "系统内部错误";
}

impl ProblemCode {
    /// This problem with what is particular to the occasion: what, where and what to do. `detail` is shown to people and
    /// must hold no personal data.
    #[must_use]
    pub fn because(self, detail: impl Into<String>) -> Problem {
        Problem { code: self, detail: detail.into() }
    }
}

/// A problem on one occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub struct Problem {
    /// Which one of the table.
    pub code: ProblemCode,
    /// What is particular to this occasion, in Chinese, without personal data: what, where and what to do.
    pub detail: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}：{} [{}]", self.code.title(), self.detail, self.code.code())
    }
}

impl From<ProblemCode> for Problem {
    fn from(code: ProblemCode) -> Self {
        code.because(String::new())
    }
}
