// nginx's workers outlive a master that was killed with SIGKILL, and keep the port: they end themselves instead.
function watch() {
  const known = ngx.shared.masters;
  known.add('pid', process.ppid);
  if (known.get('pid') !== process.ppid) {
    process.kill(process.pid, 'SIGTERM');
  }
}

export default { watch: watch };
