//! A scanner of the mailroom: prints what the desk prints, puts sheets into files, and files into the watched folder.

use std::path::{Path, PathBuf};

use xinqiao::sample::page::font::Typefaces;
use xinqiao::sample::page::letter::Letter;
use xinqiao::sample::page::sheet::Sheet;
use xinqiao::sample::page::style::{Style, Typeface};
use xinqiao::sample::page::{coded, pdf, render};

use super::Office;
use super::desk::Desk;

/// One engine, so that a page takes a second; letters are read one after the other.
const SETTINGS: &str = "[web]\nsign_ins_per_minute = 100\n[ocr]\nengine = \"tesseract\"\n";

/// An office that watches a folder, with a clerk and whoever sees sealed cases, and that folder. `more` is appended to the table
/// `[letters]` of its settings.
pub(crate) fn mailroom(more: &str) -> (Office, PathBuf) {
    let office = Office::new();
    let folder = office.file("scans/.keep", b"").parent().unwrap().to_owned();
    office.configure(&format!("{SETTINGS}[letters]\nfolder = {folder:?}\nsettle_seconds = 0\nworkers = 1\n{more}"));
    for role in ["clerk", "accusations"] {
        office.add_user(role, role);
    }
    (office, folder)
}

/// Puts a file into the watched folder as a scanner should: under another name until it is whole.
pub(crate) fn drop_file(folder: &Path, name: &str, bytes: &[u8]) {
    let whole = folder.join(name);
    std::fs::create_dir_all(whole.parent().unwrap()).unwrap();
    let partial = whole.with_extension("part");
    std::fs::write(&partial, bytes).unwrap();
    std::fs::rename(partial, whole).unwrap();
}

/// A letter of one page about `matter`, drawn.
pub(crate) fn letter(matter: &str, name: &str) -> Sheet {
    let text = format!("反映{matter}\n信访局领导：\n我叫{name}，请解决{matter}的问题，谢谢。\n> 反映人：{name}\n");
    page_of(&text)
}

/// The first page of a text, drawn.
pub(crate) fn page_of(text: &str) -> Sheet {
    let typefaces = Typefaces::of_system().unwrap();
    render(&Letter::from_plain(text), &Style::clean(Typeface::Song), &typefaces).unwrap().remove(0)
}

/// The blank back of a sheet.
pub(crate) fn blank() -> Sheet {
    coded::blank()
}

/// A setting of `[letters]`: as little memory as reads an A4 page.
pub(crate) const SMALL: &str = "memory_mebibytes = 320\n";

/// A page of A4 at 600 dpi, enlarged from one at 200 that can be read: too much for a page child of [`SMALL`], which reads it from 375 MiB.
pub(crate) fn enlarged(page: &Sheet) -> Sheet {
    const TIMES: usize = 3;
    let width = page.width * TIMES;
    let mut huge = Sheet::filled(width, page.height * TIMES, [250, 240, 235], 600);
    huge.coloured = true;
    for (row, pixels) in huge.pixels.chunks_exact_mut(width).enumerate() {
        for (column, pixel) in pixels.iter_mut().enumerate() {
            if let Some(source) = page.pixels.get(row / TIMES * page.width + column / TIMES) {
                *pixel = *source;
            }
        }
    }
    huge
}

/// A code as the desk prints it: its side in modules and its dark ones.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    side: usize,
    dark: Vec<(usize, usize)>,
}

impl Code {
    /// Every code on a page of the desk, in order.
    pub(crate) fn all_on(page: &str) -> Vec<Self> {
        page.split("<svg ").skip(1).map(Self::of).collect()
    }

    fn of(svg: &str) -> Self {
        let between = |before: &str, after: &str| svg.split(before).nth(1).unwrap().split(after).next().unwrap();
        let side = between("viewBox=\"0 0 ", " ").parse().unwrap();
        let module = |place: &str| {
            let (column, row) = place.split_once(' ').unwrap();
            (column.parse().unwrap(), row.parse().unwrap())
        };
        let dark = between("<path d=\"", "\"").trim_end_matches("h1v1h-1z").split("h1v1h-1zM");
        Self { side, dark: dark.map(|place| module(place.trim_start_matches('M'))).collect() }
    }

