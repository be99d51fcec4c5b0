//! Browsers inside other apps. They block what they do not want: downloads, other apps' links, printing.

use domain::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InApp {
    WeChat,
    Qq,
    Weibo,
    DingTalk,
    Alipay,
}

impl InApp {
    pub const ALL: [InApp; 5] = [Self::WeChat, Self::Qq, Self::Weibo, Self::DingTalk, Self::Alipay];

    /// By what the app says of itself in `User-Agent`. QQ's browser by itself (`MQQBrowser`) is a browser; inside QQ it says `QQ/`
    /// as well.
    pub fn of(user_agent: &str) -> Option<Self> {
        let app = Self::ALL.into_iter().find(|app| app.marks().iter().any(|mark| user_agent.contains(mark)));
        // WeChat on a computer opens links as any browser does.
        app.filter(|_| !user_agent.contains("WindowsWechat") && !user_agent.contains("MacWechat"))
    }

    fn marks(self) -> &'static [&'static str] {
        match self {
            Self::WeChat => &["MicroMessenger"],
            Self::Qq => &[" QQ/"],
            Self::Weibo => &["Weibo (", "__weibo__"],
            Self::DingTalk => &["DingTalk"],
            Self::Alipay => &["AlipayClient"],
        }
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::WeChat => lang.pick("微信", "WeChat"),
            Self::Qq => lang.pick("QQ", "QQ"),
            Self::Weibo => lang.pick("微博", "Weibo"),
            Self::DingTalk => lang.pick("钉钉", "DingTalk"),
            Self::Alipay => lang.pick("支付宝", "Alipay"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_known_by_what_it_says_of_itself_and_a_browser_is_none() {
        const PHONE: &str = "Mozilla/5.0 (Linux; Android 13; V2055A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36";
        for (rest, app) in [
            (
                " XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 NetType/WIFI",
                Some(InApp::WeChat),
            ),
            (" MQQBrowser/6.2 TBS/046281 V1_AND_SQ_8.9.80_0_TIM_D QQ/8.9.80.12440", Some(InApp::Qq)),
            (" MQQBrowser/14.6", None),
            (" Weibo (vivo-V2055A__weibo__13.12.2__android__android13)", Some(InApp::Weibo)),
            (" AliApp(DingTalk/7.0.40) com.alibaba.android.rimet/28820", Some(InApp::DingTalk)),
            (" AliApp(AP/10.5.66.8000) AlipayClient/10.5.66.8000", Some(InApp::Alipay)),
            (" MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI WindowsWechat", None),
            ("", None),
        ] {
            assert_eq!(InApp::of(&format!("{PHONE}{rest}")), app, "{rest}");
        }
    }
}
