#!/bin/sh
# Starts Kong with what the environment says, written into copies of kong.yml and http.conf, and refuses a broken kong.yml by name.
# `start.sh render FOLDER` only writes the copies. Settings: PUBLIC_URL, ADMIN_URL, ALLOWED_ORIGINS, TRUSTED_PROXIES,
# BACK_GATEWAY_RATE_LIMIT_SCALE; the same as the rendered gateway's (stack/gateway/upstream_addresses.py).
set -eu
here=$(dirname "$0")

refuse() {
    echo "$1 must be $2, is '$3'." >&2
    exit 1
}

render() {
    origins=$(printf '%s,%s,%s' "${PUBLIC_URL:-}" "${ADMIN_URL:-}" "${ALLOWED_ORIGINS:-}" \
        | tr ', ' '\n\n' | sed 's:/*$::' | awk 'NF && !seen[$0]++' | paste -sd, -)
    printf '%s\n' "$origins" | grep -Eq '^((https?://[A-Za-z0-9.:-]+)(,|$))*$' \
        || refuse ALLOWED_ORIGINS "a list of scheme://host[:port]" "$origins"
    scale=${BACK_GATEWAY_RATE_LIMIT_SCALE:-1}
    printf '%s' "$scale" | awk \
        '{ well_formed = /^([0-9]+(\.[0-9]+)?|\.[0-9]+)$/ } END { exit !(NR < 2 && well_formed && $0 > 0 && $0 < 1000000) }' \
        || refuse BACK_GATEWAY_RATE_LIMIT_SCALE "a factor above 0 and below 1,000,000" "$scale"
    admin=$(printf '%s' "${ADMIN_URL:-}" | sed -E 's_^[a-z]+://__; s_(:[0-9]+)?/*$__')
    mkdir -p "$1"
    for file in kong.yml http.conf; do
        awk -v scale="$scale" -v origins="$origins" -v admin="$admin" '
            function scaled(number) { number *= scale; return sprintf("%.0f", number < 1 ? 1 : number) }
            origins && /^ *origins: \[/ { sub(/\[.*\]/, "[" origins "]") }
            admin && /^ *hosts: &admin \[/ { sub(/\[.*\]/, "[" admin "]") }
            match($0, /minute: [0-9]+/) {
                $0 = substr($0, 1, RSTART + 7) scaled(substr($0, RSTART + 8, RLENGTH - 8)) substr($0, RSTART + RLENGTH)
            }
            /^limit_conn (connections|large_bodies) / && scale > 1 { $0 = $1 " " $2 " " scaled($3 + 0) ";" }
            { print }
        ' "$here/$file" >"$1/$file"
    done
}

if [ "${1:-}" = render ]; then
    render "$2"
    exit
fi
render /tmp/gateway
export KONG_DECLARATIVE_CONFIG=/tmp/gateway/kong.yml KONG_NGINX_HTTP_INCLUDE=/tmp/gateway/http.conf KONG_NGINX_DAEMON=off
if [ -n "${TRUSTED_PROXIES:-}" ]; then
    export KONG_TRUSTED_IPS="$TRUSTED_PROXIES"
fi
kong config parse "$KONG_DECLARATIVE_CONFIG"
kong prepare -p "$KONG_PREFIX"
exec /usr/local/openresty/nginx/sbin/nginx -p "$KONG_PREFIX" -c nginx.conf
