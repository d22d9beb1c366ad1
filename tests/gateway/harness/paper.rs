//! Letters of our own on paper: drawn, and read by the program like any scan.

use xinqiao::sample::page::encode::png;
use xinqiao::sample::page::font::Typefaces;
use xinqiao::sample::page::letter::Letter;
use xinqiao::sample::page::render;
use xinqiao::sample::page::style::{Style, Typeface};

use super::Office;

/// The first page of a letter in the plain form of sample letters, as PNG.
pub(crate) fn page(text: &str) -> Vec<u8> {
    let typefaces = Typefaces::of_system().unwrap();
    let sheets = render(&Letter::from_plain(text), &Style::clean(Typeface::Song), &typefaces).unwrap();
    png(&sheets[0]).unwrap()
}

/// A letter about a flooded road.
pub(crate) fn road(name: &str, phone: &str) -> String {
    format!(
        "关于翟城村道路积水的反映\n信访局领导：\n\
         我叫{name}，住定州市东亭镇翟城村3号，电话{phone}。东亭镇翟城村村口的道路每逢下雨就严重积水，路面坑洼，车辆和行人都无法通行，已经两年多没有人修。请尽快派人维修。\n\
         > 反映人：{name}\n> 2026年10月20日\n"
    )
}

/// Takes a letter in and gives its number.
pub(crate) fn take_in(office: &Office, name: &str, text: &str) -> String {
    let line = office.intake("letter", &office.file(name, page(text)));
    line["submission"].as_str().unwrap_or_else(|| panic!("not registered: {line}")).to_owned()
}
