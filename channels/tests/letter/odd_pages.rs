//! Pages that lie or are laid out oddly, and stamps over what matters. What cannot be read is asked; nothing is silently other.

use case::statement::{Mark, ReadingOrder, Statement};
use image::{DynamicImage, GrayImage, Luma, Rgb, RgbImage};

use super::made::{jpegs_pdf, page, read, record};

const NAME: &str = "周长河";
const PHONE: &str = "13800000001";
/// The title of the letters across a lying sheet and in upright columns.
const TITLE: &str = "关于东亭镇翟城村水渠淤堵的反映";

fn picture(name: &str) -> DynamicImage {
    image::load_from_memory(&page(name)).expect("a picture")
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
    png.into_inner()
}

/// Every number and name that no person is asked about.
fn unasked(statement: &Statement) -> (Vec<String>, Vec<String>) {
    let people = || statement.petitioners.iter();
    let phones = people().flat_map(|person| &person.phones).filter(|phone| !phone.verdict.is_asked());
    let names = people().filter_map(|person| person.name.as_ref()).filter(|name| !name.verdict.is_asked());
    (phones.map(|phone| phone.value.as_str().to_owned()).collect(), names.map(|name| name.value.clone()).collect())
}

pub(crate) async fn vertical_writing_on_its_side_is_put_upright_and_marked() {
    let upright = picture("vertical.png");
    for (fed_in, lying) in [(1, upright.rotate90()), (2, upright.rotate180()), (3, upright.rotate270())] {
        let reading = read(&png(&lying)).await.expect("read");
        let (phones, _) = unasked(&reading.statement);
        assert!(phones.iter().all(|phone| phone == "13800000021"), "{fed_in}: {phones:?}");
        let order = Mark::ReadingOrder { page: 1, order: ReadingOrder::Vertical };
        assert!(reading.statement.marks.contains(&order), "{fed_in}: a person looks at it");
        let page = &record(&reading).pages[0].record;
        assert_eq!(page.quarter_turns, 4 - fed_in, "its columns read, and it stands upright at the desk");
        assert!(page.height > page.width);
        let body = &reading.statement.body;
        let places = ["的领导", "雨水都流进", "我们多次", "派人到现场", "电话是"].map(|phrase| body.find(phrase));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{fed_in}: {body}");
    }
}

pub(crate) async fn figures_on_their_side_in_vertical_writing_at_150_dots_are_read() {
    // The second page has dark rules between its columns.
    for name in ["vertical-lying.jpg", "vertical-ruled.jpg"] {
        let statement = read(&page(name)).await.expect("read").statement;
        assert!(statement.marks.contains(&Mark::ReadingOrder { page: 1, order: ReadingOrder::Vertical }), "{name}");
        assert!(statement.title.value.starts_with("关于北门街路灯"), "{name}: {}", statement.title.value);
        assert!(statement.body.contains("13800000035"), "{name}: {}", statement.body);
        assert_eq!(statement.written_on.as_ref().expect("a date").value.to_string(), "2026-11-03");
        // The comma behind the number may be read as one more figure: then the number is asked.
        let (phones, _) = unasked(&statement);
        let told = statement.marks.iter().any(|mark| matches!(mark, Mark::Asked { field, .. } if field == "phone"));
        assert!(phones == ["13800000035"] || phones.is_empty() && told, "{name}: {phones:?}");
    }
}

pub(crate) async fn a_title_that_stands_upright_is_the_title() {
    let reading = read(&page("vertical-title.png")).await.expect("read");
    assert_eq!(reading.statement.title.value, TITLE);
    assert!(reading.statement.marks.contains(&Mark::ReadingOrder { page: 1, order: ReadingOrder::Vertical }));
    let person = reading.statement.petitioners.first().and_then(|person| person.name.as_ref());
    assert_eq!(person.map(|name| name.value.as_str()), Some("韩麦穗"));
}

pub(crate) async fn a_letter_across_a_lying_sheet_is_read_like_any_other() {
    let upright = picture("landscape.png");
    for (fed_in, page) in [(0, upright.clone()), (1, upright.rotate90())] {
        let reading = read(&png(&page)).await.expect("read");
        assert_eq!(reading.statement.title.value, TITLE, "{fed_in}");
        let marked = reading.statement.marks.iter().any(|mark| matches!(mark, Mark::ReadingOrder { .. }));
        assert!(!marked, "{fed_in}: its lines are level and in one column");
        let record = &record(&reading).pages[0].record;
        assert_eq!(record.quarter_turns, (4 - fed_in) % 4);
        assert!(record.width > record.height);
        let person = reading.statement.petitioners.first().expect("a petitioner");
        assert_eq!(person.name.as_ref().map(|name| name.value.as_str()), Some("韩麦穗"), "{fed_in}");
        assert_eq!(unasked(&reading.statement).0, ["13800000021"], "{fed_in}");
        let paragraphs: Vec<&str> = reading.statement.body.lines().collect();
        assert_eq!(paragraphs.len(), 7, "{fed_in}: {paragraphs:?}");
    }
}

