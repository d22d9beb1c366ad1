use super::*;

/// A classic TIFF of one page: tags with their values, and strips or tiles of data.
struct File {
    tags: Vec<(u16, u16, Vec<u32>)>,
    chunks: Vec<Vec<u8>>,
    tiled: bool,
}

const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

impl File {
    fn new(width: u32, height: u32, photometric: u32, compression: u32) -> Self {
        let tags = vec![
            (256, LONG, vec![width]),
            (257, LONG, vec![height]),
            (259, SHORT, vec![compression]),
            (262, SHORT, vec![photometric]),
        ];
        Self { tags, chunks: Vec::new(), tiled: false }
    }

    fn with(mut self, tag: u16, kind: u16, values: &[u32]) -> Self {
        self.tags.push((tag, kind, values.to_vec()));
        self
    }

    fn chunk(mut self, data: &[u8]) -> Self {
        self.chunks.push(data.to_vec());
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        let mut bytes = b"II*\0\0\0\0\0".to_vec();
        let mut offsets = Vec::new();
        for chunk in &self.chunks {
            offsets.push(u32::try_from(bytes.len()).expect("small"));
            bytes.extend(chunk);
        }
        let lengths = self.chunks.iter().map(|chunk| u32::try_from(chunk.len()).expect("small")).collect();
        let (offset_tag, length_tag) = if self.tiled { (324, 325) } else { (273, 279) };
        self.tags.push((offset_tag, LONG, offsets));
        self.tags.push((length_tag, LONG, lengths));
        self.tags.sort_by_key(|tag| tag.0);
        let mut entries = Vec::new();
        for (tag, kind, values) in &self.tags {
            let data: Vec<u8> = match *kind {
                SHORT => values.iter().flat_map(|value| u16::try_from(*value).expect("short").to_le_bytes()).collect(),
                _ => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            };
            let count = if *kind == RATIONAL { values.len() / 2 } else { values.len() };
            entries.extend(tag.to_le_bytes());
            entries.extend(kind.to_le_bytes());
            entries.extend(u32::try_from(count).expect("small").to_le_bytes());
            if data.len() <= 4 {
                entries.extend(data.iter().copied().chain([0; 4]).take(4));
            } else {
                entries.extend(u32::try_from(bytes.len()).expect("small").to_le_bytes());
                bytes.extend(data);
            }
        }
        let directory = u32::try_from(bytes.len()).expect("small");
        bytes[4..8].copy_from_slice(&directory.to_le_bytes());
        bytes.extend(u16::try_from(self.tags.len()).expect("few").to_le_bytes());
        bytes.extend(entries);
        bytes.extend([0; 4]);
        bytes
    }
}

fn read(file: File) -> Picture {
    decode(&file.bytes(), 0, &Limits::default()).expect("read")
}

fn grey(picture: &Picture) -> &[u8] {
    let Samples::Grey(grey) = &picture.samples else { panic!("grey") };
    grey
}

fn colour(picture: &Picture) -> &[u8] {
    let Samples::Colour(colour) = &picture.samples else { panic!("colour") };
    colour
}

#[test]
fn one_bit_either_way_round_is_black_on_white() {
    for (photometric, bits) in [(1, 0b0101_1111), (0, 0b1010_0000)] {
        let picture = read(File::new(4, 1, photometric, 1).with(258, SHORT, &[1]).chunk(&[bits]));
        assert_eq!(grey(&picture), [0, 255, 0, 255], "photometric {photometric}");
    }
}

#[test]
fn two_four_and_sixteen_bits_fill_the_range() {
    let picture = read(File::new(4, 1, 1, 1).with(258, SHORT, &[2]).chunk(&[0b00_01_10_11]));
    assert_eq!(grey(&picture), [0, 85, 170, 255]);
    let picture = read(File::new(2, 1, 1, 1).with(258, SHORT, &[4]).chunk(&[0x0f]));
    assert_eq!(grey(&picture), [0, 255]);
    let picture = read(File::new(2, 1, 1, 1).with(258, SHORT, &[16]).chunk(&[0xff, 0x00, 0x00, 0xff]));
    assert_eq!(grey(&picture), [0, 255]);
}

