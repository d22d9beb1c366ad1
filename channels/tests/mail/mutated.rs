//! Mails of the corpus changed at random, for as long as wanted: a fuzzer for machines without cargo-fuzz. Every mail has an answer, in time,
//! and its body stays within the limit.
//!
//! `MUTATE_SECONDS=600 cargo test -p channels --release --test mail -- --ignored mutated --nocapture`

use std::time::{Duration, Instant};

use case::statement::BODY_LIMIT;

use super::{corpus, read};

/// How long one mail may take.
const LIMIT: Duration = Duration::from_secs(20);
/// Pieces of which mails are made; put anywhere they change how the rest is read.
const PIECES: [&[u8]; 30] = [
    b"\r\n\r\n",
    b"\n",
    b"\r",
    b"--",
    b"--b\r\n",
    b"boundary=",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Type: text/html; charset=utf-7\r\n",
    b"; charset=iso-2022-cn",
    b"; charset=hz-gb-2312",
    b"; format=flowed; delsp=yes",
    b"filename*0*=GBK''%",
    b"=?gb18030?B?",
    b"?=",
    b"=?utf-8?Q?=",
    b"<",
    b"\"",
    b"(",
    b"\x1b$)A\x0e",
    b"~{",
    b"+",
    b"\0",
    b"\xff\xfe",
    b"From: a@b.cc, c@d.ee\r\n",
    b"PK\x03\x04",
    b"\x78\x9f\x3e\x22",
    b"-----BEGIN PGP SIGNED MESSAGE-----\r\n",
];

/// A small generator (xorshift64*); a failure names its seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

/// `mail` with a few changes.
fn changed(mail: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut mail = mail.to_vec();
    for _ in 0..=random.below(6) {
        let place = random.below(mail.len());
        match random.below(7) {
            0 => mail.iter_mut().skip(place).take(1).for_each(|byte| *byte ^= 1 << (place % 8)),
            1 => drop(mail.splice(place..place, PIECES[random.below(PIECES.len())].iter().copied())),
            2 => {
                let end = mail.len().min(place + random.below(200));
                drop(mail.drain(place..end));
            }
            3 => {
                let end = mail.len().min(place + random.below(500));
                let again = mail[place..end].to_vec();
                drop(mail.splice(place..place, again));
            }
            4 => {
                let from = random.below(other.len());
                let end = other.len().min(from + random.below(2000));
                drop(mail.splice(place..place, other[from..end].iter().copied()));
            }
            5 => mail.truncate(place),
            _ => mail.iter_mut().skip(place).take(4).for_each(|byte| *byte |= 0x80),
        }
        if mail.is_empty() {
            break;
        }
    }
    mail
}

#[test]
#[ignore = "runs for as long as MUTATE_SECONDS says"]
#[expect(clippy::disallowed_methods, reason = "a test that is told for how long to run")]
fn mutated_mails_have_an_answer() {
    let seconds = std::env::var("MUTATE_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(10);
    let seed = std::env::var("MUTATE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x9e37_79b9_7f4a_7c15);
    let mails: Vec<Vec<u8>> = corpus().iter().map(|path| std::fs::read(path).unwrap()).collect();
    let mut random = Random(seed);
    let (begun, mut count, mut registered) = (Instant::now(), 0_u64, 0_u64);
    while begun.elapsed() < Duration::from_secs(seconds) {
        let (one, other) = (random.below(mails.len()), random.below(mails.len()));
        let mail = changed(&mails[one], &mails[other], &mut random);
        let kept = std::env::temp_dir().join("xinqiao-mutated.eml");
        let answered = std::panic::catch_unwind(|| (Instant::now(), read(&mail)));
        let Ok((since, answer)) = answered else {
            std::fs::write(&kept, &mail).unwrap();
            panic!("mail {count} of seed {seed} has no answer; it is kept in {}", kept.display());
        };
        if since.elapsed() > LIMIT
            || answer.as_ref().is_ok_and(|reading| reading.statement.body.chars().count() > BODY_LIMIT)
        {
            std::fs::write(&kept, &mail).unwrap();
            panic!("mail {count} of seed {seed} took {:?}; it is kept in {}", since.elapsed(), kept.display());
        }
        count += 1;
        registered += u64::from(answer.is_ok());
    }
    eprintln!("{count} mails in {seconds} s, {registered} of them petitions, seed {seed}");
    assert!(count > 0 && registered < count, "some are refused");
}
