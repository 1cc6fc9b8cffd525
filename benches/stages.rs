//! Megabytes a second of the first stages on their own and of the whole pipeline on one and two threads.
//!
//! Runs on generated text and, where `SAYSO_CORPUS` names a `.jsonl` file, on its field "text".
//! `cargo bench --bench stages`

use sayso::clean::{Block, clean};
use sayso::language::{Language, Tagged};
use sayso::lexicon::{Lexicon, Own};
use sayso::pipeline::Options;
use sayso::segment::{self, Segments};
use sayso::{Pipeline, Record, attribution, corpus, names, sentiment, tag};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

const ROUNDS: usize = 7;

fn main() {
    report("generated", &generated());
    if let Some(path) = std::env::var_os("SAYSO_CORPUS") {
        match read(&path) {
            Ok(texts) => report(&path.to_string_lossy(), &texts),
            Err(error) => eprintln!("{}: {error}", path.to_string_lossy()),
        }
    }
}

fn report(name: &str, texts: &[String]) {
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{name}: {} texts, {:.1} MB", texts.len(), bytes as f64 / 1e6);
    let blocks: Vec<Vec<Block>> = texts.iter().map(|text| clean(text)).collect();
    let time = |stage: &str, run: &mut dyn FnMut()| {
        let best = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        println!("  {stage:<22}{:>8.1} MB/s", bytes as f64 / 1e6 / best);
    };
    time("clean", &mut || texts.iter().for_each(|text| drop(black_box(clean(text)))));
    let copy = |run: &mut dyn FnMut(&str, &[Block])| texts.iter().zip(&blocks).for_each(|(t, b)| run(t, b));
    time("tokens", &mut || copy(&mut |text, blocks| drop(black_box(segment::tokens(text, blocks)))));
    time("segment", &mut || {
        copy(&mut |text, blocks| drop::<Segments>(black_box(segment::segment(text, blocks))))
    });
    time("clean and segment", &mut || {
        texts.iter().for_each(|text| drop(black_box(segment::segment(text, &clean(text)))));
    });
    layers(texts, &blocks);
    let start = Instant::now();
    let pipeline = match Pipeline::new(&Options::default()) {
        Ok(pipeline) => pipeline,
        Err(error) => return eprintln!("{error}"),
    };
    println!("  lists loaded in        {:>8.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    drop(black_box(attribution::Model::load(&[])));
    println!("  attributions loaded in {:>8.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let record = |text: &String| Record { text: text.clone(), ..Record::default() };
    for threads in [1, 2] {
        time(&format!("pipeline, {threads} thread(s)"), &mut || {
            let records = texts.iter().map(record).collect();
            drop(black_box(corpus::analyse(&pipeline, records, threads, &AtomicBool::new(false))));
        });
    }
}

/// Tokens a second of the models on one thread.
fn layers(texts: &[String], blocks: &[Vec<Block>]) {
    let (Ok(language), Ok(lexicon)) = (Language::new(&[]), Lexicon::new(&Own::default())) else { return };
    let cut: Vec<Segments> =
        texts.iter().zip(blocks).map(|(text, blocks)| segment::segment(text, blocks)).collect();
    let tagged: Vec<Tagged> = texts.iter().zip(&cut).map(|(text, cut)| language.tag(text, cut)).collect();
    let known: Vec<_> = texts
        .iter()
        .zip(&cut)
        .map(|(text, cut)| {
            let headline = vec![false; cut.sentences.len()];
            (tag::tag(text, cut, &headline, &lexicon).0, names::hits(text, &cut.tokens, &lexicon))
        })
        .collect();
    let tokens: usize = cut.iter().map(|cut| cut.tokens.len()).sum();
    let time = |stage: &str, run: &mut dyn FnMut(usize)| {
        let best = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                (0..texts.len()).for_each(&mut *run);
                start.elapsed().as_secs_f64()
            })
            .fold(f64::INFINITY, f64::min);
        println!("  {stage:<22}{:>8.0} thousand tokens/s", tokens as f64 / 1e3 / best);
        best
    };
    let tags = time("tags", &mut |i| drop(black_box(language.tag(&texts[i], &cut[i]))));
    let names = time("names", &mut |i| {
        let (classes, hits) = &known[i];
        drop(black_box(language.names(&texts[i], &cut[i], &tagged[i], classes, hits, &lexicon)));
    });
    println!("  {:<22}{:>8.0} thousand tokens/s", "tags and names", tokens as f64 / 1e3 / (tags + names));
    time("trees", &mut |i| drop(black_box(language.parse(&cut[i], &tagged[i], |_| true))));
    targets(&language, &cut, &tagged);
}

/// Targets a second of the network of sentiment on one thread, every sixth word a target, with tags and trees given.
fn targets(language: &Language, cut: &[Segments], tagged: &[Tagged]) {
    let Ok(model) = sentiment::Model::load(&[]) else { return };
    let arcs: Vec<_> =
        cut.iter().zip(tagged).map(|(cut, tagged)| language.parse(cut, tagged, |_| true)).collect();
    let (mut judged, start) = (0usize, Instant::now());
    for ((segments, tagged), arcs) in cut.iter().zip(tagged).zip(&arcs).take(100) {
        let layers = sentiment::Layers { segments, tagged, arcs };
        for token in segments.tokens.iter().step_by(6) {
            judged += usize::from(black_box(model.towards(layers, token.span)).is_some());
        }
    }
    println!(
        "  {:<22}{:>8.1} thousand targets/s",
        "sentiment",
        judged as f64 / 1e3 / start.elapsed().as_secs_f64()
    );
}

/// Articles of the same sentences in another order each, ASCII and curly by turns.
fn generated() -> Vec<String> {
    const SENTENCES: [&str; 8] = [
        "The harbour board of Port Vell said on Tuesday that the spill wasn't Norvia's fault.",
        "\"We have nothing to hide,\" Dr. Ilse Marn, the board's chair, told reporters. \"Nothing at all.\"",
        "U.S. officials in the Lantern Bay office declined to comment, citing the inspectors' 'ongoing' work.",
        "At 6:30 p.m. some 1,200 well-known residents gathered, according to Lt. J.K. Orsen of the coast guard.",
        "Was it sabotage? The ministry (which oversees ports) would not rule it out -- not yet, anyway.",
        "Earlier reports that the tanker had been hit by a drone could not be confirmed independently.",
        "He called the claim \"absurd\" and said the embassy's note of Jan. 4 had been clear enough.",
        "In the U.K. The Meridian, a weekly, reported losses of $4.5 million, or 12% of the company's sales.",
    ];
    let mut texts = Vec::new();
    let mut seed = 7_usize;
    for article in 0..800 {
        let mut text = String::from("Harbour board blames Norvia for spill\n\nBy Ana Berg\n\n");
        for _ in 0..20 {
            for _ in 0..3 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(SENTENCES[(seed >> 33) % SENTENCES.len()]);
                text.push(' ');
            }
            text.push_str("\n\n");
        }
        text.push_str("Source: The Meridian\n\nLeave a Reply\n");
        texts.push(if article % 2 == 0 { text } else { text.replace('\'', "’") });
    }
    texts
}

fn read(path: &std::ffi::OsStr) -> std::io::Result<Vec<String>> {
    let lines = std::fs::read_to_string(path)?;
    Ok(lines
        .lines()
        .filter_map(|line| {
            serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(str::to_owned)
        })
        .collect())
}
