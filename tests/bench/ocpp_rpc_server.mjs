// node ocpp_rpc_server.mjs PORT: the npm package ocpp-rpc as a server in strict mode, for comparison. It answers the
// calls of ocppload's mix and nothing else.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../interop/package.json', import.meta.url));
const { RPCServer } = require('ocpp-rpc');

const port = Number(process.argv[2]);
if (!(port > 0)) {
    console.error('usage: node ocpp_rpc_server.mjs PORT');
    process.exit(2);
}

const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: true });
server.auth((accept) => accept());
server.on('client', (client) => {
    const currentTime = () => new Date().toISOString();
    client.handle('BootNotification', () => ({ status: 'Accepted', interval: 300, currentTime: currentTime() }));
    client.handle('Heartbeat', () => ({ currentTime: currentTime() }));
    client.handle('StatusNotification', () => ({}));
    client.handle('MeterValues', () => ({}));
});
await server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
