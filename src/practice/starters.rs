pub fn starters() -> Vec<super::standard::Standard> {
    Vec::new()
}
