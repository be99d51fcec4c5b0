//! Browsers inside other apps, which open no map apps and take no files: the way out stands in the place of what they block.

use acceptance::{Page, Site, Visitor};

const WECHAT: &str = "Mozilla/5.0 (Linux; Android 13; V2055A Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64";
const ALIPAY: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21A329 Ariver/1.1.0 AliApp(AP/10.5.66.8000) Nebula AlipayClient/10.5.66.8000 Language/zh-Hans";
const BROWSER: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";

fn inside(agent: &str) -> Visitor {
    Site::shared().visitor().with("user-agent", agent)
}

fn map_links(page: &Page) -> usize {
    let hrefs = page.attributes("main a", "href");
    hrefs
        .iter()
        .filter(|href| ["amap.com", "baidu.com", "map.qq.com", "maps.apple.com"].iter().any(|app| href.contains(app)))
        .count()
}

#[tokio::test]
async fn a_listing_says_how_to_get_out_of_the_app_and_is_not_shown_so_to_others() {
    const PLACE: &str = "/places/fenghuang-gucheng";
    // In turn, so that each answer from memory is its own.
    for _ in 0..2 {
        let (wechat, alipay, browser) =
            (inside(WECHAT).get(PLACE).await, inside(ALIPAY).get(PLACE).await, inside(BROWSER).get(PLACE).await);
        assert_eq!((map_links(&wechat), map_links(&alipay), map_links(&browser)), (0, 0, 4));
        assert!(wechat.text("#directions .in-app").contains("微信里打不开地图应用"), "{}", wechat.text("#directions"));
        assert!(wechat.text("#directions .in-app").contains("在浏览器打开"));
        assert!(alipay.text("#directions .in-app").contains("支付宝"));
        assert_eq!(browser.texts(".in-app").len(), 0);
        assert_eq!(wechat.attributes("details.qr[open] svg", "role"), ["img"], "the code of the address is in sight");
        assert!(wechat.attribute(".navlinks .copy__button", "data-text").contains("凤凰古城"), "the name can be copied");
        assert!(wechat.header("vary").contains("user-agent"));
    }
    let english = inside(WECHAT).get(&format!("/en{PLACE}")).await;
    assert!(english.text(".in-app").contains("WeChat opens no map apps"));
}

/// A new trip along a route: its cookie and its address.
async fn trip(agent: &str) -> (Visitor, String) {
    let visitor = inside(agent);
    let form = visitor.get("/trips/new?route=zuimei-dongxiang").await;
    let (action, fields) = form.form(".form--page").unwrap();
    let made = visitor.post(&action, &fields).await;
    assert_eq!(made.status, 303, "{}", made.text("main"));
    let cookie = made.header("set-cookie").split(';').next().unwrap().to_owned();
    (visitor.with("cookie", &cookie), made.header("location").to_owned())
}

#[tokio::test]
async fn a_trip_leaves_the_app_by_a_link_that_other_browsers_open() {
    let (visitor, address) = trip(WECHAT).await;
    let page = visitor.get(&address).await;
    assert_eq!(page.attributes("a[download]", "href"), Vec::<String>::new(), "no file is offered that would not arrive");
    assert_eq!(map_links(&page), 0);
    let names = page.attributes("#day-1 .in-app__names .copy__button", "data-text");
    assert_eq!(names.len(), page.texts("#day-1 .trip__name").len(), "the names of a day can be copied: {names:?}");
    let today = visitor.get(&format!("{address}/today")).await;
    assert_eq!(map_links(&today), 0);
    assert!(today.text(".today__next .in-app__names").contains("复制地名"), "{}", today.text(".today__next"));
    assert!(!today.text("main").contains("在浏览器打开"), "no other browser may see this page");
    assert!(page.text("#exports").contains("先生成一个可一起修改的链接"), "{}", page.text("#exports"));
    let (action, mut fields) = page.form("#sharing .form").unwrap();
    fields.retain(|(name, _)| name != "rights");
    fields.push(("rights".into(), "edit".into()));
    visitor.post(&action, &fields).await;
    let page = visitor.get(&address).await;
    let link = page.attribute("#exports .qr__address a", "href");
    assert!(link.contains("/trips/shared/"), "{link}");
    assert_eq!(page.attribute("#exports .copy__button", "data-text"), link);
    assert_eq!(page.attributes("#exports .in-app__code svg", "role"), ["img"]);
    let shared = inside(BROWSER).get(link.strip_prefix("http://xiaoxiang.test").unwrap()).await;
    assert!(shared.attributes("a[download]", "href").len() >= 3, "in a browser the files are there");
}

#[tokio::test]
async fn a_day_is_navigated_in_its_order_with_each_map_app() {
    let (visitor, address) = trip(BROWSER).await;
    let page = visitor.get(&address).await;
    let days = page.texts(".trip__day").len();
    for day in 1..=days {
        let links = page.attributes(&format!("#day-{day} .ways__link"), "href");
        for app in ["amap.com", "baidu.com", "map.qq.com", "maps.apple.com"] {
            assert!(links.iter().any(|link| link.contains(app)), "day {day}, {app}: {links:?}");
        }
        let stops = page.texts(&format!("#day-{day} .trip__name"));
        let apple = links.iter().find(|link| link.contains("maps.apple.com")).unwrap();
        let places: Vec<usize> = stops.iter().filter_map(|stop| apple.find(&domain::navigation::encode(stop))).collect();
        assert_eq!(places.len(), stops.len(), "every stop is on the way: {apple}");
        assert!(places.is_sorted(), "and in its order: {apple}");
    }
    assert!(page.text("#day-2 .ways").contains('→'));
}
