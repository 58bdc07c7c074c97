//! The table of everything that can be wrong in a rules folder.

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident $text:literal $severity:ident;)*) => {
        /// A kind of mistake. Its text is stable: people look it up and scripts match on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every kind of mistake.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// The file is larger than a rule file may be.
    TooLarge "too-large" Error;
    /// Groups, parentheses or lists stand inside one another too deep.
    TooDeep "too-deep" Error;
    /// The file is not text in UTF-8.
    NotText "not-text" Error;
    /// A character that nobody can see, or that makes a line read otherwise than it is.
    HiddenCharacter "hidden-character" Error;
    /// A letter that looks like another one: of another alphabet, a wide one, or one with a loose accent.
    LookAlike "look-alike" Error;
    /// A line or a word that the language does not have, or not here.
    NotUnderstood "not-understood" Error;
    /// A `{` without its `}`, or the other way around.
    Unclosed "unclosed" Error;
    /// A phrase that policy writers use in two meanings.
    Ambiguous "ambiguous" Error;
    /// A name that nothing here has.
    UnknownName "unknown-name" Error;
    /// A name that two things have.
    DuplicateName "duplicate-name" Error;
    /// A test that does not fit the kind of fact.
    WrongKind "wrong-kind" Error;
    /// A number, an age or a range that cannot be.
    BadNumber "bad-number" Error;
    /// A day that no calendar has.
    BadDate "bad-date" Error;
    /// A code that could not be an ICD-10-CM code.
    BadCode "bad-code" Error;
    /// A code that ICD-10-CM does not have.
    UnknownCode "unknown-code" Error;
    /// A code that ICD-10-CM does not have any more.
    RetiredCode "retired-code" Error;
    /// A definition or a program that refers to itself, in one step or in several.
    Circle "circle" Error;
    /// A program, a contact or a list without a source.
    NoSource "no-source" Error;
    /// A program of which no criterion cites what it rests on.
    Uncited "uncited" Error;
    /// A line that must be there and is not.
    Missing "missing" Error;
    /// A line that may stand once and stands twice.
    Repeated "repeated" Error;
    /// A group with nothing in it.
    EmptyGroup "empty-group" Error;
    /// Criteria that hang together crosswise, so that they cannot be decided exactly.
    TooTangled "too-tangled" Error;
    /// `not stated` where it would decide something.
    NotStatedDecides "not-stated-decides" Error;
    /// Families would see this text in one language only.
    MissingTranslation "missing-translation" Error;
    /// A translation that nothing uses any more.
    UnusedTranslation "unused-translation" Warning;
    /// A YAML file that cannot be read.
    BadYaml "bad-yaml" Error;
    /// A table of codes that cannot be read.
    BadTable "bad-table" Error;
    /// A file that has no place in a rules folder.
    UnexpectedFile "unexpected-file" Warning;
    /// A program that coordinates and stands in no route.
    NotRouted "not-routed" Warning;
    /// Two tests that hang on the same numbers or days and are decided each by itself.
    DecidedApart "decided-apart" Warning;
    /// Words that families read, harder than a family in a hurry can take in.
    HardToRead "hard-to-read" Warning;
    /// A label of too many words.
    LongLabel "long-label" Warning;
    /// A passage of a text that is meant for everybody who may answer and has not three wordings, or stands in a name.
    ThreeWordings "three-wordings" Error;
    /// A text that speaks to a parent, and that others read too.
    ParentsOnly "parents-only" Warning;
    /// A statement that no criterion uses and that gives no reason for it.
    UnusedStatement "unused-statement" Warning;
    /// A scenario that says nothing of what must come out, or says it of nothing there is.
    BadScenario "bad-scenario" Error;
}
