// Preloaded into a server. Restricts the server to this machine, and ends it with its child processes when its standard
// input is closed. The system closes that when the parent process ends for any reason.
'use strict';

const childProcess = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');

// By default, a server would listen on all network interfaces.
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (port, ...rest) {
  const isOpen = typeof port === 'number' && typeof rest[0] !== 'string';
  return isOpen ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest);
};

const children = [];
const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  const child = spawn(...args);
  children.push(child);
  return child;
};

async function end() {
  const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
  await Promise.all(
    running.map((child) => {
      child.kill('SIGKILL');
      return once(child, 'exit');
    }),
  );
  process.exit(0);
}

process.stdin.on('end', end).on('error', end).resume();
// Reading standard input must not keep the server running.
process.stdin.unref();
