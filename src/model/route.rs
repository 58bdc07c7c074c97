//! The route of a state: who leads, who complements, whom everybody can call; and who coordinates without standing in it.

use super::Model;
use super::from_syntax::Builder;
use crate::diagnostic::{Code, Diagnostic, has_errors};
use crate::source::{FileId, Span};
use crate::syntax::tree::{self, RouteLine, Spanned};
use crate::vocabulary::{IntendedWhat, Target};

impl Builder {
    pub(super) fn route(
        &mut self,
        routes: Vec<(bool, tree::Route)>,
        own_file: Option<FileId>,
        model: &mut Model,
    ) {
        // A state's rules have a route of their own; the shared one serves states without rules.
        let applies = |shared: bool| if own_file.is_some() { !shared } else { shared };
        for (number, (_, route)) in routes.iter().filter(|(shared, _)| applies(*shared)).enumerate() {
            if number > 0
                && let Some(line) = route.lines.first()
            {
                let message = "this state has a route already";
                let help = "write all its lines in one `route { … }`";
                self.diagnostics.push(Diagnostic::new(Code::Repeated, line.span, message).help(help));
                continue;
            }
            model.route.span = Some(route.span);
            let mut seen: Vec<&'static str> = Vec::new();
            for Spanned { value: line, span } in &route.lines {
                let word = match line {
                    RouteLine::Lead(..) => "lead",
                    RouteLine::Alongside(_) => "alongside",
                    RouteLine::Otherwise(_) => "otherwise",
                };
                if self.repeated(&mut seen, word, "route", *span) {
                    continue;
                }
                match line {
                    RouteLine::Lead(names, remarks) => {
                        self.cite(&remarks.cites);
                        self.intended_here(IntendedWhat::Lead, remarks, *span);
                        model.route.reading = remarks.reading.as_ref().map(|text| self.words(text));
                        for name in names {
                            let Some(program) = self.resolve("program", name) else { continue };
                            let built = &model.programs[program];
                            if built.for_professionals {
                                let message =
                                    format!("`{}` is for professionals; it cannot lead a family", name.value);
                                let help =
                                    "take it out of this line, or write `audience families` in the program";
                                let found = Diagnostic::new(Code::WrongKind, name.span, message);
                                self.diagnostics.push(found.help(help));
                            }
                            if model.route.lead.contains(&program) {
                                let message = format!("`{}` stands in this line already", name.value);
                                let found = Diagnostic::new(Code::Repeated, name.span, message);
                                self.diagnostics.push(found.help("take one of them out"));
                            }
                            model.route.lead.push(program);
                        }
                    }
                    RouteLine::Alongside(names) => {
                        let diagnostics = &mut self.diagnostics;
                        let found = names.iter().filter_map(|name| {
                            match self.vocabulary.names.resolve(&["program", "contact"], name, diagnostics)? {
                                (_, usize::MAX) => None,
                                ("program", index) if model.programs[index].for_professionals => {
                                    let message = format!(
                                        "`{}` is for professionals; no family is told of it",
                                        name.value
                                    );
                                    let help = "take it out of this line, or write `audience families` in the program";
                                    let found = Diagnostic::new(Code::WrongKind, name.span, message);
                                    diagnostics.push(found.help(help));
                                    None
                                }
                                ("program", index) => Some(Target::Program(index)),
                                (_, index) => Some(Target::Contact(index)),
                            }
                        });
                        model.route.alongside.extend(found);
                    }
                    RouteLine::Otherwise(name) => model.route.otherwise = self.resolve("contact", name),
                }
            }
        }
        if let Some((_, route)) = routes.iter().find(|(shared, _)| applies(*shared)) {
            let says =
                |wanted: &dyn Fn(&RouteLine) -> bool| route.lines.iter().any(|line| wanted(&line.value));
            if !route.broken && !says(&|line| matches!(line, RouteLine::Otherwise(_))) {
                let message = "the route has no line `otherwise`: a family could leave with nobody to call";
                let help = "end with `otherwise CONTACT`, a contact that everyone in the state can call";
                self.diagnostics.push(Diagnostic::new(Code::Missing, route.span, message).help(help));
            }
        } else if let (Some(file), false) = (own_file, self.unread) {
            let message = "no route says who leads: a family could leave with nobody to call";
            let help =
                "end with `route { … otherwise CONTACT }`, a contact that everyone in the state can call";
            self.diagnostics.push(Diagnostic::new(Code::Missing, Span::new(file, 0, 1), message).help(help));
        }
        // A rule that cannot be read may be the one that would have routed it.
        if has_errors(&self.diagnostics) {
            return;
        }
        for (index, program) in model.programs.iter().enumerate() {
            let coordinates = program.offers.iter().any(|offer| model.terms.offers[*offer].coordinates);
            let routed =
                model.route.lead.contains(&index) || model.route.alongside.contains(&Target::Program(index));
            if coordinates && !routed && !program.for_professionals {
                let message = format!("the program `{}` coordinates care and stands in no route", program.id);
                let help = format!(
                    "name it in the route, behind `lead first of` or `alongside`; if it is for staff alone, write \
                     `audience professionals` in `{}`",
                    program.id
                );
                self.diagnostics.push(Diagnostic::new(Code::NotRouted, program.span, message).help(help));
            }
        }
    }
}
