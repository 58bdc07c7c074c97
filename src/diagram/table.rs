//! Two hash tables of whole numbers: the same on every machine, and copied in a moment.
//!
//! The standard one differs from run to run, and a sorted one takes most of the time that diagrams need.

/// A hash on the way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    /// With one more number in it.
    pub(super) fn and(self, number: u64) -> Self {
        Self((self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The first place to look in a table whose length is a power of two.
    fn place(self, length: usize) -> usize {
        (self.0 >> 32) as usize & (length - 1)
    }
}

/// Finds the number of a node by its content.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers {
    /// The hash and the number, or nothing.
    slots: Vec<Option<(u64, u32)>>,
    count: usize,
}

impl Numbers {
    /// The hash of a first number.
    pub(super) fn hash(number: u64) -> Hash {
        Hash(0).and(number)
    }

    /// The number of the node that has this hash and is the one.
    pub(super) fn find(&self, hash: Hash, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut place = hash.place(self.slots.len());
        while let Some((known, number)) = self.slots[place] {
            if known == hash.0 && is_it(number) {
                return Some(number);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// Adds a node that is not there yet.
    pub(super) fn insert(&mut self, hash: Hash, number: u32) {
        if self.count * 2 >= self.slots.len() {
            let length = (self.slots.len() * 2).max(64);
            let old = std::mem::replace(&mut self.slots, vec![None; length]);
            old.into_iter().flatten().for_each(|(hash, number)| self.put(Hash(hash), number));
        }
        self.count += 1;
        self.put(hash, number);
    }

    fn put(&mut self, hash: Hash, number: u32) {
        let mut place = hash.place(self.slots.len());
        while self.slots[place].is_some() {
            place = (place + 1) & (self.slots.len() - 1);
        }
        self.slots[place] = Some((hash.0, number));
    }
}

/// What an operation on two diagrams came to.
type Key = (u32, u32, u32);

/// Remembers what operations came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Memo {
    slots: Vec<Option<(Key, u32)>>,
    count: usize,
}

impl Memo {
    /// How much is remembered.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// What it came to.
    pub(super) fn find(&self, key: Key) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut place = hash(key).place(self.slots.len());
        while let Some((known, value)) = self.slots[place] {
            if known == key {
                return Some(value);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
        None
    }

    /// Remembers what is not remembered yet.
    pub(super) fn insert(&mut self, key: Key, value: u32) {
        if self.count * 2 >= self.slots.len() {
            let length = (self.slots.len() * 2).max(64);
            let old = std::mem::replace(&mut self.slots, vec![None; length]);
            old.into_iter().flatten().for_each(|(key, value)| self.put(key, value));
        }
        self.count += 1;
        self.put(key, value);
    }

    fn put(&mut self, key: Key, value: u32) {
        let mut place = hash(key).place(self.slots.len());
        while self.slots[place].is_some() {
            place = (place + 1) & (self.slots.len() - 1);
        }
        self.slots[place] = Some((key, value));
    }
}

fn hash((how, a, b): Key) -> Hash {
    Numbers::hash(u64::from(how)).and(u64::from(a) << 32 | u64::from(b))
}
