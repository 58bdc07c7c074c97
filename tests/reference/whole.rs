//! All children on a day: of whom something about the rules as a whole is so.

use super::Mask;
use super::axes::{Cell, Part};
use super::cube::Cube;
use super::left_out::Change;
use super::route::Candidate;
use super::said::Said;
use super::worlds::{Bits, Worlds, in_force};
use carepath::child::{Child, Raw, read};
use carepath::program::{At, Node, NodeId, NodeKind, Program};
use carepath::value::Date;
use carepath::vocabulary::{Deference, FactKind, Literal, Related, RelationKind, Target};
use std::collections::BTreeSet;

/// All children that the rules can tell apart on a day.
pub(crate) struct Whole<'p> {
    pub(crate) worlds: Worlds<'p>,
    /// A child of each world; nothing where there is none.
    pub(crate) children: Vec<Option<Child>>,
}

/// Some of the worlds.
pub(crate) type Group = BTreeSet<usize>;

/// The day, and each later one on which other programs are in force or other criteria count.
pub(crate) fn days(program: &Program, day: Date) -> Vec<Date> {
    let mut days = BTreeSet::from([day]);
    for pathway in &program.pathways {
        days.extend(pathway.since.as_ref().map(|since| since.date));
        days.extend(pathway.until.as_ref().map(|until| until.date.next()));
    }
    for node in &program.nodes {
        if let NodeKind::Dated { periods, .. } = &node.kind {
            days.extend(periods.iter().filter_map(|period| period.since));
            days.extend(periods.iter().filter_map(|period| period.until.map(|until| until.next())));
        }
    }
    days.into_iter().filter(|other| *other >= day).collect()
}

impl<'p> Whole<'p> {
    /// Nothing if there are more than so many worlds.
    pub(crate) fn new(program: &'p Program, day: Date, most: usize) -> Option<Self> {
        let worlds = Worlds::new(program, day)?;
        if worlds.masks.len() > most {
            return None;
        }
        let child = |world: usize| (worlds.masks[world] != 0).then(|| child(&worlds, world)).flatten();
        let children = (0..worlds.masks.len()).map(child).collect();
        Some(Self { worlds, children })
    }

