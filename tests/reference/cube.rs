//! The worlds that answers leave, in as many directions as there are facts open; and what can be read off them.

use super::Mask;
use super::said::{Said, Standing};
use super::worlds::Worlds;
use std::collections::{BTreeMap, BTreeSet};

/// What comes out in each of the worlds that answers leave.
pub(crate) struct Cube<'w, 'p> {
    worlds: &'w Worlds<'p>,
    /// The open facts; births are one, under the month.
    sides: Vec<Side>,
    masks: Vec<Mask>,
    /// Whether other outcomes than those of the worlds count, each for itself.
    plain: bool,
}

/// One open fact, or the part of it that can still be asked, or the part that cannot.
#[derive(Debug, Clone)]
struct Side {
    fact: usize,
    standing: Standing,
    values: usize,
    /// What can be answered: each leaves some of the values.
    answers: Vec<Vec<usize>>,
}

impl<'w, 'p> Cube<'w, 'p> {
    pub(crate) fn new(worlds: &'w Worlds<'p>, said: &Said) -> Self {
        Self::of(worlds, said, &worlds.masks)
    }

    /// The same of other outcomes, each of which counts for itself.
    pub(crate) fn plain(worlds: &'w Worlds<'p>, said: &Said, outcomes: &[Mask]) -> Self {
        Self { plain: true, ..Self::of(worlds, said, outcomes) }
    }

    fn of(worlds: &'w Worlds<'p>, said: &Said, outcomes: &[Mask]) -> Self {
        // Axes of one fact that stand the same way belong to one side.
        let mut grouped: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
        for (index, axis) in worlds.axes.iter().enumerate() {
            let open = said.standing[index] == Standing::Open;
            grouped.entry((axis.fact, open)).or_default().push(index);
        }
        let cells_of = |axis: usize| -> Vec<usize> {
            (0..said.open[axis].len()).filter(|cell| said.open[axis][*cell]).collect()
        };
        let strides: Vec<usize> = (0..worlds.axes.len()).map(|axis| worlds.stride(axis)).collect();
        let mut sides: Vec<Side> = Vec::new();
        let mut offsets: Vec<Vec<usize>> = Vec::new();
        for ((fact, open), axes) in grouped {
            let mut values: Vec<Vec<usize>> = vec![Vec::new()];
            for axis in &axes {
                values = values
                    .iter()
                    .flat_map(|so_far| {
                        cells_of(*axis).into_iter().map(move |cell| [so_far.as_slice(), &[cell]].concat())
                    })
                    .collect();
            }
            offsets.push(
                values
                    .iter()
                    .map(|cells| cells.iter().zip(&axes).map(|(cell, axis)| cell * strides[*axis]).sum())
                    .collect(),
            );
            let birth =
                worlds.axes[axes[0]].cells.iter().any(|cell| matches!(cell, super::axes::Cell::Births(_)));
            let months = said.months.as_ref().filter(|_| birth && open);
            let answers = match months {
                Some(months) => months
                    .iter()
                    .map(|cells| {
                        (0..values.len()).filter(|value| cells.contains(&values[*value][0])).collect()
                    })
                    .collect(),
                None if matches!(worlds.axes[axes[0]].part, super::axes::Part::Element(_)) => {
                    by_element(&values)
                }
                None => (0..values.len()).map(|value| vec![value]).collect(),
            };
            let standing = if open { Standing::Open } else { Standing::Said };
            sides.push(Side { fact, standing, values: values.len(), answers });
        }
        let mut places = vec![0usize];
        for side in &offsets {
            places = places.iter().flat_map(|place| side.iter().map(move |offset| place + offset)).collect();
        }
        let sizes: Vec<usize> = worlds.axes.iter().map(|axis| axis.cells.len()).collect();
        let fits = |world: usize| {
            said.one_of.iter().all(|axes| axes.iter().any(|axis| world / strides[*axis] % sizes[*axis] == 1))
        };
        let masks = places.into_iter().map(|world| if fits(world) { outcomes[world] } else { 0 }).collect();
        Self { worlds, sides, masks, plain: false }
    }

    /// Every outcome that may come about; none if the answers contradict each other.
    pub(crate) fn all(&self) -> Mask {
        self.masks.iter().fold(0, |all, mask| all | mask)
    }

    /// Whether knowing these facts, whatever they turn out to be, leaves one of some outcomes.
    pub(crate) fn settles(&self, facts: &[usize], outcomes: Mask) -> bool {
        let mut seen: BTreeMap<usize, Mask> = BTreeMap::new();
        for (place, mask) in self.masks.iter().enumerate() {
            let (mut rest, mut key, mut scale) = (place, 0, 1);
            for side in self.sides.iter().rev() {
                if facts.contains(&side.fact) {
                    key += rest % side.values * scale;
                    scale *= side.values;
                }
                rest /= side.values;
            }
            let so_far = seen.entry(key).or_default();
            *so_far |= mask & outcomes;
            if so_far.count_ones() > 1 {
                return false;
            }
        }
        true
    }

