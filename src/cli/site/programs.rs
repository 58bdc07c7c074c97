//! A state's programs and whom to call, as a page that needs no script: for whoever cannot use the questions, and where
//! the rules do not load.

use super::super::picture::safe;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carepath::screen::{About, AboutContact, InWords};
use carepath::value::{Date, Lang};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("programs.css");

/// What a browser may do on the page: show it, in its own style.
pub(super) fn policy() -> String {
    let style = STANDARD.encode(Sha256::digest(STYLE));
    format!("default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'")
}

/// The page, in both languages.
pub(super) fn page(about: &About, national: Option<&AboutContact>, rules: &str, built: Date) -> String {
    let mut out = String::new();
    // Writing into a string cannot fail.
    let _ = write_page(&mut out, about, national, rules, built);
    out
}

fn write_page(
    out: &mut String,
    about: &About,
    national: Option<&AboutContact>,
    rules: &str,
    built: Date,
) -> std::fmt::Result {
    let (policy, state) = (policy(), safe(&about.name.en));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>Who can help with your child’s care in {state}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <nav aria-label=\"Language / Idioma\">\n<a href=\"#en\" lang=\"en\">English</a>\n\
         <a href=\"#es\" lang=\"es\">Español</a>\n</nav>\n<main>"
    )?;
    for words in [&EN, &ES] {
        words.write(out, about, national)?;
    }
    writeln!(out, "</main>\n<footer>")?;
    for words in [&EN, &ES] {
        let Words { code, made, from, .. } = words;
        writeln!(out, "<p lang=\"{code}\">{made} <time>{built}</time>. {from} {}.</p>", safe(rules))?;
    }
    writeln!(out, "</footer>\n</body>\n</html>")
}

/// The page's own words in a language, plain and short: grade 6 or below.
struct Words {
    lang: Lang,
    code: &'static str,
    title: &'static str,
    what: &'static str,
    decides: &'static str,
    questions: &'static str,
    programs: &'static str,
    others: &'static str,
    everywhere: &'static str,
    country: &'static str,
    phone: &'static str,
    hours: &'static str,
    web: &'static str,
    ask: &'static str,
    confirm: &'static str,
    confirm_page: &'static str,
    made: &'static str,
    from: &'static str,
}

const EN: Words = Words {
    lang: Lang::En,
    code: "en",
    title: "Who can help with your child’s care in",
    what: "Does your child have a special health care need? These programs help families plan care and find services. \
           Not sure which one fits? Call one of them and ask.",
    decides: "You can always apply. The agency decides, not this page.",
    questions: "Answer a few questions to see who to call first",
    programs: "Programs",
    others: "More people to call",
    everywhere: "For the whole country",
    country: "It can tell you about health coverage for children in your state.",
    phone: "Phone",
    hours: "Hours",
    web: "Website",
    ask: "We have no number for this program. Call a number below and ask for it.",
    confirm: "Number not confirmed. We could not check it with the agency.",
    confirm_page: "Not confirmed. We could not check this with the agency.",
    made: "This page was made on",
    from: "The rules behind it:",
};

const ES: Words = Words {
    lang: Lang::Es,
    code: "es",
    title: "Quién puede ayudar con el cuidado de su hijo o hija en",
    what: "¿Su hijo o hija tiene una necesidad especial de salud? Estos programas ayudan a las familias a planear el \
           cuidado y a hallar servicios. ¿No sabe cuál le sirve? Llame a uno de ellos y pregunte.",
    decides: "Siempre puede hacer una solicitud. La agencia decide, no esta página.",
    questions: "Conteste unas preguntas para ver a quién llamar primero",
    programs: "Programas",
    others: "Otros a quienes llamar",
    everywhere: "Para todo el país",
    country: "Le informan sobre el seguro de salud para niños en su estado.",
    phone: "Teléfono",
    hours: "Horario",
    web: "Sitio web",
    ask: "No tenemos un número de este programa. Llame a un número de abajo y pregunte por él.",
    confirm: "Número sin confirmar. No pudimos comprobarlo con la agencia.",
    confirm_page: "Sin confirmar. No pudimos comprobar este dato con la agencia.",
    made: "Esta página se hizo el",
    from: "Las reglas en las que se basa:",
};

impl Words {
    fn of(&self, words: &InWords) -> String {
        safe(match self.lang {
            Lang::En => &words.en,
            Lang::Es => &words.es,
        })
    }

    fn write(&self, out: &mut String, about: &About, national: Option<&AboutContact>) -> std::fmt::Result {
        let Self { code, title, what, decides, questions, .. } = self;
        let (state, status) = (self.of(&about.name), self.of(&about.status));
        writeln!(out, "<section id=\"{code}\" lang=\"{code}\" aria-labelledby=\"{code}-title\">")?;
        writeln!(out, "<h1 id=\"{code}-title\">{title} {state}</h1>\n<p>{what}</p>")?;
        writeln!(out, "<p class=\"note\">{status} {decides}</p>")?;
        writeln!(out, "<p><a href=\"../index.html\">{questions}</a></p>")?;
        writeln!(out, "<h2>{}</h2>\n<ul>", self.programs)?;
        for program in &about.programs {
            writeln!(out, "<li>\n<h3>{}</h3>", self.of(&program.name))?;
            match &program.contact {
                Some(contact) => {
                    if contact.name != program.name {
                        writeln!(out, "<p>{}</p>", self.of(&contact.name))?;
                    }
                    self.write_reach(out, contact)?;
                }
                None => writeln!(out, "<p>{}</p>", self.ask)?,
            }
            writeln!(out, "</li>")?;
        }
        writeln!(out, "</ul>")?;
        let others: Vec<_> = about.contacts.iter().filter(|contact| Some(*contact) != national).collect();
        self.write_contacts(out, self.others, &others, "")?;
        self.write_contacts(out, self.everywhere, national.as_slice(), self.country)?;
        writeln!(out, "</section>")
    }

