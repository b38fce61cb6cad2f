//! Addresses that try to lead out of the app's directory, or to what lies in it for the server alone.

use std::net::SocketAddr;

use tempfile::TempDir;

use crate::common::*;
use crate::raw::{honest, say, status};

const SECRET: &str = "nobody-may-read-this";

async fn get(address: SocketAddr, path: &str, more: &str) -> String {
    let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{more}\r\n");
    say(address, head.as_bytes()).await
}

/// A directory with the app in `app`, and secrets beside and, by links, inside it.
fn place() -> TempDir {
    let dir = TempDir::new().unwrap();
    let app = dir.path().join("app");
    std::fs::create_dir_all(app.join("assets")).unwrap();
    let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    put("app/index.html", "<!doctype html>the-app");
    put("app/assets/app.js", "the-script");
    put("app/assets/app.js.br", "packed-by-br");
    put("app/assets/app.js.gz", "packed-by-gz");
    put("app/assets/lone.gz", "not-a-form");
    put("app/.env", SECRET);
    put("app/assets/.hidden", SECRET);
    put("secret.txt", SECRET);
    put("app-secret.txt", SECRET);
    std::fs::create_dir(dir.path().join("app-more")).unwrap();
    put("app-more/x.txt", SECRET);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("../secret.txt", app.join("link.txt")).unwrap();
        symlink("..", app.join("up")).unwrap();
        symlink("/", app.join("root")).unwrap();
        put("app/styles.css", "the-styles");
        symlink("../secret.txt", app.join("styles.css.br")).unwrap();
        symlink("../secret.txt", app.join("styles.css.gz")).unwrap();
        symlink("loop", app.join("loop")).unwrap();
    }
    dir
}

#[tokio::test]
async fn no_address_leads_out_of_the_app() {
    let dir = place();
    let app = dir.path().join("app");
    let world = World::with(|settings| settings.app = Some(app)).await;
    let mut admin = world.admin().await;
    let whole = dir.path().join("secret.txt");
    let whole = whole.to_str().unwrap();
    let long = "a/".repeat(5000);
    let (absolute, file, twice) = (whole.to_owned(), format!("file://{whole}"), format!("/{whole}"));
    let deep = format!("/{}{}", "x/".repeat(20), "../".repeat(21));
    let plain: Vec<String> = [
        "/../secret.txt",
        "/../../../../../../../../etc/passwd",
        "/assets/../../secret.txt",
        "/./../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%2E%2E/secret.txt",
        "/.%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..%5csecret.txt",
        "/..%255csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%e0%80%ae%e0%80%ae/secret.txt",
        "/%uff0e%uff0e/secret.txt",
        "/..;/secret.txt",
        "/..%00/secret.txt",
        "/index.html%00.txt",
        "/%00",
        "/link.txt",
        "/up/secret.txt",
        "/up/app-more/x.txt",
        "/root/etc/passwd",
        "/loop",
        "/loop/x.js",
        "/.env",
        "/%2eenv",
        "/assets/.hidden",
        "/assets/%2ehidden",
        "/app-secret.txt",
        "/../app-secret.txt",
        "/../app-more/x.txt",
        "/file:///etc/passwd",
        "/c:/x.txt",
        "/con.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/proc/self/environ",
        "/assets/app.js/../../../secret.txt",
        "/assets/app.js/x.txt",
        "/assets/",
        "/index.html?file=../secret.txt",
        "/index.html#/../secret.txt",
        "*",
        "secret.txt",
        "http://x/../secret.txt",
        "http://x/%2e%2e/secret.txt",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain([absolute, file, twice, format!("{deep}secret.txt"), format!("/{long}x.txt"), format!("/{long}")])
    .collect();
    for path in plain {
        for accept in ["", "accept-encoding: br, gzip, zstd\r\n"] {
            let said = get(world.address, &path, accept).await;
            assert!(!said.contains(SECRET) && !said.contains("root:"), "{path}: {said}");
            let ours = said.contains("the-app") || said.contains("content-encoding");
            assert!([400, 404, 414, 431].contains(&status(&said)) || ours, "{path}: {said}");
        }
    }
    honest(&mut admin).await;
}

#[tokio::test]
async fn a_packed_form_is_handed_out_as_what_it_is_a_form_of_and_only_from_inside() {
    let dir = place();
    let app = dir.path().join("app");
    let world = World::with(|settings| settings.app = Some(app)).await;
    for (accept, coding, text) in [("br", "br", "packed-by-br"), ("gzip", "gzip", "packed-by-gz")] {
        let said = get(world.address, "/assets/app.js", &format!("accept-encoding: {accept}\r\n")).await;
        assert!(said.contains(&format!("content-encoding: {coding}")) && said.ends_with(text), "{said}");
        assert!(said.contains("text/javascript"), "{said}");
    }
    assert!(get(world.address, "/assets/app.js", "").await.ends_with("the-script"));
    for path in ["/assets/app.js.br", "/assets/app.js.gz", "/styles.css.br", "/styles.css.gz"] {
        assert_eq!(status(&get(world.address, path, "accept-encoding: br, gzip\r\n").await), 404, "{path}");
    }
    assert!(get(world.address, "/assets/lone.gz", "").await.ends_with("not-a-form"), "a file of its own");
    // A form that is a link to outside is no form: the plain file is sent, or packed here.
    for accept in ["br", "gzip", "br, gzip"] {
        let said = get(world.address, "/styles.css", &format!("accept-encoding: {accept}\r\n")).await;
        assert_eq!(status(&said), 200, "{said}");
        assert!(!said.contains(SECRET), "{accept}: {said}");
    }
}

#[tokio::test]
async fn the_app_is_sealed_against_other_sites() {
    let dir = place();
    let app = dir.path().join("app");
    let world = World::with(|settings| settings.app = Some(app)).await;
    for path in ["/", "/today", "/assets/app.js", "/nothing.js"] {
        let response = plain_client()
            .get(world.url(path))
            .header("origin", "https://evil.example")
            .send()
            .await
            .unwrap();
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'none'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'") && !policy.contains('*')
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(headers[name], value, "{path}");
        }
        assert!(
            headers.contains_key("permissions-policy")
                && !headers.contains_key("access-control-allow-origin")
        );
    }
}
