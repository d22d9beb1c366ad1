//! Files that are not what their name says.

/// A ZIP archive with one empty file, whole by PKWARE's APPNOTE.
#[must_use]
pub fn zip() -> Vec<u8> {
    let name = b"letter.txt";
    let length = [10, 0];
    // Local header: version, flags, method (stored), time, date, check sum and sizes are 0.
    let local = [&b"PK\x03\x04\x0a\x00"[..], &[0; 20], &length, &[0, 0], name].concat();
    // Central directory: the same with its place at 0.
    let central = [&b"PK\x01\x02\x0a\x00\x0a\x00"[..], &[0; 20], &length, &[0; 16], name].concat();
    let [size, _, _, _] = u32::try_from(central.len()).unwrap_or(0).to_le_bytes();
    let [place, _, _, _] = u32::try_from(local.len()).unwrap_or(0).to_le_bytes();
    let end = [&b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00"[..], &[size, 0, 0, 0, place, 0, 0, 0, 0, 0]].concat();
    [local, central, end].concat()
}

/// The start of a Windows program.
#[must_use]
pub fn program() -> Vec<u8> {
    let mut program = vec![0; 512];
    let header = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff";
    program.splice(..header.len(), header.iter().copied());
    // The place of the PE header, and the header.
    program.splice(0x3c..0x40, [0x80, 0, 0, 0]);
    program.splice(0x80..0x86, *b"PE\0\0\x64\x86");
    program
}
