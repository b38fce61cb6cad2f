//! (b) From "finish" to durable, as the engine sees it: encrypted, on disk, with and without a
//! sync beside it; and what the disk itself takes.

use std::time::Instant;

use fieldproof::engine::api::{Reply, Request};
use fieldproof::practice::draft::{Answer, Mark};

use super::device::{Device, local};
use super::load::World;
use super::raw;
use super::table::{Budget, Table, percentile};

pub fn run(scale: u64, table: &mut Table) {
    let times = usize::try_from(400 / scale).unwrap();
    let mut disk = raw::write(times);
    let (raw50, raw95) = (percentile(&mut disk, 0.5), percentile(&mut disk, 0.95));
    table.add("(b) write and fdatasync of 4 KB, p50", raw50, "ms", Budget::None, None);
    table.add("(b) write and fdatasync of 4 KB, p95", raw95, "ms", Budget::None, None);
    let server = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut world = server.block_on(World::new());
    let code = server.block_on(world.code());
    local(async {
        let device = Device::start();
        let asked = chrono::Local::now().fixed_offset();
        device.pair(&world.url, code).await;
        device.synced(asked).await;
        for (signal, beside) in [(true, "sync beside it"), (false, "no signal")] {
            if !signal && let Some(listening) = world.server.take() {
                listening.stop().await;
            }
            let [mut save, mut finish] = saves(&device, &world, times).await;
            let budget = |most| if signal { Budget::None } else { Budget::AtMost(most) };
            for (name, times) in [("save a draft", &mut save), ("finish", &mut finish)] {
                let (p50, p95) = (percentile(times, 0.5), percentile(times, 0.95));
                table.add(&format!("(b) {name}, {beside}, p50"), p50, "ms", budget(3.0), Some(raw50));
                table.add(&format!("(b) {name}, {beside}, p95"), p95, "ms", budget(10.0), Some(raw95));
            }
        }
    });
}

pub async fn saves(device: &Device, world: &World, times: usize) -> [Vec<f64>; 2] {
    let (mut save, mut finish) = (Vec::new(), Vec::new());
    for number in 0..times {
        let begin = Request::Begin {
            standard: world.check.reference(),
            site: Some(world.site),
            subject: Some(world.staff[number % world.staff.len()]),
        };
        let Reply::Draft(view) = device.handle.ask(begin).await else { panic!("no draft") };
        let mut draft = view.draft;
        for item in &world.check.items {
            draft.content.answers.insert(item.id.clone(), Answer::mark(Mark::Met));
        }
        let id = draft.id;
        let began = Instant::now();
        let reply = device.handle.ask(Request::SaveDraft { draft: Box::new(draft) }).await;
        save.push(began.elapsed().as_secs_f64() * 1000.0);
        assert!(matches!(reply, Reply::Saved { .. }), "{reply:?}");
        let began = Instant::now();
        let reply = device.handle.ask(Request::Finish { draft: id }).await;
        finish.push(began.elapsed().as_secs_f64() * 1000.0);
        assert!(matches!(reply, Reply::Finished { .. }), "{reply:?}");
    }
    [save, finish]
}
