//! What was searched for: days while they are fresh, months when they are not.
//!
//! A row of a day only grows, by additions that commute, so servers that share a database add up whatever their order. Days that
//! are over become months in one transaction a month, one server at a time: killed in between, nothing has happened; done twice,
//! the second finds no days.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use domain::search::asked::{Counted, MONTHS_KEPT, Tally, month_of};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::entities::{asked_day, asked_month, asked_salt};
use super::{Store, StoreError, patiently};

/// Rows in one statement: ten values each stay far below what SQLite allows.
const AT_ONCE: usize = 500;
/// Rows read at a time.
const PAGE: u64 = 5_000;

/// A day's row of one text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskedRow {
    pub day: NaiveDate,
    pub county: String,
    pub text: String,
    pub lang: &'static str,
}

/// A text with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub county: String,
    /// Empty for all that too few have asked.
    pub text: String,
    pub tally: Tally,
}

impl Store {
    /// The salt of a day, made by whoever asks first; salts of earlier days go. Hexadecimal.
    pub async fn asked_salt(&self, day: NaiveDate) -> Result<String, StoreError> {
        let random = match self.db.get_database_backend() {
            DbBackend::Postgres => "replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')",
            _ => "lower(hex(randomblob(32)))",
        };
        // the day is a date of ours, nobody's words
        let make = format!("INSERT INTO asked_salt (day, salt) VALUES ('{day}', {random}) ON CONFLICT DO NOTHING");
        let _turn = self.turn.lock().await;
        let name = day.to_string();
        patiently(async {
            let known = asked_salt::Entity::find_by_id(name.clone()).one(&self.db).await?;
            if let Some(row) = known {
                return Ok(row.salt);
            }
            self.db.execute_unprepared(&make).await?;
            asked_salt::Entity::delete_many().filter(asked_salt::Column::Day.lt(name.as_str())).exec(&self.db).await?;
            let row = asked_salt::Entity::find_by_id(name.clone()).one(&self.db).await?;
            row.map(|row| row.salt).ok_or_else(|| StoreError::corrupt("asked_salt", "the day has none"))
        })
        .await
    }

    /// Whatever day it was: what was hashed with it can be guessed no more.
    pub async fn forget_asked_salts(&self, today: NaiveDate) -> Result<(), StoreError> {
        let old = asked_salt::Entity::delete_many().filter(asked_salt::Column::Day.lt(today.to_string()));
        patiently(async { Ok(old.exec(&self.db).await.map(drop)?) }).await
    }

    /// Adds to what is there.
    pub async fn count_asked(&self, counts: &[(AskedRow, Counted)]) -> Result<(), StoreError> {
        use asked_day::Column::*;
        // in one order, so that two servers never wait for each other in a circle
        let mut sorted: Vec<&(AskedRow, Counted)> = counts.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        let _turn = self.turn.lock().await;
        let tx = self.begin_alone().await?;
        for some in sorted.chunks(AT_ONCE) {
            let rows = some.iter().map(|(row, counted)| asked_day::ActiveModel {
                day: Set(row.day.to_string()),
                county: Set(row.county.clone()),
                text: Set(row.text.clone()),
                lang: Set(row.lang.to_owned()),
                with_none: Set(counted.none),
                with_few: Set(counted.poor),
                with_good: Set(counted.good),
                corrected: Set(counted.corrected),
                hits: Set(counted.hits),
                seen: Set(counted.seen as i64),
            });
            let adds = OnConflict::columns([Day, County, Text, Lang])
                .values([WithNone, WithFew, WithGood, Corrected].map(|column| added("asked_day", column)))
                .value(Seen, Expr::cust("asked_day.seen | excluded.seen"))
                .update_column(Hits)
                .to_owned();
            let insert = asked_day::Entity::insert_many(rows).on_conflict(adds);
            patiently(async { Ok(insert.exec_without_returning(&tx).await?) }).await?;
        }
        patiently(async { Ok(tx.commit().await?) }).await
    }

    /// Days before `first_kept` become months, and months that are too old go. Says how many days' rows went.
    pub async fn close_asked_days(&self, first_kept: NaiveDate) -> Result<u64, StoreError> {
        let mut closed = 0;
        loop {
            let oldest = asked_day::Entity::find()
                .filter(asked_day::Column::Day.lt(first_kept.to_string()))
                .order_by_asc(asked_day::Column::Day);
            let Some(row) = patiently(async { Ok(oldest.one(&self.db).await?) }).await? else { break };
            let day: NaiveDate = row.day.parse().map_err(|why| StoreError::corrupt("asked_day", why))?;
            let _turn = self.turn.lock().await;
            let tx = self.begin_alone().await?;
            closed += close_month(&tx, month_of(day), first_kept).await?;
            patiently(async { Ok(tx.commit().await?) }).await?;
        }
        let oldest = month_of(first_kept) - Months::new(MONTHS_KEPT);
        let old = asked_month::Entity::delete_many().filter(asked_month::Column::Month.lt(name_of(oldest)));
        patiently(async { Ok(old.exec(&self.db).await?) }).await?;
        Ok(closed)
    }

