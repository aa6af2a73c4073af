// Kong's metrics by the names that its prometheus plugin gives them, kept in a shared dictionary.
const BUCKETS = [25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000, 60000];
const HELP = {
  http_requests_total: 'HTTP status codes per service/route',
  bandwidth_bytes: 'Total bandwidth (ingress/egress) throughput in bytes',
  request_latency_ms: 'Total latency of requests',
  upstream_latency_ms: 'Latency added by the upstream',
};

function add(name, labels, value) {
  ngx.shared.metrics.incr(`${name}|${labels}`, value, 0);
}

function observe(name, labels, ms) {
  BUCKETS.filter((bound) => ms <= bound).forEach((bound) => add(`${name}_bucket`, `${labels},le="${bound}"`, 1));
  add(`${name}_bucket`, `${labels},le="+Inf"`, 1);
  add(`${name}_sum`, labels, ms);
  add(`${name}_count`, labels, 1);
}

// Called from the log phase; its answer decides that nothing is logged there.
function count(r) {
  const v = r.variables;
  const labels = `service="${v.service || ''}",route="${v.route || ''}"`;
  const source = v.problem || !v.upstream_addr ? 'kong' : 'service';
  add('http_requests_total', `${labels},code="${v.status}",source="${source}"`, 1);
  add('bandwidth_bytes', `${labels},direction="egress"`, Number(v.bytes_sent));
  add('bandwidth_bytes', `${labels},direction="ingress"`, Number(v.request_length));
  observe('request_latency_ms', labels, Number(v.request_time) * 1000);
  const upstream = (v.upstream_response_time || '').split(/[,:]/).map(Number).filter((seconds) => seconds >= 0);
  if (v.upstream_response_time && upstream.length) {
    observe('upstream_latency_ms', labels, upstream.reduce((a, b) => a + b, 0) * 1000);
  }
  return '0';
}

function content(r) {
  const lines = [];
  const names = Object.keys(HELP);
  const keys = ngx.shared.metrics.keys(65536).sort();
  names.forEach((name) => {
    lines.push(`# HELP kong_${name} ${HELP[name]}`, `# TYPE kong_${name} ${name.endsWith('_ms') ? 'histogram' : 'counter'}`);
    keys.filter((key) => key.startsWith(name)).forEach((key) => {
      const series = key.split('|');
      lines.push(`kong_${series[0]}{${series[1]}} ${ngx.shared.metrics.get(key)}`);
    });
  });
  r.headersOut['Content-Type'] = 'text/plain; version=0.0.4';
  r.return(200, `${lines.join('\n')}\n`);
}

export default { count: count, content: content };
