//! What is read from good and from bad paper. All pages show one invented letter.

use case::field::{Confidence, Source};
use case::statement::{Mark, ReadingOrder, Statement};
use case::submission::FileRole;

use super::made::{page, read, record, scan_pdf};

const NAME: &str = "周长河";
const PHONE: &str = "13800000001";

/// The least that must be right on any page of the letter.
fn assert_name_and_phone(statement: &Statement) {
    let person = statement.petitioners.first().expect("a petitioner");
    assert_eq!(person.name.as_ref().expect("a name").value, NAME);
    let phone = person.phones.first().expect("a phone number");
    assert_eq!(phone.value.as_str(), PHONE);
    assert!(phone.confidence < Confidence::CERTAIN, "what was read is never certain");
}

pub(crate) async fn a_clean_page_gives_name_phone_and_date_with_their_places() {
    let reading = read(&page("clean.png")).await.expect("read");
    let statement = &reading.statement;
    assert_name_and_phone(statement);
    assert_eq!(statement.written_on.as_ref().expect("a date").value.to_string(), "2025-11-03");
    assert!(statement.body.contains("我们先后三次到村委会反映，工作人员说电费没有着落"), "{}", statement.body);
    let paragraphs: Vec<&str> = statement.body.lines().collect();
    assert!(paragraphs.iter().any(|line| line.starts_with("我叫周长河") && line.ends_with("摔伤。")), "{paragraphs:?}");

    let phone = &statement.petitioners[0].phones[0];
    let Source::Page { page: 1, area: Some(area), engine } = &phone.source else { panic!("{:?}", phone.source) };
    assert_eq!(engine, "ppocr");
    let page = &record(&reading).pages[0].record;
    assert!(area.left + area.width <= page.width && area.top + area.height <= page.height, "the area is on the page");
    assert!(area.width > 3 * area.height && area.width < page.width / 2, "it is the number, not the line: {area:?}");
}

pub(crate) async fn a_skewed_dark_and_noisy_page_is_read() {
    let reading = read(&page("skewed.jpg")).await.expect("read");
    assert_name_and_phone(&reading.statement);
    let skew = record(&reading).pages[0].record.skew_degrees;
    assert!((2.0..2.6).contains(&skew.abs()), "it was turned by 2.3 degrees, not {skew}");
    assert!(reading.statement.body.contains("请求有关部门尽快查明原因，恢复路灯照明"), "{}", reading.statement.body);
}

pub(crate) async fn blue_ink_on_red_rules_is_read() {
    let reading = read(&page("ruled.jpg")).await.expect("read");
    let phone = &reading.statement.petitioners.first().expect("a petitioner").phones[0];
    assert_eq!(phone.value.as_str(), PHONE);
    // The rules run through the characters and the JPEG is soft: without the dropout whole lines are lost.
    for phrase in ["只能摸黑走路", "已经有两位老人", "我们再等一等", "请求有关部门尽快查明原因"]
    {
        assert!(reading.statement.body.contains(phrase), "{phrase} in {}", reading.statement.body);
    }
}

pub(crate) async fn a_fax_of_three_pages_with_a_blank_back_is_one_letter() {
    let reading = read(&page("fax.tif")).await.expect("read");
    assert_name_and_phone(&reading.statement);
    assert!(reading.statement.body.contains("小学门前"), "the third page belongs to it: {}", reading.statement.body);
    let blank: Vec<bool> = record(&reading).pages.iter().map(|page| page.record.blank).collect();
    assert_eq!(blank, [false, true, false]);
    assert!(
        !reading.statement.marks.iter().any(|mark| matches!(mark, Mark::PageUnread { .. })),
        "a blank back is no fault"
    );
}

pub(crate) async fn a_scan_in_a_pdf_is_read() {
    let reading = read(&page("scan.pdf")).await.expect("read");
    assert_name_and_phone(&reading.statement);
    assert_eq!(record(&reading).pages[0].record.engine, "ppocr");
}

