//! What a criterion can come to: met, not met, or left to an agency; and which of the three are still possible.

/// Yes, no or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Truth {
    /// Surely so.
    Yes,
    /// Surely not.
    No,
    /// Not known. Never the same as no.
    #[default]
    Unknown,
}

/// What a criterion comes to once every answer is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The criterion holds.
    Met,
    /// It does not.
    NotMet,
    /// Only an agency can say.
    Agency,
}

/// The outcomes that the open answers leave possible. The empty set is a criterion that has no say:
/// one its source does not state, or one outside its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcomes(u8);

const EACH: [Outcome; 3] = [Outcome::Met, Outcome::NotMet, Outcome::Agency];

impl Outcomes {
    /// No say.
    pub const NONE: Self = Self(0);
    /// Surely met.
    pub const MET: Self = Self(1);
    /// Surely not met.
    pub const NOT_MET: Self = Self(2);
    /// Surely left to an agency.
    pub const AGENCY: Self = Self(4);
    /// Met or not met, as an answer will say.
    pub const OPEN: Self = Self(3);

    /// The set that holds one outcome.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Met => Self::MET,
            Outcome::NotMet => Self::NOT_MET,
            Outcome::Agency => Self::AGENCY,
        }
    }

    /// Met for yes, not met for no, both for not known.
    #[must_use]
    pub fn of_truth(truth: Truth) -> Self {
        match truth {
            Truth::Yes => Self::MET,
            Truth::No => Self::NOT_MET,
            Truth::Unknown => Self::OPEN,
        }
    }

    /// The set of three bits: met 1, not met 2, left to an agency 4.
    #[must_use]
    pub fn of_bits(bits: u8) -> Self {
        Self(bits & 7)
    }

    /// The set as three bits.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether `outcome` is still possible.
    #[must_use]
    pub fn allows(self, outcome: Outcome) -> bool {
        self.0 & Self::of(outcome).0 != 0
    }

    /// Whether the criterion has no say.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether an answer can still make a difference here.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.0.count_ones() > 1
    }

    /// Either set's outcomes.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What *all of* comes to; members without a say are passed over, and all of nothing is met.
    #[must_use]
    pub fn all(members: impl Iterator<Item = Self>) -> Self {
        members.filter(|member| !member.is_none()).fold(Self::MET, |so_far, member| {
            so_far.pairwise(member, |a, b| match (a, b) {
                (Outcome::NotMet, _) | (_, Outcome::NotMet) => Outcome::NotMet,
                (Outcome::Agency, _) | (_, Outcome::Agency) => Outcome::Agency,
                _ => Outcome::Met,
            })
        })
    }

    /// What *any of* comes to; members without a say are passed over, and any of nothing is not met.
    #[must_use]
    pub fn any(members: impl Iterator<Item = Self>) -> Self {
        Self::all(members.map(Self::negated)).negated()
    }

    /// What *at least `needed` of* comes to.
    #[must_use]
    pub fn at_least(needed: usize, members: impl Iterator<Item = Self>) -> Self {
        let members: Vec<Self> = members.filter(|member| !member.is_none()).collect();
        let width = members.len() + 1;
        // reached[met * width + agency]: some way of completing the members so far has these counts.
        let mut reached = vec![false; width * width];
        reached[0] = true;
        for member in members {
            let mut next = vec![false; width * width];
            for (index, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
                for outcome in EACH.into_iter().filter(|outcome| member.allows(*outcome)) {
                    let step = match outcome {
                        Outcome::Met => width,
                        Outcome::Agency => 1,
                        Outcome::NotMet => 0,
                    };
                    next[index + step] = true;
                }
            }
            reached = next;
        }
        let mut outcomes = Self::NONE;
        for (index, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            let (met, agency) = (index / width, index % width);
            outcomes = outcomes.or_else(if met >= needed {
                Self::MET
            } else if met + agency < needed {
                Self::NOT_MET
            } else {
                Self::AGENCY
            });
        }
        outcomes
    }

    /// What *not* comes to.
    #[must_use]
    pub fn negated(self) -> Self {
        Self((self.0 & 4) | ((self.0 & 1) << 1) | ((self.0 & 2) >> 1))
    }

    fn pairwise(self, other: Self, combine: impl Fn(Outcome, Outcome) -> Outcome) -> Self {
        let mut result = Self::NONE;
        for a in EACH.into_iter().filter(|outcome| self.allows(*outcome)) {
            for b in EACH.into_iter().filter(|outcome| other.allows(*outcome)) {
                result = result.or_else(Self::of(combine(a, b)));
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETS: [Outcomes; 7] =
        [Outcomes(1), Outcomes(2), Outcomes(3), Outcomes(4), Outcomes(5), Outcomes(6), Outcomes(7)];

    #[test]
    fn all_and_any_are_the_ends_of_at_least() {
        for a in SETS {
            for b in SETS {
                for c in SETS {
                    let members = [a, b, c];
                    assert_eq!(
                        Outcomes::at_least(3, members.into_iter()),
                        Outcomes::all(members.into_iter())
                    );
                    assert_eq!(
                        Outcomes::at_least(1, members.into_iter()),
                        Outcomes::any(members.into_iter())
                    );
                }
            }
        }
    }

    #[test]
    fn an_agency_stays_an_agency_under_not() {
        assert_eq!(Outcomes::AGENCY.negated(), Outcomes::AGENCY);
        assert_eq!(Outcomes::MET.negated(), Outcomes::NOT_MET);
        assert_eq!(
            Outcomes::all([Outcomes::AGENCY, Outcomes::OPEN].into_iter()),
            Outcomes::AGENCY.or_else(Outcomes::NOT_MET)
        );
    }
}
