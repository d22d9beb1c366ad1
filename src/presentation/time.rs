//! Moments as the office reads them: its own time, +08:00, to the minute.

use jiff::Timestamp;

/// `2026-11-24 09:05`.
#[must_use]
pub fn moment(moment: Timestamp) -> String {
    let local = moment.to_zoned_datetime(case::ports::office_time_zone());
    local.strftime("%Y-%m-%d %H:%M").to_string()
}

/// `09:05:59`: for what was just done.
#[must_use]
pub fn clock(moment: Timestamp) -> String {
    moment.to_zoned_datetime(case::ports::office_time_zone()).strftime("%H:%M:%S").to_string()
}

/// `2026-11-24`.
#[must_use]
pub fn day(moment: Timestamp) -> String {
    case::ports::office_date(moment).to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn moments_are_shown_in_the_office_time() {
        let moment: jiff::Timestamp = "2026-11-23T20:05:59Z".parse().unwrap();
        assert_eq!(super::moment(moment), "2026-11-24 04:05");
        assert_eq!(super::day(moment), "2026-11-24");
        assert_eq!(super::clock(moment), "04:05:59");
    }
}