pub(crate) async fn a_scan_lying_on_its_side_in_a_pdf_is_turned_as_its_reader_would() {
    let upright = image::load_from_memory(&page("clean.png")).expect("a picture");
    let lying = upright.rotate90().to_luma8();
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 80);
    lying.write_with_encoder(encoder).expect("a JPEG");
    let coding = "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode";
    let reading = read(&scan_pdf(&jpeg, coding, lying.dimensions(), 270, "")).await.expect("read");
    assert_name_and_phone(&reading.statement);
    let page = &record(&reading).pages[0].record;
    assert!(page.height > page.width);
    assert_eq!(page.quarter_turns, 0, "it was turned before it was read, not by trying");
}

pub(crate) async fn a_fax_in_a_pdf_keeps_its_dots_and_foreign_text_below_it_is_not_believed() {
    let upright = image::load_from_memory(&page("clean.png")).expect("a picture").to_luma8();
    let (width, height) = upright.dimensions();
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for row in upright.rows() {
        let dots = row.map(|pixel| if pixel.0[0] < 140 { fax::Color::Black } else { fax::Color::White });
        encoder.encode_line(dots, u16::try_from(width).expect("narrow")).expect("a line");
    }
    let data = encoder.finish().expect("a page").finish();
    let coding = format!(
        "/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode\
         /DecodeParms<</K -1/Columns {width}/Rows {height}>>"
    );
    let foreign = "A scanner read these words long ago and it read them wrong.";
    let reading = read(&scan_pdf(&data, &coding, (width, height), 0, foreign)).await.expect("read");
    assert_name_and_phone(&reading.statement);
    assert!(!reading.statement.body.contains("scanner"), "{}", reading.statement.body);
    assert_ne!(record(&reading).pages[0].record.engine, "text-layer");
}

pub(crate) async fn a_pdf_with_text_is_not_recognised_again() {
    let reading = read(&page("born-digital.pdf")).await.expect("read");
    assert_name_and_phone(&reading.statement);
    assert_eq!(reading.statement.body.lines().next(), Some("关于村口路灯长期不亮的反映"));
    assert!(reading.statement.body.contains("家住砖路镇东关村十二号，联系电话13800000001。自今年九月起"));
    let page = &record(&reading).pages[0].record;
    assert_eq!(page.engine, "text-layer");
    let image = reading.files.iter().find(|file| file.role == FileRole::Page).expect("an image for the desk");
    let image = image::load_from_memory(&image.bytes).expect("a picture");
    assert!(image.width().abs_diff(page.width) <= 1 && image.height().abs_diff(page.height) <= 1);
}

pub(crate) async fn a_sideways_photograph_is_turned_as_the_camera_noted() {
    // The page lying on its side, and a note that says "turn right" (EXIF orientation 6).
    let upright = image::load_from_memory(&page("clean.png")).expect("a picture");
    let mut jpeg = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 70);
    upright.rotate270().to_luma8().write_with_encoder(encoder).expect("a JPEG");
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    jpeg.splice(2..2, exif.iter().copied());
    let reading = read(&jpeg).await.expect("read");
    assert_name_and_phone(&reading.statement);
}

pub(crate) async fn pages_fed_in_on_their_side_or_head_are_turned_upright() {
    let upright = image::load_from_memory(&page("clean.png")).expect("a picture");
    for (fed_in, quarter_turns) in [(upright.rotate90(), 3), (upright.rotate180(), 2), (upright.rotate270(), 1)] {
        let mut png = std::io::Cursor::new(Vec::new());
        fed_in.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
        let reading = read(&png.into_inner()).await.expect("read");
        assert_name_and_phone(&reading.statement);
        let page = &record(&reading).pages[0].record;
        assert_eq!(page.quarter_turns, quarter_turns);
        assert!(page.height > page.width, "the desk sees it upright");
    }
}

