//! Pages drawn by us can be read by the programs that read letters.

use std::process::Command;

use super::encode::{jpeg, png, tiff};
use super::font::Typefaces;
use super::letter::Letter;
use super::pdf::scanned;
use super::render;
use super::style::{Capture, Mark, Paper, Style, Typeface};

const LETTER: &str = "关于东亭镇翟城村道路积水问题的反映

尊敬的领导：
我是定州市东亭镇翟城村村民，去年修路以后，村东头的道路比两边的院子高出许多，每次下雨，雨水都流进十几户人家的院子里，最深的地方没过了小腿。
我们多次向村委会反映，村里说要等上面拨款，至今没有人来看过。眼看雨季又要到了，老人和孩子进出很不方便，还有两户的院墙已经裂开。
恳请有关部门派人到现场查看，尽快修一条排水沟，把积水引到村南的坑塘里去。我的电话是13800000021，身份证号码130682196503120019。
> 反映人：赵有田
> 2026年4月18日";

fn letter() -> Letter {
    Letter::from_plain(LETTER)
}

fn show(name: &str, bytes: &[u8]) {
    // For looking at the pages: `XINQIAO_SHOW_PAGES=/tmp/pages cargo test sample::page`.
    if let Some(folder) = option_env!("XINQIAO_SHOW_PAGES") {
        std::fs::write(std::path::Path::new(folder).join(name), bytes).unwrap();
    }
}

#[test]
fn look() {
    let typefaces = Typefaces::of_system().unwrap();
    let clean = Style::clean(Typeface::Song);
    show("clean.png", &png(&render(&letter(), &clean, &typefaces).unwrap()[0]).unwrap());
    let ruled = Style { paper: Paper::RedRules, skew: 1.4, noise: 26, fading: 20, marks: vec![Mark::Thumbprint], ..clean.clone() };
    show("ruled.jpg", &jpeg(&render(&letter(), &ruled, &typefaces).unwrap()[0], 80).unwrap());
    let seal = Style { typeface: Typeface::Hei, capture: Capture::Phone, noise: 12, marks: vec![Mark::Seal { around: "定州市德顺门窗有限公司".to_owned() }], ..clean.clone() };
    show("seal.jpg", &jpeg(&render(&letter(), &seal, &typefaces).unwrap()[0], 80).unwrap());
    show("born.pdf", &super::born_digital::born_digital(&letter(), &clean, &typefaces).unwrap());
    show("scan.pdf", &scanned(&render(&letter(), &seal, &typefaces).unwrap(), 75).unwrap());
    show("two.tiff", &tiff(&[render(&letter(), &seal, &typefaces).unwrap(), render(&letter(), &clean, &typefaces).unwrap()].concat()).unwrap());
}
