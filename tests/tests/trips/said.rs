//! A trip in a sentence, and the forms that organisations find mostly filled in.

use super::*;

fn value(page: &Page, field: &str) -> String {
    page.attribute(&format!("[name={field}]"), "value")
}

fn chosen(page: &Page, field: &str) -> String {
    page.attribute(&format!("select[name={field}] option[selected]"), "value")
}

fn ticked(page: &Page, field: &str) -> Vec<String> {
    page.attributes(&format!("[name={field}][checked]"), "value")
}

#[tokio::test]
async fn a_sentence_becomes_a_plan_that_says_what_it_was_not_told() {
    let mut browser = Browser::new();
    let form = browser.get("/trips/new").await;
    let (action, _) = form.form(".sentence").expect("a form for a sentence");
    assert_eq!(action, "/trips/new");
    let said = "三天，兩大一老，從長沙坐高鐵，預算1500，喜歡手工，想坐热气球";
    let page = browser.get(&format!("/trips/new?say={}", domain::navigation::encode(said))).await;
    let fields = ["days", "adults", "elders", "budget"].map(|field| value(&page, field));
    assert_eq!(fields, ["3", "2", "1", "1500"], "traditional characters are understood as well");
    assert_eq!((chosen(&page, "start").as_str(), chosen(&page, "transport").as_str()), ("430100", "transit"));
    assert_eq!(ticked(&page, "interests"), ["craft"]);
    assert!(page.text(".notice").contains("没听懂：“热气球”"), "{}", page.text(".notice"));
    assert_eq!(value(&page, "say"), said, "the sentence can be put right");
    let plan = browser.send_and_follow(&page, ".form", &[]).await;
    assert_eq!(plan.status, 200);
    assert!(plan.text(".trip__head").contains("3天，3人"), "{}", plan.text(".trip__head"));
    assert!(plan.texts(".trip__stop").len() >= 3, "the plan has stops at once");
}

#[tokio::test]
async fn the_same_in_english() {
    let browser = Browser::new();
    let said = "three days, two adults and a grandmother, from Changsha by train, ¥1,500, likes crafts";
    let page = browser.get(&format!("/en/trips/new?say={}", domain::navigation::encode(said))).await;
    let fields = ["days", "adults", "elders", "budget"].map(|field| value(&page, field));
    assert_eq!(fields, ["3", "2", "1", "1500"]);
    assert!(!page.text(".notice").contains("Not understood"), "{}", page.text(".notice"));
    let page = browser.get("/en/trips/new?say=balloons").await;
    assert!(page.text(".notice").contains("not understood"), "{}", page.text(".notice"));
    assert_eq!(value(&page, "days"), "3", "the form is as ever");
}

#[tokio::test]
async fn the_age_of_a_child_is_asked_for_and_not_made_up() {
    let browser = Browser::new();
    let page = browser.get(&format!("/trips/new?say={}", domain::navigation::encode("两大两小，5岁"))).await;
    assert_eq!(value(&page, "children"), "5");
    assert!(page.text(".notice").contains("1个孩子几岁"), "{}", page.text(".notice"));
    assert_eq!(page.attribute(".notice a", "href"), "#new-children");
}

#[tokio::test]
async fn a_number_is_what_it_counts() {
    let browser = Browser::new();
    let fields = async |said: &str| {
        let page = browser.get(&format!("/trips/new?say={}", domain::navigation::encode(said))).await;
        ["days", "adults", "children", "budget"].map(|field| value(&page, field)).join(" ")
    };
    assert_eq!(fields("三天，两大一小，孩子5岁，500元每人，想去天门山").await, "3 2 5 1500");
    assert_eq!(fields("一家三口，孩子6岁，两天，预算一千五").await, "2 2 6 1500");
}

#[tokio::test]
async fn a_branch_finds_its_day_mostly_filled_in() {
    let mut browser = Browser::new();
    let page = browser.get("/trips/groups").await;
    let red = page.attributes("[aria-labelledby=party_day-title] .trip-list a.button", "href");
    assert!(!red.is_empty(), "there are red routes");
    let form = browser.get(&red[0]).await;
    assert_eq!((value(&form, "adults").as_str(), chosen(&form, "transport").as_str()), ("30", "coach"));
    assert_eq!((chosen(&form, "occasion").as_str(), ticked(&form, "guide_needed")), ("party_day", vec!["yes".to_owned()]));
    let plan = browser.send_and_follow(&form, ".form", &[("invoice_name", "某某镇党委")]).await;
    assert_eq!(chosen(&plan, "occasion"), "party_day");
    assert_eq!(plan.attribute("#settings-invoice_name", "value"), "某某镇党委");
    let paper = browser.open(&plan, "a[href$='/print']").await;
    assert!(paper.text(".sheet__head").contains("主题党日，要讲解员，发票抬头：某某镇党委"), "{}", paper.text(".sheet__head"));
    let shared = browser.send_and_follow(&plan, "#sharing .form", &[]).await;
    let link = shared.attribute(".trip__shares a", "href").replace("http://xiaoxiang.test", "");
    let seen = Browser::new().get(&format!("{link}/print")).await;
    assert_eq!(seen.status, 200);
    assert!(!seen.body.contains("某某镇党委"), "whoever may look need not know who pays");
    assert!(browser.get("/en/trips/groups").await.text("h1").contains("organisations"));
}

#[tokio::test]
async fn an_invoice_without_an_occasion_is_not_lost_without_a_word() {
    let mut browser = Browser::new();
    let (_, page) = browser.follow_route().await;
    let answer = browser.send(&page, "#settings .form", &[("invoice_name", "某某镇党委")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text("#settings-occasion-wrong").contains("选一项活动"), "{:?}", answer.texts(".notice"));
    assert_eq!(answer.attribute("#settings-invoice_name", "value"), "某某镇党委");
}
