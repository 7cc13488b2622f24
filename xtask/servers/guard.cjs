// Preloaded into a server: keeps it to this machine, and ends it, with whatever it has started itself, as soon as its
// standard input ends. The system ends that when the program at the other end is gone, in whichever way it went.
'use strict';

const childProcess = require('node:child_process');
const { once } = require('node:events');
const net = require('node:net');

// One that is not told an address would listen on all that the machine has.
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
// Reading alone shall not keep a server running that has nothing else to do.
process.stdin.unref();
