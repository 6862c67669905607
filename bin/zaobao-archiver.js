#!/usr/bin/env node
// In words that Node 12 reads: an older Node than is needed is told so, not met with an error of syntax.
const NEEDED = '20.19'

const [major, minor] = process.versions.node.split('.').map(Number)
const [leastMajor, leastMinor] = NEEDED.split('.').map(Number)
if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) void import('../dist/main.js')
else {
  process.stderr.write(`zaobao-archiver: Node ${NEEDED} or later is needed; this is ${process.versions.node}\n`)
  process.exitCode = 2
}