#[test]
fn a_palette_gives_its_colours() {
    let mut map = vec![0; 48];
    (map[5], map[16 + 5], map[32 + 5]) = (0xff00, 0x8000, 0x2000);
    let picture = read(File::new(3, 1, 3, 1).with(258, SHORT, &[4]).with(320, SHORT, &map).chunk(&[0x50, 0x50]));
    assert_eq!(colour(&picture), [255, 128, 32, 0, 0, 0, 255, 128, 32]);
}

#[test]
fn planes_and_inks_become_red_green_and_blue() {
    let planar = File::new(2, 1, 2, 1).with(258, SHORT, &[8, 8, 8]).with(277, SHORT, &[3]).with(284, SHORT, &[2]);
    let picture = read(planar.chunk(&[1, 2]).chunk(&[3, 4]).chunk(&[5, 6]));
    assert_eq!(colour(&picture), [1, 3, 5, 2, 4, 6]);
    let inks = File::new(2, 1, 5, 1).with(258, SHORT, &[8; 4]).with(277, SHORT, &[4]);
    let picture = read(inks.chunk(&[0, 0, 0, 0, 0, 0, 0, 255]));
    assert_eq!(colour(&picture), [255, 255, 255, 0, 0, 0]);
}

#[test]
fn tiles_are_put_in_their_places() {
    let mut file = File::new(20, 16, 1, 1).with(258, SHORT, &[8]).with(322, SHORT, &[16]).with(323, SHORT, &[16]);
    file.tiled = true;
    let picture = read(file.chunk(&[10; 256]).chunk(&[90; 256]));
    assert!(grey(&picture).chunks(20).all(|row| row[..16] == [10; 16] && row[16..] == [90; 4]));
}

#[test]
fn jpeg_inside_tiff_keeps_its_colours() {
    let mut jpeg = Vec::new();
    let red: Vec<u8> = [200, 40, 30].repeat(256);
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
    encoder.encode(&red, 16, 16, image::ExtendedColorType::Rgb8).expect("a JPEG");
    let file = File::new(16, 16, 6, 7).with(258, SHORT, &[8; 3]).with(277, SHORT, &[3]).with(530, SHORT, &[1, 1]);
    let picture = read(file.chunk(&jpeg));
    let [red, green, blue] = colour(&picture)[..3] else { panic!("three samples") };
    assert!(red.abs_diff(200) < 6 && green.abs_diff(40) < 6 && blue.abs_diff(30) < 6, "{red} {green} {blue}");
}

#[test]
fn a_coarse_fax_gets_square_pixels() {
    let coarse = |across: u32, down: u32| {
        File::new(8, 4, 0, 1)
            .with(258, SHORT, &[1])
            .with(282, RATIONAL, &[across, 1])
            .with(283, RATIONAL, &[down, 1])
            .chunk(&[0xff, 0, 0xff, 0])
    };
    let picture = read(coarse(204, 98));
    assert_eq!((picture.width, picture.height, picture.resolution), (8, 8, Some(204)));
    assert_eq!(read(coarse(204, 204)).height, 4);
    assert_eq!(read(coarse(204, 2)).height, 4, "nonsense is not believed");
}

#[test]
fn a_fax_of_group_3_is_read_from_its_strips_and_a_cut_one_is_refused() {
    // Two strips of one row each: 0 white, 8 black; then 8 white (T.4, table 2), each after an end of line.
    let black = [0x00, 0x10 | 0x03, 0b0101_0001, 0b0100_0000];
    let white = [0x00, 0x10 | 0b1001, 0b1000_0000];
    let file =
        |second: &[u8]| File::new(8, 2, 0, 3).with(258, SHORT, &[1]).with(278, LONG, &[1]).chunk(&black).chunk(second);
    let picture = read(file(&white));
    assert_eq!(grey(&picture), [[0; 8], [255; 8]].concat());
    let cut = decode(&file(&[]).bytes(), 0, &Limits::default()).expect_err("half a page");
    assert_eq!(cut.code, ProblemCode::DamagedFile);
}
