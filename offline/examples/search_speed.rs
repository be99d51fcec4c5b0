//! How long a search in county packs takes: `cargo run --release -p offline --example search_speed -- PACK…`, each the answer of
//! `/packs/{county}`. Prints what opening the packs, one answer and one whole page take, in the mean.

use std::time::{Duration, Instant};

use app::views::KeptCounty;
use domain::pack::{Pack, Pocket};
use domain::search::Query;
use offline::search::search_page;

const QUERIES: [&str; 12] = [
    "凤凰古城",
    "鳳凰",
    "古镇",
    "苗族 银饰",
    "fenghuang",
    "fhgc",
    "凤huang",
    "gucheng",
    "old town",
    "国庆带老人 可用券 300元以内",
    "芙容镇",
    "fenghaung",
];
const ROUNDS: u32 = 20;
const LOOK: &str =
    r#"{"lang":"zh","path":"/search","base_url":"https://hunan.example","assets":{"css":"/a.css"},"now_ms":1790000000000}"#;

fn mean<T>(mut work: impl FnMut() -> T) -> Duration {
    std::hint::black_box(work());
    let started = Instant::now();
    (0..ROUNDS).for_each(|_| drop(std::hint::black_box(work())));
    started.elapsed() / ROUNDS
}

fn main() {
    let files: Vec<Vec<u8>> = std::env::args().skip(1).map(|path| std::fs::read(&path).expect("a file")).collect();
    let packs: Vec<Pack> = files.iter().map(|bytes| serde_json::from_slice::<KeptCounty>(bytes).expect("a pack").pack).collect();
    let listings: usize = packs.iter().map(|pack| pack.listings.len()).sum();
    let bytes: usize = files.iter().map(Vec::len).sum();
    println!("{} packs, {listings} listings, {bytes} bytes", packs.len());
    let today = packs[0].changed.map(domain::time::day_of).unwrap_or_default();
    println!("opening: {:.2?}", mean(|| Pocket::open(&packs).fold("").len()));
    let pocket = Pocket::open(&packs);
    for text in QUERIES {
        let query = Query { text: text.to_owned(), ..Query::default() };
        let answer = mean(|| pocket.answer(&query, today).total);
        let params = format!("q={}", domain::navigation::encode(text));
        let page = mean(|| search_page(&files, &params, LOOK, None).expect("a page"));
        println!("{text}: answer {answer:.2?}, page {page:.2?}");
    }
}
