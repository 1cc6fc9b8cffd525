//! dev only
use std::io::{BufRead, Write};
fn main() {
    let pipeline = sayso::Pipeline::new(&Default::default()).unwrap();
    let args: Vec<String> = std::env::args().collect();
    let mut out = std::io::BufWriter::new(std::fs::File::create(&args[2]).unwrap());
    let t0 = std::time::Instant::now();
    let mut bytes = 0;
    let mut records = vec![];
    if args[1].ends_with(".txt") || args[1].ends_with(".gold.json") {
        for a in args[1].split(',') {
            let p = std::path::Path::new(a);
            let name = p.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".json") {
                let v: serde_json::Value =
                    serde_json::from_str(&std::fs::read_to_string(p).unwrap()).unwrap();
                records
                    .push((v["id"].as_str().unwrap().to_string(), v["text"].as_str().unwrap().to_string()));
            } else {
                records
                    .push((name.split('.').next().unwrap().to_string(), std::fs::read_to_string(p).unwrap()));
            }
        }
    } else {
        for line in std::io::BufReader::new(std::fs::File::open(&args[1]).unwrap()).lines() {
            let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            records.push((v["id"].as_str().unwrap().to_string(), v["text"].as_str().unwrap().to_string()));
        }
    }
    let t1 = std::time::Instant::now();
    for (id, text) in records {
        bytes += text.len();
        let doc = pipeline.analyse(sayso::Record { id, text, ..Default::default() });
        let o = sayso::offsets::Offsets::new(doc.text());
        let sp = |s: &sayso::Span| serde_json::json!([o.point(s.start), o.point(s.end)]);
        let rows: Vec<_> = doc.attributions.iter().zip(&doc.stances).enumerate().map(|(i, (a, s))| serde_json::json!({
            "id": format!("{}#{}", doc.id, i + 1), "parent": a.parent.map(|p| format!("{}#{}", doc.id, p + 1)),
            "source": a.source.iter().map(sp).collect::<Vec<_>>(), "cue": a.cue.iter().map(sp).collect::<Vec<_>>(),
            "content": a.content.iter().map(sp).collect::<Vec<_>>(), "act": s.act, "factuality": s.factuality,
            "source_entity": a.source_entity.map(|e| &doc.entities[e as usize].name), "source_kind": a.source_kind,
            "about": s.about.map(|e| &doc.entities[e as usize].name), "why": a.why,
        })).collect();
        let mentions: Vec<_> = doc
            .mentions
            .iter()
            .map(|m| {
                serde_json::json!([doc.slice(m.span), m.label, doc.entities[m.entity as usize].name, m.via])
            })
            .collect();
        writeln!(
            out,
            "{}",
            serde_json::json!({"id": doc.id, "text": doc.text(), "attributions": rows, "mentions": mentions})
        )
        .unwrap();
    }
    eprintln!("load {:?} run {:.1} MB/s", t1 - t0, bytes as f64 / 1e6 / t1.elapsed().as_secs_f64());
}
