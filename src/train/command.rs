//! The command line of `sayso-train`.

use super::arguments::{Arguments, HELP};
use super::{
    annotated, attribution, card, claims, classes, conllu, coreference, factuality, names, parser, readings,
    relations, sentences, sentiment, stance, tagger, text,
};
use crate::claim::{Form, Judge};
use crate::error::{Error, Result};
use crate::factuality::Scale;
use crate::language::Language;
use crate::lexicon::{Lexicon, Own};
use crate::model::{self, Kind};
use crate::names::Names;
use crate::parse::Parser;
use crate::pipeline::Pipeline;
use crate::tag::Tagger;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Runs one command.
///
/// # Errors
/// A file that cannot be read or written, or a call that is not understood.
pub fn command(given: Vec<String>) -> Result<()> {
    let Some(arguments) = Arguments::read(given)? else {
        print!("{HELP}");
        return Ok(());
    };
    match arguments.what.as_str() {
        "classes" => train_classes(&arguments),
        "tagger" => train_tagger(&arguments),
        "parser" => train_parser(&arguments),
        "names" => train_names(&arguments),
        "attribution" => train_attribution(&arguments),
        "coreference" => train_coreference(&arguments),
        "stance" => train_stance(&arguments),
        "examples" => stance::write(arguments.one("out")?, &stance_texts(&arguments)?),
        "claims" => train_claims(&arguments),
        "factuality" => train_factuality(&arguments),
        "sentences" => train_sentences(&arguments),
        "sentiment" => train_sentiment(&arguments),
        other => Err(Error::usage(format!("no command {other:?}; see sayso-train --help"))),
    }
}

fn train_classes(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let mut sentences = Vec::new();
    for path in arguments.needed("text")? {
        sentences.extend(text::sentences(path)?);
    }
    let found = classes::classes(&sentences, 256, 3, 8);
    let lines: String = found.iter().map(|(hash, class)| format!("{hash}\t{class}\n")).collect();
    std::fs::write(out, lines).map_err(|error| Error::file(out, error))?;
    println!("{} words of {} sentences in classes: {}", found.len(), sentences.len(), out.display());
    Ok(())
}

fn train_sentences(arguments: &Arguments) -> Result<()> {
    let paths = arguments.needed("train")?;
    let treebanks = paths.iter().map(|path| Ok(sentences::paragraphs(&text::read(path)?)));
    let treebanks = treebanks.collect::<Result<Vec<_>>>()?;
    let figures = paths.iter().map(|path| card::corpus(path)).zip(sentences::cross_validate(&treebanks));
    let figures = figures.map(|(name, f1)| (format!("{name} sentences F1, cross-validated"), f1)).collect();
    card::write(arguments.one("out")?, "sentences", &sentences::train(&treebanks), arguments, figures)
}

/// The sentences of all treebanks given for an option.
fn treebanks(paths: &[PathBuf]) -> Result<Vec<conllu::Sentence>> {
    let mut sentences = Vec::new();
    for path in paths {
        sentences.extend(conllu::read(path)?);
    }
    Ok(sentences)
}

fn train_tagger(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let sentences = treebanks(arguments.needed("train")?)?;
    let classes = word_classes(arguments)?;
    let settings = tagger::Settings { seed: arguments.seed, ..tagger::Settings::default() };
    let model = tagger::train(&sentences, &silver(arguments)?, &classes, &settings);
    let tagger = Tagger::new(&model);
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        figures.extend(tagger::measure(&tagger, path, &conllu::read(path)?));
    }
    card::write(out, Kind::Tagger.name(), &model::pack(Kind::Tagger, &model)?, arguments, figures)
}

/// The sentences that a teacher labelled and was sure of.
fn silver(arguments: &Arguments) -> Result<Vec<conllu::Sentence>> {
    let mut sentences = treebanks(arguments.files("silver"))?;
    sentences.retain(conllu::Sentence::is_sure);
    Ok(sentences)
}

/// The tagger that is given.
fn tagger_of(arguments: &Arguments) -> Result<Tagger> {
    let path = arguments.one("tagger")?;
    Tagger::read(path, &std::fs::read(path).map_err(|error| Error::file(path, error))?)
}

fn word_classes(arguments: &Arguments) -> Result<BTreeMap<u32, u16>> {
    match arguments.files("classes") {
        [] => Ok(BTreeMap::new()),
        _ => classes::read(arguments.one("classes")?),
    }
}

fn train_parser(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let tagger = tagger_of(arguments)?;
    let sentences = treebanks(arguments.needed("train")?)?;
    let classes = word_classes(arguments)?;
    let silver = silver(arguments)?;
    let tags = tagger::jackknife(&sentences, &silver, &classes, &tagger::Settings::default(), 5);
    let settings = parser::Settings { seed: arguments.seed, ..parser::Settings::default() };
    let model = parser::train(&sentences, &tags, &silver, &tagger, &settings);
    let parser = Parser::new(&model);
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        figures.extend(parser::measure(&parser, &tagger, path, &conllu::read(path)?));
    }
    card::write(out, Kind::Parser.name(), &model::pack(Kind::Parser, &model)?, arguments, figures)
}

