//! JSON in and out, in the least code that a browser has to load: what `serde_json` writes natively, letter by letter, and
//! what `JSON.stringify` writes read back. `tests/browser/same-result.test.mjs` holds both to the native program.

use crate::child::Raw;
use serde::ser::{
    self, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    Serializer,
};
use std::convert::Infallible;
use std::fmt::{self, Display, Write as _};

/// Deeper is no answer of anybody.
const DEEPEST: usize = 128;

// --- out -------------------------------------------------------------------------------------------------------------

/// Writes a value, indented by two blanks.
pub(super) fn written(value: &impl Serialize) -> String {
    let mut out = Writer { text: String::new(), depth: 0 };
    match value.serialize(&mut out) {
        Ok(()) => out.text,
        Err(Failed(never)) => match never {},
    }
}

struct Writer {
    text: String,
    depth: usize,
}

/// There is no failure: text can always be written.
#[derive(Debug)]
struct Failed(Infallible);

impl Display for Failed {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Failed {}

impl ser::Error for Failed {
    fn custom<T: Display>(_: T) -> Self {
        never_written()
    }
}

#[expect(clippy::panic, reason = "nothing that the engine writes has such a part")]
fn never_written<T>() -> T {
    panic!("this cannot be written as JSON")
}

impl Writer {
    #[inline(never)]
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    #[inline(never)]
    fn line(&mut self) {
        self.put("\n");
        for _ in 0..self.depth {
            self.put("  ");
        }
    }

    #[inline(never)]
    fn open(&mut self, bracket: &str) {
        self.put(bracket);
        self.depth += 1;
    }

    /// Before each entry of what a bracket opened.
    #[inline(never)]
    fn entry(&mut self) {
        if !self.text.ends_with(['[', '{']) {
            self.put(",");
        }
        self.line();
    }

    #[inline(never)]
    fn close(&mut self, bracket: &str) {
        self.depth -= 1;
        if !self.text.ends_with(['[', '{']) {
            self.line();
        }
        self.put(bracket);
    }

    #[inline(never)]
    fn key(&mut self, key: &str) {
        self.entry();
        self.string(key);
        self.put(": ");
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.put("\"");
        for letter in text.chars() {
            match letter {
                '"' => self.put("\\\""),
                '\\' => self.put("\\\\"),
                '\n' => self.put("\\n"),
                '\r' => self.put("\\r"),
                '\t' => self.put("\\t"),
                '\u{8}' => self.put("\\b"),
                '\u{c}' => self.put("\\f"),
                '\0'..=' ' if letter != ' ' => {
                    let hex = |digit: u32| char::from_digit(digit, 16).unwrap_or_default();
                    self.put("\\u00");
                    self.text.push(hex(letter as u32 >> 4));
                    self.text.push(hex(letter as u32 & 15));
                }
                _ => self.text.push(letter),
            }
        }
        self.put("\"");
    }

    #[inline(never)]
    fn number(&mut self, number: i64) {
        // Writing into a string cannot fail.
        let _ = write!(self.text, "{number}");
    }
}

macro_rules! whole {
    ($($method:ident $of:ty,)*) => {
        $(fn $method(self, number: $of) -> Result<(), Failed> {
            self.number(number as i64);
            Ok(())
        })*
    };
}

type Not = Impossible<(), Failed>;

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Self;
    type SerializeTuple = Not;
    type SerializeTupleStruct = Not;
    type SerializeTupleVariant = Not;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    whole! {
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_u64 u64,
    }

