//! What each problem of the table means and what to do about it, in Chinese and in English: the page that the `type` of a problem
//! document names (RFC 9457 section 3.1.1).
//!
//! Longer than other files because it is one table.

use case::problem::ProblemCode;

/// What people should know of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemGuide {
    /// What it means.
    pub meaning: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Its title in English.
    pub english_title: &'static str,
    /// What it means, in English.
    pub english_meaning: &'static str,
    /// What to do, in English.
    pub english_remedy: &'static str,
}

macro_rules! guide {
    ($($code:ident => $meaning:literal, $remedy:literal, $title:literal, $english:literal, $action:literal;)*) => {
        /// The guide to a problem. A new problem has none before it is written here.
        #[must_use]
        pub const fn of(code: ProblemCode) -> ProblemGuide {
            match code {
                $(ProblemCode::$code => ProblemGuide {
                    meaning: $meaning,
                    remedy: $remedy,
                    english_title: $title,
                    english_meaning: $english,
                    english_remedy: $action,
                },)*
            }
        }
    };
}

guide! {
    EmptyInput =>
        "收到的内容是空的：没有文字，也没有可以读取的文件。",
        "请填写标题或内容，或重新选择文件后再提交。",
        "Empty input",
        "Nothing was in what was sent: no words and no file that can be read.",
        "Fill in a title or a text, or choose the file again.";
    InputTooLarge =>
        "内容超过了这里能接收的大小。",
        "请减少文件、压缩图片，或分成几次提交。",
        "Input too large",
        "It is larger than what is taken here.",
        "Send fewer or smaller files, or send them one after the other.";
    UnsupportedType =>
        "文件不是这里能够读取的类型，判断依据是文件内容而不是文件名。",
        "请转换为PDF、JPEG、PNG等常用格式后重新提交。",
        "Unsupported type",
        "The content of the file, whatever its name, is of no type that is read here.",
        "Convert it to PDF, JPEG, PNG or another common format and send it again.";
    DamagedFile =>
        "文件损坏，或传输中断导致不完整。",
        "请用原来的程序打开确认，重新保存或重新扫描后再提交。",
        "Damaged file",
        "The file ends too early or is damaged.",
        "Open it to see whether it is whole, save or scan it again, and send it again.";
    PasswordProtected =>
        "文件设置了密码，无法读取。",
        "请去掉密码后重新提交。",
        "Password protected",
        "The file cannot be read without a password.",
        "Remove the password and send it again.";
    TooManyPages =>
        "文件的页数超过上限。",
        "请拆分成几份文件提交。",
        "Too many pages",
        "The file has more pages than the limit.",
        "Split it and send the parts.";
    TooManyPixels =>
        "图像的尺寸超过上限。",
        "请用300 dpi重新扫描，或缩小图像。",
        "Too many pixels",
        "The picture is larger than the limit.",
        "Scan it at 300 dpi, or make it smaller.";
    TooDeep =>
        "文件或邮件的结构嵌套过深，或部件过多。",
        "请把其中的内容单独保存后提交。",
        "Nested too deeply",
        "The file or mail has more parts, or parts nested deeper, than the limit.",
        "Save what is inside by itself and send that.";
    UnknownCharset =>
        "无法判断文字使用的编码。",
        "请另存为UTF-8编码后重新提交。",
        "Unknown charset",
        "The charset of the text cannot be told.",
        "Save it as UTF-8 and send it again.";
    MalformedInput =>
        "内容的格式不符合要求，或传输中断。",
        "请按说明检查格式；网页表单请退回后重新提交。",
        "Malformed input",
        "The content does not have the form that is taken here, or it was cut off.",
        "Check it against the description; go back to a form and send it again.";
    InvalidField =>
        "某一项填写有误，详情中写明了是哪一项。",
        "请改正该项后重新提交。",
        "Invalid field",
        "A field is wrong; the detail names it.",
        "Correct it and send it again.";
    NotAPetition =>
        "收到的是退信、自动回复等，不是信访人写来的内容。",
        "无需处理；如判断有误，可在待处理来件中查看并登记为信访件。",
        "Not a petition",
        "It is a bounce, an automatic answer or a message of our own.",
        "Nothing needs to be done; if that is wrong, register it from the quarantine.";
    MarkedAsSpam =>
        "收信的邮件服务器在信头中把这封邮件标记为垃圾邮件，因此没有自动登记；原件已保存。",
        "请在待处理来件中查看：确为信访内容的登记为信访件，其余可不处理。要让某个邮箱的这类邮件也自动登记，请把该邮箱的spam设为\"register\"。",
        "Marked as spam",
        "The mail server that delivered the mail calls it spam in its headers, so it was not registered by itself; the original is kept.",
        "Look at it in the quarantine and register it if it is a petition, or leave it. To register such mails of a mailbox by themselves, set its spam to \"register\".";
    PageTimeout =>
        "某一页的识别超过了时限，该页已跳过。",
        "请对照原件人工录入该页，或重新扫描得更清晰。",
        "Page timed out",
        "Reading a page took longer than the limit, and the page was left out.",
        "Type that page from the original, or scan it more clearly.";
    PageCrashed =>
        "识别某一页的进程异常终止，其他页不受影响。",
        "请对照原件人工录入该页，或重新扫描。",
        "Page reader crashed",
        "The process that read a page ended badly; other pages are not affected.",
        "Type that page from the original, or scan it again.";
    PageMemory =>
        "识别某一页所需内存超过上限，该页已跳过。",
        "请降低分辨率重新扫描，或由管理员调高letters.memory_mebibytes。",
        "Page needs too much memory",
        "Reading a page needed more memory than the limit.",
        "Scan it at a lower resolution, or raise letters.memory_mebibytes.";
    DocumentTimeout =>
        "读取附件中的文档超过了时限，已停止读取；来件和附件不受影响。",
        "请下载附件人工查看，或请对方另存为PDF后重新发送。",
        "Document timed out",
        "Reading an attached document took longer than the limit and was stopped; the mail and the file are kept.",
        "Look at the file, or ask for it as a PDF.";
    NotReadYet =>
        "这封邮件的附件较多或较慢，一次识读的时间或件数已用完，这个附件还没有识读；来件和附件不受影响。",
        "系统会自动补读，结果显示在信访事项页面；也可在该页要求重新识读。时间见配置mail.attachment_seconds。",
        "Not read yet",
        "The attachments of a mail are many or slow: the time or the number for one reading was used up before this one.",
        "It is read later by itself, and the page of the case shows it; the time is mail.attachment_seconds.";
    DocumentMemory =>
        "读取附件中的文档所需内存超过上限，已停止读取；来件和附件不受影响。",
        "请下载附件人工查看，或请对方另存为PDF后重新发送。",
        "Document needs too much memory",
        "Reading an attached document needed more memory than the limit and was stopped; the mail and the file are kept.",
        "Look at the file, or ask for it as a PDF.";
    RecogniserMissing =>
        "收到的是录音，没有随附的文字记录，也没有配置能把录音转成文字的程序。录音已保存。",
        "请补交同名的通话记录，或配置calls.recogniser后在“待处理来件”中重新读取。",
        "No transcript and no recogniser",
        "A recording came without a transcript, and no program is configured that writes it down. The recording is kept.",
        "Send the transcript of the same name, or set calls.recogniser and retry it in the quarantine.";
    RecogniserFailed =>
        "转写程序没有在限定的时间和内存内给出结果，或报告了错误。录音已保存。",
        "请检查calls.recogniser所指的程序，然后在“待处理来件”中重新读取。",
        "Recogniser failed",
        "The program that writes recordings down failed, or used more time or memory than it may. The recording is kept.",
        "Check the program that calls.recogniser names, then retry in the quarantine.";
    SealedScanned =>
        "扫描件中有密封件标签，密封的检举控告信不得拆封、扫描或识别。",
        "请把该密封件移交检举控告专办人员；其余信件请取出后重新扫描。",
        "Sealed envelope scanned",
        "A page carries the sticker of a sealed envelope, which must not be opened, scanned or read.",
        "Hand the envelope to the staff for accusations, and scan the other letters without it.";
    UnreadableFile =>
        "命令中指定的文件无法读取。",
        "请检查路径和读取权限。",
        "Unreadable file",
        "The file named on the command line cannot be read.",
        "Check its path and permissions.";
    NotFound =>
        "没有这个地址，或您无权查看。",
        "请检查地址；从首页或列表重新进入。",
        "Not found",
        "There is nothing at this address, or nothing that you may see.",
        "Check the address, or start again from the first page.";
    MethodNotAllowed =>
        "这个地址存在，但不支持所用的请求方法。",
        "请按接口说明使用Allow响应头列出的方法。",
        "Method not allowed",
        "The address exists, but not for this method.",
        "Use a method that the Allow header names.";
    WrongNumberOrCode =>
        "登记编号或查询码不正确。出于安全考虑，不提示是哪一项。",
        "请对照登记回执核对两项；仍不成功请致电。",
        "Wrong number or code",
        "The registration number or the query code is wrong; which of them is not told.",
        "Compare both with the receipt, or call the office.";
    SignInRequired =>
        "此操作需要先登录，或登录已过期。",
        "请重新登录后再试。",
        "Sign-in required",
        "Nobody is signed in, or the session has ended.",
        "Sign in and try again.";
    WrongPassword =>
        "用户名或密码不正确。出于安全考虑，不提示是哪一项。",
        "请重新输入；忘记密码请联系管理员。",
        "Wrong password",
        "The user name or the password is wrong; which of them is not told.",
        "Type them again, or ask the administrator.";
    Forbidden =>
        "您的角色没有此项权限。",
        "如确需办理，请联系管理员。",
        "Forbidden",
        "Your role does not have the right to do this.",
        "Ask the administrator if you need it.";
    ForeignOrigin =>
        "请求不是从本网站当前的页面发出的，或页面已过期。",
        "请刷新页面后重试；程序请携带登录时取得的form_token。",
        "Foreign origin",
        "The request did not come from a current page of this site.",
        "Reload the page and try again; programs send the form token of their session.";
    RequestTimeout =>
        "请求的内容没有在时限内传完，连接已关闭，未登记任何内容。",
        "请在网络较好时重新提交，或减少文件。",
        "Request timed out",
        "The request did not arrive completely in time. The connection was closed and nothing was registered.",
        "Send it again over a better line, or with fewer files.";
    TooManyRequests =>
        "同一地址短时间内的请求过多。",
        "请按提示的秒数等待后再试。",
        "Too many requests",
        "Too many requests came from one address in a short time.",
        "Wait for the seconds that are named and try again.";
    CheckChanged =>
        "他人已打开或改动了这封信的核对。",
        "请刷新后继续。",
        "Check changed",
        "Somebody else has the letter open or has changed its check.",
        "Reload and go on from there.";
    Conflict =>
        "您打开页面之后，他人已修改同一内容。",
        "请刷新页面，按最新情况办理。",
        "Conflict",
        "Somebody else has changed this in the meantime.",
        "Reload the page and decide by what it shows now.";
    InvalidTransition =>
        "信访事项目前的状态不允许这项操作。",
        "请刷新页面查看当前状态。",
        "Invalid transition",
        "The state of the case does not allow this.",
        "Reload the page to see the state.";
    UnitIsRespondent =>
        "不得把信访事项转送给被反映的单位、其上级、下级或其负责人所在的单位。",
        "请选择其他单位，或请其上级机关协调。",
        "Unit is the respondent",
        "A case never goes to the unit that it complains about, its parent, its child or one led by the respondent.",
        "Choose another unit.";
    KeyReused =>
        "同一个提交编号（idempotency_key）已用于另一内容。",
        "新的信访请使用新的编号；重复提交请保持内容一致。",
        "Key reused",
        "The idempotency key was used for other content before.",
        "Use a new key for a new petition, and the same content for another attempt.";
    QueueFull =>
        "等待处理的来件过多，本次未登记。",
        "请稍后重试；急事请致电。",
        "Queue full",
        "Too much waits to be processed, and nothing was registered.",
        "Try again later.";
    NumbersUsedUp =>
        "当日的登记编号已经用完。",
        "请次日再提交，或联系管理员。",
        "Numbers used up",
        "The registration numbers of the day are used up.",
        "Try again tomorrow, or tell the administrator.";
    InvalidConfiguration =>
        "系统配置或机构数据文件有误，详情中写明文件和行。",
        "请管理员改正后重新启动；可用xinqiao check检查。",
        "Invalid configuration",
        "A setting or a data file of the office is wrong; the detail names file and line.",
        "Correct it and start again; xinqiao check shows what is wrong.";
    DiskFull =>
        "服务器磁盘空间不足，本次未登记。",
        "请管理员清理或扩充磁盘；您可稍后重新提交。",
        "Disk full",
        "The server has no space left, and nothing was registered.",
        "The administrator must make room; send it again later.";
    DocumentReaderMissing =>
        "服务器暂时无法启动读取文档的进程，通常因进程数或内存不足。",
        "请管理员检查内存和进程数上限；来件已保存，之后会自动继续读取。",
        "Document reader cannot start",
        "The process that reads documents cannot be started, mostly for want of memory or processes.",
        "Look at memory and the limit of processes; what came in is kept and read afterwards.";
    OcrMissing =>
        "服务器未安装文字识别程序。",
        "请管理员安装tesseract-ocr；来件已保存，安装后会继续识别。",
        "OCR missing",
        "The program that reads pages is not installed.",
        "Install tesseract-ocr; what came in is kept and read afterwards.";
    OcrLanguageMissing =>
        "服务器未安装中文识别数据。",
        "请管理员安装tesseract-ocr-chi-sim；来件已保存，安装后会继续识别。",
        "OCR language missing",
        "The Chinese data for reading pages is not installed.",
        "Install tesseract-ocr-chi-sim; what came in is kept and read afterwards.";
    OcrModelMissing =>
        "服务器上没有PP-OCR识别模型，扫描的来信会等待。",
        "管理员可运行scripts/install-ocr-models.sh，或在配置中设ocr.engine为tesseract；来件已保存，之后会继续识别。",
        "OCR models missing",
        "The PP-OCR models for reading pages are not installed.",
        "Run scripts/install-ocr-models.sh, or set ocr.engine to tesseract; what came in is kept and read afterwards.";
    OcrModelForeign =>
        "服务器上的PP-OCR识别模型与已知的校验值不符，没有使用，扫描的来信会等待。",
        "管理员可删除该模型文件后重新运行scripts/install-ocr-models.sh；来件已保存，之后会继续识别。",
        "OCR models not as expected",
        "A PP-OCR model has another hash than the one known and was not used.",
        "Remove it and run scripts/install-ocr-models.sh again; what came in is kept and read afterwards.";
    PdfToolsMissing =>
        "服务器未安装处理PDF的程序。",
        "请管理员安装poppler-utils；来件已保存，安装后会继续识别。",
        "PDF tools missing",
        "The programs that take PDF pages apart are not installed.",
        "Install poppler-utils; what came in is kept and read afterwards.";
    FontMissing =>
        "服务器未安装绘制示例来信所需的中文字体。",
        "请管理员安装中文字体，例如fonts-noto-cjk；正式使用不受影响。",
        "Font missing",
        "The fonts with which sample letters are drawn are not installed.",
        "Install Chinese fonts such as fonts-noto-cjk; the office itself works without.";
    FolderUnusable =>
        "扫描件或来电的监视目录无法读写。",
        "请检查该目录的权限和磁盘；其中的文件不会丢失，恢复后自动继续。",
        "Watched folder unusable",
        "A watched folder, of scans or of calls, cannot be read or written.",
        "Check its permissions and its disk; what lies in it is not lost and is taken once it can be.";
    StoreFailed =>
        "数据库暂时不可用，本次未登记。",
        "请稍后重试；持续出现请联系管理员，并告知请求编号。",
        "Store failed",
        "The database cannot be reached, and nothing was registered.",
        "Try again later; if it goes on, tell the administrator the request number.";
    SearchFailed =>
        "检索服务暂时不可用，登记和办理不受影响。",
        "请稍后重试；管理员可用xinqiao reindex重建索引。",
        "Search failed",
        "The search index cannot be used; intake goes on without it.",
        "Try again later; xinqiao reindex builds it anew.";
    SearchUnreachable =>
        "检索服务器暂时连不上，登记和办理不受影响。",
        "恢复后自动补查重复件；管理员请检查检索服务器和配置search.url、search.key。",
        "Search server unreachable",
        "The search server does not answer, or not to us; intake goes on without it.",
        "What waits is caught up by itself; see to the server and to search.url and search.key.";
    IndexOutdated =>
        "检索索引由其他版本建立或已损坏，正在按数据库重建，登记和办理不受影响。",
        "重建完成后自动补查重复件；长时间未完成请管理员查看“检索索引”页。",
        "Search index to be rebuilt",
        "The index is of another version or damaged and is rebuilt from the database; intake goes on without it.",
        "What waits is caught up by itself; if it takes long, the administrator's page of the index tells how far it is.";
    IndexDiffers =>
        "检索索引与数据库登记的信访件不一致：有缺少、多出或放错密级的。",
        "请运行xinqiao reindex（或在“检索索引”页点击重建）；重建不影响登记和办理。",
        "Index differs from the database",
        "The search index lacks submissions, holds others, or has some in the wrong space.",
        "Run xinqiao reindex, or ask for a rebuild on the administrator's page of the index; work goes on meanwhile.";
    NotPublishable =>
        "检举控告不公开；未经信访人同意，或文字里还有信访人的姓名、号码、地址时，也不能公开。",
        "请删去能认出信访人的内容；信访人未在登记时同意公开的，先征得同意再勾选确认。",
        "Not publishable",
        "Accusations are never published; nor is a text that names the petitioner, or one without the petitioner's consent.",
        "Take out what tells who petitioned; where consent was not given with the petition, ask for it and confirm that.";
    InvalidRepresentative =>
        "多人提出共同事项的，推选代表不超过5人；没有姓名的、单位的和检举控告的信访人不作代表。",
        "要换人，请先在同类事项页或该件的信访人和代表页撤销一位代表，再推选另一位。",
        "Not a representative",
        "A joint petition has at most five representatives; they are persons with a name, and never those of an accusation.",
        "Take one of the representatives back on the page of the group or of the petitioners, then name the other one.";
    MailFailed =>
        "函件未能交给邮件服务器。",
        "系统会自动重试；停止重试后请核对单位邮箱，再点击重发。",
        "Mail failed",
        "A mail could not be handed to the mail server.",
        "It is tried again by itself; once given up, check the address of the unit and send it again.";
    MailboxFailed =>
        "邮箱未能收取：连接不上、登录被拒或服务器没有应答。",
        "系统会自动重试，邮件留在原邮箱；请核对mail.mailboxes中的地址、用户和密码；证书不被接受时见mail.tls_ca。",
        "Mailbox failed",
        "A mailbox could not be fetched: no connection, sign-in refused, or no answer.",
        "It is tried again by itself and mails stay where they are; check address, user and password in mail.mailboxes, and mail.tls_ca where a certificate is not accepted.";
    DataInUse =>
        "另一个进程正在使用同一数据目录。",
        "请先停止该进程。",
        "Data in use",
        "Another process works on the same data folder.",
        "Stop that process first.";
    IntegrityBroken =>
        "检查发现数据损坏或原件缺失。",
        "请立即联系管理员，运行xinqiao check，并从备份恢复。",
        "Integrity broken",
        "Damage was found: a broken chain or a missing original.",
        "Tell the administrator at once, run xinqiao check and restore from the backup.";
    Internal =>
        "系统内部出现错误。",
        "请稍后重试；持续出现请联系工作人员，并告知请求编号。",
        "Internal error",
        "A fault of the gateway itself.",
        "Try again later; if it goes on, tell the office the request number.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guide_is_of_its_own() {
        for field in [|guide: ProblemGuide| guide.meaning, |guide: ProblemGuide| guide.english_meaning] {
            let told: std::collections::BTreeSet<&str> = ProblemCode::ALL.iter().map(|code| field(of(*code))).collect();
            assert_eq!(told.len(), ProblemCode::ALL.len(), "two problems are told with the same words");
        }
    }
}
