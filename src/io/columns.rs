//! Which columns hold what.

/// Names of the columns of a `.jsonl`, `.csv` or `.parquet` file. Only that of the text must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The article.
    pub text: String,
    /// The record's own id.
    pub id: String,
    /// The headline.
    pub title: String,
    /// Who published it.
    pub outlet: String,
    /// When.
    pub date: String,
    /// Where it was found.
    pub url: String,
}

impl Default for Columns {
    fn default() -> Self {
        let [text, id, title, outlet, date, url] = ["text", "id", "title", "outlet", "date", "url"];
        Self {
            text: text.into(),
            id: id.into(),
            title: title.into(),
            outlet: outlet.into(),
            date: date.into(),
            url: url.into(),
        }
    }
}

impl Columns {
    /// The names in the order of [`Values`].
    pub(super) fn names(&self) -> [&str; 6] {
        [&self.text, &self.id, &self.title, &self.outlet, &self.date, &self.url]
    }
}

/// What a row holds in the columns, in the order of [`Columns::names`]; `None` where absent or null.
pub(super) type Values = [Option<String>; 6];

/// A record of a row's values; `id` where the row has none. An empty title or id counts as absent.
pub(super) fn record(values: Values, id: impl FnOnce() -> String) -> Result<crate::Record, super::Fault> {
    let [text, own, title, outlet, date, url] = values;
    let given = |value: Option<String>| value.filter(|value| !value.is_empty());
    let own = given(own);
    let Some(text) = text else {
        return Err(super::Fault { id: own, reason: "the row has no text".to_owned() });
    };
    Ok(crate::Record {
        id: own.unwrap_or_else(id),
        text,
        title: given(title),
        outlet: given(outlet),
        date: given(date),
        url: given(url),
        warnings: Vec::new(),
    })
}
