//! What a trip costs, and the offers that save most.

use domain::ListingId;
use domain::listing::Details;
use server::store::ChangeRequest;

use super::*;

/// Only two offers run, both around the days of the trip.
async fn site_with_two_offers() -> Site {
    let site = Site::start(|_| {}).await;
    let ids: Vec<ListingId> = (1..=14).map(|number| ListingId::parse(&format!("of-{number:03}")).unwrap()).collect();
    let changes = site.store().find_many(&ids).await.unwrap().into_iter().map(|stored| {
        let mut offer = (*stored.listing).clone();
        let Details::Offer(terms) = &mut offer.details else { panic!("{} is no offer", offer.id) };
        (terms.from, terms.until) = (a_saturday() - Days::new(10), a_saturday() + Days::new(10));
        match offer.id.as_str() {
            // A fifth off every experience, at the till; and ¥50 off ¥160 once, in Xiangxi.
            "of-003" | "of-007" => ChangeRequest::put(offer),
            _ => ChangeRequest::Withdraw(offer.id),
        }
    });
    let revision = site.store().write(changes.collect(), Utc::now()).await.unwrap().revision;
    site.caught_up(revision).await;
    site
}

#[tokio::test]
async fn costs_are_a_lower_bound_and_offers_go_where_they_save_most() {
    let site = site_with_two_offers().await;
    let mut browser = Browser { visitor: site.visitor(), cookie: None };
    let form = browser.get("/trips/new?add=ex-002").await;
    let starts = a_saturday().to_string();
    let page =
        browser.send_and_follow(&form, ".form", &[("starts", &starts), ("days", "2"), ("adults", "2"), ("choose", "")]).await;
    assert_eq!(names(&page)[0].len(), 1, "the workshop is on the first day");
    let stay = browser.get("/stays/dianlan-menlian-minsu").await;
    let choice = browser.get(&stay.attribute(".listing__trip a", "href")).await;
    let page = browser.send_and_follow(&choice, ".trip-list .form", &[("day", "1")]).await;
    assert!(page.text("#day-1 .trip__home").contains("靛蓝门帘民宿"), "a bed is where the day ends");
    assert_eq!(page.texts("#day-1 .trip__home .badge--sample").len(), 1, "and is said to be made up");
    assert!(page.text("#day-2 .trip__from").contains("靛蓝门帘民宿（示例）"), "{}", page.text("#day-2"));
    let calendar = browser.open(&page, "a[href$='.ics']").await;
    assert!(calendar.body.contains("SUMMARY:住：靛蓝门帘民宿（示例）"), "{}", calendar.body);
    let paper = browser.get(&page.attribute("a[href$=\"/print\"]", "href")).await;
    assert_eq!(paper.texts(".sheet .badge--sample").len(), 1, "on paper as well: the workshop");
    assert!(paper.text(".sheet__day").contains("结束 靛蓝门帘民宿（示例）"), "and the bed: {}", paper.text(".sheet__day"));
    let costs = page.text("#costs");
    // Two at ¥98 and ¥30 of materials, the room from ¥238; the ways nobody knows.
    assert!(page.text(".trip__total").contains("至少¥494"), "{costs}");
    // ¥50 off the room and a fifth off the workshop, and not ¥50 off the workshop.
    assert!(costs.contains("都领得到的话，共省¥101.20，还要付至少¥392.80"), "{costs}");
    let offers = page.texts(".trip__offers > li");
    assert!(offers.iter().any(|offer| offer.contains("“湘西冬日慢游券”，省¥50")), "{offers:?}");
    assert!(offers.iter().any(|offer| offer.contains("“冬日手艺八折”，省¥51.20") && offer.contains("谁能用")), "{offers:?}");
    assert!(costs.contains("每单最多用一张"), "the rule is shown");
    assert!(costs.contains("平摊：每人至少¥247") && costs.contains("上面的券都用上：每人至少¥196.40"), "{costs}");
    assert_eq!(page.texts("#costs > p .badge--sample").len(), 1, "offers that are made up save nobody anything");
    assert!(page.texts("#costs .badge").iter().any(|badge| badge.contains("示例")), "what is fictional says so");

    let page = browser.send_and_follow(&page, "#settings .form", &[("budget", "400")]).await;
    assert!(page.texts(".trip__breach--broken").iter().any(|text| text.contains("¥400")), "{:?}", page.texts(".trip__breach"));
}
