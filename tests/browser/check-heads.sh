#!/usr/bin/env bash
# Works out every replica's head from its exported lines and compares it with heads.json.
# head(0) is 32 zero bytes; head(n) is the SHA-256 of head(n-1) followed by line n.
set -euo pipefail
cd "$1"
for file in *.jsonl; do
  head=$(printf '00%.0s' {1..32})
  while IFS= read -r line; do
    head=$({ printf "$(sed 's/../\\x&/g' <<<"$head")"; printf '%s' "$line"; } | sha256sum | cut -d' ' -f1)
  done <"$file"
  grep -q "\"$head\"" heads.json || { echo "${file%.jsonl} ends in $head, which heads.json does not say"; exit 1; }
  echo "${file%.jsonl} $head"
done
