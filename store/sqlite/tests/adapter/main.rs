//! The adapter from outside: the rules of the port, and what is particular to a file of SQLite.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod office;
#[cfg(test)]
mod opening;
#[cfg(test)]
mod trouble;
