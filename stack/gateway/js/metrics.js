// Kong's metrics by the names that its prometheus plugin gives them, kept in a shared dictionary as `name|labels`.
const BUCKETS = [25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000, 60000, '+Inf'];
const COUNTERS = {
  http_requests_total: 'HTTP status codes per service/route',
  bandwidth_bytes: 'Total bandwidth (ingress/egress) throughput in bytes',
};
const HISTOGRAMS = {
  request_latency_ms: 'Total latency of requests',
  upstream_latency_ms: 'Latency added by the upstream',
};

function add(name, labels, value) {
  ngx.shared.metrics.incr(`${name}|${labels}`, value, 0);
}

// A value counts in one bucket here; the sums over the smaller ones are made when they are read.
function observe(name, labels, ms) {
  const bound = BUCKETS.find((limit) => limit === '+Inf' || ms <= limit);
  add(`${name}_bucket_${bound}`, labels, 1);
  add(`${name}_sum`, labels, ms);
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
  const tries = (v.upstream_response_time || '').split(/[,:]/).map(Number).filter((seconds) => seconds >= 0);
  if (v.upstream_response_time && tries.length) {
    observe('upstream_latency_ms', labels, tries.reduce((a, b) => a + b, 0) * 1000);
  }
  return '0';
}

function labelsOf(series) {
  const start = `${series}|`;
  return ngx.shared.metrics.keys(65536).filter((key) => key.startsWith(start)).map((key) => key.slice(start.length)).sort();
}

function histogram(name, labels) {
  const values = ngx.shared.metrics;
  let total = 0;
  const lines = BUCKETS.map((bound) => {
    total += values.get(`${name}_bucket_${bound}|${labels}`) || 0;
    return `kong_${name}_bucket{${labels},le="${bound}"} ${total}`;
  });
  return lines.concat(`kong_${name}_sum{${labels}} ${values.get(`${name}_sum|${labels}`)}`, `kong_${name}_count{${labels}} ${total}`);
}

function content(r) {
  let lines = [];
  Object.keys(COUNTERS).forEach((name) => {
    const series = labelsOf(name).map((labels) => `kong_${name}{${labels}} ${ngx.shared.metrics.get(`${name}|${labels}`)}`);
    lines = lines.concat(`# HELP kong_${name} ${COUNTERS[name]}`, `# TYPE kong_${name} counter`, series);
  });
  Object.keys(HISTOGRAMS).forEach((name) => {
    lines.push(`# HELP kong_${name} ${HISTOGRAMS[name]}`, `# TYPE kong_${name} histogram`);
    labelsOf(`${name}_sum`).forEach((labels) => {
      lines = lines.concat(histogram(name, labels));
    });
  });
  r.headersOut['Content-Type'] = 'text/plain; version=0.0.4';
  r.return(200, `${lines.join('\n')}\n`);
}

export default { count: count, content: content };
