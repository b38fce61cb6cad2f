//! A backup while devices write, the server killed, its data put back elsewhere, and everybody
//! carries on.

use std::time::Duration;

use fieldproof::engine::api::Request;
use uuid::Uuid;

use crate::cast::{self, check, records};
use crate::run;
use crate::server::{Server, told};
use crate::world::Device;

pub fn drill() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let made = told(&data, &["init", "--org", "Harbor", "--admin", "Ada"]);
        let mut server = Server::start(&data, "127.0.0.1:0");
        let (url, listen) = (server.url.clone(), server.address().to_owned());
        let cast = cast::cast(folder.path(), &url, made["code"].as_str().unwrap()).await;
        let code = cast.ada.code_for(cast.sam).await;
        let sam = Device::start(folder.path().join("sam"), url.clone());
        sam.pair(&code).await;
        let code = cast.ada.code_for(cast.sam).await;
        let tablet = Device::start(folder.path().join("tablet"), url);
        tablet.pair(&code).await;
        let both = [&sam, &tablet];
        let mut finished: Vec<Uuid> = Vec::new();

        // The backup is taken by its command, beside the server, while two devices write and sync.
        let copy = folder.path().join("backup.db");
        let (from, to) = (data.clone(), copy.clone());
        let backup = tokio::task::spawn_blocking(move || told(&from, &["backup", to.to_str().unwrap()]));
        while finished.len() < 40 || !backup.is_finished() {
            for device in both {
                finished.push(check(device, cast.elm, cast.bo, 300).await.unwrap());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        backup.await.unwrap();
        // More is written, sent and read, which the backup does not have.
        for _ in 0..10 {
            for device in both {
                finished.push(check(device, cast.elm, cast.bo, 300).await.unwrap());
            }
        }
        for device in both {
            device.synced().await;
        }
        cast.quinn.refresh().await;

        // The machine is gone. Devices go on without it; another gets the backup.
        server.kill();
        std::fs::remove_dir_all(&data).unwrap();
        for device in both {
            finished.push(check(device, cast.elm, cast.bo, 300).await.unwrap());
        }
        let elsewhere = folder.path().join("elsewhere");
        told(&elsewhere, &["restore", copy.to_str().unwrap()]);
        assert_eq!(told(&elsewhere, &["verify"])["ok"], true);
        let server = Server::start(&elsewhere, &listen);
        for device in both {
            device.done(Request::SyncNow).await;
            device.synced().await;
        }
        // Whoever had read what is numbered anew reads it anew.
        for device in [&cast.quinn, &cast.ada, &sam, &tablet] {
            device.refresh().await;
            device.refresh().await;
        }
        finished.sort();
        for (name, device) in
            [("quinn", &cast.quinn), ("ada", &cast.ada), ("sam", &sam), ("the tablet", &tablet)]
        {
            assert_eq!(records(device).await, finished, "{name} has all of it, and nothing twice");
        }
        assert_eq!(told(&server.data, &["quarantine", "list"]), serde_json::json!([]));
        let report = told(&server.data, &["verify"]);
        assert_eq!((&report["ok"], &report["problems"]), (&true.into(), &serde_json::json!([])));
    });
}