/// The documents of a corpus of names, and the corpus's name.
fn names_corpus(path: &Path, tagger: &Tagger, lexicon: &Lexicon) -> Result<(String, Vec<names::Example>)> {
    let documents = annotated::read(path)?;
    let scheme = annotated::Scheme::of(&documents);
    let examples = documents.iter().map(|d| names::example(d, scheme, tagger, lexicon)).collect();
    Ok((card::corpus(path), examples))
}

fn train_names(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let tagger = tagger_of(arguments)?;
    let lexicon = Lexicon::new(&Own::default())?;
    let settings = names::Settings { seed: arguments.seed, ..names::Settings::default() };
    let mut corpora = Vec::new();
    for path in arguments.needed("train")? {
        corpora.push((path, names_corpus(path, &tagger, &lexicon)?.1));
    }
    let model = names::train(&mut corpora.iter_mut().flat_map(|(_, d)| d).collect::<Vec<_>>(), &settings);
    let found = Names::new(&model);
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        let (name, documents) = names_corpus(path, &tagger, &lexicon)?;
        figures.extend(names::measure(&name, &documents.iter().collect::<Vec<_>>(), |_| &found));
    }
    let (mut name, mut documents) = (String::new(), Vec::new());
    for path in arguments.files("fold") {
        let (folder, more) = names_corpus(path, &tagger, &lexicon)?;
        name = folder;
        documents.extend(more);
    }
    if !documents.is_empty() {
        let others = corpora.iter_mut().filter(|(path, _)| !arguments.files("fold").contains(path));
        let mut others: Vec<&mut names::Example> = others.flat_map(|(_, documents)| documents).collect();
        figures.extend(names::cross_validate(&name, &mut documents, &mut others, &settings));
    }
    card::write(out, Kind::Names.name(), &model::pack(Kind::Names, &model)?, arguments, figures)
}

/// Articles below which a corpus is small.
const FEW: usize = 100;

fn train_attribution(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let pipeline = Pipeline::below_attributions()?;
    let settings = attribution::Settings::new(arguments.seed);
    let mut examples = Vec::new();
    for (option, silver) in [("train", None), ("silver", Some(settings.silver))] {
        for path in arguments.files(option) {
            examples.extend(attribution::examples(&relations::read(path)?, &pipeline, silver));
        }
    }
    if examples.len() < FEW {
        eprintln!("{} articles are few; expect little, and nothing on other publishers", examples.len());
    }
    for path in arguments.files("inner") {
        examples.extend(attribution::inner(&relations::read(path)?, &pipeline, true));
    }
    for path in arguments.files("labels") {
        let mut articles = readings::read(path, arguments.needed("articles")?)?;
        // Where none is marked, nobody looked for what stands inside others.
        articles.retain(|article| attribution::has_inner([article]));
        examples.extend(attribution::inner(&articles, &pipeline, false));
    }
    let model = attribution::train(&mut examples, &settings);
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        let name = card::corpus(path);
        let found = attribution::measure(&relations::read(path)?, &pipeline, &model);
        figures.extend(found.into_iter().map(|(figure, share)| (format!("{name} {figure}"), share)));
    }
    card::write(out, Kind::Attribution.name(), &model::pack(Kind::Attribution, &model)?, arguments, figures)
}

fn train_coreference(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let pipeline = Pipeline::below_coreference()?;
    let settings = coreference::settings(arguments.seed);
    let mut documents = Vec::new();
    for path in arguments.needed("train")? {
        documents.extend(coreference::read(path)?);
    }
    let model = coreference::train(&documents, &pipeline, &settings);
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        let name = card::corpus(path);
        let found = coreference::measure(&coreference::read(path)?, &pipeline, &model);
        figures.extend(found.into_iter().map(|(figure, share)| (format!("{name} {figure}"), share)));
    }
    card::write(out, Kind::Coreference.name(), &model::pack(Kind::Coreference, &model)?, arguments, figures)
}

/// Parts of the articles that people labelled, each measured by training on the others.
const FOLDS: usize = 5;

/// The texts with attributions that people labelled, by corpus.
fn stance_texts(arguments: &Arguments) -> Result<Vec<(String, Vec<stance::Marked>)>> {
    let mut texts = Vec::new();
    for path in arguments.files("train").iter().chain(arguments.files("written")) {
        texts.push((card::corpus(path), stance::read(path)?));
    }
    for path in arguments.files("labels") {
        texts.push((card::corpus(path), stance::read_labels(path, arguments.needed("articles")?)?));
    }
    Ok(texts)
}