pub(crate) async fn what_shows_through_from_the_front_leaves_a_back_blank_and_pencil_does_not() {
    let front = image::load_from_memory(&page("clean.png")).expect("a picture").to_luma8();
    let pale = |picture: image::GrayImage, ink: u8| {
        let mut pale = picture;
        pale.pixels_mut().for_each(|pixel| pixel.0[0] = 250 - (255 - pixel.0[0]) / 255_u8.div_ceil(250 - ink).max(1));
        let mut png = std::io::Cursor::new(Vec::new());
        pale.write_to(&mut png, image::ImageFormat::Png).expect("a PNG");
        png.into_inner()
    };
    for back in [image::imageops::flip_horizontal(&front), image::imageops::flip_vertical(&front)] {
        let reading = read(&pale(back, 190)).await.expect("read");
        assert!(record(&reading).pages[0].record.blank, "what shows through is not writing");
        assert_eq!(reading.statement.body, "");
        assert!(reading.files.iter().any(|file| file.role == FileRole::Page), "its image is kept");
    }
    let reading = read(&pale(front, 190)).await.expect("read");
    assert!(!record(&reading).pages[0].record.blank);
    assert_name_and_phone(&reading.statement);
}

pub(crate) async fn vertical_writing_and_two_columns_are_read_in_order_and_marked() {
    for (name, order) in [("vertical.png", ReadingOrder::Vertical), ("two-columns.png", ReadingOrder::TwoColumns)] {
        let reading = read(&page(name)).await.expect("read");
        let statement = &reading.statement;
        let person = statement.petitioners.first().expect("a petitioner");
        assert_eq!(person.phones.first().map(|phone| phone.value.as_str()), Some("13800000021"), "{name}");
        assert!(statement.marks.contains(&Mark::ReadingOrder { page: 1, order }), "{name}: a person looks at it");
        let places: Vec<usize> = ["的领导", "雨水都流进", "我们多次", "派人到现场", "电话是"]
            .map(|phrase| statement.body.find(phrase).unwrap_or_else(|| panic!("{phrase} in {}", statement.body)))
            .to_vec();
        assert!(places.is_sorted(), "{name}: {}", statement.body);
        let page = &record(&reading).pages[0].record;
        assert_eq!((page.reading_order, page.quarter_turns), (Some(order), 0));
        let Source::Page { area: Some(area), .. } = person.phones[0].source else { panic!("an area") };
        let paragraph = ReadingOrder::TwoColumns == order;
        assert!(!paragraph || statement.body.contains("老人和孩子进出很不方便，还有两户"), "{}", statement.body);
        let right = area.left + area.width / 2;
        match order {
            ReadingOrder::Vertical => assert!(area.height > 3 * area.width, "the number stands upright: {area:?}"),
            ReadingOrder::TwoColumns => assert!(right > page.width / 2, "it is in the right column: {area:?}"),
            ReadingOrder::Unsure => panic!("{name}: it can be told"),
        }
    }
}

pub(crate) async fn the_reading_and_the_page_images_are_kept() {
    let reading = read(&page("fax.tif")).await.expect("read");
    let kept: Vec<(FileRole, &str, &str)> =
        reading.files.iter().map(|file| (file.role, file.name.as_str(), file.media_type.as_str())).collect();
    assert_eq!(
        kept,
        [
            (FileRole::Page, "page-001.jpg", "image/jpeg"),
            (FileRole::Page, "page-002.jpg", "image/jpeg"),
            (FileRole::Page, "page-003.jpg", "image/jpeg"),
            (FileRole::Reading, "reading.json", "application/json"),
        ]
    );
    let record = record(&reading);
    for (page, file) in record.pages.iter().zip(&reading.files) {
        let image = image::load_from_memory(&file.bytes).expect("a picture");
        assert_eq!((image.width(), image.height()), (page.record.width, page.record.height), "areas are in its pixels");
        assert!(file.bytes.len() < 500_000, "{} is reasonably small", file.name);
    }
    assert!(record.pages[0].record.cpu_milliseconds > 0);
    let mean = record.pages[0].record.mean_confidence();
    assert!((60.0..=100.0).contains(&mean), "print is read with a mean confidence of {mean}");
}
