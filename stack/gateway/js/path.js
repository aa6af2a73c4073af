// The path as Kong routes and passes it on (kong/tools/uri.lua): unreserved characters are decoded, reserved ones stay as they
// were sent, all others are encoded; slashes are merged and dot segments resolved.
const UNRESERVED = /^[A-Za-z0-9._~-]$/;
const RESERVED = "!#$&'()*+,/:;=?@[]";

function encoded(byte) {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function recoded(bytes) {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const char = String.fromCharCode(bytes[index]);
    const escape = char === '%' ? String.fromCharCode(bytes[index + 1] || 0, bytes[index + 2] || 0) : '';
    if (/^[0-9A-Fa-f]{2}$/.test(escape)) {
      const byte = parseInt(escape, 16);
      text += UNRESERVED.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : encoded(byte);
      index += 2;
    } else {
      text += char === '%' || UNRESERVED.test(char) || RESERVED.includes(char) ? char : encoded(bytes[index]);
    }
  }
  return text;
}

function resolved(path) {
  const found = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, index) => {
    if (segment === '..') {
      found.pop();
    }
    if (segment !== '' && segment !== '.' && segment !== '..') {
      found.push(segment);
    } else if (index === segments.length - 1) {
      found.push('');
    }
  });
  return `/${found.join('/')}`;
}

function normalized(r) {
  const path = r.variables.request_path;
  const origin = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/.exec(path);
  const own = origin ? path.slice(origin[0].length) || '/' : path;
  return /^[A-Za-z0-9_~/-]*$/.test(own) && !own.includes('//') ? own : resolved(recoded(Buffer.from(own)));
}

export default { normalized: normalized };