    fn program(&self) -> &'p Program {
        self.worlds.program
    }

    fn all(&self, so: impl Fn(usize) -> bool) -> Group {
        (0..self.children.len()).filter(|world| self.children[*world].is_some() && so(*world)).collect()
    }

    /// Every child that there is on the day or will be: days that lie ahead will have been.
    fn ever(&self) -> impl Iterator<Item = usize> {
        (0..self.children.len()).filter(|world| self.worlds.masks[*world] != 0)
    }

    /// Everybody.
    pub(crate) fn everybody(&self) -> Group {
        self.all(|_| true)
    }

    /// What a node can come to in a world: whether it may hold, and whether it may fail, as agencies judge.
    fn may(&self, node: NodeId, world: usize) -> [bool; 2] {
        let held = self.worlds.holds(node, world).unwrap_or_default();
        [held.contains(&true), held.contains(&false)]
    }

    /// Those for whom a node surely holds.
    pub(crate) fn surely(&self, node: NodeId) -> Group {
        self.all(|world| self.may(node, world) == [true, false])
    }

    /// Those for whom a node does not surely hold, or does not surely fail; nobody where it has no say.
    pub(crate) fn not_surely(&self, node: NodeId, holds: bool) -> Group {
        let says = |world: usize| self.may(node, world) != [false, false];
        self.all(|world| says(world) && self.may(node, world) != [holds, !holds])
    }

    /// What a node comes to for anybody: surely holds, surely fails, hangs on an agency.
    pub(crate) fn outcomes(&self, node: NodeId) -> BTreeSet<[bool; 2]> {
        let mut all: BTreeSet<[bool; 2]> = self.ever().map(|world| self.may(node, world)).collect();
        all.remove(&[false, false]);
        all
    }

    /// Those whom a program fits.
    pub(crate) fn fitting(&self, pathway: usize) -> Group {
        let own = &self.program().pathways[pathway];
        if in_force(self.program(), pathway, self.worlds.day) {
            self.surely(own.eligible)
        } else {
            Group::new()
        }
    }

    /// Whether a program is in force, and fits anybody or may.
    pub(crate) fn may_fit(&self, pathway: usize) -> [bool; 2] {
        let now = in_force(self.program(), pathway, self.worlds.day);
        let eligible = self.program().pathways[pathway].eligible;
        let open = now && self.ever().any(|world| self.may(eligible, world)[0]);
        [now, open]
    }

    /// Those who receive a program.
    pub(crate) fn receiving(&self, pathway: usize) -> Group {
        let own = self.program().pathways[pathway].receiving;
        match own.filter(|_| in_force(self.program(), pathway, self.worlds.day)) {
            Some(node) => self.surely(node),
            None => Group::new(),
        }
    }

    /// The bits of the candidates who may lead in a world.
    fn leads(&self, world: usize) -> u64 {
        let first = self.program().pathways.len() * super::worlds::PER_PROGRAM;
        let ways = 0..self.worlds.ways.len();
        let own = ways.filter(|way| self.worlds.masks[world] >> (first + way) & 1 == 1);
        own.fold(0, |all, way| all | self.worlds.ways[way])
    }

    /// Whether a program may lead anybody whom it fits.
    pub(crate) fn ever_leads(&self, pathway: usize) -> bool {
        let own = Candidate { target: Target::Program(pathway), status: "eligible" };
        let index = self.worlds.candidates.iter().position(|candidate| *candidate == own);
        index.is_some_and(|index| self.ever().any(|world| self.leads(world) >> index & 1 == 1))
    }

    /// Those with a special need: everybody, where nothing speaks of it.
    pub(crate) fn with_special_need(&self) -> Group {
        let fact = self.program().fact("special_health_care_need");
        match fact.and_then(|fact| self.literal(Literal::Fact(fact))) {
            Some((axis, cell)) => self.all(|world| self.worlds.cell(world, axis) == cell),
            None => self.everybody(),
        }
    }

    /// Those with a special need whom nobody but the fallback leads.
    pub(crate) fn gap(&self) -> Group {
        let fallback = self.worlds.candidates.iter().position(|candidate| candidate.status == "fallback");
        let Some(fallback) = fallback else { return Group::new() };
        let with = self.with_special_need();
        self.all(|world| with.contains(&world) && self.leads(world) == 1 << fallback)
    }

    /// The axis of a literal and the cell in which it is so.
    fn literal(&self, literal: Literal) -> Option<(usize, usize)> {
        let (fact, part, cell) = match literal {
            Literal::Fact(fact) => (fact, Part::Whole, 1),
            Literal::Element(fact, element) => (fact, Part::Element(element), 1),
            Literal::Choice(fact, choice) => (fact, Part::Whole, choice),
        };
        let axis = self.worlds.axes.iter().position(|axis| axis.fact == fact && axis.part == part)?;
        Some((axis, cell))
    }

    /// The worlds that come of one by losing or gaining something, all else equal.
    fn turned(&self, world: usize, literal: Literal, losing: bool) -> Vec<usize> {
        let Some((axis, cell)) = self.literal(literal) else { return Vec::new() };
        let own = self.worlds.cell(world, axis);
        if (own == cell) != losing {
            return Vec::new();
        }
        let stride = self.worlds.stride(axis);
        let cells = (0..self.worlds.axes[axis].cells.len()).filter(|other| (*other == cell) != losing);
        cells.map(|other| world - own * stride + other * stride).collect()
    }

    /// How open a program is: not at all, if an agency finds so, surely.
    fn openness(&self, pathway: usize, world: usize) -> u8 {
        if !in_force(self.program(), pathway, self.worlds.day) {
            return 0;
        }
        match self.may(self.program().pathways[pathway].eligible, world) {
            [true, false] => 2,
            [true, true] => 1,
            _ => 0,
        }
    }

    /// Those to whom a program is open, if agencies find so; or those to whom it is not surely.
    pub(crate) fn open_to(&self, pathway: usize, open: bool) -> Group {
        self.all(
            |world| if open { self.openness(pathway, world) > 0 } else { self.openness(pathway, world) < 2 },
        )
    }

    /// Those to whom two programs are both open, as one and the same agencies find.
    pub(crate) fn open_to_both(&self, one: usize, other: usize) -> Group {
        let program = self.program();
        if ![one, other].iter().all(|pathway| in_force(program, *pathway, self.worlds.day)) {
            return Group::new();
        }
        let [one, other] = [one, other].map(|pathway| program.pathways[pathway].eligible);
        let holds = |node: NodeId, world: usize| self.worlds.holds(node, world);
        self.all(|world| match (holds(one, world), holds(other, world)) {
            (Some(a), Some(b)) => a.iter().zip(&b).any(|(a, b)| *a && *b),
            _ => false,
        })
    }

    /// Those for whom a program comes to be more open, or less, by losing or gaining something.
    pub(crate) fn turning(&self, literal: Literal, losing: bool, opens: bool, pathway: usize) -> Group {
        self.all(|world| {
            let before = self.openness(pathway, world);
            self.turned(world, literal, losing).into_iter().any(|other| {
                let after = self.openness(pathway, other);
                self.children[other].is_some() && if opens { after > before } else { after < before }
            })
        })
    }

    /// The worlds that agree with some answers.
    pub(crate) fn agreeing(&self, answers: &[(String, Raw)]) -> Group {
        let said = Said::new(&self.worlds, answers);
        self.all(|world| {
            let cell = |axis: usize| self.worlds.cell(world, axis);
            said.open.iter().enumerate().all(|(axis, open)| open[cell(axis)])
                && said.one_of.iter().all(|axes| axes.iter().any(|axis| cell(*axis) == 1))
        })
    }

    /// Of kinds of children, each told by tests that hold or do not: those who are of any.
    pub(crate) fn of_kinds(&self, kinds: &[Vec<(NodeKind, bool)>]) -> Group {
        let mut program = self.program().clone();
        let first = program.nodes.len();
        let at = At { file: 0, line: 1 };
        let tests = kinds.iter().flatten().map(|(kind, _)| kind.clone());
        program.nodes.extend(tests.map(|kind| Node { kind, at, cites: Vec::new(), reading: None }));
        let truths = &self.worlds.under(&program)[0];
        let holds = |node: usize, world: usize| truths[node].as_ref().unwrap().get(world);
        self.all(|world| {
            let mut nodes = first..;
            kinds.iter().any(|kind| {
                let own = kind.iter().zip(nodes.by_ref().take(kind.len()).collect::<Vec<_>>());
                own.into_iter().all(|((_, so), node)| holds(node, world) == *so)
            })
        })
    }

    /// What every decision, benefit, receiving and payer of the programs in force comes to, agency by agency.
    fn decided(&self, truths: &[Vec<Option<Bits>>], there: &Bits) -> Vec<Option<Bits>> {
        let program = self.program();
        let roots: Vec<NodeId> = shown(program, self.worlds.day);
        let own = truths.iter().flat_map(|nodes| roots.iter().map(|root| nodes[root.0 as usize].clone()));
        own.map(|bits| bits.map(|bits| bits.and(there))).collect()
    }

    /// Whether anything is decided differently for anybody with something left out.
    pub(crate) fn differs(&self, changes: &[&Change]) -> Vec<bool> {
        let mut there = Bits::all(self.children.len(), false);
        self.ever().for_each(|world| there.set(world));
        let now = self.decided(&self.worlds.truths, &there);
        let with = |change: &&Change| self.decided(&self.worlds.under(&change.made(self.program())), &there);
        changes.iter().map(|change| with(change) != now).collect()
    }

    /// The facts of which two answers make a difference to what is decided, whatever is known of the others.
    pub(crate) fn deciding(&self) -> BTreeSet<usize> {
        let roots = shown(self.program(), self.worlds.day);
        let mut outcomes: Vec<Mask> = vec![0; self.children.len()];
        for world in self.ever() {
            for (index, root) in roots.iter().enumerate() {
                let outcome = match self.may(*root, world) {
                    [true, false] => 0,
                    [false, true] => 1,
                    _ => 2,
                };
                outcomes[world] |= 1 << (3 * index + outcome);
            }
        }
        let cube = Cube::plain(&self.worlds, &Said::new(&self.worlds, &[]), &outcomes);
        cube.askable().into_iter().filter(|fact| cube.worth_asking(*fact)).collect()
    }

    /// Whether two programs both coordinate for families, and whether one of them stands back for the other, both work
    /// together, or the route names one of them.
    pub(crate) fn pair(&self, one: usize, other: usize) -> Pair {
        let program = self.program();
        let own = &program.pathways;
        let coordinates = |pathway: usize| {
            let offers = &own[pathway].offers;
            !own[pathway].for_professionals
                && offers.iter().any(|offer| program.terms.offers[*offer].coordinates)
        };
        let says = |kinds: &[RelationKind]| {
            [(one, other), (other, one)].into_iter().any(|(from, to)| {
                own[from]
                    .relations
                    .iter()
                    .any(|own| kinds.contains(&own.kind) && own.to == Related::Program(to))
            })
        };
        let defers = [(one, other), (other, one)].into_iter().any(|(from, to)| match &own[from].defers_to {
            Some(Deference::AnyReceived(offer)) => own[to].offers.contains(offer),
            Some(Deference::Programs(programs)) => programs.contains(&to),
            None => false,
        });
        let stands_back = [RelationKind::ExcludedBy, RelationKind::MandatoryInto, RelationKind::EscalatesTo];
        let named = |pathway: usize| {
            program.route.lead.contains(&pathway)
                || program.route.alongside.contains(&Target::Program(pathway))
        };
        let both = coordinates(one)
            && coordinates(other)
            && !says(&[RelationKind::Supplements, RelationKind::Within]);
        Pair {
            may_overlap: both && !defers && !says(&stands_back),
            may_be_duplicates: both && !named(one) && !named(other),
        }
    }
}