    /// Everything of a month, by text and county; what too few have asked is still apart where it is fresh.
    pub async fn asked_in(&self, month: NaiveDate) -> Result<Vec<Remembered>, StoreError> {
        let at_one_moment = self.snapshot().await?;
        let mut sums = months(&at_one_moment.at, month).await?;
        let mut days = Days::between(month, next(month));
        while let Some(rows) = days.next(&at_one_moment.at).await? {
            for row in &rows {
                sums.entry((row.county.clone(), row.text.clone())).or_default().add_day(&counted(row));
            }
        }
        Ok(remembered(sums))
    }

    /// Texts of some days, whatever the county. What was asked once on a day is left out: there is much of it, and none of it
    /// is common.
    pub async fn asked_since(&self, first: NaiveDate, until: NaiveDate) -> Result<Vec<Remembered>, StoreError> {
        let mut by_day: HashMap<(String, String), Counted> = HashMap::new();
        let mut days = Days { repeated: true, ..Days::between(first, until) };
        while let Some(rows) = days.next(&self.db).await? {
            for row in &rows {
                by_day.entry((row.text.clone(), row.day.clone())).or_default().add(counted(row));
            }
        }
        let mut sums: HashMap<(String, String), Tally> = HashMap::new();
        for ((text, _), counted) in by_day {
            sums.entry((String::new(), text)).or_default().add_day(&counted);
        }
        Ok(remembered(sums))
    }

    /// A transaction that nobody else changes counts in.
    async fn begin_alone(&self) -> Result<DatabaseTransaction, StoreError> {
        patiently(async {
            let tx = self.begin_immediate().await?;
            if self.db.get_database_backend() == DbBackend::Postgres {
                // goes with the transaction; its number is arbitrary, but ours
                tx.execute_unprepared("SET LOCAL lock_timeout = '8s'").await?;
                tx.execute_unprepared("SELECT pg_advisory_xact_lock(7302027)").await?;
            }
            Ok(tx)
        })
        .await
    }
}

/// One month's days before `first_kept`, in the transaction given. Whether enough have asked a text is judged by the whole month:
/// when its first day is closed its last is over, so every later day of it comes to the same judgement.
pub(super) async fn close_month(tx: &DatabaseTransaction, month: NaiveDate, first_kept: NaiveDate) -> Result<u64, StoreError> {
    let earlier = months(tx, month).await?;
    let mut whole: HashMap<(String, String), Tally> = earlier;
    let mut closing: HashMap<(String, String), Tally> = HashMap::new();
    let mut days = Days::between(month, next(month));
    while let Some(rows) = days.next(tx).await? {
        for row in &rows {
            let key = (row.county.clone(), row.text.clone());
            whole.entry(key.clone()).or_default().add_day(&counted(row));
            if row.day < first_kept.to_string() {
                closing.entry(key).or_default().add_day(&counted(row));
            }
        }
    }
    let mut sums: HashMap<(String, String), Tally> = HashMap::new();
    for (key, tally) in closing {
        let kept = if whole[&key].is_common() { key } else { (key.0, String::new()) };
        sums.entry(kept).or_default().add(&tally);
    }
    add_months(tx, month, sums).await?;
    let until = std::cmp::min(first_kept, next(month)).to_string();
    let gone = asked_day::Entity::delete_many()
        .filter(asked_day::Column::Day.gte(month.to_string()))
        .filter(asked_day::Column::Day.lt(until));
    Ok(patiently(async { Ok(gone.exec(tx).await?) }).await?.rows_affected)
}

async fn add_months(
    tx: &DatabaseTransaction,
    month: NaiveDate,
    sums: HashMap<(String, String), Tally>,
) -> Result<(), StoreError> {
    use asked_month::Column::*;
    let rows: Vec<_> = sums.into_iter().collect();
    for some in rows.chunks(AT_ONCE) {
        let rows = some.iter().map(|((county, text), tally)| asked_month::ActiveModel {
            month: Set(name_of(month)),
            county: Set(county.clone()),
            text: Set(text.clone()),
            with_none: Set(tally.none),
            with_few: Set(tally.poor),
            with_good: Set(tally.good),
            corrected: Set(tally.corrected),
            hits: Set(tally.hits),
            askers: Set(i64::from(tally.askers)),
            most_askers: Set(i64::from(tally.most_askers)),
        });
        let larger = "CASE WHEN excluded.most_askers > asked_month.most_askers THEN excluded.most_askers \
                      ELSE asked_month.most_askers END";
        let adds = OnConflict::columns([Month, County, Text])
            .values([WithNone, WithFew, WithGood, Corrected, Askers].map(|column| added("asked_month", column)))
            .value(MostAskers, Expr::cust(larger))
            .update_column(Hits)
            .to_owned();
        let insert = asked_month::Entity::insert_many(rows).on_conflict(adds);
        patiently(async { Ok(insert.exec_without_returning(tx).await?) }).await?;
    }
    Ok(())
}

