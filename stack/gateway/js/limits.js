// Fixed windows that begin with the minute, hour or day, counted per scope and client address, as Kong's policy `local`.
const SECONDS = { second: 1, minute: 60, hour: 3600, day: 86400 };

function windows(text, now) {
  return text.split(' ').map((item) => {
    const name = item.split('=')[0];
    const limit = Number(item.split('=')[1]);
    const start = Math.floor(now / SECONDS[name]);
    return { name: name, limit: limit, start: start, reset: Math.max(1, (start + 1) * SECONDS[name] - now) };
  });
}

function access(r) {
  const v = r.variables;
  const counts = ngx.shared.limits;
  const found = windows(v.limit_windows, Math.floor(Date.now() / 1000));
  found.forEach((w) => {
    w.key = `${v.limit_scope}|${v.remote_addr}|${w.name}|${w.start}`;
    w.left = w.limit - counts.incr(w.key, 1, 0, (w.reset + 1) * 1000);
  });
  const tightest = found.reduce((a, b) => (b.left < a.left ? b : a));
  v.limit_limit = String(tightest.limit);
  v.limit_remaining = String(Math.max(0, tightest.left));
  v.limit_reset = String(tightest.reset);
  if (tightest.left < 0) {
    // A refused request counts in no window.
    found.forEach((w) => counts.incr(w.key, -1, 0));
    v.limit_retry = String(tightest.reset);
    r.return(429);
  }
}

export default { access: access };