    /// Puts it on a sheet, its upper left corner at `at`, each module so many pixels wide.
    pub(crate) fn put_on(&self, sheet: &mut Sheet, at: (usize, usize), module: usize) {
        for row in 0..self.side * module {
            for column in 0..self.side * module {
                let dark = self.dark.contains(&(column / module, row / module));
                let pixel = (at.1 + row) * sheet.width + at.0 + column;
                sheet.pixels[pixel] = if dark { [20, 20, 20] } else { [252, 252, 252] };
            }
        }
    }

    /// A sheet with nothing else on it, as the desk prints separator sheets.
    pub(crate) fn sheet(&self) -> Sheet {
        let mut sheet = blank();
        self.put_on(&mut sheet, (480, 700), 14);
        sheet
    }

    /// The page with the code as a sticker in its upper right corner, 22 mm wide.
    pub(crate) fn stuck_on(&self, mut page: Sheet) -> Sheet {
        let module = 173 / self.side;
        let left = page.width - self.side * module - 60;
        self.put_on(&mut page, (left, 40), module);
        page
    }
}

/// The separator sheets of the office: letter, envelope, enclosure.
pub(crate) async fn separators(desk: &Desk) -> [Sheet; 3] {
    let codes = Code::all_on(&desk.get("/desk/sheets").await.text);
    let sheets: Vec<Sheet> = codes.iter().map(Code::sheet).collect();
    sheets.try_into().unwrap()
}

/// Numbers and codes of `count` fresh stickers.
pub(crate) async fn stickers(desk: &Desk, count: usize) -> Vec<(String, Code)> {
    let page = desk.post("/desk/stickers", &[("count", &count.to_string())]).await.text;
    let numbers = page.split("<span class=\"number\">").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    let stickers: Vec<_> = numbers.zip(Code::all_on(&page)).collect();
    assert_eq!(stickers.len(), count, "{page}");
    stickers
}

/// Sheets as a scanner's PDF.
pub(crate) fn scan(sheets: &[Sheet]) -> Vec<u8> {
    pdf::scanned(sheets, 80).unwrap()
}

/// The page of the newest batch, once nothing of it is under way any more.
pub(crate) async fn settled_batch(desk: &Desk) -> String {
    let listed = desk.get_until("/desk/batches", "href=\"/desk/batches/").await;
    let path = listed.link("/desk/batches/");
    settled(desk, &path).await
}

/// The page of a batch, once nothing of it is under way any more.
pub(crate) async fn settled(desk: &Desk, path: &str) -> String {
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(120);
    let settled = async {
        loop {
            let page = desk.get(path).await.text;
            if page.contains("<section>") && !page.contains("正在后台处理") {
                return page;
            }
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    };
    tokio::time::timeout(LIMIT, settled).await.unwrap_or_else(|_| panic!("{path} is never done"))
}

/// The letters on a batch's page: pages, result and number of each.
pub(crate) fn letters_on(page: &str) -> Vec<(String, String, String)> {
    let cell = |row: &str, label: &str| {
        let cell = row.split(&format!("data-label=\"{label}\">")).nth(1).unwrap().split("</td>").next().unwrap();
        let mut text = String::new();
        for part in cell.split('<') {
            text.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
        }
        text
    };
    let rows = page.split("<th scope=\"row\" data-label=\"序号\">").skip(1);
    rows.map(|row| (cell(row, "页"), cell(row, "结果"), cell(row, "编号"))).collect()
}

/// The names of the files in a folder.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap()).filter(|entry| entry.file_type().unwrap().is_file());
    let mut names: Vec<String> = names.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".keep");
    names.sort();
    names
}

/// Waits until a folder holds so many files: moving them is the last thing that is done.
pub(crate) async fn filled(folder: &Path, count: usize) -> Vec<String> {
    const LIMIT: std::time::Duration = std::time::Duration::from_secs(120);
    let filled = async {
        loop {
            let names = names_in(folder);
            if names.len() >= count {
                return names;
            }
            tokio::time::sleep(crate::harness::LOOK).await;
        }
    };
    tokio::time::timeout(LIMIT, filled).await.unwrap_or_else(|_| panic!("{} is never filled", folder.display()))
}
