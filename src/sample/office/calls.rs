//! Telephone calls as transcripts: WebVTT, JSON segments, SRT and labelled text.

use case::channel::Channel;

use super::Sample;
use crate::sample::expectation::Expectation;

/// The calls.
pub(super) fn calls() -> Vec<Sample> {
    let call = |name, text: &str, expect| Sample { door: Channel::Call, name, bytes: text.into(), expect };
    vec![
        call(
            "call-plastic-works.vtt",
            include_str!("calls/plastic-works.vtt"),
            Expectation::new("马文庆").routed(&["环境保护"], Some("130682104"), &["sthjj", "130682104"]),
        ),
        call(
            "call-pig-farm-confidential.json",
            include_str!("calls/pig-farm-confidential.json"),
            Expectation::new("吴秋月").confidential().routed(
                &["环境保护", "农村农业"],
                Some("130682205"),
                &["sthjj", "nyncj", "130682205"],
            ),
        ),
        call(
            "call-site-dust.json",
            include_str!("calls/site-dust.json"),
            Expectation::new("于晓光").routed(
                &["环境保护", "城乡建设"],
                Some("130682002"),
                &["sthjj", "cgj", "zjj", "130682002"],
            ),
        ),
        call(
            "call-road-flooding.srt",
            include_str!("calls/road-flooding.srt"),
            Expectation::new("赵有田").routed(
                &["交通运输", "城乡建设", "农村农业"],
                Some("130682106"),
                &["130682106", "jtj", "slj"],
            ),
        ),
        call(
            "call-homestead.txt",
            include_str!("calls/homestead.txt"),
            Expectation::new("殷建国").routed(
                &["国土资源", "农村农业", "城乡建设"],
                Some("130682102"),
                &["130682102", "zrzyj", "nyncj"],
            ),
        ),
        call(
            "call-township-enterprise-pension.txt",
            include_str!("calls/township-enterprise-pension.txt"),
            Expectation::new("马占奎").routed(&["劳动和社会保障"], Some("130682109"), &["sbzx", "rsj"]),
        ),
        call(
            "call-red-light.vtt",
            include_str!("calls/red-light.vtt"),
            Expectation::new("段志新").routed(
                &["政法", "交通运输"],
                Some("130682004"),
                &["jjdd", "gaj", "jtj", "130682004"],
            ),
        ),
    ]
}
