// A certified OpenID Connect provider (oidc-provider) with one client, in memory, for the tests of the portal.
//   node oidc_provider.mjs REDIRECT_URI   prints its issuer on a line when it listens.
import http from 'node:http';
import { Provider } from 'oidc-provider';

const [, , redirectUri] = process.argv;
const server = http.createServer((request, response) => provider.callback()(request, response));
let provider;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = new Provider(issuer, {
    clients: [{ client_id: 'mochocho', client_secret: 'of-the-test-only', redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    cookies: { keys: ['of-the-test-only'] },
  });
  process.stdout.write(`${issuer}\n`);
});
