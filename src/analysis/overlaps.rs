//! Children whom two programs coordinate, or would.

use super::ground::Ground;
use super::{Finding, Kind};
use crate::diagram::Class;
use crate::program::Program;
use crate::route::coordinates_families;
use crate::value::Lang;
use crate::vocabulary::{Deference, IntendedWhat, Related, RelationKind, Target};

/// One finding for each two programs.
pub(super) fn check(ground: &mut Ground<'_>, found: &mut Vec<Finding>) {
    let program = ground.program();
    let coordinate: Vec<usize> =
        (0..program.pathways.len()).filter(|pathway| coordinates_families(program, *pathway)).collect();
    for (index, one) in coordinate.iter().enumerate() {
        for other in &coordinate[index + 1..] {
            let pair = [*one, *other];
            if program.work_together(*one, *other) {
                continue;
            }
            if !resolved(program, pair) {
                found.extend(open_to_both(ground, pair));
            }
            if !either_in_route(program, pair) {
                found.extend(received_both(ground, pair));
            }
        }
    }
}

fn open_to_both(ground: &mut Ground<'_>, programs: [usize; 2]) -> Option<Finding> {
    let class = ground.open_to_both(programs);
    let [_, _, one] = ground.standing(programs[0]);
    let [_, _, other] = ground.standing(programs[1]);
    let surely = ground.known.both(one, other);
    let others = ground.known.except(class, surely);
    let open = match (ground.known.is_nobody(surely), ground.known.is_nobody(others)) {
        (true, _) => "are open, if an agency finds so, to",
        (false, false) => "are open, for some if an agency finds so, to",
        (false, true) => "are open to",
    };
    pair(ground, Kind::Overlap, programs, class, open)
}

fn received_both(ground: &mut Ground<'_>, [one, other]: [usize; 2]) -> Option<Finding> {
    let classes = [one, other].map(|pathway| ground.receiving(pathway));
    let class = ground.known.both(classes[0], classes[1]);
    pair(ground, Kind::Duplicate, [one, other], class, "are received by")
}

fn pair(
    ground: &mut Ground<'_>,
    kind: Kind,
    [one, other]: [usize; 2],
    class: Class,
    both: &str,
) -> Option<Finding> {
    let program = ground.program();
    let name = |pathway: usize| program.pathways[pathway].name.get(Lang::En);
    let sentence = |children: &str| {
        format!("{} and {} both coordinate, and both {both} {children}", name(one), name(other))
    };
    let everybody = ground.known.everybody();
    let at = Some(program.node(program.pathways[other].eligible).at);
    let finding = ground.finding(kind, vec![one, other], at, class, everybody, sentence)?;
    let meant = ground.rules.declaring.declared.intended.iter().find(|intended| match &intended.what {
        IntendedWhat::Overlap(programs) => programs.contains(&one) && programs.contains(&other),
        _ => false,
    });
    Some(Finding { declared: meant.map(|meant| meant.why.clone()), ..finding })
}

/// Whether one of two programs says that it stands back where the other coordinates.
fn resolved(program: &Program, [one, other]: [usize; 2]) -> bool {
    let defers = |from: usize, to: usize| {
        let own = &program.pathways[from];
        let deferred = match &own.defers_to {
            None => false,
            Some(Deference::AnyReceived(offer)) => program.pathways[to].offers.contains(offer),
            Some(Deference::Programs(programs)) => programs.contains(&to),
        };
        let related = own.relations.iter().any(|relation| {
            relation.to == Related::Program(to)
                && matches!(
                    relation.kind,
                    RelationKind::ExcludedBy | RelationKind::MandatoryInto | RelationKind::EscalatesTo
                )
        });
        deferred || related
    };
    defers(one, other) || defers(other, one)
}

/// Whether the route names one of two programs: then it says which leads.
fn either_in_route(program: &Program, pair: [usize; 2]) -> bool {
    pair.iter().any(|pathway| {
        program.route.lead.contains(pathway) || program.route.alongside.contains(&Target::Program(*pathway))
    })
}