    fn write_contacts(
        &self,
        out: &mut String,
        heading: &str,
        contacts: &[&AboutContact],
        note: &str,
    ) -> std::fmt::Result {
        if contacts.is_empty() {
            return Ok(());
        }
        writeln!(out, "<h2>{heading}</h2>\n<ul>")?;
        for contact in contacts {
            writeln!(out, "<li>\n<h3>{}</h3>", self.of(&contact.name))?;
            if !note.is_empty() {
                writeln!(out, "<p>{note}</p>")?;
            }
            self.write_reach(out, contact)?;
            writeln!(out, "</li>")?;
        }
        writeln!(out, "</ul>")
    }

    fn write_reach(&self, out: &mut String, contact: &AboutContact) -> std::fmt::Result {
        if let Some(phone) = &contact.phone {
            let shown = safe(phone);
            match dialed(phone) {
                Some(number) => {
                    writeln!(out, "<p>{}: <a href=\"tel:{number}\">{shown}</a></p>", self.phone)?;
                }
                None => writeln!(out, "<p>{}: {shown}</p>", self.phone)?,
            }
        }
        if let Some(hours) = &contact.hours {
            writeln!(out, "<p>{}: {}</p>", self.hours, self.of(hours))?;
        }
        if let Some(url) = &contact.url {
            let url = safe(url);
            match url.starts_with("https://") || url.starts_with("http://") {
                true => writeln!(out, "<p>{}: <a class=\"web\" href=\"{url}\">{url}</a></p>", self.web)?,
                false => writeln!(out, "<p>{}: {url}</p>", self.web)?,
            }
        }
        match (contact.confirm, &contact.phone) {
            (false, _) => Ok(()),
            (true, Some(_)) => writeln!(out, "<p><strong>{}</strong></p>", self.confirm),
            (true, None) => writeln!(out, "<p><strong>{}</strong></p>", self.confirm_page),
        }
    }
}

/// The first number of a text: an extension or a TTY line behind it cannot be dialed along.
fn dialed(phone: &str) -> Option<String> {
    let start = phone.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let number: String = phone[start..]
        .chars()
        .enumerate()
        .take_while(|(at, c)| c.is_ascii_digit() || " ().-".contains(*c) || (*at == 0 && *c == '+'))
        .map(|(_, c)| c)
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    (number.len() > 2).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> InWords {
        InWords { en: text.into(), es: format!("{text} (es)") }
    }

    fn contact(phone: Option<&str>, url: Option<&str>, confirm: bool) -> AboutContact {
        AboutContact {
            name: words("Line <1>"),
            phone: phone.map(Into::into),
            hours: Some(words("8 & 5")),
            url: url.map(Into::into),
            confirm,
        }
    }

    fn shown(about: &About, national: Option<&AboutContact>) -> String {
        page(about, national, "sha256:ab", Date::parse("2026-06-01").unwrap())
    }

    fn about(contacts: Vec<AboutContact>) -> About {
        About {
            state: "OK".into(),
            name: words("Okla\"homa"),
            status: words("Draft <b>"),
            languages: vec!["en", "es"],
            contacts,
            programs: Vec::new(),
        }
    }

    #[test]
    fn everything_from_the_rules_is_text() {
        let bad = contact(Some("<script>"), Some("javascript:alert(1)"), true);
        let page = shown(&about(vec![bad]), None);
        assert!(page.contains("<h3>Line &lt;1&gt;</h3>") && page.contains("<h3>Line &lt;1&gt; (es)</h3>"));
        assert!(page.contains("<p>Phone: &lt;script&gt;</p>") && page.contains("<p>Hours: 8 &amp; 5</p>"));
        assert!(
            page.contains("<p>Website: javascript:alert(1)</p>"),
            "an address that is no page is no link"
        );
        assert!(
            !page.contains("<script") && !page.contains("Draft <b>") && !page.contains("href=\"javascript")
        );
    }

    #[test]
    fn a_number_that_was_not_confirmed_is_marked_in_both_languages() {
        let sure = shown(&about(vec![contact(Some("211"), None, false)]), None);
        assert!(!sure.contains(EN.confirm) && !sure.contains(ES.confirm));
        let page = shown(&about(vec![contact(Some("211"), None, true)]), None);
        assert!(page.contains(EN.confirm) && page.contains(ES.confirm) && !page.contains(EN.confirm_page));
        let page = shown(&about(vec![contact(None, Some("https://example.org/?a=1&b=2"), true)]), None);
        assert!(page.contains(EN.confirm_page) && page.contains(ES.confirm_page));
        assert!(page.contains("href=\"https://example.org/?a=1&amp;b=2\""));
    }

    #[test]
    fn the_national_line_stands_once_a_language() {
        let line = contact(Some("211"), None, false);
        let page = shown(&about(vec![line.clone()]), Some(&line));
        assert_eq!(page.matches("tel:211").count(), 2);
        assert!(page.contains(EN.everywhere) && page.contains(ES.everywhere) && !page.contains(EN.others));
    }

    #[test]
    fn the_first_number_is_dialed() {
        for (text, number) in [
            ("1-844-843-7351", Some("18448437351")),
            ("211", Some("211")),
            ("(501) 614-7020 ext. 5", Some("5016147020")),
            ("+1 501 614 7020", Some("+15016147020")),
            ("501-682-8207 (TTY: 711)", Some("5016828207")),
            ("ask at school", None),
            ("", None),
        ] {
            assert_eq!(dialed(text).as_deref(), number, "{text}");
        }
    }
}
