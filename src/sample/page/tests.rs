//! Pages drawn by us can be read by the programs that read letters.
//!
//! To look at them: `XINQIAO_SHOW_PAGES=/tmp/pages cargo test --lib sample::page`.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use super::born_digital::born_digital;
use super::encode::{fax, jpeg, png, tiff};
use super::font::Typefaces;
use super::letter::Letter;
use super::pdf::scanned;
use super::render;
use super::sheet::Sheet;
use super::style::{Capture, Direction, Mark, Paper, Style, Typeface};

const LETTER: &str = "关于东亭镇翟城村道路积水问题的反映

尊敬的领导：
我是定州市东亭镇翟城村村民，去年修路以后，村东头的道路比两边的院子高出许多，每次下雨，雨水都流进十几户人家的院子里，最深的地方没过了小腿。
我们多次向村委会反映，村里说要等上面拨款，至今没有人来看过。眼看雨季又要到了，老人和孩子进出很不方便，还有两户的院墙已经裂开。
恳请有关部门派人到现场查看，尽快修一条排水沟，把积水引到村南的坑塘里去。我的电话是13800000021，身份证号码130682196503120019。
> 反映人：赵有田
> 2026年4月18日";

fn pages(style: &Style) -> Vec<Sheet> {
    render(&Letter::from_plain(LETTER), style, &Typefaces::of_system().unwrap()).unwrap()
}

fn show(name: &str, bytes: &[u8]) {
    if let Some(folder) = option_env!("XINQIAO_SHOW_PAGES") {
        std::fs::write(Path::new(folder).join(name), bytes).unwrap();
    }
}

