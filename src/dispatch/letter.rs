//! The text of a dispatch: everything the unit needs to act, and nothing that it must not know.
//!
//! Where 保密 was asked, the petitioner's data is masked and numbers in the text are hidden; a sealed case goes to the
//! discipline organ the same way, and its originals are handed over in person (检举控告 must not be copied around).

use std::fmt::Write as _;

use case::dispatch::{Dispatch, DispatchKind};
use case::mask;
use case::matter::Case;
use case::petitioner::Petitioner;
use case::ports::{office_date, office_time_zone};
use case::secrecy::Secrecy;
use case::submission::{FileRole, Submission};
use case::unit::Unit;
use jiff::Timestamp;

use crate::office::Office;

/// What the text of a dispatch is made of.
#[derive(Debug, Clone, Copy)]
pub struct LetterContent<'a> {
    /// The name of our office.
    pub office_name: &'a str,
    /// Our telephone number.
    pub office_phone: &'a str,
    /// Classes and places by name.
    pub office: &'a Office,
    /// The sending.
    pub dispatch: &'a Dispatch,
    /// The case.
    pub case: &'a Case,
    /// Its submissions.
    pub submissions: &'a [Submission],
    /// Every unit.
    pub units: &'a [Unit],
}

impl LetterContent<'_> {
    /// The subject: number and kind only, since subjects are shown everywhere.
    #[must_use]
    pub fn subject(&self) -> String {
        let kind = match self.dispatch.kind {
            DispatchKind::Forward => "信访事项转送函",
            DispatchKind::Assign => "信访事项交办函",
        };
        format!("{kind} {}", self.case.number)
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Joining does not widen who is told: one submission that asked for 保密 is enough, whatever the case was before.
        let masked = self.case.secrecy != Secrecy::Ordinary
            || self.submissions.iter().any(|submission| submission.secrecy != Secrecy::Ordinary);
        // Writing to a String cannot fail.
        let _infallible =
            self.head(&mut text).and_then(|()| self.matter(&mut text, masked)).and_then(|()| self.foot(&mut text));
        text
    }

    fn name(&self, code: &case::unit::UnitCode) -> String {
        self.units.iter().find(|unit| unit.code == *code).map_or_else(|| code.to_string(), |unit| unit.name.clone())
    }

    fn head(&self, text: &mut String) -> std::fmt::Result {
        let assisting: Vec<String> = self.dispatch.assisting.iter().map(|code| self.name(code)).collect();
        writeln!(text, "{}：", self.name(&self.dispatch.lead))?;
        writeln!(text)?;
        let verb = self.dispatch.kind.label();
        writeln!(text, "    现将下列信访事项{verb}你单位，请依法处理。")?;
        writeln!(text)?;
        writeln!(text, "信访事项编号：{}", self.case.number)?;
        if !assisting.is_empty() {
            writeln!(text, "配合单位：{}", assisting.join("、"))?;
        }
        writeln!(text, "信访目的：{}", self.case.purpose.label())?;
        if let Some(class) = &self.case.class {
            writeln!(text, "内容分类：{}", self.office.class_name(&class.value))?;
        }
        if let Some(place) = &self.case.place {
            writeln!(text, "问题属地：{}", place.value.text)?;
        }
        Ok(())
    }

    fn matter(&self, text: &mut String, masked: bool) -> std::fmt::Result {
        if masked {
            writeln!(text, "信访人信息：依规定保密，请勿查问；需联系信访人时请通过本中心转达。")?;
        }
        for (index, submission) in self.submissions.iter().enumerate() {
            let statement = &submission.statement;
            writeln!(text)?;
            writeln!(
                text,
                "（{}）{}，登记编号{}，登记日期{}",
                index + 1,
                submission.channel.label(),
                submission.number,
                office_date(submission.registered_at)
            )?;
            for petitioner in &statement.petitioners {
                writeln!(text, "信访人：{}", describe(petitioner, masked))?;
            }
            writeln!(text, "标题：{}", hidden(&statement.title.value, masked, statement))?;
            writeln!(text, "内容：")?;
            writeln!(text, "{}", hidden(statement.body.trim(), masked, statement))?;
            if let Some(demand) = &statement.demand {
                writeln!(text, "诉求：{}", hidden(&demand.value, masked, statement))?;
            }
            let attachments = submission.files.iter().filter(|file| file.role == FileRole::Attachment).count();
            if attachments > 0 {
                writeln!(text, "附件：{attachments}件，存本中心备查")?;
            }
        }
        Ok(())
    }

    fn foot(&self, text: &mut String) -> std::fmt::Result {
        if let Some(note) = &self.dispatch.note {
            writeln!(text)?;
            writeln!(text, "办理要求：{note}")?;
        }
        writeln!(text)?;
        match self.dispatch.kind {
            DispatchKind::Forward => writeln!(
                text,
                "    请按《信访工作条例》第二十二条、第二十三条的规定处理，自收到之日起15日内书面告知信访人；认为不属于本单位职权范围的，请自收到之日起5个工作日内提出异议并详细说明理由。"
            )?,
            DispatchKind::Assign => writeln!(
                text,
                "    请自收到之时起24小时内与信访人联系，2日内反馈调查及沟通化解情况，办结后报送办结报告；认为不属于本单位职权范围的，请自收到之日起5个工作日内提出异议并详细说明理由。"
            )?,
        }
        writeln!(text)?;
        writeln!(text, "{}", self.office_name)?;
        writeln!(text, "电话：{}", self.office_phone)?;
        writeln!(text, "{}", written_date(self.dispatch.decided_at))
    }
}

/// One line about a petitioner.
fn describe(petitioner: &Petitioner, masked: bool) -> String {
    let mut parts = Vec::new();
    match (&petitioner.name, masked) {
        (Some(name), false) => parts.push(name.value.clone()),
        (Some(name), true) => parts.push(mask::name(&name.value)),
        (None, _) => parts.push("未具名".to_owned()),
    }
    if !masked {
        parts.extend(petitioner.phones.iter().map(|phone| format!("电话{}", phone.value.as_str())));
        parts.extend(petitioner.address.iter().map(|address| format!("住址{}", address.value)));
    }
    parts.join("，")
}

/// The petitioner's own words; where data is masked, without the names and addresses that we know and without long numbers.
fn hidden(words: &str, masked: bool, statement: &case::statement::Statement) -> String {
    if !masked {
        return words.to_owned();
    }
    mask::People::of(statement).hide(words)
}

/// `2026年11月24日`, as GB/T 9704 writes dates.
fn written_date(moment: Timestamp) -> String {
    let date = moment.to_zoned_datetime(office_time_zone()).date();
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
