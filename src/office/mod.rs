//! What an office knows of itself and edits itself: places, classes, units, routing rules and the texts of notices, as files in `DATA/office/`.
//!
//! The shipped files are embedded in the program and written out at the first start; from then on the folder is read. A wrong file
//! is named with its line and what to do, and nothing starts until it is right: routing by half a file would be worse.

pub mod classes;
pub mod places;
pub mod rules;
pub mod table;
pub mod units_file;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use case::class::ContentClass;
use case::problem::{Problem, ProblemCode};
use case::unit::Unit;
use search::judge::Weights;

use self::classes::Classes;
use self::places::Places;
use self::rules::Rules;
use crate::correspondence::template::{self, Templates};
use crate::routing::respondents::UnitNames;

/// The files that ship with the program: name and content.
const SHIPPED: [(&str, &str); 4] = [
    (PLACES, include_str!("../../office/places.csv")),
    ("classes.csv", include_str!("../../office/classes.csv")),
    ("units.csv", include_str!("../../office/units.csv")),
    ("rules.toml", include_str!("../../office/rules.toml")),
];
/// The list of places among them.
const PLACES: &str = "places.csv";
/// The weights of the judge of duplicates that an office trained itself; without the file the shipped ones hold. It is not
/// written out at the first start, so that better weights of a new version are used at once.
pub const JUDGE: &str = "judge.json";
/// The largest data file, 16 MiB.
const FILE_LIMIT: u64 = 16 << 20;

/// The data of one office, read once at start.
#[derive(Debug)]
pub struct Office {
    places: Places,
    classes: Classes,
    rules: Rules,
    shipped_units: Vec<Unit>,
    judge: Arc<Weights>,
    notices: Templates,
    /// Of the list of units that was asked for last: it changes on few days, and is asked for several times with every petition.
    unit_names: Mutex<Option<Arc<UnitNames>>>,
}

impl Office {
    /// Reads the files in `folder`, writing out the shipped ones that are not there.
    ///
    /// # Errors
    /// Names file, line and what is wrong.
    pub fn open(folder: &Path) -> Result<Self, Problem> {
        let unwritable = |error: std::io::Error| {
            ProblemCode::InvalidConfiguration.because(format!("{}无法写入（{}）", folder.display(), error.kind()))
        };
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        std::fs::create_dir_all(folder.join("notices")).map_err(unwritable)?;
        for (name, content) in SHIPPED.iter().chain(&template::SHIPPED) {
            let path = folder.join(name);
            if !path.exists() {
                std::fs::write(&path, content).map_err(unwritable)?;
            }
        }
        let mut office = Self::read(&|name| read(&folder.join(name)))?;
        let own = folder.join(JUDGE);
        if own.exists() {
            office.judge = Arc::new(weights(&own)?);
        }
        Ok(office)
    }

    /// The office as it ships, without a folder: for tests and measurements.
    ///
    /// # Errors
    /// Never with the shipped files; the tests read them.
    pub fn shipped() -> Result<Self, Problem> {
        Self::read(&|name| {
            let shipped = SHIPPED.iter().chain(&template::SHIPPED).find(|(shipped, _)| *shipped == name);
            shipped.map(|(_, content)| content.as_bytes().to_vec()).ok_or_else(|| ProblemCode::Internal.into())
        })
    }

    /// Puts another list of places in the place of the one in `folder`, when everything else there agrees with it; gives the
    /// number of places. The list that was there stays beside it as `places.csv.before`.
    ///
    /// # Errors
    /// Names what is wrong in the list, or the unit or rule that names a place that is not in it; nothing is changed then.
    pub fn replace_places(folder: &Path, places: &[u8]) -> Result<usize, Problem> {
        Self::open(folder)?;
        let office = Self::read(&|name| if name == PLACES { Ok(places.to_vec()) } else { read(&folder.join(name)) })?;
        let (path, partial) = (folder.join(PLACES), folder.join("places.csv.part"));
        let unwritable = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::StorageFull => ProblemCode::DiskFull.because(folder.display().to_string()),
            kind => ProblemCode::StoreFailed.because(format!("{}无法写入（{kind}）", folder.display())),
        };
        let write = || {
            std::fs::copy(&path, folder.join("places.csv.before"))?;
            std::fs::write(&partial, places)?;
            std::fs::File::open(&partial)?.sync_all()?;
            std::fs::rename(&partial, &path)?;
            std::fs::File::open(folder)?.sync_all()
        };
        write().map_err(unwritable)?;
        Ok(office.places.count())
    }

    fn read(file: &dyn Fn(&str) -> Result<Vec<u8>, Problem>) -> Result<Self, Problem> {
        let places = Places::parse(&file(PLACES)?).map_err(together)?;
        let classes = Classes::parse(&file("classes.csv")?).map_err(together)?;
        let rules = rules::parse(&file("rules.toml")?, &places, &classes).map_err(together)?;
        let shipped_units = units_file::parse_with(&file("units.csv")?, &places, &classes).map_err(together)?;
        let notices = Templates::read(file)?;
        Ok(Self {
            places,
            classes,
            rules,
            shipped_units,
            judge: Arc::new(Weights::shipped()),
            notices,
            unit_names: Mutex::new(None),
        })
    }

    /// The weights by which duplicates are judged.
    #[must_use]
    pub const fn judge(&self) -> &Arc<Weights> {
        &self.judge
    }

    /// The places.
    #[must_use]
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// The classes.
    #[must_use]
    pub const fn classes(&self) -> &Classes {
        &self.classes
    }

    /// The routing rules. They may name units that only the database has: see [`Rules::unknown_units`].
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The units of `units.csv`: what a new database starts with.
    #[must_use]
    pub fn shipped_units(&self) -> &[Unit] {
        &self.shipped_units
    }

    /// What `units` are called by.
    #[must_use]
    pub fn unit_names(&self, units: &[Unit]) -> Arc<UnitNames> {
        let mut kept = self.unit_names.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref().filter(|names| names.units() == units) {
            Some(names) => Arc::clone(names),
            None => Arc::clone(kept.insert(Arc::new(UnitNames::of(units)))),
        }
    }

    /// The texts of notices to petitioners.
    #[must_use]
    pub const fn notices(&self) -> &Templates {
        &self.notices
    }

    /// The names of a class's levels, `城乡建设—住房保障与房地产—物业服务`; the code when the file does not have it.
    #[must_use]
    pub fn class_name(&self, class: &ContentClass) -> String {
        self.classes.name(class)
    }
}