    fn serialize_bool(self, value: bool) -> Result<(), Failed> {
        self.put(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Failed> {
        self.serialize_f64(f64::from(value))
    }

    /// The only fractions are figures, which have few decimals.
    #[expect(clippy::float_arithmetic, reason = "nothing is decided by it: the digits are counted out")]
    fn serialize_f64(self, value: f64) -> Result<(), Failed> {
        use crate::value::{Figure, MOST_DECIMALS, steps_of_one};
        let steps = (value * steps_of_one(MOST_DECIMALS) as f64).round() as i64;
        let _ = write!(self.text, "{}", Figure { steps, decimals: MOST_DECIMALS });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Failed> {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Failed> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Failed> {
        never_written()
    }

    fn serialize_none(self) -> Result<(), Failed> {
        self.put("null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Failed> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &str) -> Result<(), Failed> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &str, _: u32, variant: &str) -> Result<(), Failed> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &str, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        variant: &str,
        value: &T,
    ) -> Result<(), Failed> {
        self.open("{");
        self.key(variant);
        value.serialize(&mut *self)?;
        self.close("}");
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Failed> {
        self.open("[");
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Not, Failed> {
        never_written()
    }

    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Not, Failed> {
        never_written()
    }

    fn serialize_tuple_variant(self, _: &str, _: u32, _: &str, _: usize) -> Result<Not, Failed> {
        never_written()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Failed> {
        self.open("{");
        Ok(self)
    }

    fn serialize_struct(self, _: &str, _: usize) -> Result<Self, Failed> {
        self.open("{");
        Ok(self)
    }

    fn serialize_struct_variant(self, _: &str, _: u32, variant: &str, _: usize) -> Result<Self, Failed> {
        self.open("{");
        self.key(variant);
        self.open("{");
        Ok(self)
    }
}

impl SerializeSeq for &mut Writer {
    type Ok = ();
    type Error = Failed;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.entry();
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Failed> {
        self.close("]");
        Ok(())
    }
}

impl SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.entry();
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.put(": ");
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Failed> {
        self.close("}");
        Ok(())
    }
}

impl SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Failed> {
        self.key(key);
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Failed> {
        self.close("}");
        Ok(())
    }
}

impl SerializeStructVariant for &mut Writer {
    type Ok = ();
    type Error = Failed;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Failed> {
        SerializeStruct::serialize_field(self, key, value)
    }

    fn end(self) -> Result<(), Failed> {
        self.close("}");
        self.close("}");
        Ok(())
    }
}

// --- in --------------------------------------------------------------------------------------------------------------

/// Reads a text that is one value of JSON; says what is wrong with it otherwise.
pub(super) fn read(text: &str) -> Result<Raw, String> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() { Err(reader.wrong()) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    #[inline(never)]
    fn wrong(&self) -> String {
        let letters = self.text.get(..self.at).unwrap_or_default().chars().count();
        format!("this is no JSON from letter {} on", letters + 1)
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[inline(never)]
    fn blanks(&mut self) {
        while matches!(self.text.as_bytes().get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Goes past a text, if it stands here.
    #[inline(never)]
    fn past(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        if there {
            self.at += text.len();
        }
        there
    }

    /// Goes past a mark and the blanks before it, if it stands here.
    fn past_mark(&mut self, mark: &str) -> bool {
        self.blanks();
        self.past(mark)
    }

    #[inline(never)]
    fn value(&mut self, depth: usize) -> Result<Raw, String> {
        self.blanks();
        if depth > DEEPEST {
            return Err(format!("this is nested more than {DEEPEST} deep"));
        }
        Ok(match self.text.as_bytes().get(self.at) {
            Some(b'"') => Raw::Text(self.string()?),
            Some(b'[') => self.list(depth)?,
            Some(b'{') => self.map(depth)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ if self.past("null") => Raw::Null,
            _ if self.past("true") => Raw::Bool(true),
            _ if self.past("false") => Raw::Bool(false),
            _ => return Err(self.wrong()),
        })
    }

    fn list(&mut self, depth: usize) -> Result<Raw, String> {
        self.at += 1;
        let mut list = Vec::new();
        if self.past_mark("]") {
            return Ok(Raw::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            if self.past_mark("]") {
                return Ok(Raw::List(list));
            }
            if !self.past(",") {
                return Err(self.wrong());
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Raw, String> {
        self.at += 1;
        let mut entries: Vec<(String, Raw)> = Vec::new();
        if self.past_mark("}") {
            return Ok(Raw::Map(entries));
        }
        loop {
            self.blanks();
            let key = self.string()?;
            if !self.past_mark(":") {
                return Err(self.wrong());
            }
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(format!("`{key}` is answered twice"));
            }
            entries.push((key, self.value(depth + 1)?));
            if self.past_mark("}") {
                return Ok(Raw::Map(entries));
            }
            if !self.past(",") {
                return Err(self.wrong());
            }
        }
    }

    fn number(&mut self) -> Result<Raw, String> {
        let start = self.at;
        self.past("-");
        let mut sound = self.past("0") || self.digits();
        if self.past(".") {
            sound &= self.digits();
        }
        if self.past("e") || self.past("E") {
            let _ = self.past("+") || self.past("-");
            sound &= self.digits();
        }
        let text = self.text.get(start..self.at).filter(|_| sound).ok_or_else(|| self.wrong())?;
        Ok(text.parse().map_or_else(|_| Raw::Fraction(text.to_owned()), Raw::Whole))
    }

    /// Goes past digits; whether there were any.
    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.text.as_bytes().get(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    #[inline(never)]
    fn string(&mut self) -> Result<String, String> {
        if !self.past("\"") {
            return Err(self.wrong());
        }
        let mut out = String::new();
        loop {
            let Some(letter) = self.rest().chars().next() else { return Err(self.wrong()) };
            if letter < ' ' {
                return Err(self.wrong());
            }
            self.at += letter.len_utf8();
            match letter {
                '"' => return Ok(out),
                '\\' => out.push(self.escaped()?),
                _ => out.push(letter),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let kind = self.text.as_bytes().get(self.at).copied().unwrap_or_default();
        self.at += 1;
        Ok(match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'u' => {
                let first = self.hex()?;
                // A letter beyond the first 65,536 is written as two halves.
                let number = match first {
                    0xd800..0xdc00 if self.past("\\u") => {
                        let second = self.hex()?;
                        0x1_0000 + ((first - 0xd800) << 10) + (second.wrapping_sub(0xdc00) & 0x3ff)
                    }
                    _ => first,
                };
                char::from_u32(number).ok_or_else(|| self.wrong())?
            }
            _ => return Err(self.wrong()),
        })
    }

    fn hex(&mut self) -> Result<u32, String> {
        let digits = self.rest().get(..4).ok_or_else(|| self.wrong())?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| self.wrong())?;
        self.at += 4;
        Ok(number)
    }
}