    /// The facts of which more than one value is left.
    pub(crate) fn open_facts(&self) -> Vec<usize> {
        let mut facts: Vec<usize> =
            self.sides.iter().filter(|side| side.values > 1).map(|side| side.fact).collect();
        facts.dedup();
        facts
    }

    /// The facts that can still be asked.
    pub(crate) fn askable(&self) -> Vec<usize> {
        self.sides
            .iter()
            .filter(|side| side.standing == Standing::Open && side.values > 1)
            .map(|side| side.fact)
            .collect()
    }

    /// Whether there are answers to the facts that can be asked, each a value or *I don't know*, under which two answers
    /// to this one conclude differently: quantified over all that the family cannot say.
    pub(crate) fn worth_asking(&self, fact: usize) -> bool {
        let Some(asked) =
            self.sides.iter().position(|side| side.fact == fact && side.standing == Standing::Open)
        else {
            return false;
        };
        let mut keys: BTreeMap<Mask, Mask> = BTreeMap::new();
        let mut search = Search { cube: self, keys: &mut keys };
        // What cannot be said is quantified away first; the fact itself goes last.
        let mut sides: Vec<usize> = (0..self.sides.len()).collect();
        let mut masks = self.masks.clone();
        for side in (0..self.sides.len()).rev().filter(|side| self.sides[*side].standing == Standing::Said) {
            let all: Vec<usize> = (0..self.sides[side].values).collect();
            masks = self.fold(&masks, &sides, side, &all);
            sides.retain(|other| *other != side);
        }
        sides.retain(|side| *side != asked);
        sides.insert(0, asked);
        let masks = self.first(masks, asked);
        search.differs(&masks, &sides)
    }

    /// The masks with one side moved to the front, those that stay in their order.
    fn first(&self, masks: Vec<Mask>, asked: usize) -> Vec<Mask> {
        let left: Vec<usize> =
            (0..self.sides.len()).filter(|side| self.sides[*side].standing == Standing::Open).collect();
        let after: usize =
            left.iter().filter(|side| **side > asked).map(|side| self.sides[*side].values).product();
        let own = self.sides[asked].values;
        let before = masks.len() / after / own;
        let mut moved = Vec::with_capacity(masks.len());
        for value in 0..own {
            for outer in 0..before {
                let start = (outer * own + value) * after;
                moved.extend_from_slice(&masks[start..start + after]);
            }
        }
        moved
    }

    /// Without one side: what may come out where it has one of some values.
    fn fold(&self, masks: &[Mask], sides: &[usize], side: usize, values: &[usize]) -> Vec<Mask> {
        let at = sides.iter().position(|other| *other == side).unwrap();
        let after: usize = sides[at + 1..].iter().map(|side| self.sides[*side].values).product();
        let own = self.sides[side].values;
        let mut folded = Vec::with_capacity(masks.len() / own);
        for block in masks.chunks(own * after) {
            for inner in 0..after {
                folded.push(values.iter().fold(0, |all, value| all | block[value * after + inner]));
            }
        }
        folded
    }
}

struct Search<'s, 'w, 'p> {
    cube: &'s Cube<'w, 'p>,
    keys: &'s mut BTreeMap<Mask, Mask>,
}

impl Search<'_, '_, '_> {
    fn key(&mut self, mask: Mask) -> Mask {
        if self.cube.plain {
            return mask;
        }
        *self.keys.entry(mask).or_insert_with(|| self.cube.worlds.key(mask))
    }

    /// The first side is the fact that is asked; the others are answered one after the other, the last first.
    fn differs(&mut self, masks: &[Mask], sides: &[usize]) -> bool {
        let mut outcomes = masks.iter().filter(|mask| **mask != 0);
        let Some(first) = outcomes.next() else { return false };
        if outcomes.all(|mask| mask == first) {
            return false;
        }
        let cube = self.cube;
        if let [asked] = sides {
            let concluded: BTreeSet<Mask> = cube.sides[*asked]
                .answers
                .iter()
                .map(|values| values.iter().fold(0, |all, value| all | masks[*value]))
                .filter(|mask| *mask != 0)
                .map(|mask| self.key(mask))
                .collect();
            return concluded.len() > 1;
        }
        let last = sides[sides.len() - 1];
        let rest = &sides[..sides.len() - 1];
        let all: Vec<usize> = (0..cube.sides[last].values).collect();
        let own = &cube.sides[last].answers;
        own.iter().chain([&all]).any(|values| {
            let folded = cube.fold(masks, sides, last, values);
            self.differs(&folded, rest)
        })
    }
}

/// For values that are made of elements: each element yes, no or not known.
fn by_element(values: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let elements = values.first().map_or(0, Vec::len);
    let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
    for code in 0..3usize.pow(elements as u32) {
        let told = |element: usize| code / 3usize.pow(element as u32) % 3;
        let fits = |value: &Vec<usize>| {
            value.iter().enumerate().all(|(element, cell)| told(element) == 2 || told(element) == *cell)
        };
        found.insert((0..values.len()).filter(|value| fits(&values[*value])).collect());
    }
    found.remove(&Vec::new());
    found.into_iter().collect()
}
