//! Invented letters of the layouts that offices get: tables with a row for each field, signatures at the end, proxies, two telephone
//! numbers, dates in words, organisations with a seal, several petitioners, labels that a reader gets wrong, no punctuation at all, an
//! envelope, numbers beside several signatures, an identity number over two lines, an enclosed contract, traditional characters, cells
//! without colons, two numbers run together, a number of the other side, a list of thumbprints, an accusation with its parties, a table of
//! co-workers, a receipt and a contract enclosed, a child's letter for a grandparent, a number crossed out, lunar days, figures in
//! circles, a nickname, rare and double surnames, a name with a dot, a postcard, a letter that begins with its first sentence, a reply slip
//! to be filled in, a printed letter with blanks filled in, numbered rows of signers, the number of a headmaster and of a neighbour, an alley
//! without a town, a list of enclosures with a witness's number, an office's own card, a couple, an accusation without a name, numbers
//! of accounts and transfers that hold a telephone number, signatures in two columns with a name written wide, boxes to be ticked, two
//! numbers of the writer, both numbers broken over lines, dates in Chinese figures, an estate's numbers of building, unit and room, amounts
//! in capital figures with digits behind, no signature, a letter written down for a deaf woman, a postscript with a second number, a
//! letter without a title, a daughter who writes and signs for her father, a number at the top right, a village's attestation below the
//! letter, an office's decision enclosed, pairs of signers with their numbers, the identity number of a child's father, a comrade's number, a name
//! before a word of respect with a year of two figures, villagers in one line with a number below, a mother for whom a daughter writes, a
//! husband's identity number above the writer's, a namesake's number, thumbs beside rooms, a year behind its day, a number of which the
//! bracket behind it says whose it is.
//!
//! Each is in the plain form of [`super::page::Letter::from_plain`], with what a reader should find in it beside it.

/// A letter and its truth.
#[derive(Debug, Clone, Copy)]
pub struct SampleLetter {
    /// What it is called; its layout.
    pub name: &'static str,
    /// The letter in its plain form.
    pub plain: &'static str,
    /// The fields as JSON: lists `name`, `phone`, `respondent` and `asked` (names about which a person must be asked), texts `idno`,
    /// `address`, `place`, `date` (ISO 8601), `title`, `demand`.
    pub truth: &'static str,
}

macro_rules! letters {
    ($($name:literal),* $(,)?) => {
        /// The letters.
        pub const ALL: &[SampleLetter] = &[$(SampleLetter {
            name: $name,
            plain: include_str!(concat!($name, ".txt")),
            truth: include_str!(concat!($name, ".json")),
        }),*];
    };
}

letters! {
    "01-table", "02-signature", "03-two-phones", "04-proxy", "05-official-date", "06-organisation", "07-several",
    "08-misread-label", "09-no-punctuation", "10-title-in-text", "11-form-blanks", "12-misread-dropped",
    "13-envelope", "14-signatories-phones", "15-address-digits", "16-id-two-lines", "17-contract", "18-traditional", "19-form-written",
    "20-run-together", "21-other-side", "22-letter-form", "23-thumbprints", "24-accusation", "25-statement-table", "26-receipt",
    "27-grandchild", "28-form-handwritten", "29-corrected", "30-lunar", "31-circled", "32-traditional-demand", "33-contract-id",
    "34-postcard", "35-no-title", "36-reply-slip", "37-mail-merge", "38-numbered-rows", "39-headmaster", "40-neighbour-writes",
    "41-alley", "42-enclosures", "43-office-card", "44-couple", "45-anonymous", "46-fraud", "47-two-columns", "48-boxes", "49-own-numbers", "50-number-broken", "51-chinese-dates", "52-estate",
    "53-capitals", "54-unsigned", "55-written-for", "56-postscript", "57-ordinary", "58-daughter",
    "59-top-right", "60-attested", "61-decision", "62-pairs", "63-childs-father", "64-comrade",
    "65-subject", "66-villagers", "67-mother", "68-husbands-card", "69-namesake", "70-rooms-and-thumbs", "71-year-behind",
    "72-whose-is-behind",
}

#[cfg(test)]
mod tests;
