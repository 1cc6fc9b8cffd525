//! Dates as records and lists write them: a year, a month or a day of ISO 8601, and time stamps.

/// A day, so that earlier ones are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i32);

impl Day {
    /// Before and after all others.
    pub const FIRST: Day = Day(i32::MIN);
    /// See [`Day::FIRST`].
    pub const LAST: Day = Day(i32::MAX);

    fn new(year: i32, month: i32, day: i32) -> Self {
        Self((year * 100 + month) * 100 + day)
    }
}

/// A stretch of days, both ends counted: one day, all of a month, all of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl Period {
    /// The days that a date may mean: `2018`, `2018-03`, `2018-03-05`, `2018-03-05T14:10:00Z`, `2018-03-05 14:10`.
    /// None for everything else.
    pub fn parse(date: &str) -> Option<Self> {
        let date = date.trim();
        let (date, time) = match date.find(['T', 't', ' ']) {
            Some(at) => (&date[..at], Some(&date[at + 1..])),
            None => (date, None),
        };
        let mut parts = date.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|month| digits(month, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day = parts.next().map(|day| digits(day, 2)).map_or(Some(None), |d| d.map(Some))?;
        if parts.next().is_some() || time.is_some_and(|time| day.is_none() || !is_time(time)) {
            return None;
        }
        let (first, last) = match (month, day) {
            (Some(month), Some(day)) => (Day::new(year, month, day), Day::new(year, month, day)),
            (Some(month), None) => (Day::new(year, month, 1), Day::new(year, month, days(year, month))),
            (None, _) => (Day::new(year, 1, 1), Day::new(year, 12, 31)),
        };
        let month_is_one = month.is_none_or(|month| (1..=12).contains(&month));
        let day_is_one = day.is_none_or(|day| day >= 1 && day <= days(year, month.unwrap_or(1)));
        (month_is_one && day_is_one).then_some(Self { first, last })
    }
}

fn digits(part: &str, count: usize) -> Option<i32> {
    let fits = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| part.parse().ok())?
}

/// Whether a time of day stands there, with a zone or without.
fn is_time(time: &str) -> bool {
    let mut bytes = time.bytes();
    let two = bytes.by_ref().take(2).filter(u8::is_ascii_digit).count() == 2;
    two && bytes.all(|byte| byte.is_ascii_digit() || b":.,+-Zz ".contains(&byte))
}

fn days(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_days_and_time_stamps_are_understood() {
        let period = |date: &str| Period::parse(date).map(|p| (p.first.0, p.last.0));
        let day = Some((20180305, 20180305));
        for (date, wanted) in [
            ("2018", Some((20180101, 20181231))),
            (" 2018-02 ", Some((20180201, 20180228))),
            ("2020-02", Some((20200201, 20200229))),
            ("1900-02-29", None),
            ("2018-03-05", day),
            ("2018-03-05T14:10:00Z", day),
            ("2018-03-05T14:10:00.123456+02:00", day),
            ("2018-03-05 14:10", day),
            ("", None),
            ("05/03/2018", None),
            ("2018-3-5", None),
            ("2018-13", None),
            ("2018-00", None),
            ("2018-02-30", None),
            ("2018-03-05-01", None),
            ("2018 at night", None),
            ("2018-03-05 at night", None),
            ("20180305", None),
            ("March 2018", None),
            ("２０１８", None),
            ("2018-03-05T🚢", None),
        ] {
            assert_eq!(period(date), wanted, "{date}");
        }
    }
}
