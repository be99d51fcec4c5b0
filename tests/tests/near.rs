//! What is around, with the device's position refused or missing.

use acceptance::Site;

#[tokio::test]
async fn a_county_is_named_or_chosen_and_what_is_around_comes_nearest_first() {
    let visitor = Site::shared().visitor();
    let start = visitor.get("/near").await;
    assert_eq!(start.status, 200);
    let links = start.attributes(".near__regions a", "href");
    assert_eq!(links.len(), 14, "every prefecture");
    assert_eq!(start.attributes(".map__point", "href").len(), 14, "on the map as well");
    let prefecture = visitor.get("/near?at=433100").await;
    assert!(prefecture.attributes(".near__regions a", "href").contains(&"/near?at=433123".to_owned()));

    for path in ["/near?q=凤凰县", "/near?q=fenghuang", "/near?at=433123"] {
        let page = visitor.get(path).await;
        assert!(page.h1().contains("凤凰县"), "{path}: {}", page.h1());
        assert!(page.text("main").contains("直线距离"), "it is said how far is meant");
        assert!(page.titles().len() >= 8, "{path}: {:?}", page.titles());
        assert_eq!(page.header("x-robots-tag"), "noindex");
    }
    let village = visitor.get("/near?q=芙蓉镇").await;
    assert!(village.h1().contains("芙蓉镇"), "{}", village.h1());
}

#[tokio::test]
async fn what_is_known_to_be_open_today_stands_first_and_what_nobody_knows_says_so() {
    let page = Site::shared().visitor().get("/near?near=27.95,109.6").await;
    for section in ["places", "experiences", "stays"] {
        let said = page.texts(&format!("#{section} .card__reason"));
        assert!(!said.is_empty(), "{section}");
        let rank = |said: &String| match said.as_str() {
            it if it.contains("不在适宜月份") => 2,
            it if it.contains("未知") || it.contains("请先问") => 1,
            it if it.contains("不开放") => 3,
            _ => 0,
        };
        let ranks: Vec<u8> = said.iter().map(rank).collect();
        assert!(ranks.is_sorted(), "{section}: {said:?}");
    }
    assert!(page.texts("#places .card__reason").iter().any(|said| said == "开放时间未知"));
}

#[tokio::test]
async fn a_position_is_rounded_to_a_hundred_metres_and_that_is_one_page() {
    let visitor = Site::shared().visitor();
    let (close, closer) = (visitor.get("/near?near=27.951,109.599").await, visitor.get("/near?near=27.95108,109.59917").await);
    assert_eq!(close.header("etag"), closer.header("etag"));
    assert!(!closer.body.contains("27.9510"), "nothing says it more closely");
    assert!(close.text("main").contains("凤凰县"), "the nearest county seat is named");
}

#[tokio::test]
async fn what_cannot_be_found_is_said_and_the_ways_stay() {
    let visitor = Site::shared().visitor();
    for (path, said) in [
        ("/near?near=39.9,116.4", "不在湖南"),
        ("/near?near=north", "不是坐标"),
        ("/near?near=91,0", "不是坐标"),
        ("/near?at=110000", "没有代码"),
        ("/near?place=pl-9999", "没有这一处"),
        ("/near?q=zzzqqqxxx", "没有找到"),
    ] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text(".notice--problem").contains(said), "{path}: {}", page.text("main"));
        assert_eq!(page.attributes(".near__regions a", "href").len(), 14, "{path}");
        assert!(page.form(".near__form").is_some(), "{path}");
    }
    let english = visitor.get("/en/near?near=39.9,116.4").await;
    assert!(english.text(".notice--problem").contains("not in Hunan"));
}

#[tokio::test]
async fn the_privacy_page_says_what_becomes_of_a_position() {
    let page = Site::shared().visitor().get("/privacy").await;
    assert!(page.text("main").contains("100米") && page.text("main").contains("收藏"), "{}", page.text("main"));
}
