//! `/metrics` is for whoever runs the machine.

use crate::common::*;
use crate::raw::honest;

async fn asked(world: &World, passed_on: Option<(&str, &str)>) -> u16 {
    let mut request = plain_client().get(world.url("/metrics"));
    if let Some((name, value)) = passed_on {
        request = request.header(name, value);
    }
    request.send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn metrics_are_read_on_the_machine_itself_and_not_through_a_proxy() {
    let world = World::new().await;
    let mut admin = world.admin().await;
    assert_eq!(asked(&world, None).await, 200);
    // What a proxy on the same machine adds to what it passes on.
    for passed_on in [
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-for", ""),
        ("forwarded", "for=203.0.113.9"),
        ("x-real-ip", "203.0.113.9"),
        ("via", "1.1 Caddy"),
    ] {
        assert_eq!(asked(&world, Some(passed_on)).await, 404, "{passed_on:?}");
    }
    honest(&mut admin).await;

    let open = World::with(|settings| settings.open_metrics = true).await;
    assert_eq!(asked(&open, Some(("via", "1.1 Caddy"))).await, 200);
}
