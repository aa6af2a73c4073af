// What the gateway itself answers when it cannot pass a request on; the counterpart of the Kong file's Lua.
import page from 'page.js';

const UNAVAILABLE = ['unavailable', 'Not available right now', 'Try again in a moment.'];
const PROBLEMS = {
  404: ['not-found', 'Not found', 'Nothing answers at this address.'],
  413: ['payload-too-large', 'Too large', 'Send a smaller body.'],
  429: ['too-many-requests', 'Too many attempts', 'Wait for the seconds in Retry-After, then try again.'],
  502: UNAVAILABLE,
  503: UNAVAILABLE,
  504: UNAVAILABLE,
};
const REFUSED = ['bad-request', 'The request cannot be read', "Check the request's method, headers and body."];
const BROKEN = ['internal', 'Something went wrong', 'Try again; if it happens again, report the correlation id.'];

function escaped(char) {
  const code = char.charCodeAt(0);
  return code < 128 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(char);
}

function wantsPage(r) {
  return (r.headersIn.Accept || '').includes('text/html');
}

function type(r) {
  return wantsPage(r) ? 'text/html; charset=utf-8' : 'application/problem+json';
}

function body(r) {
  const v = r.variables;
  const status = Number(v.status);
  const known = PROBLEMS[status] || (status < 500 ? REFUSED : BROKEN);
  if (wantsPage(r)) {
    return page.replace('%s', known[2]).replace('%s', v.correlation_id);
  }
  const problem = {
    type: `urn:tools-dashboard:problem:${known[0]}`,
    title: known[1],
    status: status,
    detail: known[2],
    instance: (v.request_uri || '/').split('?')[0].replace(/[^A-Za-z0-9/._~%-]/g, escaped),
    correlation_id: v.correlation_id,
  };
  if (known[0] === 'unavailable' && v.service) {
    problem.dependency = v.service;
  }
  return JSON.stringify(problem);
}

export default { body: body, type: type };