/// The weights of the judge in the file at `path`.
///
/// # Errors
/// The file cannot be read or is not one of weights; it is named with what to do.
pub fn weights(path: &Path) -> Result<Weights, Problem> {
    let bytes = read(path)?;
    let wrong = |why: String| {
        ProblemCode::InvalidConfiguration.because(format!("{}：{why}，请重新训练或删除该文件", path.display()))
    };
    let text = std::str::from_utf8(&bytes).map_err(|_error| wrong("应为UTF-8文字".to_owned()))?;
    Weights::parse(text).map_err(|error| wrong(format!("查重权重无效（{error}）")))
}

/// All that is wrong in a file as one problem, a line each.
#[must_use]
pub fn together(problems: Vec<Problem>) -> Problem {
    let details: Vec<String> = problems.into_iter().map(|problem| problem.detail).collect();
    ProblemCode::InvalidConfiguration.because(details.join("\n"))
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| {
        ProblemCode::InvalidConfiguration.because(format!("{}无法读取（{}）", path.display(), error.kind()))
    };
    if std::fs::metadata(path).map_err(unreadable)?.len() > FILE_LIMIT {
        let detail = format!("{}超过{}MB", path.display(), FILE_LIMIT >> 20);
        return Err(ProblemCode::InvalidConfiguration.because(detail));
    }
    std::fs::read(path).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_right() {
        let office = Office::shipped().unwrap();
        assert_eq!(
            office.shipped_units().iter().filter(|unit| unit.kind == case::unit::UnitKind::Township).count(),
            25
        );
        assert!(office.class_name(&ContentClass::parse("010100").unwrap()).starts_with("城乡建设—"));
    }

    #[test]
    fn what_the_office_edits_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        Office::open(folder.path()).unwrap();
        let path = folder.path().join("units.csv");
        let edited = std::fs::read_to_string(&path).unwrap() + "xb,新办公室,,,other,,130682,,xb@example.invalid,,yes\n";
        std::fs::write(&path, edited).unwrap();
        assert!(Office::open(folder.path()).unwrap().shipped_units().iter().any(|unit| unit.name == "新办公室"));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        Office::open(folder.path()).unwrap();
        let path = folder.path().join("units.csv");
        let edited = std::fs::read_to_string(&path).unwrap() + "xb,新办公室,,nobody,other,,130682,,,,yes\n";
        std::fs::write(&path, edited).unwrap();
        let problem = Office::open(folder.path()).unwrap_err();
        assert!(problem.detail.contains("units.csv") && problem.detail.contains("nobody"), "{}", problem.detail);
    }

    #[test]
    fn places_are_replaced_only_when_everything_agrees() {
        let folder = tempfile::tempdir().unwrap();
        Office::open(folder.path()).unwrap();
        let path = folder.path().join(PLACES);
        let shipped = std::fs::read(&path).unwrap();
        let problem = Office::replace_places(
            folder.path(),
            b"code,name,parent,aliases\n130682,\xe5\xae\x9a\xe5\xb7\x9e\xe5\xb8\x82,1306,\n",
        )
        .unwrap_err();
        assert!(problem.detail.contains("units.csv") || problem.detail.contains("rules.toml"), "{}", problem.detail);
        assert_eq!(std::fs::read(&path).unwrap(), shipped, "nothing is changed");

        let more = [shipped.as_slice(), "130682001999,新家园社区,130682001,\n".as_bytes()].concat();
        let count = Office::replace_places(folder.path(), &more).unwrap();
        assert_eq!(Office::open(folder.path()).unwrap().places().count(), count);
        assert_eq!(std::fs::read(folder.path().join("places.csv.before")).unwrap(), shipped);
    }
}