/// What the program makes of a file: its standard output.
fn run(program: &str, bytes: &[u8], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("input"), bytes).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder.path())
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .unwrap_or_else(|error| panic!("`make test` installs {program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The share of Han characters, letters and digits of `truth` that are in `read` in the same order.
fn share_read(truth: &str, read: &str) -> f64 {
    let core = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<Vec<char>>();
    let (truth, read) = (core(truth), core(read));
    // The longest common subsequence, one row at a time.
    let mut row = vec![0_u32; read.len() + 1];
    for wanted in &truth {
        let mut corner = 0;
        for (place, found) in read.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if wanted == found { corner + 1 } else { above.max(row[place]) };
            corner = above;
        }
    }
    f64::from(row[read.len()]) / f64::from(u32::try_from(truth.len()).unwrap())
}

#[test]
fn tesseract_reads_a_clean_page() {
    let page = png(&pages(&Style::clean(Typeface::Song))[0]).unwrap();
    show("clean.png", &page);
    let read = run("tesseract", &page, &["input", "-", "-l", "chi_sim", "--psm", "6"]);
    let share = share_read(&Letter::from_plain(LETTER).text(), &read);
    assert!(share > 0.97, "{share}: {read}");
    assert!(read.replace(' ', "").contains("13800000021"), "{read}");
}

#[test]
fn tesseract_reads_most_of_a_worn_page() {
    let style = Style { skew: 1.2, noise: 18, fading: 14, ..Style::clean(Typeface::Song) };
    let page = jpeg(&pages(&style)[0], 82).unwrap();
    show("worn.jpg", &page);
    let read = run("tesseract", &page, &["input", "-", "-l", "chi_sim", "--psm", "6"]);
    let share = share_read(&Letter::from_plain(LETTER).text(), &read);
    assert!(share > 0.80, "{share}: {read}");
}

#[test]
fn a_born_digital_letter_has_its_text_layer() {
    let typefaces = Typefaces::of_system().unwrap();
    let letter = Letter::from_plain(LETTER);
    let file = born_digital(&letter, &Style::clean(Typeface::Song), &typefaces).unwrap();
    show("born-digital.pdf", &file);
    let read = run("pdftotext", &file, &["input", "-"]);
    let together = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(together(&read), together(&letter.text()));
}

#[test]
fn a_scanned_letter_gives_its_page_images_back() {
    let style = Style {
        marks: vec![Mark::Seal { around: "定州市德顺门窗有限公司".to_owned() }],
        ..Style::clean(Typeface::Hei)
    };
    let file = scanned(&pages(&style), 75).unwrap();
    show("seal.pdf", &file);
    let list = run("pdfimages", &file, &["-list", "input"]);
    let images: Vec<&str> = list.lines().skip(2).collect();
    assert_eq!(images.len(), 1, "{list}");
    assert!(images[0].contains("jpeg") && images[0].contains("rgb"), "{list}");
    assert_eq!(run("pdftotext", &file, &["input", "-"]).trim(), "");
}

#[test]
fn a_tiff_has_all_pages_with_their_resolution() {
    let long = format!("{LETTER}\n{}", "请派人查看。\n".repeat(40));
    let sheets =
        render(&Letter::from_plain(&long), &Style::clean(Typeface::Song), &Typefaces::of_system().unwrap()).unwrap();
    assert!(sheets.len() >= 2, "{}", sheets.len());
    let file = tiff(&sheets).unwrap();
    let mut decoder = ::tiff::decoder::Decoder::new(Cursor::new(file)).unwrap();
    let mut count = 1;
    while decoder.more_images() {
        decoder.next_image().unwrap();
        count += 1;
    }
    assert_eq!(count, sheets.len());
}

#[test]
fn a_png_tells_its_resolution() {
    let page = png(&pages(&Style::clean(Typeface::Song))[0]).unwrap();
    let place = page.windows(4).position(|name| name == b"pHYs").unwrap();
    // 200 dots per inch are 7,874 per metre.
    assert_eq!(page[place + 4..place + 8], 7_874_u32.to_be_bytes());
    assert!(::image::load_from_memory(&page).is_ok());
}

#[test]
fn styles_leave_their_traces() {
    let share = |sheet: &Sheet, wanted: fn(&[u8; 3]) -> bool| {
        sheet.pixels.iter().filter(|pixel| wanted(pixel)).count() * 10_000 / sheet.pixels.len()
    };
    let red: fn(&[u8; 3]) -> bool = |[red, green, blue]| *red > 150 && *green < 130 && *blue < 130;
    let dark: fn(&[u8; 3]) -> bool = |pixel| pixel.iter().all(|sample| *sample < 120);
    let clean = &pages(&Style::clean(Typeface::Song))[0];
    assert_eq!(share(clean, red), 0);
    assert!(share(clean, dark) > 50);
    let ruled =
        Style { paper: Paper::RedRules, marks: vec![Mark::Thumbprint], skew: 1.2, ..Style::clean(Typeface::Song) };
    let ruled = &pages(&ruled)[0];
    show("ruled.png", &png(ruled).unwrap());
    assert!(share(ruled, red) > 10);
    let phone = Style { capture: Capture::Phone, noise: 10, ..Style::clean(Typeface::Hei) };
    let phone = &pages(&phone)[0];
    show("phone.png", &png(phone).unwrap());
    assert!(share(phone, dark) > 1_000, "a dark table is around the page");
}

#[test]
fn a_page_is_the_same_each_time() {
    let style = Style { noise: 20, fading: 10, skew: 0.7, ..Style::clean(Typeface::Song) };
    assert_eq!(pages(&style), pages(&style));
}

#[test]
fn a_black_and_white_tiff_is_group_4_and_has_all_pages() {
    let sheet = pages(&Style::clean(Typeface::Song)).remove(0);
    let file = fax(&[sheet.clone(), sheet.back(20)]).unwrap();
    assert!(file.len() < 60_000, "{} bytes: it is compressed", file.len());
    let limits = channels::letter::Limits::default();
    let kind = channels::letter::kind::FileKind::Tiff;
    assert_eq!(channels::letter::decode::count(&file, kind, &limits).unwrap(), 2);
    let page = channels::letter::decode::decode(&file, kind, 0, &limits).unwrap();
    assert_eq!((page.width, page.height, page.resolution), (sheet.width, sheet.height, Some(200)));
    let channels::letter::decode::Samples::Grey(pixels) = page.samples else { panic!("grey") };
    assert!(sheet.pixels.iter().zip(&pixels).all(|(drawn, read)| (drawn[1] < 140) == (*read == 0)));
}

#[test]
fn a_back_is_pale_and_mirrored_and_a_turn_is_undone_by_three_more() {
    let sheet = pages(&Style::clean(Typeface::Song)).remove(0);
    assert_eq!(sheet.turned(1).turned(3), sheet);
    let back = sheet.back(20);
    let darkest = |sheet: &Sheet| sheet.pixels.iter().map(|pixel| pixel[0]).min().unwrap();
    assert!(darkest(&sheet) < 40 && darkest(&back) > 190);
    let mirrored = |row: usize| back.pixels[row * back.width..(row + 1) * back.width].iter().rev();
    let row = (0..sheet.height).find(|row| sheet.pixels[row * sheet.width..][..sheet.width].iter().any(|p| p[0] < 40));
    let row = row.unwrap() + 3;
    let front = &sheet.pixels[row * sheet.width..][..sheet.width];
    let paler = front.iter().zip(mirrored(row)).filter(|(front, _)| front[0] < 60).all(|(_, back)| back[0] < 245);
    assert!(paler, "ink shows through where it is");
}

#[test]
fn vertical_words_run_down_from_the_right() {
    let style = Style { direction: Direction::Vertical, ..Style::clean(Typeface::Song) };
    let vertical = pages(&style).remove(0);
    show("vertical.png", &png(&vertical).unwrap());
    let two = Style { direction: Direction::TwoColumns, points: 12.0, ..Style::clean(Typeface::Song) };
    let two = pages(&two).remove(0);
    show("two-columns.png", &png(&two).unwrap());
    let ink = |sheet: &Sheet, from: usize, to: usize| {
        let row = |row: &[[u8; 3]]| row[from..to].iter().filter(|pixel| pixel[0] < 100).count();
        sheet.pixels.chunks(sheet.width).map(row).sum::<usize>()
    };
    let (third, half) = (vertical.width / 3, two.width / 2);
    assert!(ink(&vertical, 2 * third, vertical.width) > 2 * ink(&vertical, 0, third), "it starts on the right");
    let gap = ink(&two, half + 2, half + 14);
    assert!(gap * 200 < ink(&two, 0, half), "{gap}: nothing but the title between the columns");
    assert!(ink(&two, 0, half) > 0 && ink(&two, half + 14, two.width) > 0);
}