fn train_stance(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let pipeline = Pipeline::below_stance()?;
    let settings = stance::settings(arguments.seed);
    let mut texts = stance_texts(arguments)?;
    for path in arguments.files("silver") {
        let alone = stance::teach(&mut texts, stance::read_silver(path)?);
        texts.push((card::corpus(path), alone));
    }
    // The files of --train come first, and are what is measured.
    let measured = arguments.files("train").len();
    let mut lessons = Vec::new();
    for (i, (_, texts)) in texts.iter().enumerate() {
        lessons.extend(stance::lessons(texts, &pipeline, i < measured));
    }
    let held = stance::Held::new(&lessons, FOLDS, &settings);
    let found = stance::cross_validated(&lessons, &held, FOLDS, &settings);
    let named = |name: &str, found: Vec<card::Figure>| {
        found.into_iter().map(|(figure, share)| (format!("{name} {figure}"), share)).collect::<Vec<_>>()
    };
    let mut figures = named("cross-validated,", found);
    let model = stance::train(&lessons, &held, &settings);
    for path in arguments.files("dev") {
        let dev = stance::lessons(&stance::read(path)?, &pipeline, true);
        figures.extend(named(&card::corpus(path), stance::measure(&dev, &model)));
    }
    card::write(out, Kind::Stance.name(), &model::pack(Kind::Stance, &model)?, arguments, figures)
}

fn train_sentiment(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let pipeline = Pipeline::below_attributions()?;
    let (mut gold, mut silver) = (Vec::new(), Vec::new());
    for path in arguments.needed("train")? {
        gold.extend(sentiment::read(path, &pipeline)?);
    }
    for path in arguments.files("silver") {
        silver.extend(sentiment::read(path, &pipeline)?);
    }
    let mut vectors = BTreeMap::new();
    for path in arguments.files("vectors") {
        vectors.extend(sentiment::read_vectors(path)?);
    }
    let model = sentiment::train(&gold, &silver, &vectors, &sentiment::Settings::new(arguments.seed));
    let mut figures = Vec::new();
    for path in arguments.files("dev") {
        let name = path.file_stem().map_or(String::new(), |name| name.to_string_lossy().into_owned());
        let found = sentiment::measure(&sentiment::read(path, &pipeline)?, &model);
        figures.extend(found.into_iter().map(|(figure, share)| (format!("{name} {figure}"), share)));
    }
    card::write(out, Kind::Sentiment.name(), &model::pack(Kind::Sentiment, &model)?, arguments, figures)
}

fn train_claims(arguments: &Arguments) -> Result<()> {
    let judge = Judge::untrained()?;
    let (train, bodies) = (arguments.needed("train")?, arguments.files("bodies"));
    let (form, corpus) = match bodies {
        [] => (Form::Headline, claims::headlines(train, &judge)?),
        _ => (Form::Article, claims::articles(train, bodies, &judge)?),
    };
    let settings = claims::Settings::new(form, arguments.seed);
    let mut figures = Vec::new();
    if let Some(folds) = arguments.folds {
        let name = card::corpus(arguments.needed("train")?.first().map_or("".as_ref(), |path| path));
        for (figure, share) in claims::cross_validate(&corpus, folds, settings)? {
            println!("{name} {figure}\t{share:.2}");
            figures.push((format!("{name} {figure}, {folds} folds"), share));
        }
    }
    if arguments.files("out").is_empty() {
        return Ok(());
    }
    let kind = form.kind();
    let model = claims::train(&corpus, settings);
    card::write(arguments.one("out")?, kind.name(), &model::pack(kind, &model)?, arguments, figures)
}

fn train_factuality(arguments: &Arguments) -> Result<()> {
    let out = arguments.one("out")?;
    let scale = arguments
        .scale
        .ok_or_else(|| Error::usage(format!("factuality: expected --scale {}", Scale::NAMES.join(" or "))))?;
    let language = Language::new(&[])?;
    let settings = factuality::settings(scale, arguments.seed);
    // Those that are cross-validated, and those that are learnt every time.
    let (mut folded, mut others) = (Vec::new(), Vec::new());
    for path in arguments.needed("train")? {
        let fold = arguments.files("fold").contains(path);
        let events = if fold { &mut folded } else { &mut others };
        events.extend(factuality::read(path, &language, factuality::Task::Own)?);
    }
    for path in arguments.files("beside") {
        others.extend(factuality::read(path, &language, factuality::Task::Beside)?);
    }
    let named = |path: &Path, kind: &str, found: Vec<(&'static str, f64)>| {
        let name = format!("{}{kind}", card::corpus(path));
        found.into_iter().map(move |(figure, value)| (format!("{name} {figure}"), value))
    };
    let mut figures = Vec::new();
    if let [path, ..] = arguments.files("fold") {
        figures.extend(named(
            path,
            " cross-validated",
            factuality::cross_validate(&folded, &others, &settings),
        ));
    }
    let model = factuality::train(&folded.iter().chain(&others).collect::<Vec<_>>(), &settings);
    for path in arguments.files("dev") {
        let found = factuality::measure(&factuality::read(path, &language, factuality::Task::Own)?, &model);
        figures.extend(named(path, "", found));
    }
    let kind = scale.kind();
    card::write(out, kind.name(), &model::pack(kind, &model)?, arguments, figures)
}