/// `column = table.column + excluded.column`
fn added<C: sea_orm::Iden + Copy + 'static>(table: &str, column: C) -> (C, Expr) {
    let name = column.unquoted();
    (column, Expr::cust(format!("{table}.{name} + excluded.{name}")))
}

async fn months<C: ConnectionTrait>(db: &C, month: NaiveDate) -> Result<HashMap<(String, String), Tally>, StoreError> {
    let query = asked_month::Entity::find().filter(asked_month::Column::Month.eq(name_of(month)));
    let rows = patiently(async { Ok(query.all(db).await?) }).await?;
    let tally = |row: &asked_month::Model| Tally {
        none: row.with_none,
        poor: row.with_few,
        good: row.with_good,
        corrected: row.corrected,
        hits: row.hits,
        askers: u32::try_from(row.askers).unwrap_or(u32::MAX),
        most_askers: u32::try_from(row.most_askers).unwrap_or(u32::MAX),
    };
    Ok(rows.into_iter().map(|row| ((row.county.clone(), row.text.clone()), tally(&row))).collect())
}

/// Rows from `first` on and before `until`, a page at a time. What was asked in two languages on one day is one row: those who
/// asked in both are not two.
struct Days {
    first: NaiveDate,
    until: NaiveDate,
    /// Where the last page stopped.
    after: Option<[String; 4]>,
    /// Only rows that were asked more than once.
    repeated: bool,
    /// The last row of a page may go on with the next.
    held: Option<asked_day::Model>,
}

impl Days {
    fn between(first: NaiveDate, until: NaiveDate) -> Self {
        Self { first, until, after: None, repeated: false, held: None }
    }

    /// None at the end.
    async fn next<C: ConnectionTrait>(&mut self, db: &C) -> Result<Option<Vec<asked_day::Model>>, StoreError> {
        use asked_day::Column;
        let key = [Column::Day, Column::County, Column::Text, Column::Lang];
        let mut query = asked_day::Entity::find()
            .filter(Column::Day.gte(self.first.to_string()))
            .filter(Column::Day.lt(self.until.to_string()))
            .limit(PAGE);
        for column in key {
            query = query.order_by_asc(column);
        }
        if self.repeated {
            let asked = Expr::col(Column::WithNone).add(Expr::col(Column::WithFew)).add(Expr::col(Column::WithGood));
            query = query.filter(asked.gt(1));
        }
        if let Some(after) = self.after.clone() {
            query = query.filter(Expr::tuple(key.map(Expr::col)).gt(Expr::tuple(after.map(Expr::value))));
        }
        let rows = patiently(async { Ok(query.all(db).await?) }).await?;
        let Some(last) = rows.last() else { return Ok(self.held.take().map(|row| vec![row])) };
        self.after = Some([last.day.clone(), last.county.clone(), last.text.clone(), last.lang.clone()]);
        let mut merged: Vec<asked_day::Model> = self.held.take().into_iter().collect();
        for row in rows {
            match merged.last_mut().filter(|it| (&it.day, &it.county, &it.text) == (&row.day, &row.county, &row.text)) {
                Some(one) => {
                    one.with_none += row.with_none;
                    one.with_few += row.with_few;
                    one.with_good += row.with_good;
                    one.corrected += row.corrected;
                    one.seen |= row.seen;
                }
                None => merged.push(row),
            }
        }
        self.held = merged.pop();
        Ok(Some(merged))
    }
}

fn counted(row: &asked_day::Model) -> Counted {
    Counted {
        none: row.with_none,
        poor: row.with_few,
        good: row.with_good,
        corrected: row.corrected,
        hits: row.hits,
        seen: row.seen as u64,
    }
}

fn remembered(sums: HashMap<(String, String), Tally>) -> Vec<Remembered> {
    let mut rows: Vec<_> = sums.into_iter().map(|((county, text), tally)| Remembered { county, text, tally }).collect();
    rows.sort_by(|a, b| (&a.county, &a.text).cmp(&(&b.county, &b.text)));
    rows
}

fn name_of(month: NaiveDate) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// The first day of the month after.
fn next(month: NaiveDate) -> NaiveDate {
    month + Months::new(1)
}
