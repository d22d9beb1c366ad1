//! Forms of the web page, as the JSON that the page and the API post.

use case::channel::Channel;

use super::Sample;
use crate::sample::expectation::{Expectation, Outcome};

/// The forms.
pub(super) fn forms() -> Vec<Sample> {
    let form = |name, text: &str, expect| Sample { door: Channel::Web, name, bytes: text.into(), expect };
    vec![
        form(
            "web-estate-delay.json",
            include_str!("web/estate-delay.json"),
            Expectation::new("何建芳").routed(&["城乡建设"], Some("130682001"), &["zjj"]),
        ),
        form(
            "web-street-lamps-dasanlu.json",
            include_str!("web/street-lamps-dasanlu.json"),
            Expectation::new("齐志强").routed(
                &["城乡建设", "农村农业"],
                Some("130682101"),
                &["130682101", "cgj", "zjj", "nyncj"],
            ),
        ),
        form(
            "web-accusation-township.json",
            include_str!("web/accusation-township.json"),
            Expectation::new("苏贵良").sealed(&["130682108"]).routed(
                &["纪检监察", "农村农业"],
                Some("130682108"),
                &["jiwei"],
            ),
        ),
        form(
            "web-bus-suggestion.json",
            include_str!("web/bus-suggestion.json"),
            Expectation::new("常海波").suggestion().routed(&["交通运输", "城乡建设"], Some("130682004"), &["jtj"]),
        ),
        form(
            "web-night-noise-anonymous.json",
            include_str!("web/night-noise-anonymous.json"),
            // Who asks not to be named is kept from the unit as well.
            Expectation::anonymous().confidential().routed(
                &["环境保护", "政法", "教育文体"],
                Some("130682003"),
                &["sthjj", "gaj", "cgj", "wlj", "130682003"],
            ),
        ),
        form(
            "web-medical-insurance.json",
            include_str!("web/medical-insurance.json"),
            Expectation::new("田丽娟").routed(&["劳动和社会保障", "卫生计生"], None, &["ybj"]),
        ),
        form(
            "web-subsistence-proxy.json",
            include_str!("web/subsistence-proxy.json"),
            Expectation::new("杨桂枝").routed(&["民政"], Some("130682103"), &["mzj", "130682103"]),
        ),
        form(
            "web-expired-food.json",
            include_str!("web/expired-food.json"),
            Expectation::new("孙连杰").routed(&["商贸旅游", "卫生计生"], Some("130682113"), &["scjgj", "130682113"]),
        ),
        form(
            "web-heating-cold.json",
            include_str!("web/heating-cold.json"),
            Expectation::new("贾会敏").routed(&["城乡建设"], Some("130682001"), &["grgs", "zjj", "cgj", "130682001"]),
        ),
        form(
            "web-heating-cold-sent-again.json",
            include_str!("web/heating-cold.json"),
            Expectation::new("贾会敏").and(Outcome::Replay("web-heating-cold.json")),
        ),
    ]
}
