//! Numbers of invented people: valid by their check character, given to nobody on purpose.

/// Weights of the first 17 digits of an identity number, GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The identity number that begins with these 17 digits. Other text gives what the digits in it give.
#[must_use]
pub fn id_number(first_17: &str) -> String {
    let digits = first_17.chars().map(|character| character.to_digit(10).unwrap_or(0));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = usize::try_from(sum % 11).ok().and_then(|place| CHECKS.get(place));
    first_17.chars().chain(check.copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::id_number;

    #[test]
    fn gives_the_examples_of_the_standard() {
        assert_eq!(id_number("11010519491231002"), "11010519491231002X");
        assert_eq!(id_number("44052418800101001"), "440524188001010014");
    }
}