/// How two programs stand to each other.
pub(crate) struct Pair {
    pub(crate) may_overlap: bool,
    pub(crate) may_be_duplicates: bool,
}

/// The nodes that something shown hangs on.
pub(crate) fn shown(program: &Program, day: Date) -> Vec<NodeId> {
    let mut roots = Vec::new();
    for index in (0..program.pathways.len()).filter(|index| in_force(program, *index, day)) {
        let pathway = &program.pathways[index];
        roots.push(pathway.eligible);
        roots.extend(pathway.receiving);
        roots.extend(pathway.financing.iter().filter_map(|financing| financing.when));
        for benefit in &pathway.benefits {
            roots.push(benefit.eligible);
            roots.extend(benefit.financing.iter().filter_map(|financing| financing.when));
        }
    }
    roots
}

/// A child of a world; nothing where a day lies ahead.
fn child(worlds: &Worlds<'_>, world: usize) -> Option<Child> {
    let answers = answers(worlds, world)?;
    let answers = read(worlds.program, &Raw::Map(answers), worlds.day).ok()?;
    Child::new(worlds.program, &answers, worlds.day).ok()
}

/// All that a family can say of a world.
fn answers(worlds: &Worlds<'_>, world: usize) -> Option<Vec<(String, Raw)>> {
    let program = worlds.program;
    let text = |text: &str| Raw::Text(text.to_owned());
    let mut said: Vec<(String, Raw)> = Vec::new();
    let mut put = |id: &str, raw: Raw| match said.iter_mut().find(|(known, _)| known == id) {
        // Elements and codes one after the other.
        Some((_, known)) => match (known, raw) {
            (Raw::Map(known), Raw::Map(more)) => known.extend(more),
            (Raw::List(known), Raw::List(more)) => known.extend(more),
            (known, raw) => panic!("{known:?} and {raw:?}"),
        },
        None => said.push((id.to_owned(), raw)),
    };
    for (index, axis) in worlds.axes.iter().enumerate() {
        let fact = &program.facts[axis.fact];
        let cell = &axis.cells[worlds.cell(world, index)];
        let yes_no = |cell: &Cell| text(if *cell == Cell::Yes { "yes" } else { "no" });
        match (cell, &axis.part) {
            (Cell::NotApplicable, _) => put(&fact.id, text("not_applicable")),
            (Cell::Births(days), _) => put("birth_date", text(&days[days.len() / 2].to_string())),
            (Cell::Numbers(from, to), _) => match fact.kind {
                FactKind::Day => {
                    let day = (*to).min(i64::from(worlds.day.day_number()));
                    if day < *from {
                        return None;
                    }
                    put(&fact.id, text(&Date::from_day_number(i32::try_from(day).unwrap()).to_string()));
                }
                FactKind::AgeAt { .. } => {
                    put(&fact.id, Raw::Map(vec![("months".to_owned(), Raw::Whole(*from))]));
                }
                _ => {
                    let figure = fact.kind.figure(*from);
                    let part = || Raw::Fraction(figure.to_string());
                    put(&fact.id, figure.at(0).map_or_else(part, Raw::Whole));
                }
            },
            (Cell::Choice(choice), _) => put(&fact.id, text(&fact.kind.choices()[*choice].id)),
            (cell, Part::Element(element)) => {
                let element = fact.kind.choices()[*element].id.clone();
                put(&fact.id, Raw::Map(vec![(element, yes_no(cell))]));
            }
            (cell, Part::Condition(codes)) => {
                let has = *cell == Cell::Yes;
                put(&fact.id, Raw::List(codes[..usize::from(has)].iter().map(|code| text(code)).collect()));
            }
            (cell, Part::Whole) => put(&fact.id, yes_no(cell)),
        }
    }
    Some(said)
}
