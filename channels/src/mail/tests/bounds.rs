//! Mails made to cost time or memory: every one has an answer, in time.

use super::*;

#[test]
fn reading_can_move_between_threads() {
    fn can_move<T: Send>(_: &T) {}
    can_move(&read(b"", &Readers::new(&FakeScans, &HereAndNow), None));
}

fn bounded(raw: &[u8]) -> Result<Reading, Problem> {
    let begun = Instant::now();
    let result = read_mail(raw);
    assert!(begun.elapsed() < Duration::from_secs(10), "took {:?}", begun.elapsed());
    result
}

#[test]
fn ten_thousand_levels_of_multipart() {
    let mut raw = mail(&[FROM, DATE, MIME, b"Content-Type: multipart/mixed; boundary=b0"], b"");
    for level in 0..10_000 {
        raw.extend(format!("--b{level}\r\nContent-Type: multipart/mixed; boundary=b{}\r\n\r\n", level + 1).bytes());
    }
    assert_eq!(bounded(&raw).unwrap_err().code, ProblemCode::TooDeep);
}

#[test]
fn ten_thousand_messages_inside_one_another() {
    let mut plain_nesting = Vec::new();
    for _ in 0..10_000 {
        plain_nesting.extend(b"Subject: x\r\nContent-Type: message/rfc822\r\n\r\n");
    }
    assert_eq!(bounded(&plain_nesting).unwrap_err().code, ProblemCode::TooDeep);
    // Hidden in an encoding, the limit is met when the part is opened; the mail itself is kept.
    let raw = multipart(
        "mixed",
        &[
            text_part(BODY),
            part(
                &[b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64"],
                base64(&plain_nesting).as_bytes(),
            ),
        ],
    );
    let reading = bounded(&raw).unwrap();
    assert_eq!(reading.statement.body, BODY.trim());
    assert_eq!(reading.files.len(), 1);
}

#[test]
fn twenty_messages_in_twenty_layers_of_base64() {
    let mut inner = mail(&[b"Subject: x"], BODY.as_bytes());
    for _ in 0..20 {
        inner = mail(
            &[FROM, DATE, b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64"],
            base64(&inner).as_bytes(),
        );
    }
    let reading = bounded(&inner).unwrap();
    assert!(reading.files.len() <= 10);
}

#[test]
fn bombs_of_headers_and_parts() {
    let long = [b"From: a@example.invalid\r\nSubject: ".as_slice(), &b"=?gbk?B?1fe+3Q==?= ".repeat(500_000)].concat();
    let _ = bounded(&long);
    let many = b"X-Header: a\r\n".repeat(500_000);
    let _ = bounded(&[b"From: a@example.invalid\r\n".as_slice(), &many, b"\r\nbody"].concat());
    let brackets = [b"From: ".as_slice(), &b"(<\"".repeat(1_000_000), b"\r\n\r\n"].concat();
    let _ = bounded(&brackets);
    let parts = b"--b\r\n\r\nx\r\n".repeat(500_000);
    let mixed = mail(&[FROM, MIME, b"Content-Type: multipart/mixed; boundary=b"], &parts);
    assert_eq!(bounded(&mixed).unwrap_err().code, ProblemCode::TooDeep);
    let unclosed: Vec<u8> = (0..60)
        .flat_map(|level| format!("--a\r\nContent-Type: multipart/mixed; boundary=never{level}\r\n\r\n").into_bytes())
        .chain(vec![b'x'; 20_000_000])
        .collect();
    let _ = bounded(&mail(&[FROM, MIME, b"Content-Type: multipart/mixed; boundary=a"], &unclosed));
    let tags = mail(&[FROM, MIME, b"Content-Type: text/html"], &b"<style><div <!--".repeat(500_000));
    let _ = bounded(&tags);
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_or_a_problem(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read_mail(&bytes);
        let _ = source_key(&bytes);
        let _ = split_mbox(&bytes);
    }

    #[test]
    fn any_mail_like_bytes_give_a_reading_or_a_problem(pieces in proptest::collection::vec(prop_oneof![
        Just(b"From: a@example.invalid\r\n".to_vec()), Just(b"Subject: =?gbk?B?1fe+3".to_vec()), Just(b"?=\r\n".to_vec()), Just(b"\r\n".to_vec()),
        Just(b"Content-Type: multipart/mixed; boundary=x\r\n".to_vec()), Just(b"Content-Type: multipart/alternative; boundary=\"x\"\r\n".to_vec()),
        Just(b"Content-Type: message/rfc822\r\n".to_vec()), Just(b"Content-Type: text/html; charset=gb2312\r\n".to_vec()), Just(b"--x\r\n".to_vec()),
        Just(b"--x--\r\n".to_vec()), Just(b"Content-Transfer-Encoding: base64\r\n".to_vec()), Just(b"Content-Transfer-Encoding: quoted-printable\r\n".to_vec()),
        Just(b"5p+z6Z2S56a+".to_vec()), Just(b"=E5=".to_vec()), Just(b"<br>&#x5f20;&".to_vec()), Just(b"> q\n".to_vec()), Just(b"--\n".to_vec()),
        Just(b"From x Wed Mar 18 23:30:00 2026\n".to_vec()), Just("我叫柳青禾，".as_bytes().to_vec()), Just(vec![0xd5, 0xf7, 0xbe]),
        proptest::collection::vec(any::<u8>(), 0..20),
    ], 0..60)) {
        let bytes = pieces.concat();
        let _ = read_mail(&bytes);
        let _ = read_mail(&[b"From: a@example.invalid\r\n".as_slice(), &bytes].concat());
        let _ = source_key(&bytes);
        let _ = split_mbox(&bytes);
    }
}