pub(crate) async fn a_sheet_on_its_side_with_two_pages_is_read_one_after_the_other() {
    let one = picture("clean.png").to_luma8();
    let (width, height) = one.dimensions();
    let mut sheet = GrayImage::from_pixel(2 * width, height, Luma([255]));
    image::imageops::replace(&mut sheet, &one, 0, 0);
    image::imageops::replace(&mut sheet, &one, i64::from(width), 0);
    let reading = read(&png(&DynamicImage::ImageLuma8(sheet))).await.expect("read");
    let (phones, names) = unasked(&reading.statement);
    assert!(phones.iter().all(|phone| phone == PHONE), "{phones:?}");
    assert!(names.iter().all(|name| name == NAME), "{names:?}");
    let order = Mark::ReadingOrder { page: 1, order: ReadingOrder::TwoColumns };
    assert!(reading.statement.marks.contains(&order), "a person looks at it: {}", reading.statement.body);
    let body = &reading.statement.body;
    let places = |words: &str| body.match_indices(words).map(|(place, _)| place).collect::<Vec<_>>();
    let (first, last) = (places("我叫周长河"), places("恢复路灯照明"));
    assert_eq!((first.len(), last.len()), (2, 2), "{body}");
    assert!(first[0] < last[0] && last[0] < first[1] && first[1] < last[1], "the left page comes first: {body}");
}

pub(crate) async fn pages_of_one_pdf_lie_each_its_own_way() {
    let upright = picture("clean.png");
    let jpeg = |picture: &DynamicImage, rotate: u32| {
        let grey = picture.to_luma8();
        let mut jpeg = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 80);
        grey.write_with_encoder(encoder).expect("a JPEG");
        (jpeg, grey.dimensions(), rotate)
    };
    // Turned by the file, by nobody (the page is tried), and wrongly by the file.
    let pages = [
        jpeg(&upright, 0),
        jpeg(&upright.rotate270(), 90),
        jpeg(&upright.rotate180(), 180),
        jpeg(&upright.rotate90(), 270),
        jpeg(&upright.rotate90(), 0),
        jpeg(&upright, 180),
    ];
    let reading = read(&jpegs_pdf(&pages)).await.expect("read");
    let record = record(&reading);
    assert_eq!(record.pages.len(), pages.len());
    for page in &record.pages {
        assert!(page.record.height > page.record.width, "page {} is upright at the desk", page.page);
    }
    let turned: Vec<bool> = record.pages.iter().map(|page| page.record.quarter_turns > 0).collect();
    assert_eq!(turned, [false, false, false, false, true, true], "only what the file leaves lying is tried");
    assert_eq!(reading.statement.body.matches("我叫周长河").count(), pages.len(), "{}", reading.statement.body);
    let (phones, names) = unasked(&reading.statement);
    assert_eq!((phones, names), (vec![PHONE.to_owned()], vec![NAME.to_owned()]));
}

/// A ring with a star-like cross in it, as a seal is, `radius` dots around `middle`.
fn stamped(page: &RgbImage, middle: (u32, u32), radius: u32, ink: Rgb<u8>) -> RgbImage {
    let mut page = page.clone();
    let (across, down) = (i64::from(middle.0), i64::from(middle.1));
    let radius = i64::from(radius);
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let (x, y) = (i64::from(x) - across, i64::from(y) - down);
        let distance = x * x + y * y;
        let ring = distance <= radius * radius && distance >= (radius - 8) * (radius - 8);
        let cross = (x.abs() < 5 || y.abs() < 5 || (x - y).abs() < 6) && distance <= radius * radius;
        if ring || cross {
            *pixel = Rgb(std::array::from_fn(|place| pixel.0[place].min(ink.0[place])));
        }
    }
    page
}

pub(crate) async fn a_stamp_over_number_and_name_makes_no_other_number_and_name() {
    let clean = read(&page("clean.png")).await.expect("read");
    let desk = &record(&clean).pages[0].record;
    let picture = picture("clean.png").to_rgb8();
    let person = &clean.statement.petitioners[0];
    for source in [&person.phones[0].source, &person.name.as_ref().expect("a name").source] {
        let case::field::Source::Page { area: Some(area), .. } = source else { panic!("an area") };
        let middle = (
            (area.left + area.width / 2) * picture.width() / desk.width,
            (area.top + area.height / 2) * picture.height() / desk.height,
        );
        for (ink, red) in [(Rgb([200, 30, 40]), true), (Rgb([20, 20, 20]), false)] {
            let page = DynamicImage::ImageRgb8(stamped(&picture, middle, picture.width() / 12, ink));
            let reading = read(&png(&page)).await.expect("read");
            let (phones, names) = unasked(&reading.statement);
            assert!(phones.iter().all(|phone| phone == PHONE), "{phones:?} {:?}", reading.statement.marks);
            assert!(names.iter().all(|name| name == NAME), "{names:?} {:?}", reading.statement.marks);
            if red {
                assert!(reading.statement.body.contains(PHONE), "red is taken away: {}", reading.statement.body);
            }
        }
    }
}
