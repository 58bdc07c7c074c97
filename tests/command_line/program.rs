//! Running the built program in a process of its own.

pub(crate) use carepath::value::StateCode;
pub(crate) use serde_json::{Value, json};
pub(crate) use std::io::{BufRead as _, BufReader, Read, Write as _};
pub(crate) use std::net::TcpStream;
pub(crate) use std::path::{Path, PathBuf};
pub(crate) use std::process::{Child, Command, Stdio};
pub(crate) use std::sync::atomic::{AtomicU32, Ordering};
pub(crate) use std::time::{Duration, Instant};
pub(crate) use std::{env, fs, thread};

/// Generous: it is there to catch what hangs, not to measure.
pub(crate) const LONGEST: Duration = Duration::from_secs(10);

/// The states that are shipped, by code: those that have a folder.
pub(crate) fn shipped_states() -> Vec<String> {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap();
    let folders = folders.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_str().unwrap().to_uppercase());
    let mut states: Vec<String> = names.filter(|name| name != "US").collect();
    states.sort();
    states
}

/// A state that is shipped without rules of its own.
pub(crate) fn state_without_rules() -> &'static str {
    let shipped = shipped_states();
    let mut codes = StateCode::all().map(StateCode::code);
    codes.find(|code| shipped.iter().all(|own| own != code)).expect("some state has no rules yet")
}

/// What a run of the program left behind.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carepath"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program with some text on standard input; fails if it takes too long or panics.
pub(crate) fn fed(arguments: &[&str], input: &str) -> Ran {
    let mut command = program();
    command.args(arguments);
    ended(command, arguments, input)
}

/// Runs the program on a terminal on which somebody types these lines; what is typed and what is printed both stand
/// in `out`. The terminal is made by `script`, which every Linux has.
pub(crate) fn typed(arguments: &[&str], lines: &[&str]) -> Ran {
    let quoted = |word: &str| format!("'{}'", word.replace('\'', r"'\''"));
    let words = std::iter::once(&env!("CARGO_BIN_EXE_carepath")).chain(arguments);
    let call = words.map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &call, "/dev/null"]);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut ran = ended(command, arguments, &(lines.join("\n") + "\n"));
    ran.out = ran.out.replace('\r', "");
    ran
}

fn ended(mut command: Command, arguments: &[&str], input: &str) -> Ran {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program that refuses its input early closes the pipe: that is no failure of the test.
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let out = read_all(child.stdout.take().unwrap());
    let err = read_all(child.stderr.take().unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("`carepath {}` takes longer than {LONGEST:?}", arguments.join(" "));
        }
        thread::sleep(Duration::from_millis(5));
    };
    writer.join().unwrap();
    let ran = Ran {
        status: status.code().expect("the program ends by itself, not by a signal"),
        out: out.join().unwrap(),
        err: err.join().unwrap(),
    };
    assert!(!ran.err.contains("panicked"), "`carepath {}` panicked:\n{}", arguments.join(" "), ran.err);
    ran
}

pub(crate) fn read_all(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        String::from_utf8(bytes).expect("what is printed is UTF-8")
    })
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    fed(arguments, "")
}

impl Ran {
    #[track_caller]
    pub(crate) fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("no JSON ({error}):\n{}\nstandard error:\n{}", self.out, self.err))
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "`{words}` is not in standard error:\n{}", self.err);
        self
    }

    #[track_caller]
    pub(crate) fn prints(self, words: &str) -> Self {
        assert!(self.out.contains(words), "`{words}` is not in standard output:\n{}", self.out);
        self
    }
}

/// A folder of its own for one test, gone when the test is over.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("carepath-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A rules folder with the shared rules, and Arkansas's under the code of a state that has none.
    pub(crate) fn with_rules() -> Self {
        let folder = Self::new();
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        for (from, to) in [("us", "us"), ("ar", "ok")] {
            fs::create_dir_all(folder.0.join(to)).unwrap();
            for entry in fs::read_dir(shipped.join(from)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), folder.0.join(to).join(entry.file_name())).unwrap();
            }
        }
        let rules = fs::read_to_string(folder.0.join("ok/ar.care")).unwrap();
        fs::remove_file(folder.0.join("ok/ar.care")).unwrap();
        folder.write("ok/ok.care", rules.replace("state AR \"Arkansas\"", "state OK \"Oklahoma\""));
        folder
    }

    /// A rules folder with the shared rules and one rule file.
    pub(crate) fn with_rule_file(text: impl AsRef<[u8]>) -> Self {
        let folder = Self::with_rules();
        for entry in fs::read_dir(folder.0.join("ok")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        folder.write("ok/ok.care", text);
        folder
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A rules folder whose one program has these criteria over so many facts of its own, `f0`, `f1`, ….
pub(crate) fn with_criteria(facts: usize, criteria: &str) -> Folder {
    let rules = format!(
        "state OK \"Oklahoma\"\n\nprogram large \"Large\" {{\n    offers care_coordination\n    coordinator title_v_staff\n    \
         source medicaid_notice\n    eligible when {}  cites us_social_needs\n}}\n\ncontact line \"The line\" {{\n    phone \"211\"\n    \
         source medicaid_notice\n}}\n\nroute {{\n    lead first of large\n    otherwise line\n}}\n",
        criteria.trim_end()
    );
    let folder = Folder::with_rule_file(rules);
    let words = |fact: usize| format!("{{ en: fact {fact}, es: hecho {fact} }}");
    let fact = |fact: usize| {
        let words = words(fact);
        format!(
            "- id: f{fact}\n  type: yes_no\n  topic: child\n  name: {words}\n  question: {words}\n  yes: {words}\n  no: {words}\n"
        )
    };
    folder.write("ok/facts.yaml", (0..facts).map(fact).collect::<String>());
    folder.write("ok/es.yaml", "Large: Grande\nThe line: La línea\n");
    folder
}

/// A group of facts.
pub(crate) fn group(head: &str, facts: impl Iterator<Item = usize>) -> String {
    let lines: String = facts.map(|fact| format!("f{fact}\n")).collect();
    format!("{head} {{\n{lines}}}\n")
}

/// Any of every row, and any of every column, of 24 by 24 facts: each is decided by itself, and both together are beyond
/// any bound whatever the order.
pub(crate) fn grid() -> [String; 2] {
    let rows = (0..24).map(|row| group("any of", (0..24).map(move |column| row * 24 + column)));
    let columns = (0..24).map(|column| group("any of", (0..24).map(move |row| row * 24 + column)));
    [rows.collect(), columns.collect()]
}

/// Screens a child in Arkansas on a day.
pub(crate) fn arkansas(as_of: &str, answers: &str) -> Value {
    let arguments = ["screen", "--state", "AR", "--as-of", as_of, "--answers", "-", "--format", "json"];
    let ran = fed(&arguments, answers).ends_with(0);
    assert_eq!(ran.err, "", "a fine run has no messages");
    ran.json()
}

pub(crate) fn entry<'r>(result: &'r Value, id: &str) -> &'r Value {
    result["programs"].as_array().unwrap().iter().find(|program| program["id"] == id).unwrap()
}

/// The child of the issue: 10 years old, Medicaid, a listed diagnosis, in no program.
pub(crate) const CHILD: &str = "birth_date: 2016-01-15\nmedicaid: yes\ndiagnosis: [E84.0]\n\
                     behavioral_health_need: no\ndevelopmental_disability: no\n";
