// Preloaded into a server: ends it, and whatever it has started itself, as soon as its standard input ends. The system
// ends that when the program at the other end is gone, in whichever way it went.
'use strict';

const childProcess = require('node:child_process');
const { once } = require('node:events');

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
